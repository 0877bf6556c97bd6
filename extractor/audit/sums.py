"""Sums of cells in which blanks may hide a number, and how two sums compare."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from extractor.audit.case import View
from extractor.audit.check import FAIL, NOT_ASSESSABLE, PASS, REPORT, UNCERTAIN, Check, Term
from extractor.record import record


@record
class Side:
    """One side of an identity: cell keys, the sum of their numbers, and how many are no numbers."""

    keys: tuple[str, ...]
    known: Decimal
    numbers: int
    gaps: int


def add(view: View, keys: Sequence[str]) -> Side:
    """Add up the cells that hold numbers."""
    values = [view.number(key) for key in keys]
    numbers = [value for value in values if value is not None]
    return Side(tuple(keys), sum(numbers, Decimal(0)), len(numbers), len(values) - len(numbers))


def make_terms(view: View, left: Side, right: Side, sign: str) -> tuple[Term, ...]:
    """Both sides as terms; blanks are left out of the line but stay in ``cells`` of the check."""
    terms: list[Term] = []
    for side, first in ((left, ""), (right, sign)):
        shown = [key for key in side.keys if view.number(key) is not None] or list(side.keys[:1])
        terms += [view.term(key, first if at == 0 else "+") for at, key in enumerate(shown)]
    return tuple(terms)


def compare(view: View, left: Side, right: Side, values: dict[str, str]) -> Check:
    """Whether two sums of whole numbers are equal.

    A blank may hide any number that is not negative.  So sums that agree without the blanks pass, sums that no blank
    could heal fail, and the rest is not assessable; where a single blank among many numbers is all that is missing, the
    outcome is UNCERTAIN.
    """
    everything = (*left.keys, *right.keys)
    if not left.numbers and not right.numbers:
        return Check(NOT_ASSESSABLE, (), values, "missing", cells=everything)
    difference = left.known - right.known
    outcome = _outcome(left, right, difference)
    sign = "=" if difference == 0 else "≠"
    filled = {"left": f"{left.known:f}", "right": f"{right.known:f}", "difference": f"{abs(difference):f}", **values}
    variant = "fail" if outcome in (PASS, FAIL) else "blanks"
    cause = REPORT if outcome == UNCERTAIN and not view.report.document.reader.ocr else None
    return Check(outcome, make_terms(view, left, right, sign), filled, variant, cause=cause, cells=everything)


def _outcome(left: Side, right: Side, difference: Decimal) -> str:
    if difference == 0:
        return PASS
    gaps = right.gaps if difference > 0 else left.gaps
    if not gaps:
        return FAIL
    few = left.gaps + right.gaps == 1 and left.numbers + right.numbers > 3
    return UNCERTAIN if few else NOT_ASSESSABLE
