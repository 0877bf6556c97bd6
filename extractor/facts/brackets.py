"""Brackets of a sentence, and what stands in them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from extractor.types import Span


def find_brackets(text: str, start: int, end: int) -> list[Span]:
    """The bracketed stretches of text[start:end], outermost ones only."""
    found: list[Span] = []
    depth = begun = 0
    for at in range(start, end):
        if text[at] == "（":
            begun = at if depth == 0 else begun
            depth += 1
        elif text[at] == "）" and depth:
            depth -= 1
            if depth == 0:
                found.append((begun, at))
    return found


def in_brackets(brackets: Sequence[Span], name: Span, value: Span) -> bool:
    """Whether a name stands in brackets that the value stands outside of."""
    at = bisect_left(brackets, name) - 1
    return at >= 0 and name[0] < brackets[at][1] and not brackets[at][0] < value[0] < brackets[at][1]
