"""What is made of the patterns and takes long to make, kept for the next start."""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Callable
from functools import cache, wraps
from typing import Any, TypeVar

from extractor.lexicon.cache import Shelf, keep, read_plain
from extractor.lexicon.load import Stamp, at_rest, digest, stamp_of

T = TypeVar("T")
MOST = 100  # values that are kept
VALUES = Shelf(lambda: f"values-{digest()}-{sys.implementation.cache_tag}", MOST)


def keep_made(make: Callable[[], T]) -> Callable[[], T]:
    """Like ``functools.cache``, and for the next start too: ``make`` uses the patterns alone and gives plain values.

    Plain is what ``marshal`` writes: numbers, strings, tuples, lists, sets, dicts.  The value is made anew when a
    pattern changes, or any module beside that of ``make``.
    """
    name = f"{make.__module__}.{make.__qualname__}"

    @cache
    @wraps(make)
    def give() -> T:
        stamp = _code_stamp(os.path.dirname(make.__code__.co_filename))
        kept = _take(name, stamp)
        return kept[0] if kept else _make(name, stamp, make)

    return give


def keep_read(path: str, read: Callable[[bytes], T]) -> T:
    """What ``read`` makes of a file, plain values; kept for the next start with size and times of the file.

    Raises OSError where the file can't be read, and what ``read`` raises.
    """
    status, code = os.stat(path), _code_stamp(os.path.dirname(read.__code__.co_filename))
    stamp = ((path, status.st_size, status.st_mtime_ns, status.st_ctime_ns), *code)
    name = "-".join(
        (os.path.basename(path), *map(str, stamp[0][1:]), sys.implementation.cache_tag or "", sys.byteorder)
    )
    kept = read_plain(name)
    if isinstance(kept, tuple) and kept[:-1] == (stamp,):
        return kept[-1]  # type: ignore[no-any-return]
    with open(path, "rb") as file:
        made: Any = read(file.read())
    if code and at_rest(stamp):
        keep(name, marshal.dumps((stamp, made)))
    return made  # type: ignore[no-any-return]


def _take(name: str, stamp: Stamp) -> tuple[Any] | None:
    """The value that was kept under a name by the same code, alone in a tuple; None where there is none."""
    kept = VALUES.get(name)
    if not stamp or not isinstance(kept, tuple) or kept[:-1] != (stamp,):
        return None
    try:
        return (marshal.loads(kept[-1]),)
    except (EOFError, ValueError, TypeError):
        return None


def _make(name: str, stamp: Stamp, make: Callable[[], T]) -> T:
    made: Any = make()
    if stamp and at_rest(stamp):
        VALUES.add(name, (stamp, marshal.dumps(made)))
    return made  # type: ignore[no-any-return]


@cache
def _code_stamp(place: str) -> Stamp:
    """What the file system tells of the modules in a folder; nothing where they are in no folder."""
    try:
        return stamp_of(place, (".py",))
    except OSError:
        return ()
