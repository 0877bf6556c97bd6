"""How two printed numbers differ."""

from __future__ import annotations


def digit_slip(first: str, second: str) -> str | None:
    """one digit, or swapped digits, where that is all that parts two numbers as written; else None."""
    if len(first) != len(second) or len(first) < 2:
        return None
    places = [at for at, (a, b) in enumerate(zip(first, second, strict=True)) if a != b]
    if len(places) == 1:
        return "one digit"
    if len(places) == 2 and places[1] == places[0] + 1 and sorted(first) == sorted(second):
        return "swapped digits"
    return None
