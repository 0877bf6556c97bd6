"""What a confined process leaves to the one that started it: recognition of images, conversion by another program.

Recognition needs far more memory and time than reading text does, and a sandbox lets no program start.  A process that
may not do it raises ``Left``; whoever confined it does the work, or starts a process that may, and reads again.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from typing import Literal

from extractor.record import record

Work = Literal["recognition", "conversion"]


class Left(Exception):
    """Reading stops here: ``work`` is left to another process; ``data`` are the bytes to convert."""

    def __init__(self, work: Work, data: bytes = b"") -> None:
        super().__init__(f"{work} is left to another process")
        self.work, self.data = work, data


@record
class Confinement:
    """What this process may do: recognise images; it never converts. ``converted`` -- what another one converted."""

    recognition: bool = False
    converted: bytes | None = None


_confined: ContextVar[Confinement | None] = ContextVar("confined", default=None)


@contextmanager
def confine(confinement: Confinement) -> Iterator[None]:
    """Read inside ``confinement``; without it a process does everything itself."""
    token = _confined.set(confinement)
    try:
        yield
    finally:
        _confined.reset(token)


def prepare(recognises: bool = False) -> None:
    """Load the programs that read PDF, and the recogniser, while files may still be opened."""
    from extractor.read.pdfium import load_pdfium

    load_pdfium()  # before pdfplumber, which starts the library in its own way
    import pdfplumber  # noqa: F401

    if recognises:
        from extractor.read.ocr import engine, has_ocr

        if has_ocr():
            engine()


def ask_to_recognise() -> None:
    """Raise ``Left`` where images are not recognised in this process."""
    confined = _confined.get()
    if confined is not None and not confined.recognition:
        raise Left("recognition")


def converted_outside(data: bytes) -> bytes | None:
    """What another process made of ``data``, None where this one may convert; raises ``Left`` where it is needed."""
    confined = _confined.get()
    if confined is None:
        return None
    if confined.converted is None:
        raise Left("conversion", data)
    return confined.converted


def machine_fonts() -> AbstractContextManager[None]:
    """Pages are drawn with the machine's fonts where a PDF brings none; none may be open before or after."""
    from extractor.read import pdfium

    return pdfium.machine_fonts()
