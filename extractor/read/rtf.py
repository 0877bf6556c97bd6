"""Rich text files (.rtf, also those named .doc)."""

from __future__ import annotations

from extractor.errors import ReadError
from extractor.read.declare import Reading, reader


def looks_like_rtf(data: bytes) -> bool:
    """Whether ``data`` opens like rich text."""
    return data[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rt")


@reader("rtf", media_type="application/rtf", suffixes=(".rtf", ".doc", ".wps"), sniff=looks_like_rtf)
def read_rtf(data: bytes) -> Reading:
    """Paragraphs, printed list numbers, footnotes and tables of a rich text file."""
    from extractor.read.rtf_body import RtfBody
    from extractor.types import ReaderInfo

    builder = RtfBody(data).read()
    if not builder.text.strip():
        raise ReadError("no_text", "the document holds no text, only images or nothing; recognise its text first (OCR)")
    return Reading(builder.text, tuple(builder.blocks), tuple(builder.grids), ReaderInfo("rtf", "1"))
