"""Old Word and WPS files (.doc, .wps): LibreOffice, where it is installed, turns them into .docx first."""

from __future__ import annotations

import re

from extractor.errors import ReadError
from extractor.read.declare import Reading, reader
from extractor.record import replace
from extractor.types import Notice

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WORD = "WordDocument".encode("utf-16-le")
SECTOR = 512
IDENTITY = b"\xec\xa5"  # opens the main stream of a Word file
LOCKED = 0x0100  # flag of an encrypted file


def looks_like_old_word(data: bytes) -> bool:
    """Whether ``data`` is a compound file with the main stream of Word."""
    return data.startswith(COMPOUND) and WORD in data


@reader("doc", media_type="application/msword", suffixes=(".doc", ".wps", ".dot"), sniff=looks_like_old_word)
def read_old_word(data: bytes) -> Reading:
    """Text and tables of an old Word or WPS file, converted by LibreOffice without network and macros."""
    if is_locked(data):
        raise ReadError("encrypted", "the document is locked with a password; remove the password and try again")
    from extractor.read.docx_body import read_body
    from extractor.read.libreoffice import convert

    reading = read_body(convert(data, ".doc"))
    notice = Notice("converted", "the file was converted by LibreOffice before it was read")
    return replace(reading, warnings=(notice, *reading.warnings))


def is_locked(data: bytes) -> bool:
    """Whether the main stream says that the text is encrypted."""
    for found in re.finditer(IDENTITY, data):
        if found.start() % SECTOR == 0:
            return bool(int.from_bytes(data[found.start() + 10 : found.start() + 12], "little") & LOCKED)
    return False
