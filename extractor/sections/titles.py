"""What kind of section a title names."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import pairwise

from extractor import lexicon
from extractor.record import record

OFFICIAL, ALIAS, ALIKE, CUE, UNKNOWN = 3.0, 2.5, 2.2, 1.2, 0.0
LIKENESS = 86  # percent of matching characters
LONGEST = 32  # ideographs of a title
NOT_HAN = lexicon.matcher("[^\u3400-\u9fff]+")
KINDS = ("overview", "disclosure_table", "application_table", "review_table", "problems", "other")
# a title about the problems of applications is about problems
CUE_ORDER = ("problems", "review_table", "application_table", "disclosure_table", "other", "overview")


@record
class Naming:
    """kind -- of the section; trust -- how surely the title names it (OFFICIAL … UNKNOWN)."""

    kind: str
    trust: float


@cache
def _known() -> dict[str, Naming]:
    """Namings by the ideographs of every known title."""
    known: dict[str, Naming] = {}
    for entry in lexicon.table("headings")["titles"]:
        for alias in entry["aliases"]:
            known.setdefault(compact(alias), Naming(entry["kind"], ALIAS))
    for entry in lexicon.table("headings")["titles"]:
        for title in entry["official"]:
            known[compact(title)] = Naming(entry["kind"], OFFICIAL)
    return known


@cache
def _cues() -> tuple[tuple[str, re.Pattern[str]], ...]:
    cues = {entry["kind"]: "|".join(entry["cues"]) for entry in lexicon.table("headings")["titles"]}
    return tuple((kind, lexicon.matcher(cues[kind])) for kind in CUE_ORDER)


@cache
def opening() -> re.Pattern[str]:
    """Known titles at the start of a run of text, longest first."""
    titles = {alias for entry in lexicon.table("headings")["titles"] for alias in entry["aliases"] + entry["official"]}
    return lexicon.matcher(
        "|".join(re.escape(title) for title in sorted(titles, key=lambda title: (-len(title), title)))
    )


def compact(title: str) -> str:
    """The ideographs of a title."""
    return NOT_HAN.sub("", title)


def name_exactly(title: str) -> Naming | None:
    """Naming of a title that is known as it stands."""
    return _known().get(compact(title))


def name_title(title: str) -> Naming:
    """Kind of the section that a title names; ``overview`` without trust where nothing tells."""
    words = compact(title)
    found = _known().get(words)
    if found is not None:
        return found
    if len(words) > LONGEST:
        return Naming("overview", UNKNOWN)
    cued = [kind for kind, cues in _cues() if cues.search(words)]
    if len(words) >= 5 and (cued or _resembles(words)):
        from rapidfuzz import fuzz, process

        best = process.extractOne(words, _known().keys(), scorer=fuzz.ratio, score_cutoff=LIKENESS)
        if best is not None:
            return Naming(_known()[best[0]].kind, ALIKE)
    if not cued:
        return Naming("overview", UNKNOWN)
    return Naming("overview" if "overview" in cued and "problems" not in cued else cued[0], CUE)


@cache
def _by_pair() -> tuple[dict[str, list[int]], list[int]]:
    """For each pair of neighbouring ideographs the known titles that hold it, by number; how many each of these has."""
    titles = [_neighbours(title) for title in _known()]
    holders: dict[str, list[int]] = {}
    for number, pairs in enumerate(titles):
        for pair in pairs:
            holders.setdefault(pair, []).append(number)
    return holders, [len(pairs) for pairs in titles]


def _neighbours(words: str) -> frozenset[str]:
    return frozenset(map("".join, pairwise(words)))


def _resembles(words: str) -> bool:
    """Whether half of the neighbouring ideographs are those of one known title; saves the loading of a library."""
    holders, sizes = _by_pair()
    pairs = _neighbours(words)
    shared = Counter(number for pair in pairs for number in holders.get(pair, ()))
    return any(2 * count >= max(len(pairs), sizes[number]) for number, count in shared.items())
