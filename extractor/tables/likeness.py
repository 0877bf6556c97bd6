"""How like two short texts are, as rapidfuzz.fuzz.ratio has it; its import alone takes longer than all labels need."""

from __future__ import annotations

from functools import lru_cache


def likeness(name: str, text: str, least: float) -> float:
    """0-100: twice the length of the longest common subsequence by the length of both; 0 under ``least``."""
    both = len(name) + len(text)
    if not both or 200 * min(len(name), len(text)) < least * both:
        return 0.0 if both else 100.0
    places = _places(name)
    if 200 * sum(map(places.__contains__, text)) < least * both:
        return 0.0
    every = state = (1 << len(name)) - 1
    for char in text:  # one bit for each character of ``name``: a step of all columns of the table at once
        if char in places:
            matches = state & places[char]
            state = (state + matches) | (state - matches)
    common = len(name) - (state & every).bit_count()
    ratio = (1.0 - (both - 2 * common) / both) * 100.0
    return ratio if ratio >= least else 0.0


@lru_cache(maxsize=2048)
def _places(name: str) -> dict[str, int]:
    """Where each character stands, as bits."""
    places: dict[str, int] = {}
    for at, char in enumerate(name):
        places[char] = places.get(char, 0) | 1 << at
    return places
