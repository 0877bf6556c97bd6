"""Regular expressions that are compiled when first used, and whose compiled form is kept for the next start.

To compile the expressions of this program takes longer than to read a report with them.  The compiled form is the list
of codes that Python's own compiler makes and that its engine checks when it takes them; it is kept under the version
of Python and of the patterns.
"""

from __future__ import annotations

import _sre  # type: ignore[import-not-found]
import re
import sys
from functools import cache
from re import _compiler, _parser  # type: ignore[attr-defined]
from typing import Any, AnyStr

from extractor.lexicon.cache import Shelf
from extractor.lexicon.load import digest

METHODS = (
    "findall", "finditer", "flags", "fullmatch", "groupindex", "groups", "match", "pattern", "search", "split", "sub",
    "subn",
)  # fmt: skip
MOST = 4000  # expressions that are kept
ENGINE = f"{sys.implementation.cache_tag}-{_sre.MAGIC}-{sys.byteorder}"
EXPRESSIONS = Shelf(lambda: f"expressions-{digest()}-{ENGINE}", MOST)


class LazyPattern:
    """Stands for a compiled expression and takes over its methods when one of them is first asked for."""

    __slots__ = ("_wanted", *METHODS)

    def __init__(self, source: str | bytes, flags: int) -> None:
        self._wanted = (source, flags)

    def __getattr__(self, name: str) -> Any:
        if name not in METHODS:
            raise AttributeError(name)
        made = compile_now(*self._wanted)
        for method in METHODS:
            setattr(self, method, getattr(made, method))
        return getattr(self, name)


def matcher(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """The expression ``source``, compiled when first used; to be matched by its own methods only.

    Raises re.error at first use where the expression is none.
    """
    return LazyPattern(source, flags)  # type: ignore[return-value]


@cache
def compile_now(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """The compiled expression, from what was kept where it is there."""
    key = source, int(flags)
    try:
        made = EXPRESSIONS.get(key) or _encode(*key)
        compiled = _assemble(source, *made)
    except re.error:
        raise
    except Exception:  # another Python, or a file that somebody changed: the ordinary way is always open
        return re.compile(source, flags)
    if key not in EXPRESSIONS.kept:
        EXPRESSIONS.add(key, made)
    return compiled


def _encode(source: str | bytes, flags: int) -> tuple[int, int, dict[str, int], bytes]:
    """Flags, number of groups, groups by name, codes as numbers of four bytes."""
    tree = _parser.parse(source, flags)
    codes = b"".join(int(code).to_bytes(4, sys.byteorder) for code in _compiler._code(tree, flags))
    return flags | tree.state.flags, tree.state.groups - 1, tree.state.groupdict, codes


def _assemble(source: AnyStr, flags: int, groups: int, names: dict[str, int], codes: bytes) -> re.Pattern[AnyStr]:
    """The compiled expression of its parts."""
    by_number: list[str | None] = [None] * (groups + 1)
    for name, number in names.items():
        by_number[number] = name
    numbers = memoryview(codes).cast("I").tolist()
    compiled: re.Pattern[AnyStr] = _sre.compile(source, flags, numbers, groups, names, tuple(by_number))
    return compiled
