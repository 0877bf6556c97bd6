"""Shares and averages told in the text: NA-05 to NA-07, NA-12."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.audit.case import Case
from extractor.audit.check import FAIL, NOT_ASSESSABLE, PASS, UNCERTAIN, Check, show
from extractor.audit.engine import rule
from extractor.audit.scope import is_level
from extractor.types import Fact

BESIDE = 4  # characters between a count and the share in brackets behind it


@rule("NA-05")
def check_percent(case: Case) -> Iterator[Check]:
    """A percentage is its part divided by its whole, within the rounding of what is printed."""
    found = False
    for share in case.facts:
        part = case.by_id.get(share.numerator or "")
        if share.measure != "share" or part is None or part.measure != "count":
            continue
        whole = case.by_id.get(share.denominator or "") or case.by_id.get(part.part_of or "")
        if whole is None or whole.low <= 0 or whole.unit != part.unit:
            continue
        found = True
        yield _check_share(case, share, part, whole)
    if not found:
        yield Check(NOT_ASSESSABLE, variant="no_claim", subject=("shares",))


def _check_share(case: Case, share: Fact, part: Fact, whole: Fact) -> Check:
    low, high = 100 * part.low / whole.high, 100 * part.high / whole.low
    right = low <= share.high and high >= share.low
    terms = (case.fact_term(part), case.fact_term(whole, "÷"), case.fact_term(share, "=" if right else "≠"))
    actual = show(round(100 * part.value / whole.value, 2)) if whole.value else ""
    values = {"raw": share.raw, "part": show(part.value), "whole": show(whole.value), "actual": actual}
    if not right and any(_may_be_whole(case, share, part, other) for other in case.facts):
        right = True
    # a share in brackets behind a part is of the total of the part, unless that total is itself given as a share
    bracketed = part.part_of is not None and 0 <= share.evidence.span[0] - part.evidence.span[1] <= BESIDE
    certain = share.denominator is not None or (bracketed and not _is_shared(case, whole))
    return Check(PASS if right else FAIL if certain else UNCERTAIN, terms, values)


def _is_shared(case: Case, whole: Fact) -> bool:
    """Whether a figure is itself told as a share of something greater, which its parts may then be shares of too."""
    return any(fact.measure == "share" and fact.numerator == whole.id for fact in case.facts)


def _may_be_whole(case: Case, share: Fact, part: Fact, other: Fact) -> bool:
    """Whether another count before the share is the whole that it is of."""
    near = 0 <= share.evidence.span[0] - other.evidence.span[1] <= case.limit("whole_reach")
    if not near or not is_level(other) or other.unit != part.unit or other.low <= 0 or other.id == part.id:
        return False
    return 100 * part.low / other.high <= share.high and 100 * part.high / other.low >= share.low


@rule("NA-12")
def check_percent_range(case: Case) -> Iterator[Check]:
    """Shares lie between 0 and 100 %, and nothing falls by more than 100 %."""
    for fact in case.facts:
        if fact.unit != "%" or any(word in fact.label for word in case.words("beyond")):
            continue
        wrong = (fact.measure == "share" and not 0 <= fact.value <= 100) or (
            fact.measure == "growth" and fact.value < -100
        )
        if wrong:
            # columns of a lost table run together: 318 318 100%
            outcome = UNCERTAIN if len(fact.raw.split()) > 1 else FAIL
            yield Check(outcome, (case.fact_term(fact),), {"raw": fact.raw, "label": fact.label})
