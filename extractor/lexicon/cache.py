"""Files that spare the next start work, in the user's own cache directory; without such a directory nothing is kept."""

from __future__ import annotations

import atexit
import marshal
import os
import time
from collections.abc import Callable
from typing import Any

FOLDER = "nianbao-extractor"
FOREIGN_WRITE = 0o022
LONG_AGO = 30 * 24 * 3600.0  # seconds


class Shelf:
    """Values by key in one file; what is added is kept when the process ends.

    Keys and values are of the plain types that ``marshal`` writes.  What ``get`` gives may come from a spoilt file: who
    takes it must be able to do without.
    """

    def __init__(self, name: Callable[[], str], most: int) -> None:
        """``name`` gives the file's name when it is first needed; ``most`` -- how many values are kept."""
        self._name = name
        self._most = most
        self._new: dict[Any, Any] = {}
        self._kept: dict[Any, Any] | None = None

    def get(self, key: Any) -> Any:
        """The value that was kept under ``key``, None where there is none."""
        return self.kept.get(key)

    def add(self, key: Any, value: Any) -> None:
        """Keep ``value`` under ``key`` for later processes."""
        if not self._new:
            atexit.register(self._write)
        self._new[key] = value

    @property
    def kept(self) -> dict[Any, Any]:
        """What earlier processes kept."""
        if self._kept is None:
            found = read_plain(self._name())
            self._kept = found if isinstance(found, dict) else {}
        return self._kept

    def _write(self) -> None:
        self._kept = None  # others may have added to it
        together = self.kept | self._new
        keep(self._name(), marshal.dumps(together if len(together) <= self._most else self._new))


def read_plain(name: str) -> Any:
    """The value that was kept under a name in the form of ``marshal``; None where it is not there or spoilt."""
    try:
        return marshal.loads(read_kept(name) or b"")
    except (EOFError, ValueError, TypeError):
        return None


def read_kept(name: str) -> bytes | None:
    """What was kept under a name; None where it is not there, or where somebody else could have written it."""
    path = _path(name)
    if path is None:
        return None
    try:
        with open(path, "rb", buffering=0) as file:
            status = os.fstat(file.fileno())
            own = not hasattr(os, "geteuid") or (status.st_uid == os.geteuid() and not status.st_mode & FOREIGN_WRITE)
            return file.read() if own else None
    except OSError:
        return None


def keep(name: str, data: bytes) -> None:
    """Keep ``data`` under a name, whole or not at all; a directory that can't be written is no error."""
    import tempfile

    path = _path(name)
    if path is None:
        return
    folder, written = os.path.dirname(path), ""
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        handle, written = tempfile.mkstemp(dir=folder)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.replace(written, path)
        _forget_old(folder)
    except OSError:
        if os.path.exists(written):
            os.unlink(written)


def _forget_old(folder: str) -> None:
    """Remove what was kept long ago: it belongs to other patterns, or is made again in a moment."""
    for entry in os.scandir(folder):
        if time.time() - entry.stat().st_mtime > LONG_AGO:
            os.unlink(entry.path)


def _path(name: str) -> str | None:
    base = os.environ.get("XDG_CACHE_HOME") or (os.path.expanduser("~/.cache") if os.environ.get("HOME") else "")
    return os.path.join(base, FOLDER, name) if os.path.isabs(base) else None
