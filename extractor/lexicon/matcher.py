"""Regular expressions that are compiled when first used, and whose compiled form is kept for the next start.

To compile the expressions of this program takes longer than to read a report with them.  The compiled form is the list
of codes that Python's own compiler makes and that its engine checks when it takes them; it is kept under the version
of Python and of the patterns.
"""

from __future__ import annotations

import _sre  # type: ignore[import-not-found]
import atexit
import json
import re
import sys
from array import array
from binascii import a2b_base64, b2a_base64
from functools import cache
from hashlib import blake2b
from re import _compiler, _parser  # type: ignore[attr-defined]
from typing import Any

from extractor.lexicon.cache import keep, read_kept
from extractor.lexicon.load import digest

METHODS = (
    "findall", "finditer", "flags", "fullmatch", "groupindex", "groups", "match", "pattern", "search", "split", "sub",
    "subn",
)  # fmt: skip
MOST = 4000  # expressions that are kept


class LazyPattern:
    """Stands for a compiled expression and takes over its methods when one of them is first asked for."""

    __slots__ = ("_wanted", *METHODS)

    def __init__(self, source: str, flags: int) -> None:
        self._wanted = (source, flags)

    def __getattr__(self, name: str) -> Any:
        if name not in METHODS:
            raise AttributeError(name)
        made = compile_now(*self._wanted)
        for method in METHODS:
            setattr(self, method, getattr(made, method))
        return getattr(self, name)


def matcher(source: str, flags: int = 0) -> re.Pattern[str]:
    """The expression ``source``, compiled when first used; to be matched by its own methods only.

    Raises re.error at first use where the expression is none.
    """
    return LazyPattern(source, flags)  # type: ignore[return-value]


@cache
def compile_now(source: str, flags: int = 0) -> re.Pattern[str]:
    """The compiled expression, from what was kept where it is there."""
    key = blake2b(f"{int(flags)}:{source}".encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
    try:
        made = kept().get(key) or _encode(source, int(flags))
        compiled = _assemble(source, *made)
    except re.error:
        raise
    except Exception:  # another Python, or a file that somebody changed: the ordinary way is always open
        return re.compile(source, flags)
    if key not in kept():
        new()[key] = made
    return compiled


def _encode(source: str, flags: int) -> list[Any]:
    """Flags, number of groups, groups by name, codes in base 64."""
    tree = _parser.parse(source, flags)
    codes = array("I", _compiler._code(tree, flags))
    written = b2a_base64(codes.tobytes(), newline=False).decode("ascii")
    return [flags | tree.state.flags, tree.state.groups - 1, tree.state.groupdict, written]


def _assemble(source: str, flags: int, groups: int, names: dict[str, int], codes: str) -> re.Pattern[str]:
    """The compiled expression of its parts."""
    by_number: list[str | None] = [None] * (groups + 1)
    for name, number in names.items():
        by_number[number] = name
    numbers = array("I", a2b_base64(codes)).tolist()
    compiled: re.Pattern[str] = _sre.compile(source, flags, numbers, groups, names, tuple(by_number))
    return compiled


@cache
def kept() -> dict[str, list[Any]]:
    """What earlier starts kept, by the digest of flags and expression."""
    try:
        found = json.loads(read_kept(_name()) or b"{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


@cache
def new() -> dict[str, list[Any]]:
    """What this start had to compile; kept when it ends."""
    atexit.register(_keep_new)
    return {}


def _keep_new() -> None:
    kept.cache_clear()  # others may have added to it
    together = kept() | new()
    if len(together) <= MOST:
        keep(_name(), json.dumps(together))


def _name() -> str:
    """The file: what is kept depends on Python's engine and goes with the patterns."""
    return f"expressions-{digest()}-{sys.implementation.cache_tag}-{_sre.MAGIC}-{sys.byteorder}.json"
