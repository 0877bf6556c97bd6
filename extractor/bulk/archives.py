"""Members of ZIP and TAR archives as inputs: checked before anything is unpacked, counted while it is.

Names of members never become paths.  An archive inside an archive, an encrypted member, a link or a device is listed
with its reason and not opened.
"""

from __future__ import annotations

import os
import tarfile
import zipfile
from collections import Counter
from collections.abc import Iterator
from functools import partial

from extractor.bulk.items import Item, Mark, show_path
from extractor.bulk.limits import Limits
from extractor.errors import ReadError

ZIP_ENDINGS = (".zip",)
TAR_ENDINGS = (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz")
NESTED = (*ZIP_ENDINGS, *TAR_ENDINGS, ".7z", ".rar", ".gz", ".bz2", ".xz", ".zst")
BETWEEN = "!"
UTF8_FLAG, ENCRYPTED_FLAG = 0x800, 0x1
JUNK = ("__MACOSX/", ".DS_Store", "Thumbs.db")
MANY = 1_000  # bytes; a small member may be packed as tightly as it likes


def looks_like_archive(path: str) -> str | None:
    """``zip`` or ``tar`` by the ending of the name, None for anything else."""
    name = path.lower()
    if name.endswith(ZIP_ENDINGS):
        return "zip"
    return "tar" if name.endswith(TAR_ENDINGS) else None


def list_zip(path: str, limits: Limits) -> Iterator[Item]:
    """Members of a ZIP archive; the archive itself, refused, where it is no archive or a bomb."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = [entry for entry in archive.infolist() if not entry.is_dir()]
            refused = _refuse_archive([(m.file_size, m.compress_size) for m in members], limits)
            if refused:
                yield Item(show_path(path), _unread, refused=("bomb", refused))
                return
            mark = _mark(path)
            taken: Counter[str] = Counter()
            for entry in members:
                source = f"{show_path(path)}{BETWEEN}{_apart(_zip_name(entry), taken)}"
                yield _zip_item(source, archive, entry, (limits, mark))
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError) as error:
        yield Item(show_path(path), _unread, refused=("damaged", f"the archive can't be opened: {error}"))


def _apart(name: str, taken: Counter[str]) -> str:
    """``name``, or with a number behind it where the archive has that name more than once."""
    taken[name] += 1
    return name if taken[name] == 1 else f"{name}#{taken[name]}"


def _zip_item(source: str, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, more: tuple[Limits, Mark]) -> Item:
    limits, mark = more
    refused = _refuse_member(_zip_name(entry))
    if refused is None and entry.flag_bits & ENCRYPTED_FLAG:
        refused = ("encrypted", "the member is encrypted")
    if refused:
        return Item(source, _unread, refused=refused)
    own = (entry.file_size, mark[1], mark[2], entry.CRC)
    return Item(source, partial(_read_zip, archive, entry, limits), own, mark[1] / 1e9)


def _zip_name(entry: zipfile.ZipInfo) -> str:
    """The name of a member; old programs write Chinese names in GBK without saying so."""
    if entry.flag_bits & UTF8_FLAG or entry.filename.isascii():
        return entry.filename
    raw = entry.filename.encode("cp437", "replace")
    for charset in ("utf-8", "gb18030"):
        try:
            return raw.decode(charset)
        except UnicodeDecodeError:
            continue
    return entry.filename


def _read_zip(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limits: Limits) -> bytes:
    try:
        with archive.open(entry) as member:
            return _counted(member.read(limits.file_bytes + 1), entry.compress_size, limits)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise ReadError("damaged", f"the member can't be unpacked: {error}") from None


def list_tar(path: str, limits: Limits) -> Iterator[Item]:
    """Members of a TAR archive, read in one go from front to back."""
    total = count = 0
    taken: Counter[str] = Counter()
    try:
        size = os.stat(path).st_size
        mark = _mark(path)
        with tarfile.open(path) as archive:
            for entry in archive:
                if entry.isdir():
                    continue
                source = f"{show_path(path)}{BETWEEN}{_apart(show_path(entry.name), taken)}"
                total, count = total + entry.size, count + 1
                too_much = _refuse_archive([(total, size)], limits) if size > MANY else None
                if too_much or count > limits.entries:
                    yield Item(source, _unread, refused=("bomb", too_much or f"more than {limits.entries} members"))
                    return
                yield _tar_item(source, archive, entry, (limits, mark))
    except (tarfile.TarError, OSError, EOFError, ValueError) as error:
        yield Item(show_path(path), _unread, refused=("damaged", f"the archive can't be read to its end: {error}"))


def _tar_item(source: str, archive: tarfile.TarFile, entry: tarfile.TarInfo, more: tuple[Limits, Mark]) -> Item:
    limits, mark = more
    refused = _refuse_member(entry.name) or (None if entry.isreg() else ("link", "a link or device in an archive"))
    if refused:
        return Item(source, _unread, refused=refused)
    own = (entry.size, mark[1], mark[2], entry.offset_data)
    return Item(source, partial(_read_tar, archive, entry, limits), own, float(entry.mtime))


def _read_tar(archive: tarfile.TarFile, entry: tarfile.TarInfo, limits: Limits) -> bytes:
    try:
        member = archive.extractfile(entry)
        return b"" if member is None else _counted(member.read(limits.file_bytes + 1), entry.size, limits)
    except (tarfile.TarError, OSError, EOFError, ValueError) as error:
        raise ReadError("damaged", f"the member can't be unpacked: {error}") from None


def _refuse_archive(sizes: list[tuple[int, int]], limits: Limits) -> str | None:
    """Why an archive whose members have these sizes (unpacked, packed) is not opened."""
    unpacked, packed = sum(size for size, _ in sizes), sum(size for _, size in sizes)
    if len(sizes) > limits.entries:
        return f"{len(sizes)} members, the limit is {limits.entries} (--max-entries)"
    if unpacked > limits.unpacked_bytes:
        return f"{unpacked} bytes unpacked, the limit is {limits.unpacked_bytes} (--max-unpacked)"
    if unpacked > MANY and unpacked > limits.ratio * max(packed, 1):
        return f"packed more than {limits.ratio} to 1"
    return None


def _refuse_member(name: str) -> tuple[str, str] | None:
    if name.lower().endswith(NESTED):
        return "nested", "an archive inside an archive; unpack it first"
    if name.startswith(JUNK) or name.endswith(JUNK):
        return "junk", "a file that an operating system leaves behind"
    return None


def _counted(data: bytes, packed: int, limits: Limits) -> bytes:
    """``data``, unless there is more of it than the limits allow, whatever the headers said."""
    if len(data) > limits.file_bytes:
        raise ReadError("too_large", f"more than {limits.file_bytes} bytes unpacked (--max-bytes)")
    if len(data) > MANY and len(data) > limits.ratio * max(packed, 1):
        raise ReadError("too_large", f"packed more than {limits.ratio} to 1")
    return data


def _mark(path: str) -> Mark:
    status = os.stat(path)
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def _unread() -> bytes:
    raise ReadError("type", "is not read")
