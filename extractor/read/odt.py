"""OpenDocument texts (.odt); the parser is loaded when the first one is read."""

from __future__ import annotations

from extractor.read.declare import Reading, reader

MEDIA_TYPE = "application/vnd.oasis.opendocument.text"


def looks_like_odt(data: bytes) -> bool:
    """Whether ``data`` is a ZIP file that names itself an OpenDocument text."""
    return data.startswith(b"PK") and MEDIA_TYPE.encode() in data[:200]


@reader("odt", media_type=MEDIA_TYPE, suffixes=(".odt", ".ott"), sniff=looks_like_odt)
def read_odt(data: bytes) -> Reading:
    """Paragraphs with their automatic numbers, tables, notes and text boxes of an OpenDocument text."""
    from extractor.read.odt_body import read_body

    return read_body(data)
