"""Printed labels against official wording: the likeness of one label, and the order of a whole table."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from extractor.lexicon import keep_made, matcher, table
from extractor.tables.likeness import likeness

NUMBERING = matcher(r"^(?:[(（]?[一二三四五六七八九十\d]{1,3}[)）、.．])")
SILENT = matcher(r"[^\w一-鿿]+")
LONGEST = 300  # characters at the end of a text that may be a label
COMPARED = (("disclosure", "rows"), ("application", "rows"), ("application", "columns"))
NAMED = (*COMPARED, ("disclosure", "headers"), ("review", "blocks"), ("review", "columns"))
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


@cache
def _wordings(form: str, part: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Key and bare wordings of each entry of a part of a form (``application``, ``rows``)."""
    return tuple((entry["key"], tuple(bare(name) for name in entry["names"])) for entry in content()[form][part])


@lru_cache(maxsize=16384)
def likenesses(text: str, form: str, part: str) -> tuple[float, ...]:
    """0-100 for each entry of a part of a form: how well a printed label fits the best of its wordings.

    The label may stand alone or at the end of a longer text; what is under the least likeness is 0.
    """
    printed = bare(text[-LONGEST:])
    known = _official().get((form, part, printed))
    return _compare(printed, form, part) if known is None else known


@keep_made
def _official() -> dict[tuple[str, str, str], tuple[float, ...]]:
    """What the labels of all forms are like, by form, part and bare wording: most printed ones are among them."""
    printed = {name for form, part in NAMED for _, names in _wordings(form, part) for name in names}
    return {(*part, name): _compare(name, *part) for part in COMPARED for name in ("", *sorted(printed))}


def _compare(printed: str, form: str, part: str) -> tuple[float, ...]:
    if not printed:
        return (0.0,) * len(_wordings(form, part))
    least: float = content()["similarity"]
    return tuple(max([_likeness(printed, name, least) for name in names]) for _, names in _wordings(form, part))


def _likeness(printed: str, name: str, least: float) -> float:
    if printed == name:
        return 100.0
    if printed.endswith(name):
        return 97.0 - min(20.0, 0.5 * (len(printed) - len(name)) / len(name))
    if len(name) >= LONG and name in printed:
        return 90.0
    ratio = likeness(name, printed, least)
    if len(name) >= LONG and len(printed) > len(name):
        tail = printed[-len(name) - 2 :]
        ratio = max(ratio, 0.97 * likeness(name, tail, least))
    return ratio


def is_exactly(text: str, form: str, part: str) -> bool:
    """Whether a printed label is one of a list of wordings."""
    return bare(text[-LONGEST:]) in _exact(form, part)


@cache
def _exact(form: str, part: str) -> frozenset[str]:
    return frozenset(bare(name) for name in content()[form][part])


@cache
def _headers(form: str, part: str) -> tuple[tuple[str, str], ...]:
    """Bare wording and key of all headers of a part of a form, longer wordings first."""
    found = [(name, key) for key, names in _wordings(form, part) for name in names]
    return tuple(sorted(found, key=lambda entry: -len(entry[0])))


@lru_cache(maxsize=16384)
def find_headers(text: str, form: str, part: str) -> tuple[str, ...]:
    """Keys of the wordings of a part of a form that stand in a run of header text, in text order; longer ones first."""
    printed = bare(text)
    taken: list[tuple[int, int, str]] = []
    for name, key in _headers(form, part):
        at = printed.find(name)
        while at >= 0:
            if all(at >= end or at + len(name) <= start for start, end, _ in taken):
                taken.append((at, at + len(name), key))
            at = printed.find(name, at + 1)
    return tuple(key for _, _, key in sorted(taken))


def best(scores: Sequence[float], floor: float) -> int | None:
    """Place of the highest score at or over ``floor``, the first of equals."""
    top = max(scores, default=0.0)
    return scores.index(top) if top >= floor else None


def align(scores: Sequence[Sequence[float]], floor: float) -> list[int | None]:
    """Give each printed row an official row so that the order holds and the likeness in all is greatest.

    scores -- one list for each printed row: its likeness to each official row; under ``floor`` none may be taken.
    """
    plain = _in_order(scores, floor)
    if plain is not None:
        return plain
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


def _in_order(scores: Sequence[Sequence[float]], floor: float) -> list[int | None] | None:
    """What ``align`` finds where each row is most like one official row and these stand in order, else None."""
    chosen: list[int | None] = []
    last = -1
    for line in scores:
        place = best(line, floor)
        if place is not None:
            if place <= last or line.count(line[place]) > 1:
                return None
            last = place
        chosen.append(place)
    return chosen
