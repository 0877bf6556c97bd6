"""The worker process: ``python -m extractor.service.work.child MEMORY``; tasks on stdin, answers on stdout."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

from extractor.service.work.confine import allow_seconds, confine
from extractor.service.work.frames import read_frame, write_frame

Task = dict[str, Any]
WIDTH, LARGEST_SIDE = 1240, 4000  # pixels of a page image


def main() -> int:
    """Serve tasks until the server goes away or memory has run out."""
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not get between the frames
    missing = confine(int(sys.argv[1]))
    _warm_up()
    write_frame(answers, json.dumps({"ready": True, "missing": missing}).encode())
    while (frame := read_frame(requests)) is not None:
        task = json.loads(frame)
        allow_seconds(task["seconds"])
        if not _answer(answers, task):
            return 1
    return 0


def _warm_up() -> None:
    """Load what every report needs."""
    os.nice(10)
    from extractor.lexicon import digest
    from extractor.pipeline import extract

    digest()
    extract(b"A first text, so that everything is loaded.\n", name="warm.txt")


def _answer(answers: BinaryIO, task: Task) -> bool:
    """Do one task and send header and content; False when this process is of no more use."""
    from extractor.errors import ReadError

    head: Task = {"ok": True}
    usable, content = True, b""
    try:
        content = TASKS[task["task"]](task)
    except ReadError as error:
        head = {"ok": False, "reason": error.reason, "message": str(error)}
    except MemoryError:
        head, usable = {"ok": False, "reason": "memory", "message": "the report needs more memory than allowed"}, False
    except Exception as error:
        head = {"ok": False, "reason": "crash", "message": f"reading failed ({type(error).__name__})"}
    write_frame(answers, json.dumps(head).encode())
    write_frame(answers, content)
    return usable


def read_report(task: Task) -> bytes:
    """The parcel of the file at ``path``, audited beside last year's report where ``last`` tells its path."""
    from extractor.audit import audit
    from extractor.pipeline import extract
    from extractor.service.parcel import wrap
    from extractor.service.work.view import make_view
    from extractor.settings import Settings

    report = extract(_content(task["path"]), name=task["name"])
    if "last" in task:
        last = extract(_content(task["last"]), Settings(audit=False), name="last")
        report = replace(report, findings=audit(report, last))
    sizes = _page_sizes(task["path"]) if report.document.layout is not None else []
    return wrap(report.to_dict(), make_view(report.document, sizes))


def draw_page(task: Task) -> bytes:
    """PNG of one page of the PDF at ``path``."""
    import pypdfium2

    document = pypdfium2.PdfDocument(_content(task["path"]))
    try:
        page = document[task["page"] - 1]
        width, height = page.get_size()
        scale = min(WIDTH / max(width, 1), LARGEST_SIDE / max(height, 1))
        image = page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
        target = io.BytesIO()
        image.quantize(64).save(target, "PNG", optimize=False) if _is_plain(image) else image.save(target, "PNG")
        return target.getvalue()
    finally:
        document.close()


def _is_plain(image: Any) -> bool:
    """Whether the page has so few colours that a palette shows it all the same."""
    return image.getcolors(4096) is not None


def _content(path: str) -> bytes:
    return Path(path).read_bytes()


def _page_sizes(path: str) -> list[tuple[float, float]]:
    import pypdfium2

    document = pypdfium2.PdfDocument(_content(path))
    try:
        return [document.get_page_size(number) for number in range(len(document))]
    finally:
        document.close()


TASKS: dict[str, Callable[[Task], bytes]] = {"report": read_report, "page": draw_page}


if __name__ == "__main__":
    sys.exit(main())
