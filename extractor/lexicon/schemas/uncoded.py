"""``patterns/uncoded.yaml``: wordings of what reports count and no code names, though its words look like one."""

from __future__ import annotations

from typing import Any

from extractor.errors import PatternError
from extractor.lexicon.schemas.indicators import Pattern, words_of

TABLE = "uncoded"


class Wording(Pattern):
    """One way to word such a claim, with the units that it is told in."""

    units: list[str]


MODEL = list[Wording]


def check_whole(entries: list[dict[str, Any]], tables: dict[str, Any]) -> None:
    """Every group that a pattern names exists."""
    groups = tables.get("groups", {})
    for number, pattern in enumerate(entries, 1):
        for word in words_of(pattern):
            if word.startswith("@") and word[1:] not in groups:
                raise PatternError(f"patterns/uncoded: {number}: no group {word}")
