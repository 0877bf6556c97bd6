"""What to process: folders, globs, list files, archives, standard input, addresses; in a fixed order."""

from __future__ import annotations

import glob
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from functools import partial

from extractor.bulk.archives import list_tar, list_zip, looks_like_archive
from extractor.bulk.items import Item, show_path
from extractor.bulk.limits import Limits
from extractor.errors import ReadError, UsageError

STDIN = "-"
LIST_MARK = "@"
FOLDERS_DEEP = 200
GLOB = set("*?[")


def list_inputs(inputs: Iterable[str], limits: Limits) -> Iterator[Item]:
    """Every input once, in the order of the arguments and of the names inside them.

    A folder is walked; a pattern is expanded; ``@FILE`` is a list of paths, one a line; ``-`` is such a list on
    standard input; a ZIP or TAR gives its members; ``scheme://…`` is read through fsspec.
    Raises UsageError for an argument that names nothing.
    """
    inputs = tuple(inputs)
    if len(inputs) == 1 and os.path.isdir(inputs[0]):
        yield from _expand(inputs[0], limits)  # nothing in it can come twice, so nothing has to be remembered
        return
    seen: set[str] = set()
    for given in inputs:
        for item in _expand(given, limits):
            if item.source not in seen:
                seen.add(item.source)
                yield item


def count_inputs(inputs: Iterable[str], limits: Limits) -> int | None:
    """How many inputs there are; None where they come on standard input, which can be read only once."""
    if STDIN in inputs:
        return None
    return sum(1 for _ in list_inputs(inputs, limits))


def _expand(given: str, limits: Limits) -> Iterator[Item]:
    if given == STDIN:
        yield from _listed((os.fsdecode(line) for line in sys.stdin.buffer), limits)
    elif given.startswith(LIST_MARK) and len(given) > 1:
        yield from _list_file(given[1:], limits)
    elif "://" in given:
        from extractor.bulk.remote import list_remote

        yield from list_remote(given, limits)
    elif os.path.lexists(given):
        yield from _path(given, limits)
    elif GLOB & set(given):
        found = sorted(glob.iglob(given, recursive=True), key=os.fsencode)
        if not found:
            raise UsageError(f"{given}: fits no file")
        for path in found:
            yield from _path(path, limits)
    else:
        raise UsageError(f"{given} does not exist; check the name and the folder")


def _list_file(path: str, limits: Limits) -> Iterator[Item]:
    try:
        with open(path, "rb") as lines:
            yield from _listed((os.fsdecode(line) for line in lines), limits)
    except OSError as error:
        raise UsageError(f"@{path}: {error.strerror}") from None


def _listed(lines: Iterable[str], limits: Limits) -> Iterator[Item]:
    for line in lines:
        path = line.rstrip("\r\n")
        if "://" in path:
            yield from _expand(path, limits)
        elif path:
            yield from _path(path, limits)


def _path(path: str, limits: Limits, named: bool = True) -> Iterator[Item]:
    """The items of one path; a link is followed only where the caller named it."""
    try:
        status = os.stat(path) if named else os.lstat(path)
    except OSError as error:
        yield refuse(path, "permission" if isinstance(error, PermissionError) else "not_found", f"{error.strerror}")
        return
    if stat.S_ISDIR(status.st_mode):
        yield from _walk(path, limits)
    elif stat.S_ISLNK(status.st_mode):
        yield refuse(path, "link", "links inside folders are not followed; name the file itself")
    elif not stat.S_ISREG(status.st_mode):
        yield refuse(path, "special", "not a regular file")
    elif looks_like_archive(path):
        yield from (list_zip if looks_like_archive(path) == "zip" else list_tar)(path, limits)
    else:
        mark = (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
        yield Item(show_path(path), partial(_load, path, limits), mark, status.st_mtime)


def _walk(folder: str, limits: Limits) -> Iterator[Item]:
    """Files of a folder and the folders in it, by name; folders are walked without recursion of the language."""
    waiting: list[tuple[str, int]] = [(folder, 0)]
    while waiting:
        at, depth = waiting.pop()
        try:
            with os.scandir(at) as entries:
                found = sorted(entries, key=lambda entry: os.fsencode(entry.name))
        except OSError as error:
            yield refuse(at, "permission", f"the folder can't be read: {error.strerror}")
            continue
        inside = [entry.path for entry in found if entry.is_dir(follow_symlinks=False)]
        if inside and depth >= FOLDERS_DEEP:
            yield refuse(at, "too_deep", f"folders below {FOLDERS_DEEP} levels are left out")
            inside = []
        for entry in found:
            if not entry.is_dir(follow_symlinks=False):
                yield from _path(entry.path, limits, named=False)
        waiting += [(path, depth + 1) for path in reversed(inside)]


def _load(path: str, limits: Limits) -> bytes:
    """The bytes of a file; it is opened so that a pipe that took its place does not block."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with open(handle, "rb") as file:
            status = os.fstat(handle)
            if not stat.S_ISREG(status.st_mode):
                raise ReadError("type", "not a regular file")
            refuse_size(status.st_size, limits)
            return file.read(limits.file_bytes + 1)
    except FileNotFoundError:
        raise ReadError("not_found", "it was there when the folder was listed and is gone") from None
    except PermissionError:
        raise ReadError("permission", "may not be read by this user; change its permissions") from None
    except OSError as error:
        raise ReadError("io", f"can't be read ({error.strerror}); try again or copy it") from None


def refuse_size(size: int, limits: Limits) -> None:
    """Raise ReadError when a file is larger than its limit."""
    if size > limits.file_bytes:
        raise ReadError("too_large", f"{size} bytes, the limit is {limits.file_bytes} (--max-bytes)")


def refuse(source: str, reason: str, message: str) -> Item:
    """An input that is listed with its reason and never read."""
    return Item(show_path(source), _nothing, refused=(reason, message))


def _nothing() -> bytes:
    raise ReadError("type", "is not read")
