"""Word documents (.docx); the parsers are loaded when the first one is read."""

from __future__ import annotations

from extractor.read.declare import Reading, reader
from extractor.read.zip_names import holds_entry

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def looks_like_docx(data: bytes) -> bool:
    """Whether ``data`` is a ZIP file that names the main part of a Word document."""
    return holds_entry(data, b"word/document")


@reader("docx", media_type=MEDIA_TYPE, suffixes=(".docx", ".docm"), sniff=looks_like_docx)
def read_docx(data: bytes) -> Reading:
    """Paragraphs with their automatic numbers, tables and text boxes of a Word document."""
    from extractor.read.docx_body import read_body

    return read_body(data)
