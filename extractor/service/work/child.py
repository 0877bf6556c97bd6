"""The worker process: ``python -m extractor.service.work.child MEMORY NICENESS``; tasks on stdin, answers on stdout."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from typing import Any, BinaryIO

from extractor.bulk import die_with_parent
from extractor.service.work.confine import allow_seconds, confine, yield_to_server
from extractor.service.work.frames import read_frame, write_frame

Task = dict[str, Any]
Files = list[bytes]
WIDTH, LARGEST_SIDE = 1240, 4000  # pixels of a page image


def main() -> int:
    """Serve tasks until the server goes away or memory has run out; a task's files follow it on the pipe."""
    die_with_parent()
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not get between the frames
    yield_to_server(int(sys.argv[2]))
    _warm_up()
    missing = confine(int(sys.argv[1]))
    write_frame(answers, json.dumps({"ready": True, "missing": missing}).encode())
    while (frame := read_frame(requests)) is not None:
        task = json.loads(frame)
        files = [read_frame(requests) or b"" for _ in range(task["files"])]
        allow_seconds(task["seconds"])
        if not _answer(answers, task, files):
            return 1
    return 0


def _warm_up() -> None:
    """Load what every report needs, while files may be opened."""
    from PIL import Image

    from extractor.lexicon import digest
    from extractor.read import prepare
    from extractor.service.parcel import wrap  # noqa: F401
    from extractor.service.work.view import make_view  # noqa: F401

    digest()
    Image.init()
    prepare()
    import pypdfium2  # noqa: F401

    read_report({"name": "warm.html"}, [b"<p>1</p>"])


def _answer(answers: BinaryIO, task: Task, files: Files) -> bool:
    """Do one task and send header and content; False when this process is of no more use."""
    from extractor.errors import ReadError
    from extractor.read import Confinement, Left, confine

    head: Task = {"ok": True}
    usable, content = True, b""
    try:
        with confine(Confinement(recognition=True)):
            content = TASKS[task["task"]](task, files)
    except ReadError as error:
        head = {"ok": False, "reason": error.reason, "message": str(error)}
    except Left:
        head = {"ok": False, "reason": "type", "message": "old Office files are not converted here; save it as .docx"}
    except MemoryError:
        head, usable = {"ok": False, "reason": "memory", "message": "the report needs more memory than allowed"}, False
    except Exception as error:
        head = {"ok": False, "reason": "crash", "message": f"reading failed ({type(error).__name__})"}
    write_frame(answers, json.dumps(head).encode())
    write_frame(answers, content)
    return usable


def read_report(task: Task, files: Files) -> bytes:
    """The parcel of the first file, audited beside the second one, last year's report, where there is one."""
    from extractor.audit import audit
    from extractor.pipeline import extract
    from extractor.service.parcel import wrap
    from extractor.service.work.view import make_view
    from extractor.settings import Settings

    report = extract(files[0], name=task["name"])
    if len(files) > 1:
        last = extract(files[1], Settings(audit=False), name="last")
        report = replace(report, findings=audit(report, last))
    sizes = _page_sizes(files[0]) if report.document.layout is not None else []
    return wrap(report.to_dict(), make_view(report.document, sizes))


def draw_page(task: Task, files: Files) -> bytes:
    """PNG of the page with the number ``page``, from 1, of a PDF."""
    import pypdfium2

    from extractor.read import machine_fonts

    with machine_fonts(), closing(pypdfium2.PdfDocument(files[0])) as document:
        page = document[task["page"] - 1]
        width, height = page.get_size()
        scale = min(WIDTH / max(width, 1), LARGEST_SIDE / max(height, 1))
        image = page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
    target = io.BytesIO()
    image.quantize(64).save(target, "PNG", optimize=False) if _is_plain(image) else image.save(target, "PNG")
    return target.getvalue()


def _is_plain(image: Any) -> bool:
    """Whether the page has so few colours that a palette shows it all the same."""
    return image.getcolors(4096) is not None


def _page_sizes(content: bytes) -> list[tuple[float, float]]:
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    try:
        return [document.get_page_size(number) for number in range(len(document))]
    finally:
        document.close()


TASKS: dict[str, Callable[[Task, Files], bytes]] = {"report": read_report, "page": draw_page}


if __name__ == "__main__":
    sys.exit(main())
