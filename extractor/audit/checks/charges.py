"""How the information-processing fee is told: FEE-06 to FEE-09."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.audit.case import Case
from extractor.audit.check import FAIL, PASS, Check, show
from extractor.audit.checks.fees import CASES, FEE, SINCE
from extractor.audit.engine import rule
from extractor.audit.scope import in_year
from extractor.types import Fact

SHORT = 12  # characters: a section that says nothing but that there is nothing


def _amounts(case: Case) -> list[Fact]:
    """Amounts above zero of the report year, since there is a tariff."""
    if case.year is None or case.year < SINCE:
        return []
    return [f for f in case.by_indicator.get(FEE, ()) if f.measure == "amount" and f.value > 0 and in_year(case, f)]


@rule("FEE-06")
def check_one_method(case: Case) -> Iterator[Check]:
    """One application is charged by piece or by page, not by both."""
    done: set[tuple[int, int]] = set()
    for fee in _amounts(case):
        span = fee.evidence.sentence_span
        near = [f for f in case.by_indicator.get(CASES, ()) if f.evidence.sentence_span == span]
        if len(near) != 1 or span in done:
            continue
        done.add(span)
        sentence = case.sentence(fee)
        both = all(any(word in sentence for word in case.words(name)) for name in ("by_piece", "by_page"))
        wrong = both and near[0].value == 1
        terms = (case.fact_term(near[0]), case.fact_term(fee, "→"))
        yield Check(FAIL if wrong else PASS, terms, {"raw": fee.raw, "count": show(near[0].value)})


@rule("FEE-07")
def check_collected(case: Case) -> Iterator[Check]:
    """No more was collected than was noticed, where a sentence tells both."""
    fees = _amounts(case)
    for noticed in fees:
        for collected in fees:
            same = noticed.evidence.sentence_span == collected.evidence.sentence_span
            if not same or not _told(case, noticed, "fee_noticed") or not _told(case, collected, "fee_collected"):
                continue
            wrong = collected.low > noticed.high
            terms = (case.fact_term(collected), case.fact_term(noticed, ">" if wrong else "≤"))
            yield Check(FAIL if wrong else PASS, terms, {"noticed": noticed.raw, "collected": collected.raw})


def _told(case: Case, fee: Fact, name: str) -> bool:
    """Whether a word of the list stands in the clause before the amount."""
    start = fee.evidence.span[0]
    before = case.fold(max(fee.evidence.sentence_span[0], start - 24), start)
    clause = case.pattern("clause_end").split(before)[-1]
    return any(word in clause for word in case.words(name))


@rule("FEE-08")
def check_empty_section(case: Case) -> Iterator[Check]:
    """Section six does not say that there is nothing where a fee is told elsewhere."""
    section = case.section("other")
    fees = _amounts(case)
    if section is None or not fees:
        return
    text = "".join(case.section_text("other").split())
    outside = [fee for fee in fees if not section.start <= fee.evidence.span[0] < section.end]
    wrong = bool(outside) and len(text) <= SHORT and any(word in text for word in case.words("nothing"))
    yield Check(FAIL if wrong else PASS, (case.fact_term(fees[0]),), {"raw": fees[0].raw, "text": text[:SHORT]})


@rule("FEE-09")
def check_instrument(case: Case) -> Iterator[Check]:
    """The instrument of the fee is cited with its right number."""
    year, number = case.words("fee_instrument")
    for hit in case.pattern("fee_instrument").finditer(case.text):
        right = (hit[1], hit[2]) == (year, number)
        values = {"text": hit[0][-40:], "year": year, "number": number}
        yield Check(
            PASS if right else FAIL, values=values, variant="same" if right else "fail", subject=(hit[0][-40:],)
        )
