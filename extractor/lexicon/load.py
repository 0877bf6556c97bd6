"""Reads ``patterns/``: where it is, what it holds, its digest.

A table is one file ``patterns/NAME.yaml`` or all files of a folder ``patterns/NAME/*.yaml`` (lists are joined in the
order of the file names).  Parsing YAML takes a hundred times as long as taking over what was parsed before, so the
checked tables are kept in the user's own cache directory under the digest of the sources; only the YAML is ever edited.
The digest itself is kept with size and times of every source, and worked out anew when one of these has changed.
"""

from __future__ import annotations

import marshal
import os
import sys
import time
from collections.abc import Iterator
from functools import cache
from typing import Any

from extractor.errors import PatternError
from extractor.lexicon.cache import Shelf, keep, read_plain

PACKAGE = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
PACKED = os.path.join(PACKAGE, "_data", "patterns")
CHECKOUT = os.path.join(os.path.dirname(PACKAGE), "patterns")
FORMAT = "2"  # of the kept tables
ENDINGS = (".yaml", ".txt")
FOLDERS = 50  # whose digests are kept
AT_REST = 2.0  # seconds without a change after which the times of files tell of every change

DIGESTS = Shelf(lambda: f"digests-{sys.implementation.cache_tag}", FOLDERS)
Stamp = tuple[tuple[str, int, int, int], ...]  # of every file: path, size, times of change in nanoseconds


@cache
def folder() -> str:
    """The folder of the patterns: $EXTRACTOR_PATTERNS, else the checkout beside the package, else the packed copy."""
    chosen = os.environ.get("EXTRACTOR_PATTERNS")
    candidates = [chosen] if chosen else [CHECKOUT, PACKED]
    for candidate in candidates:
        if os.path.isfile(os.path.join(candidate, "numerals.yaml")):
            return candidate
    raise PatternError(f"no patterns in {' or '.join(candidates)}")


@cache
def sources() -> dict[str, bytes]:
    """Bytes of every file of the patterns, by its path inside the folder, in the order of the paths."""
    found: dict[str, bytes] = {}
    for path, *_ in stamp_of(folder(), ENDINGS):
        with open(path, "rb") as file:
            found[os.path.relpath(path, folder()).replace(os.sep, "/")] = file.read()
    return {path: found[path] for path in sorted(found, key=lambda path: path.split("/"))}


@cache
def digest() -> str:
    """First 16 hex digits of SHA-256 over names and contents of the patterns; stamped on every result."""
    stamp = stamp_of(folder(), ENDINGS)
    kept = DIGESTS.get(folder())
    if isinstance(kept, tuple) and kept[:-1] == (stamp,):
        return str(kept[-1])
    made = _digest(sources())
    if at_rest(stamp):
        DIGESTS.add(folder(), (stamp, made))
    return made


def stamp_of(place: str, endings: tuple[str, ...]) -> Stamp:
    """What the file system tells of the files under a folder that end in one of ``endings``."""
    return tuple(sorted(_stamps(place, endings)))


def at_rest(stamp: Stamp) -> bool:
    """Whether the files have stayed as they are for long enough that another change would show in their times."""
    return max(max(times) for _, _, *times in stamp) < (time.time() - AT_REST) * 1e9


def _stamps(place: str, endings: tuple[str, ...]) -> Iterator[tuple[str, int, int, int]]:
    with os.scandir(place) as entries:
        for entry in entries:
            if entry.name.endswith(endings):
                status = entry.stat()
                yield entry.path, status.st_size, status.st_mtime_ns, status.st_ctime_ns
            elif entry.is_dir(follow_symlinks=False):
                yield from _stamps(entry.path, endings)


def _digest(files: dict[str, bytes]) -> str:
    import hashlib

    total = hashlib.sha256()
    for name, data in files.items():
        total.update(name.encode() + b"\0" + hashlib.sha256(data).digest())
    return total.hexdigest()[:16]


@cache
def _tables() -> dict[str, bytes]:
    """All tables by name, checked, in the form of ``marshal``; as they were kept where the digest is the same."""
    name = f"patterns-{FORMAT}-{digest()}-{sys.implementation.cache_tag}"
    kept = read_plain(name)
    if isinstance(kept, dict):
        return kept
    from extractor.lexicon.check import parse

    made = {name: marshal.dumps(content) for name, content in parse(sources()).items()}
    keep(name, marshal.dumps(made))
    return made


@cache
def table(name: str) -> Any:
    """The checked content of ``patterns/NAME.yaml`` or the joined lists of ``patterns/NAME/``; do not change it.

    Raises PatternError when there is no such table.
    """
    if name not in _tables():
        raise PatternError(f"patterns have no table {name!r}")
    return marshal.loads(_tables()[name])


def lines(name: str) -> tuple[str, ...]:
    """Lines of ``patterns/NAME.txt`` without comments and blank ones."""
    text = sources()[f"{name}.txt"].decode("utf-8")
    return tuple(line for raw in text.splitlines() if (line := raw.split("#")[0].strip()))
