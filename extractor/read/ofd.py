"""Fixed layout documents of the Chinese standard GB/T 33190 (.ofd); the parser is loaded when one is read."""

from __future__ import annotations

from extractor.read.declare import Reading, reader
from extractor.read.zip_names import holds_entry


def looks_like_ofd(data: bytes) -> bool:
    """Whether ``data`` is a ZIP file with the entry file of a fixed layout document."""
    return holds_entry(data, b"OFD.xml")


@reader("ofd", media_type="application/ofd", suffixes=(".ofd",), sniff=looks_like_ofd)
def read_ofd(data: bytes) -> Reading:
    """Text, tables and places of a fixed layout document."""
    from extractor.read.ofd_pages import read_pages

    return read_pages(data)
