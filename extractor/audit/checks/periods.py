"""Years named in the narrative: PER-01, PER-02."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.audit.case import Case
from extractor.audit.check import FAIL, PASS, UNCERTAIN, Check
from extractor.audit.engine import rule
from extractor.types import Fact


@rule("PER-01")
def check_this_year(case: Case) -> Iterator[Check]:
    """A statement about the work of the year does not name another year."""
    year = case.year
    if year is None:
        return
    seen: set[tuple[int, int]] = set()
    for fact in case.facts:
        named = _named_year(fact)
        span = fact.evidence.sentence_span
        if named is None or named == year or span in seen or named == year + 1:
            continue
        if _compares(case, fact):
            continue
        seen.add(span)
        same = [f for f in case.facts if f.evidence.sentence_span == span and f.period == fact.period]
        whole = case.pattern("whole_year").fullmatch(fact.period.raw) is not None
        outcome = FAIL if named == year - 1 and whole and _opens(case, fact) else UNCERTAIN
        values = {"year": str(year), "other": str(named), "text": case.sentence(fact)[:60]}
        yield Check(outcome, tuple(case.fact_term(f) for f in same), values)
    yield from _claims_of_work(case, year, seen)


def _claims_of_work(case: Case, year: int, seen: set[tuple[int, int]]) -> Iterator[Check]:
    """Sentences without figures that report the work of another year (2019年开展…工作情况)."""
    found = False
    section = case.section("overview")
    text = case.fold(section.start, section.end) if section else ""
    for hit in case.pattern("year_of_work").finditer(text):
        if int(hit[1]) in (year, year + 1):
            continue
        found = True
        values = {"year": str(year), "other": hit[1], "text": text[max(0, hit.start() - 20) : hit.end() + 20]}
        yield Check(FAIL if int(hit[1]) < year else UNCERTAIN, values=values, subject=(hit[0],))
    if not found and not seen:
        yield Check(PASS, variant="none", subject=("years",))


def _named_year(fact: Fact) -> int | None:
    """The year that the wording of the period names in digits; None where it names none or a stock date."""
    digits = fact.period.raw[:4]
    return int(digits) if len(digits) == 4 and digits.isdecimal() and fact.period.as_of is None else None


def _compares(case: Case, fact: Fact) -> bool:
    """Whether the sentence compares years or tells a history, so that another year is in its place."""
    sentence = case.sentence(fact)
    span = fact.evidence.sentence_span
    years = case.remember(f"years {span}", lambda: set(case.pattern("year").findall(sentence)))
    return len(years) > 1 or any(word in sentence for word in case.words("comparing"))


def _opens(case: Case, fact: Fact) -> bool:
    """Whether the named year opens the sentence, as the frame of everything in it."""
    sentence = case.sentence(fact)
    at = sentence.find(fact.period.raw[:4])
    return 0 <= at <= 8 and case.pattern("frame").fullmatch(sentence[:at]) is not None


@rule("PER-02")
def check_future(case: Case) -> Iterator[Check]:
    """No figure is of a time after the report year."""
    year = case.year
    if year is None:
        return
    for fact in case.facts:
        start = fact.period.as_of or fact.period.start
        if start is not None and start > f"{year}-12-31" and fact.measure == "count":
            values = {"raw": fact.raw, "period": start, "year": str(year)}
            yield Check(UNCERTAIN, (case.fact_term(fact),), values)
