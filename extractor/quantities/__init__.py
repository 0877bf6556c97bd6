"""Numbers of a sentence: quantities with value, unit and interval, and every number that is none, with its reason."""

from __future__ import annotations

from extractor.quantities.find import find_numbers
from extractor.quantities.measure_words import Expression
from extractor.quantities.resolve import resolve_interval, resolve_quantity

__all__ = ["Expression", "find_numbers", "reasons", "resolve_interval", "resolve_quantity"]


def reasons() -> tuple[str, ...]:
    """The closed list of reasons why a number measures nothing."""
    from extractor.lexicon import table

    return tuple(table("nonfacts")["reasons"])
