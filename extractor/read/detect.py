"""Tells the format of bytes by what they hold, never by the name."""

from __future__ import annotations

from extractor.errors import ReadError
from extractor.read.declare import Reader, readers

ENCRYPTED_OFFICE = "EncryptedPackage".encode("utf-16-le")
IMAGE = "an image; recognise its text first (OCR) and save it as a PDF with a text layer"
FOREIGN = (
    (b"{\\rtf", "a rich text file; save it as .docx or PDF"),
    (b"\x89PNG", IMAGE),
    (b"\xff\xd8\xff", IMAGE),
    (b"II*\0", IMAGE),
    (b"MM\0*", IMAGE),
    (b"GIF8", IMAGE),
    (b"\x1f\x8b", "a compressed archive; unpack it, or give it to `extract batch`"),
    (b"Rar!", "an archive; unpack it first"),
    (b"7z\xbc\xaf", "an archive; unpack it first"),
)
ARCHIVE = "a ZIP file without a Word document in it; unpack it, or save it as .docx or PDF"


def detect(data: bytes, shown: str) -> Reader:
    """The reader whose sniffer knows ``data``; raises ReadError (empty, encrypted, type)."""
    if not data.strip(b"\x00\t\n\x0c\r \xef\xbb\xbf\xff\xfe"):
        raise ReadError("empty", f"{shown} is empty; fetch or export it again")
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise old_office(data, shown)
    for magic, what in FOREIGN:
        if data.startswith(magic):
            raise ReadError("type", f"{shown} is {what}")
    for _, reader in readers.items():
        if reader.sniff(data):
            return reader
    if data.startswith(b"PK"):
        raise ReadError("type", f"{shown} is {ARCHIVE}")
    known = ", ".join(name for name, _ in readers.items())
    raise ReadError("type", f"{shown} is of no known type; save it as one of: {known}")


def old_office(data: bytes, shown: str) -> ReadError:
    """What to say about a compound file: a locked .docx or an old .doc."""
    if ENCRYPTED_OFFICE in data:
        return ReadError("encrypted", f"{shown} is locked with a password; remove the password and try again")
    return ReadError("type", f"{shown} is an old Office file (.doc, .xls, .wps); save it as .docx or PDF")
