"""Names that open a clause, where no list of words knows them: whose figures follow.

A name may begin where a clause begins, or behind the times and words that stand before names (2023年，馆内…; 通过…),
and end anywhere before the next mark.  Each end has a weight of the characters on both sides of it, each
beginning one of its own, and no name at all has one too; a name is told where it is likelier than ``LEAST``.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence

from extractor.lexicon import matcher, table
from extractor.types import Span

SHORTEST, LONGEST = 2, 20  # characters of a name
LEAST = 0.3  # chance of a name that is told
BEFORE = 4  # times and words that may stand before a name
COUNTED = 12  # characters up to which the length of a name counts
NOBODY = "none"
MARKS = "，；：。、？！\n"  # a clause begins behind these
STOPS = "，；：。？！（）\n"  # no name reaches over these
OPEN, CLOSED = "“《", "”》"

Weigh = Callable[[str], float]


def find_openers(text: str, start: int, end: int, taken: Sequence[Span], weigh: Weigh) -> list[Span]:
    """Spans of the names that open clauses of text[start:end], left to right; none touches another or ``taken``.

    weigh -- the learned weight of a feature, 0 for one that is not known.
    """
    free = bytearray(b"\1") * (end - start)
    for a, b in ((max(a, start), min(b, end)) for a, b in taken if a < end and b > start):
        free[a - start : b - start] = bytes(b - a)
    sums = _EndSums(text, weigh)
    found: list[Span] = []
    for begin in find_starts(text, start, end):
        name = _likeliest(text, begin, end, sums) if free[begin - start] else None
        if name is not None and all(free[begin - start : name[1] - start]):
            found.append(name)
            free[begin - start : name[1] - start] = bytes(name[1] - begin)
    return found


def find_starts(text: str, start: int, end: int) -> Iterator[int]:
    """Where names may begin: with each clause, and behind what may stand before its name."""
    mark, before = matcher(f"[{MARKS}]"), matcher(table("subjects")["before_names"])
    begin = start
    while begin < end:
        yield begin
        at = begin
        for _ in range(BEFORE):
            hit = before.match(text, at, end)
            at = at if hit is None else hit.end()
        if begin < at < end:
            yield at
        hit = mark.search(text, begin, end)
        begin = end if hit is None else hit.end()


def find_ends(text: str, begin: int, end: int) -> Iterator[int]:
    """Where a name that begins there may end; not inside of quotes."""
    quotes = 0
    for at in range(begin, min(end, begin + LONGEST)):
        char = text[at]
        if char in STOPS:
            return
        quotes += (char in OPEN) - (char in CLOSED)
        if quotes <= 0 and at + 1 - begin >= SHORTEST:
            yield at + 1


def describe_end(text: str, at: int) -> list[str]:
    """Features of a name's end: the characters on both sides."""
    before, behind = text[max(0, at - 3) : at], text[at : at + 3]
    return [*(f"l{before[-size:]}" for size in (1, 2, 3)), *(f"n{behind[:size]}" for size in (1, 2, 3))]


def describe_start(text: str, begin: int) -> list[str]:
    """Features of a name's beginning: its first characters, and the one before."""
    return ["bias", f"b{text[max(0, begin - 1) : begin]}", f"f{text[begin]}", f"f{text[begin : begin + 2]}"]


def describe_name(text: str, begin: int, at: int) -> list[str]:
    """Features of a name as a whole: its length, quotes and digits."""
    name = text[begin:at]
    quoted, digits = name[0] in OPEN, any(map(str.isdigit, name))
    return [f"length {min(len(name), COUNTED)}", *(("quoted",) if quoted else ()), *(("digits",) if digits else ())]


def _likeliest(text: str, begin: int, end: int, sums: _EndSums) -> Span | None:
    """The likeliest name that begins there, None where no name is likely."""
    weigh = sums.weigh
    ends = list(find_ends(text, begin, end))
    if not ends:
        return None
    opened = sum([weigh(name) for name in describe_start(text, begin)])
    totals = [opened + sums.at(at) + sum([weigh(name) for name in describe_name(text, begin, at)]) for at in ends]
    nobody, best = weigh(NOBODY), max(totals)
    top = max(nobody, best)
    whole = sum([math.exp(total - top) for total in totals]) + math.exp(nobody - top)
    return (begin, ends[totals.index(best)]) if math.exp(best - top) > LEAST * whole else None


class _EndSums:
    """Summed weights of ends, each added up once."""

    def __init__(self, text: str, weigh: Weigh) -> None:
        self.text, self.weigh = text, weigh
        self._sums: dict[int, float] = {}

    def at(self, at: int) -> float:
        """Sum of the weights of the end before ``at``."""
        found = self._sums.get(at)
        if found is None:
            weigh = self.weigh
            found = self._sums[at] = sum([weigh(name) for name in describe_end(self.text, at)])
        return found
