"""Reads ``patterns/``: where it is, what it holds, its digest.

A table is one file ``patterns/NAME.yaml`` or all files of a folder ``patterns/NAME/*.yaml`` (lists are joined in the
order of the file names).  Parsing YAML takes a hundred times as long as parsing JSON, so the parsed and checked tree is
kept as JSON in the user's own cache directory under the digest of the sources; only the YAML is ever edited.
"""

from __future__ import annotations

import hashlib
import json
import os
from functools import cache
from typing import Any

from extractor.errors import PatternError
from extractor.lexicon.cache import keep, read_kept

PACKAGE = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
PACKED = os.path.join(PACKAGE, "_data", "patterns")
CHECKOUT = os.path.join(os.path.dirname(PACKAGE), "patterns")
FORMAT = "1"  # of the cached tree


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
    for inside, _, names in os.walk(folder()):
        for name in names:
            if name.endswith((".yaml", ".txt")):
                path = os.path.join(inside, name)
                with open(path, "rb") as file:
                    found[os.path.relpath(path, folder()).replace(os.sep, "/")] = file.read()
    return {path: found[path] for path in sorted(found, key=lambda path: path.split("/"))}


@cache
def digest() -> str:
    """First 16 hex digits of SHA-256 over names and contents of the patterns; stamped on every result."""
    total = hashlib.sha256()
    for name, data in sources().items():
        total.update(name.encode() + b"\0" + hashlib.sha256(data).digest())
    return total.hexdigest()[:16]


@cache
def tree() -> dict[str, Any]:
    """All tables by name, checked; from the cache where it holds the same digest."""
    name = f"patterns-{FORMAT}-{digest()}.json"
    try:
        cached: dict[str, Any] = json.loads(read_kept(name) or b"")
        return cached
    except ValueError:
        pass
    from extractor.lexicon.check import parse

    tables = parse(sources())
    keep(name, json.dumps(tables, ensure_ascii=False))
    return tables


def table(name: str) -> Any:
    """The checked content of ``patterns/NAME.yaml`` or the joined lists of ``patterns/NAME/``; do not change it.

    Raises PatternError when there is no such table.
    """
    try:
        return tree()[name]
    except KeyError:
        raise PatternError(f"patterns have no table {name!r}") from None


def lines(name: str) -> tuple[str, ...]:
    """Lines of ``patterns/NAME.txt`` without comments and blank ones."""
    text = sources()[f"{name}.txt"].decode("utf-8")
    return tuple(line for raw in text.splitlines() if (line := raw.split("#")[0].strip()))
