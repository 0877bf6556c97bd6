"""ZIP archives that hold one report; the parser is loaded when the first one is read."""

from __future__ import annotations

from extractor.read.declare import Reading, reader
from extractor.read.zip_names import holds_entry

OPEN = b"mimetypeapplication/vnd.oasis"
OTHER = (b"[Content_Types].xml", b"xl/workbook", b"ppt/presentation")


def looks_like_archive(data: bytes) -> bool:
    """Whether ``data`` is a ZIP file and no document that is packed as one."""
    if not data.startswith((b"PK\x03\x04", b"PK\x05\x06")) or data[30 : 30 + len(OPEN)] == OPEN:
        return False
    return not any(holds_entry(data, mark) for mark in OTHER)


@reader("zip", media_type="application/zip", suffixes=(".zip",), sniff=looks_like_archive)
def read_archive(data: bytes) -> Reading:
    """The one report in an archive, read by its own reader."""
    from extractor.read.archive_members import read_members

    return read_members(data)
