"""The door of the room: a path or bytes in, a ``Document`` out."""

from __future__ import annotations

import os
from importlib import import_module

from extractor.errors import ReadError
from extractor.hashing import sha256_hex
from extractor.read.declare import Reader, Reading
from extractor.read.detect import detect
from extractor.read.source import load_bytes, printable, refuse_large
from extractor.types import Document, Notice

MAX_BYTES = 100 * 1024 * 1024
MAX_CHARS = 5_000_000  # of one document
MODULES = ("docx", "odt", "ofd", "image", "pdf", "rtf", "office", "mail", "html", "archive", "text")


def load_readers() -> None:
    """Declare all formats that come with the package, in the order in which they are tried."""
    for name in MODULES:
        import_module(f"extractor.read.{name}")


def read(source: str | os.PathLike[str] | bytes, *, name: str | None = None, max_bytes: int = MAX_BYTES) -> Document:
    """Read one report.

    source -- a path, or the bytes of the file; name -- what to call it (default: the path, "" for bytes).
    max_bytes -- larger inputs are refused before they are read.

    Raises ReadError with a reason of ``errors.REASONS`` and a message of one line that says what to do next.
    """
    load_readers()
    given = name if name is not None else ("" if isinstance(source, bytes) else os.fspath(source))
    shown = printable(os.path.basename(given)) or "the input"
    if isinstance(source, bytes):
        refuse_large(len(source), max_bytes, shown)
        data = source
    else:
        data = load_bytes(os.fspath(source), max_bytes)
    reader = detect(data, shown)
    reading = load(reader, data)
    mismatch = compare_name(given, reader)
    return assemble(data, printable(given), reader, reading, mismatch)


def load(reader: Reader, data: bytes) -> Reading:
    """What the reader makes of the bytes; memory and depth that run out are errors of this library."""
    try:
        reading = reader.load(data)
    except MemoryError:
        raise ReadError("memory", "the document needs more memory than there is; split it or raise the limit") from None
    except RecursionError:
        raise ReadError("damaged", "the document is nested too deeply to be read; save it anew") from None
    if len(reading.text) > MAX_CHARS:
        raise ReadError(
            "too_large", f"the document has {len(reading.text)} characters, the limit is {MAX_CHARS}; split it"
        )
    return reading


def compare_name(given: str, reader: Reader) -> tuple[Notice, ...]:
    """A notice where the name's ending speaks of another type than the content."""
    suffix = os.path.splitext(given)[1].lower()
    tells = suffix.isascii() and suffix[1:].isalnum() and len(suffix) <= 6
    if not tells or suffix in reader.suffixes:
        return ()
    message = f"the name ends in {printable(suffix)}, the content is {reader.media_type}; it was read by its content"
    return (Notice("type_mismatch", message),)


def assemble(data: bytes, source: str, reader: Reader, reading: Reading, extra: tuple[Notice, ...]) -> Document:
    """The document of a reading."""
    return Document(
        text=reading.text,
        blocks=reading.blocks,
        grids=reading.grids,
        source=source,
        name=source.replace("\\", "/").rsplit("/", 1)[-1],
        media_type=reading.media_type or reader.media_type,
        sha256=sha256_hex(data),
        bytes=len(data),
        pages=reading.pages,
        reader=reading.reader,
        layout=reading.layout,
        warnings=(*extra, *reading.warnings),
        confidences=reading.confidences,
    )
