"""Gets the bytes of a source: paths in either normal form, refusals with a reason and what to do next."""

from __future__ import annotations

import os
import re
import stat
import unicodedata

from extractor.errors import ReadError


def printable(name: str) -> str:
    """``name`` with bytes that are not UTF-8 in a reversible escaped form, so that it can stand in JSON and logs."""
    return os.fsencode(name).decode("utf-8", "backslashreplace") if not name.isprintable() else name


def load_bytes(path: str, max_bytes: int) -> bytes:
    """Bytes of the regular file at ``path``; raises ReadError (not_found, permission, type, too_large, io)."""
    shown = printable(path)
    try:
        found = find_path(path)
        status = os.stat(found)
        if stat.S_ISDIR(status.st_mode):
            raise ReadError("type", f"{shown} is a folder; give a file, or the folder to `extract batch`")
        if not stat.S_ISREG(status.st_mode):
            raise ReadError("type", f"{shown} is not a regular file; pipe its content in and give `-` as the name")
        refuse_large(status.st_size, max_bytes, shown)
        with open(found, "rb") as file:
            data = file.read(max_bytes + 1)
    except FileNotFoundError:
        raise ReadError("not_found", f"{shown} does not exist; check the name and the folder") from None
    except (PermissionError, OSError, ValueError) as error:
        raise _refusal(shown, error) from None
    refuse_large(len(data), max_bytes, shown)
    return data


def find_path(path: str) -> str:
    """``path`` itself where it exists, else with each part in the normal form that does; FileNotFoundError for none."""
    if exists(path):
        return path
    found = ""
    for part in re.split(r"(?<=/)", path):
        forms = (part, unicodedata.normalize("NFC", part), unicodedata.normalize("NFD", part))
        known = next((form for form in forms if exists(found + form)), None)
        if known is None:
            raise FileNotFoundError(path)
        found += known
    return found


def exists(path: str) -> bool:
    """Whether there is anything at ``path``; other errors than its absence are raised."""
    try:
        os.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True


def refuse_large(size: int, max_bytes: int, shown: str) -> None:
    """Raise ReadError when ``size`` is over the limit."""
    if size > max_bytes:
        raise ReadError(
            "too_large", f"{shown} has {size} bytes, the limit is {max_bytes}; raise --max-bytes or split it"
        )


def _refusal(shown: str, error: OSError | ValueError) -> ReadError:
    """The ReadError for what the operating system said."""
    if isinstance(error, PermissionError):
        return ReadError("permission", f"{shown} may not be read by this user; change its permissions")
    if isinstance(error, ValueError):
        return ReadError("not_found", f"{shown} is no possible file name; check the name")
    return ReadError(
        "io", f"{shown} could not be read ({error.strerror or 'input/output error'}); try again or copy it"
    )
