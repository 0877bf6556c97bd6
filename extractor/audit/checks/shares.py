"""Shares and averages told in the text: NA-05 to NA-07, NA-11 to NA-13."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from decimal import Decimal

from extractor.audit.case import Case
from extractor.audit.check import FAIL, NOT_ASSESSABLE, PASS, UNCERTAIN, Check, Term, show
from extractor.audit.engine import rule
from extractor.audit.scope import begin_of, in_year, is_level, narrowing
from extractor.types import Fact

BESIDE = 4  # characters between a count and the share in brackets behind it


@rule("NA-05")
def check_percent(case: Case) -> Iterator[Check]:
    """A percentage is its part divided by its whole, within the rounding of what is printed."""
    told = [found for found in _shares(case) if not _is_worded(found[0])]
    for share, part, whole in told:
        yield _check_share(case, share, part, whole)
    if not told:
        yield Check(NOT_ASSESSABLE, variant="no_claim", subject=("shares",))


def _shares(case: Case) -> Iterator[tuple[Fact, Fact, Fact]]:
    """Shares with the figures that they are the quotient of: share, part, whole."""
    for share in case.facts:
        part = case.by_id.get(share.numerator or "")
        if share.measure != "share" or part is None or part.measure != "count":
            continue
        whole = case.by_id.get(share.denominator or "") or case.by_id.get(part.part_of or "")
        if whole is not None and whole.low > 0 and whole.unit == part.unit:
            yield share, part, whole


def _is_worded(share: Fact) -> bool:
    """Whether a share is told in words: 过半, 近三成."""
    return not any(char.isdecimal() for char in share.raw)


@rule("NA-13")
def check_worded_share(case: Case) -> Iterator[Check]:
    """A share told in words (more than half, nearly three tenths) agrees with its part and whole."""
    for share, part, whole in _shares(case):
        if _is_worded(share):
            yield _check_share(case, share, part, whole)


def _check_share(case: Case, share: Fact, part: Fact, whole: Fact) -> Check:
    low, high = 100 * part.low / whole.high, 100 * part.high / whole.low
    right = low <= share.high and high >= share.low
    terms = (case.fact_term(part), case.fact_term(whole, "÷"), case.fact_term(share, "=" if right else "≠"))
    actual = show(round(100 * part.value / whole.value, 2)) if whole.value else ""
    values = {"raw": share.raw, "part": show(part.value), "whole": show(whole.value), "actual": actual}
    if not right and any(_may_be_whole(case, share, part, other) for other in _told_before(case, share)):
        right = True
    # a share in brackets behind a part is of the total of the part, unless that total is itself given as a share
    bracketed = part.part_of is not None and 0 <= share.evidence.span[0] - part.evidence.span[1] <= BESIDE
    certain = share.denominator is not None or (bracketed and not _is_shared(case, whole))
    return Check(PASS if right else FAIL if certain else UNCERTAIN, terms, values)


def _is_shared(case: Case, whole: Fact) -> bool:
    """Whether a figure is itself told as a share of something greater, which its parts may then be shares of too."""
    shared = case.remember("shared", lambda: {fact.numerator for fact in case.facts if fact.measure == "share"})
    return whole.id in shared


def _told_before(case: Case, share: Fact) -> tuple[Fact, ...]:
    """Facts near enough before a share to be what it is of."""
    end = share.evidence.span[0]
    first, last = (bisect_left(case.facts, at, key=begin_of) for at in (end - 2 * case.limit("whole_reach"), end))
    return case.facts[first:last]


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


@rule("NA-06")
def check_list_of_shares(case: Case) -> Iterator[Check]:
    """The percentages of a complete list add up to 100, within the rounding of its terms."""
    lists: dict[tuple[int, int], list[Fact]] = {}
    for fact in case.facts:
        if fact.measure == "share" and fact.unit == "%" and fact.value_max is None:
            lists.setdefault(fact.evidence.sentence_span, []).append(fact)
    for shares in lists.values():
        start, end = shares[0].evidence.span[0], shares[-1].evidence.span[1]
        lead = case.fold(max(shares[0].evidence.sentence_span[0], start - 8), start)
        if len(shares) < 2 or not any(word in lead for word in case.words("shares_of_all")):
            continue
        low, high = sum(fact.low for fact in shares), sum(fact.high for fact in shares)
        known = sum(fact.value for fact in shares)
        if not 90 <= known <= 110 or case.pattern("clause_end_hard").search(case.fold(start, end)):
            continue
        right = low <= 100 <= high
        terms = tuple(case.fact_term(fact, "+" if at else "") for at, fact in enumerate(shares))
        yield Check(PASS if right else FAIL, terms, {"sum": show(Decimal(known))})


@rule("NA-07")
def check_average(case: Case) -> Iterator[Check]:
    """An average for a month, a quarter or a day is the year's total divided by their number."""
    for fact in case.facts:
        pieces = {"month": (12, 12), "quarter": (4, 4), "week": (50, 53), "day": (220, 366)}.get(fact.per or "")
        if fact.measure != "average" or pieces is None or fact.low <= 0:
            continue
        beside = case.by_sentence[fact.evidence.sentence_span] if fact.indicator is not None else ()
        totals = [total for total in beside if _is_total_of(case, total, fact)]
        if len(totals) != 1:
            continue
        total = totals[0]
        slack = case.limit("average_slack")
        low, high = total.low / pieces[1] * (1 - slack), total.high / pieces[0] * (1 + slack)
        right = low <= fact.high and high >= fact.low
        terms = (case.fact_term(total), Term("÷", "number", None, Decimal(pieces[0]), fact.per or ""),
                 case.fact_term(fact, "=" if right else "≠"))  # fmt: skip
        values = {"raw": fact.raw, "total": show(total.value), "actual": show(round(total.value / pieces[0], 1))}
        yield Check(PASS if right else FAIL, terms, values)


def _is_total_of(case: Case, total: Fact, average: Fact) -> bool:
    alike = ("indicator", "unit", "channel")
    if any(getattr(total, name) != getattr(average, name) for name in alike):
        return False
    start = total.evidence.span[0]
    before = case.fold(max(total.evidence.sentence_span[0], start - 12), start)
    if any(word in before or word in total.label for word in case.words("extremes")):
        return False
    same = narrowing(total) == narrowing(average)
    return same and is_level(total) and total.part_of is None and in_year(case, total)


@rule("NA-11")
def check_points(case: Case) -> Iterator[Check]:
    """The difference of two rates is told in percentage points, not in per cent."""
    for change in case.facts:
        if change.measure not in ("growth", "change") or change.unit != "%" or change.indicator is None:
            continue
        rates = [f for f in case.by_indicator[change.indicator] if f.measure == "share" and f.unit == "%"]
        near = [f for f in rates if abs(f.evidence.span[0] - change.evidence.span[0]) <= case.limit("reach")]
        now = [f for f in near if in_year(case, f)]
        last = [f for f in near if case.year is not None and in_year(case, f, case.year - 1)]
        if len(now) != 1 or len(last) != 1 or last[0].value <= 0:
            continue
        difference = now[0].value - last[0].value
        growth = 100 * difference / last[0].value
        mixed = change.low <= difference <= change.high and not change.low <= growth <= change.high
        terms = (case.fact_term(now[0]), case.fact_term(last[0], "−"), case.fact_term(change, "="))
        yield Check(FAIL if mixed else PASS, terms, {"raw": change.raw, "difference": show(difference)})
