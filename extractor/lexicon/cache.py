"""Files that spare the next start work, in the user's own cache directory; without such a directory nothing is kept."""

from __future__ import annotations

import os
import time

FOLDER = "nianbao-extractor"
FOREIGN_WRITE = 0o022
LONG_AGO = 30 * 24 * 3600.0  # seconds


def read_kept(name: str) -> bytes | None:
    """What was kept under a name; None where it is not there, or where somebody else could have written it."""
    path = _path(name)
    if path is None:
        return None
    try:
        with open(path, "rb") as file:
            status = os.fstat(file.fileno())
            own = not hasattr(os, "geteuid") or (status.st_uid == os.geteuid() and not status.st_mode & FOREIGN_WRITE)
            return file.read() if own else None
    except OSError:
        return None


def keep(name: str, text: str) -> None:
    """Keep ``text`` under a name, whole or not at all; a directory that can't be written is no error."""
    import tempfile

    path = _path(name)
    if path is None:
        return
    folder, written = os.path.dirname(path), ""
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        handle, written = tempfile.mkstemp(dir=folder)
        with os.fdopen(handle, "w", encoding="utf-8", errors="surrogatepass") as file:
            file.write(text)
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
