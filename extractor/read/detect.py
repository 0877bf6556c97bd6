"""Tells the format of bytes by what they hold, never by the name."""

from __future__ import annotations

from extractor.errors import ReadError
from extractor.read.declare import Reader, readers

COMPOUND = b"\xd0\xcf\x11\xe0"
ENCRYPTED_OFFICE = "EncryptedPackage".encode("utf-16-le")
FOREIGN = (
    (b"\x1f\x8b", "a compressed archive; unpack it, or give it to `extract batch`"),
    (b"Rar!", "an archive; unpack it first"),
    (b"7z\xbc\xaf", "an archive; unpack it first"),
)
ARCHIVE = "a ZIP file without a Word document in it; unpack it, or save it as .docx or PDF"


def detect(data: bytes, shown: str) -> Reader:
    """The reader whose sniffer knows ``data``; raises ReadError (empty, encrypted, type)."""
    if not data.strip(b"\x00\t\n\x0c\r \xef\xbb\xbf\xff\xfe"):
        raise ReadError("empty", f"{shown} is empty; fetch or export it again")
    for magic, what in FOREIGN:
        if data.startswith(magic):
            raise ReadError("type", f"{shown} is {what}")
    if data.startswith(COMPOUND) and ENCRYPTED_OFFICE in data:
        raise ReadError("encrypted", f"{shown} is locked with a password; remove the password and try again")
    found = next((reader for _, reader in readers.items() if reader.sniff(data)), None)
    if found is None:
        raise ReadError("type", f"{shown} is {describe(data)}")
    return found


def describe(data: bytes) -> str:
    """What to say of bytes that no reader knows."""
    if data.startswith(COMPOUND):
        return "an old Office file other than Word's; save it as .docx or PDF"
    if data.startswith(b"PK"):
        return ARCHIVE
    return f"of no known type; save it as one of: {', '.join(name for name, _ in readers.items())}"
