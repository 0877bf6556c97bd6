"""Growth and change told in the text, against both levels: NA-08 to NA-10, YOY-06."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from decimal import Decimal

from extractor.audit.case import Case, View
from extractor.audit.check import FAIL, NOT_ASSESSABLE, PASS, Check, Term, show
from extractor.audit.claims import indicator_cells
from extractor.audit.engine import rule
from extractor.audit.scope import in_year, is_level, is_plain, narrowing
from extractor.types import Fact

Level = tuple[Decimal, Decimal, Term]  # low, high, and the term to show


def _levels(view: View, change: Fact, year: int | None, reach: float = math.inf) -> list[Fact]:
    """Facts of the year that the change may be about, as near as ``reach``: same indicator, channel and category."""
    facts = view.by_indicator.get(change.indicator or "", ())
    start = change.evidence.span[0]
    first = bisect_left(facts, start - reach, key=lambda fact: fact.evidence.span[1])
    return [
        fact
        for fact in facts[first : bisect_right(facts, start + reach, key=lambda fact: fact.evidence.span[0])]
        if is_level(fact)
        and in_year(view, fact, year)
        and (fact.channel, narrowing(fact)) == (change.channel, narrowing(change))
    ]


def _this_level(case: Case, change: Fact) -> Fact | None:
    """The level that stands nearest before the change, in its sentence or the one before."""
    near = _levels(case, change, case.year, float(case.limit("reach")))
    before = [fact for fact in near if fact.evidence.span[1] <= change.evidence.span[0]]
    return before[-1] if before else None


def _changes(case: Case) -> Iterator[tuple[Fact, Fact]]:
    for change in case.facts:
        fits = (change.measure == "growth" and change.unit == "%") or change.measure == "change"
        if fits and change.indicator is not None:
            level = _this_level(case, change)
            if level is not None and change.kind == "explicit" and not _is_other_growth(case, change):
                yield change, level


def _is_other_growth(case: Case, change: Fact) -> bool:
    """Whether the change is not one from last year to this (a yearly mean, a change from month to month)."""
    start = change.evidence.span[0]
    clause = case.fold(max(change.evidence.sentence_span[0], start - 14), start)
    return any(word in clause or word in change.label for word in case.words("other_growth"))


def _told_before(case: Case, change: Fact, level: Fact) -> Fact | None:
    """Last year's level as this report tells it, near the change."""
    year = None if case.year is None else case.year - 1
    found = [fact for fact in _levels(case, change, year, float(case.limit("reach"))) if fact.unit == level.unit]
    near = [f for f in found if abs(f.evidence.span[0] - change.evidence.span[0]) <= case.limit("reach")]
    return near[0] if len(near) == 1 else None


def _interval(change: Fact, now: Fact, low: Decimal, high: Decimal) -> tuple[Decimal, Decimal] | None:
    """What the change may be, from this year's interval and last year's [low, high]."""
    if change.measure == "change":
        return now.low - high, now.high - low
    if low <= 0:
        return None
    return 100 * (now.low - high) / high, 100 * (now.high - low) / low


def _compare(case: Case, change: Fact, now: Fact, last: Level) -> Check | None:
    if change.measure == "change" and change.unit not in (now.unit, None):
        return None
    bounds = _interval(change, now, last[0], last[1])
    if bounds is None:
        return None
    low, high = bounds
    right = low <= change.high and high >= change.low
    terms = (case.fact_term(now), last[2], case.fact_term(change, "→" if right else "≠"))
    base = (last[0] + last[1]) / 2
    actual = now.value - base if change.measure == "change" else 100 * (now.value - base) / base
    values = {"raw": change.raw, "label": now.label, "now": show(now.value), "last": show(base),
              "actual": show(round(actual, 2)), "told": show(change.value)}  # fmt: skip
    return Check(PASS if right else FAIL, terms, values)


def _in_text(case: Case, measure: str) -> Iterator[Check]:
    found = False
    for change, now in _changes(case):
        last = _told_before(case, change, now)
        if change.measure != measure or last is None:
            continue
        check = _compare(case, change, now, (last.low, last.high, case.fact_term(last, "−")))
        if check is not None:
            found = True
            yield check
    if not found:
        yield Check(NOT_ASSESSABLE, variant="no_claim", subject=("changes",))


@rule("NA-08")
def check_growth(case: Case) -> Iterator[Check]:
    """A growth rate fits this and last year's value told in the text."""
    yield from _in_text(case, "growth")


@rule("NA-09")
def check_change(case: Case) -> Iterator[Check]:
    """An absolute change fits this and last year's value told in the text."""
    yield from _in_text(case, "change")


@rule("NA-10")
def check_direction(case: Case) -> Iterator[Check]:
    """The word for the direction (rise, fall) agrees with the two values."""
    found = False
    for change, now in _changes(case):
        last = _told_before(case, change, now)
        if last is None or change.value == 0:
            continue
        found = True
        rises, falls = now.low > last.high, now.high < last.low
        wrong = (rises and change.value < 0) or (falls and change.value > 0)
        terms = (case.fact_term(now), case.fact_term(last, "−"), case.fact_term(change, "→"))
        values = {"raw": change.raw, "now": show(now.value), "last": show(last.value)}
        yield Check(FAIL if wrong else PASS, terms, values)
    if not found:
        yield Check(NOT_ASSESSABLE, variant="no_claim", subject=("directions",))


@rule("YOY-06")
def check_quoted_change(case: Case) -> Iterator[Check]:
    """A growth or change that the report quotes is the one that both reports give."""
    if case.before is None:
        yield Check(NOT_ASSESSABLE, variant="no_last", subject=("changes",))
        return
    for change, now in _changes(case):
        last = _reported_before(case.before, now)
        check = None if last is None else _compare(case, change, now, last)
        if check is not None:
            yield check


def _reported_before(before: View, now: Fact) -> Level | None:
    """Last year's own figure: its cell, or its only fact of the same indicator, channel, category and unit."""
    if is_plain(now):
        cells = [made for made in indicator_cells(before, now)[:1] if made.value is not None]
        for made in cells:
            value = made.value or Decimal(0)
            return value, value, Term("−", "last_cell", made.keys[0], value, now.label)
    facts = [fact for fact in _levels(before, now, before.year) if fact.unit == now.unit]
    if len(facts) != 1:
        return None
    return facts[0].low, facts[0].high, before.fact_term(facts[0], "−")
