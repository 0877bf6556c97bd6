"""The child process of a worker: reads tasks on its standard input, writes results on its standard output.

``python -m extractor.bulk.child MEMORY_BYTES CPU_SECONDS [recognise]``.  A frame is four bytes of length and JSON; a
task is followed by the bytes of the file, and by what LibreOffice made of it where that was asked for.  The parent
never unpickles anything that a child wrote.
"""

from __future__ import annotations

import json
import os
import resource
import struct
import sys
from typing import Any, BinaryIO

from extractor.bulk.rows import pack, report_rows
from extractor.bulk.sandbox import close_doors, die_with_parent
from extractor.errors import ExtractorError, ReadError
from extractor.pipeline import extract
from extractor.read import Confinement, Left, confine, prepare
from extractor.settings import Settings

LENGTH = struct.Struct(">I")
WARM_UP = "<p>1</p>"
RECOGNISE = "recognise"


def main(arguments: list[str]) -> None:
    """Serve tasks until the parent closes the pipe."""
    die_with_parent()
    memory, cpu, recognises = int(arguments[0]), int(arguments[1]), RECOGNISE in arguments
    tasks, results = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a parser prints must not look like a result
    _warm_up(recognises)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    warnings = close_doors()
    _send(results, {"ready": True, "warnings": warnings})
    while (task := _receive(tasks)) is not None:
        data = tasks.read(task["bytes"])
        made = tasks.read(task["converted"]) or None
        _allow(cpu)
        with confine(Confinement(recognises, made)):
            answer, payload = _serve(task, data)
        del data, made
        _send(results, answer | {"bytes": len(payload)}, payload)


def _warm_up(recognises: bool) -> None:
    """Load patterns and readers while files may still be opened; the first file then costs what the others do."""
    prepare(recognises)
    report_rows(extract(WARM_UP.encode(), name="warm-up.html"))


def _serve(task: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    """Extract one document; every error becomes an answer."""
    stage = "read"
    try:
        report = extract(data, Settings(**task["settings"]), name=task["source"])
        stage = "extract"
        return {"ok": True}, pack(report_rows(report))
    except Left as left:
        return {"ok": False, "left": left.work}, left.data
    except ReadError as error:
        return _failure("read", error.reason, str(error)), b""
    except MemoryError:
        return _failure(stage, "memory", "the document needs more memory than its worker may take"), b""
    except ExtractorError as error:
        return _failure("extract", "crash", str(error)), b""
    except Exception as error:
        return _failure("extract", "crash", f"unexpected {type(error).__name__}: {error}"), b""


def _failure(stage: str, reason: str, message: str) -> dict[str, Any]:
    return {"ok": False, "stage": stage, "reason": reason, "message": " ".join(message.split())[:500]}


def _allow(seconds: int) -> None:
    """Set the limit of CPU time to ``seconds`` from now; the kernel ends the process at the limit."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    used = int(usage.ru_utime + usage.ru_stime) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (used + seconds, resource.RLIM_INFINITY))


def _receive(stream: BinaryIO) -> dict[str, Any] | None:
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    task: dict[str, Any] = json.loads(stream.read(LENGTH.unpack(head)[0]))
    return task


def _send(stream: BinaryIO, answer: dict[str, Any], payload: bytes = b"") -> None:
    text = json.dumps(answer).encode()
    stream.write(LENGTH.pack(len(text)) + text + payload)
    stream.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
