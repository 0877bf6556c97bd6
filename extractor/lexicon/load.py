"""Reads ``patterns/``: where it is, what it holds, its digest.

A table is one file ``patterns/NAME.yaml`` or all files of a folder ``patterns/NAME/*.yaml`` (lists are joined in the
order of the file names).  Parsing YAML takes a hundred times as long as parsing JSON, so the parsed and checked tree is
kept as JSON in the user's own cache directory under the digest of the sources; only the YAML is ever edited.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from extractor.errors import PatternError

PACKED = Path(__file__).resolve().parent.parent / "_data" / "patterns"
CHECKOUT = Path(__file__).resolve().parents[2] / "patterns"
FORMAT = "1"  # of the cached tree


@cache
def folder() -> Path:
    """The folder of the patterns: $EXTRACTOR_PATTERNS, else the checkout beside the package, else the packed copy."""
    chosen = os.environ.get("EXTRACTOR_PATTERNS")
    candidates = [Path(chosen)] if chosen else [CHECKOUT, PACKED]
    for candidate in candidates:
        if (candidate / "numerals.yaml").is_file():
            return candidate
    raise PatternError(f"no patterns in {' or '.join(str(c) for c in candidates)}")


@cache
def sources() -> dict[str, bytes]:
    """Bytes of every file of the patterns, by its path inside the folder, in the order of the paths."""
    root = folder()
    paths = sorted(p for p in root.rglob("*") if p.suffix in {".yaml", ".txt"})
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in paths}


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
    path = _cache_path()
    if path is not None:
        try:
            cached: dict[str, Any] = json.loads(path.read_bytes())
            return cached
        except (OSError, ValueError):
            pass
    from extractor.lexicon.check import parse

    tables = parse(sources())
    if path is not None:
        _write(path, json.dumps(tables, ensure_ascii=False))
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


def _cache_path() -> Path | None:
    """File of the cached tree in the user's own cache directory; None where there is no such directory."""
    base = os.environ.get("XDG_CACHE_HOME") or (Path.home() / ".cache" if os.environ.get("HOME") else None)
    if base is None or not Path(base).is_absolute():
        return None
    return Path(base) / "nianbao-extractor" / f"patterns-{FORMAT}-{digest()}.json"


def _write(path: Path, text: str) -> None:
    """Write ``text`` atomically; a cache that can't be written is no error."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        os.replace(name, path)
    except OSError:
        return
