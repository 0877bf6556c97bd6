"""Members of a ZIP archive; their names never become paths."""

from __future__ import annotations

import zipfile

from extractor.errors import ReadError
from extractor.read.declare import Reading
from extractor.read.inside import Member, read_member
from extractor.read.package import open_package, read_part

MAX_READ = 500_000_000  # bytes unpacked in all
UNICODE = 0x800  # flag of a name in UTF-8
JUNK = ("__MACOSX/", "thumbs.db", ".ds_store", "desktop.ini")


def read_members(data: bytes) -> Reading:
    """The one report in an archive, read by its own reader."""
    package = open_package(data)
    entries = [e for e in package.infolist() if e.filename and not e.is_dir() and not is_junk(e.filename)]
    if any(e.flag_bits & 1 for e in entries):
        raise ReadError("encrypted", "the archive is locked with a password; unpack it and give the report itself")
    members: list[Member] = []
    size = 0
    for entry in entries:
        content = read_part(package, entry) or b""
        size += len(content)
        if size > MAX_READ:
            raise ReadError("too_large", f"the archive unpacks to more than {MAX_READ} bytes; unpack it first")
        members.append(Member(member_name(entry), content))
    return read_member(members, "archive")


def is_junk(name: str) -> bool:
    """Whether a member is what a file manager left behind."""
    return name.lower().endswith(JUNK[1:]) or name.startswith(JUNK[0]) or name.rsplit("/", 1)[-1].startswith("._")


def member_name(entry: zipfile.ZipInfo) -> str:
    """Name of a member; Chinese programs write GBK where the format says code page 437."""
    if entry.flag_bits & UNICODE:
        return entry.filename
    try:
        raw = entry.filename.encode("cp437")
    except UnicodeEncodeError:
        return entry.filename
    for charset in ("utf-8", "gb18030"):
        try:
            return raw.decode(charset)
        except UnicodeDecodeError:
            continue
    return entry.filename
