"""Numbers of a text: what measures something, and what does not."""

from __future__ import annotations

from decimal import Decimal

from extractor.record import record
from extractor.types.source import Span


@record
class Quantity:
    """A number that measures something, pinned to the characters it was read from (folded offsets).

    start, end -- the whole value expression: modifier, number, unit (近45.9万人, 65%以上, 第4位).
    number     -- span of the number alone.
    value, value_max -- Decimal, magnitudes applied; money in 元, tenths (成) and fractions in %; value_max for ranges
    unit       -- measure word as written in folded form, 元 for money, % for shares; None where none is written.
    modifier   -- exact, approx, over, under, at_least, at_most.
    low, high  -- the interval that the words and the printed digits allow.
    form       -- how it is written: plain, percent, money, rank, fraction, tenths, multiple, chinese.
    """

    start: int
    end: int
    number: Span
    value: Decimal
    value_max: Decimal | None
    unit: str | None
    modifier: str
    low: Decimal
    high: Decimal
    form: str = "plain"


@record
class NonFact:
    """A number that measures nothing: its span and the reason, one of the list in ``patterns/nonfacts.yaml``."""

    start: int
    end: int
    reason: str


@record
class Numbers:
    """Every number of one stretch of text, each in exactly one list, in text order (folded offsets).

    quantities -- what measures something; non_facts -- what measures nothing, with its reason;
    unexplained -- numbers that neither list could take; blanks -- counters whose number is missing.
    """

    quantities: tuple[Quantity, ...]
    non_facts: tuple[NonFact, ...]
    unexplained: tuple[Span, ...] = ()
    blanks: tuple[Span, ...] = ()
