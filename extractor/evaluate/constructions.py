"""Which constructions a gold fact stands in, told by its own fields: what makes it hard, not where it was found."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.evaluate.gold import GoldFact

PLAIN = "plain"


def constructions_of(gold: GoldFact) -> list[str]:
    """Names of the constructions, ``plain`` for a count that none fits."""
    return [gold.kind] if gold.kind != "explicit" else list(_all(gold)) or [PLAIN]


def _all(gold: GoldFact) -> Iterator[str]:
    if gold.part_of is not None:
        yield "part of a total"
    if gold.numerator is not None:
        yield "share of a count"
    elif gold.measure == "share":
        yield "share alone"
    if gold.measure not in {"count", "share"}:
        yield gold.measure
    if gold.modifier != "exact":
        yield "approximate"
    if not any(char.isdigit() for char in gold.num):
        yield "chinese numeral"
    if gold.indicator is None:
        yield "no code"
