"""Printed labels against official wording: the likeness of one label, and the order of a whole table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from rapidfuzz import fuzz

from extractor.lexicon import table

NUMBERING = re.compile(r"^(?:[(（]?[一二三四五六七八九十\d]{1,3}[)）、.．])")
SILENT = re.compile(r"[^\w一-鿿]+")
LONGEST = 300  # characters at the end of a text that may be a label
LONG = 6  # characters from which a label may be found inside a longer text


@cache
def content() -> dict[str, Any]:
    """The checked table of wordings."""
    found: dict[str, Any] = table("tables")
    return found


@lru_cache(maxsize=8192)
def bare(text: str) -> str:
    """Label without numbering, brackets, quotes and blanks."""
    return SILENT.sub("", NUMBERING.sub("", "".join(text.split())))


def likeness(text: str, names: Sequence[str]) -> float:
    """0-100: how well a printed label fits the best of some wordings, alone or at the end of a longer text."""
    printed = bare(text[-LONGEST:])
    return max((_likeness(printed, bare(name)) for name in names), default=0.0) if printed else 0.0


@lru_cache(maxsize=65536)
def _likeness(printed: str, name: str) -> float:
    if printed == name:
        return 100.0
    if printed.endswith(name):
        return 97.0 - min(20.0, 0.5 * (len(printed) - len(name)) / len(name))
    if len(name) >= LONG and name in printed:
        return 90.0
    ratio = float(fuzz.ratio(printed, name))
    if len(name) >= LONG and len(printed) > len(name):
        tail = printed[-len(name) - 2 :]
        ratio = max(ratio, 0.97 * float(fuzz.ratio(tail, name)))
    return ratio


def find_headers(text: str, named: Sequence[dict[str, Any]]) -> list[str]:
    """Keys of the wordings that stand in a run of header text, in text order; longer wordings first."""
    printed = bare(text)
    taken: list[tuple[int, int, str]] = []
    wordings = [(bare(name), entry["key"]) for entry in named for name in entry["names"]]
    wordings = sorted((found for found in wordings if found[0] in printed), key=lambda found: -len(found[0]))
    for name, key in wordings:
        at = printed.find(name)
        while at >= 0:
            if all(at >= end or at + len(name) <= start for start, end, _ in taken):
                taken.append((at, at + len(name), key))
            at = printed.find(name, at + 1)
    return [key for _, _, key in sorted(taken)]


def best(scores: Sequence[float], floor: float) -> int | None:
    """Place of the highest score at or over ``floor``, the first of equals."""
    top = max(scores, default=0.0)
    return scores.index(top) if top >= floor else None


def align(scores: Sequence[Sequence[float]], floor: float) -> list[int | None]:
    """Give each printed row an official row so that the order holds and the likeness in all is greatest.

    scores -- one list for each printed row: its likeness to each official row; under ``floor`` none may be taken.
    """
    width = len(scores[0]) if scores else 0
    totals = [[0.0] * (width + 1) for _ in range(len(scores) + 1)]
    for row, line in enumerate(scores, 1):
        for column, score in enumerate(line, 1):
            taken = totals[row - 1][column - 1] + score if score >= floor else 0.0
            totals[row][column] = max(totals[row - 1][column], totals[row][column - 1], taken)
    chosen: list[int | None] = [None] * len(scores)
    row, column = len(scores), width
    while row and column:
        here = totals[row][column]
        if here == totals[row - 1][column]:
            row -= 1
        elif here == totals[row][column - 1]:
            column -= 1
        else:
            chosen[row - 1] = column - 1
            row, column = row - 1, column - 1
    return chosen
