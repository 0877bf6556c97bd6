"""Counters and times of figures: UNI-01, UNI-04, PER-03, PER-04."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from extractor.audit.case import Case
from extractor.audit.check import FAIL, PASS, Check, show
from extractor.audit.engine import rule
from extractor.audit.scope import FOREIGN, in_year, is_level, narrowing, subject_scope
from extractor.lexicon import table
from extractor.types import Fact

SMALL = 10  # a smaller figure is told twice by chance


@cache
def _units() -> dict[str, frozenset[str]]:
    return {entry["code"]: frozenset((*(entry.get("units") or ()), entry["unit"])) for entry in table("indicators")}


@rule("UNI-01")
def check_counter(case: Case) -> Iterator[Check]:
    """The counter of a figure is one that its indicator is counted in."""
    for fact in case.facts:
        if fact.indicator is None or fact.unit is None or fact.measure != "count" or fact.kind != "explicit":
            continue
        if fact.unit not in _units().get(fact.indicator, frozenset((fact.unit,))):
            yield Check(FAIL, (case.fact_term(fact),), {"label": fact.label, "raw": fact.raw, "unit": fact.unit})


@rule("UNI-04")
def check_counter_twice(case: Case) -> Iterator[Check]:
    """One figure told twice has the same counter, not persons once and visits (人次) the other time."""
    told: dict[tuple[str | None, ...], Fact] = {}
    for fact in case.facts:
        if fact.indicator is None or fact.unit is None or not is_level(fact) or fact.value < SMALL:
            continue
        key = (fact.indicator, fact.channel, narrowing(fact), show(fact.value))
        first = told.setdefault(key, fact)
        if first.unit is not None and first.unit != fact.unit and _differ_by_times(case, first.unit, fact.unit):
            terms = (case.fact_term(first), case.fact_term(fact, "="))
            yield Check(FAIL, terms, {"label": fact.label, "first": first.raw, "second": fact.raw})


def _differ_by_times(case: Case, first: str, second: str) -> bool:
    return any({first, second} == {word, word + case.words("times")[0]} for word in case.words("countable"))


@rule("PER-03")
def check_stock_words(case: Case) -> Iterator[Check]:
    """Words for what is there (现有) and for what came to be (新增) are not used of one figure."""
    text = "\n".join(case.section_text(kind) for kind in ("overview", "problems", "other"))
    for hit in case.pattern("stock_and_flow").finditer(text):
        yield Check(FAIL, values={"text": text[max(0, hit.start() - 10) : hit.end() + 10]}, subject=(hit[0],))


@rule("PER-04")
def check_cumulative(case: Case) -> Iterator[Check]:
    """What is counted since an earlier year is not less than what came in this year."""
    for fact in case.facts:
        if not _is_cumulative(case, fact):
            continue
        for flow in case.by_indicator.get(fact.indicator or "", ()):
            if _is_flow_of(case, flow, fact):
                wrong = fact.high < flow.low
                terms = (case.fact_term(fact), case.fact_term(flow, "<" if wrong else "≥"))
                values = {"label": fact.label, "whole": fact.raw, "year": flow.raw}
                yield Check(FAIL if wrong else PASS, terms, values)


def _is_cumulative(case: Case, fact: Fact) -> bool:
    """Whether the figure is counted from an earlier year to the end of this one or later."""
    start, end = fact.period.start, fact.period.end
    if fact.indicator is None or not is_level(fact) or case.year is None or start is None:
        return False
    return start < f"{case.year}-01-01" and (end is None or end >= f"{case.year}-12-31")


def _is_flow_of(case: Case, flow: Fact, whole: Fact) -> bool:
    same = (flow.unit, flow.channel, narrowing(flow), flow.subject) == (
        whole.unit, whole.channel, narrowing(whole), whole.subject)  # fmt: skip
    stock = (flow.indicator or "").startswith(case.words("stock"))
    return same and not stock and is_level(flow) and in_year(case, flow) and subject_scope(case, flow) != FOREIGN
