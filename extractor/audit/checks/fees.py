"""Section six and the information-processing fee: FEE-01 to FEE-05, TT-04."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from extractor.audit.case import Case
from extractor.audit.check import FAIL, NOT_ASSESSABLE, PASS, UNCERTAIN, Check, Term, show
from extractor.audit.checks.structure import is_report
from extractor.audit.engine import rule
from extractor.audit.scope import in_year
from extractor.types import Fact

FEE = "application.fee"
CASES = "application.fee_cases"
SINCE = 2021  # the first year of the tariff


def _fees(case: Case) -> list[Fact]:
    """Amounts of the fee in the report year; none before the tariff came into force."""
    if case.year is None or case.year < SINCE:
        return []
    return [f for f in case.by_indicator.get(FEE, ()) if f.measure == "amount" and in_year(case, f)]


def _piece_charge(count: int) -> Decimal:
    """The charge in yuan for ``count`` applications of one applicant in one month, by the tariff of 2020."""
    total, rate = 0, 0
    for number in range(11, count + 1):
        rate = 100 if number <= 30 else 100 + 100 * ((number - 31) // 10 + 1)
        total += rate
    return Decimal(total)


def is_by_piece(case: Case, fee: Fact) -> bool:
    """Whether the words say that this amount was charged by piece; where a sentence has both methods, its clause."""
    sentence = case.sentence(fee)
    if any(word in sentence for word in case.words("by_page")):
        start = fee.evidence.span[0]
        before = case.fold(max(fee.evidence.sentence_span[0], start - 16), start)
        sentence = case.pattern("clause_end").split(before)[-1]
    return any(word in sentence for word in case.words("by_piece"))


@rule("FEE-01")
def check_statement(case: Case) -> Iterator[Check]:
    """The report says something of the information-processing fee: an amount, or that none was charged."""
    if case.year is None or case.year < SINCE or not is_report(case):
        yield Check(NOT_ASSESSABLE, variant="no_form", subject=("fee",))
        return
    facts = case.by_indicator.get(FEE, ())
    if facts or any(word in case.section_text("other") for word in case.words("fee")):
        yield Check(PASS, variant="complete", values={"count": "1"}, facts=tuple(f.id for f in facts), subject=("fee",))
    elif any(word in case.text for word in case.words("fee")):
        yield Check(UNCERTAIN, variant="elsewhere", subject=("fee",))
    else:
        yield Check(FAIL, subject=("fee",))


@rule("FEE-02")
def check_amount(case: Case) -> Iterator[Check]:
    """The amount of the fee has a number and a unit."""
    section = case.section("other")
    if section is None:
        return
    for start, end in case.report.coverage.blanks:
        around = case.fold(max(section.body, start - 40), end + 10)
        if section.body <= start < section.end and any(word in around for word in case.words("fee")):
            yield Check(FAIL, values={"text": around}, subject=(f"{start}:{end}",))
    for fact in _fees(case):
        if fact.kind == "explicit" and fact.value > 0:
            named = any(unit in fact.raw for unit in case.words("money"))
            yield Check(PASS if named else FAIL, (case.fact_term(fact),), {"text": fact.raw})


@rule("FEE-03")
def check_tariff(case: Case) -> Iterator[Check]:
    """A fee charged by piece is a multiple of 100 yuan, one charged by page of 10."""
    for fact in _fees(case):
        if fact.value <= 0 or fact.modifier != "exact":
            continue
        step = Decimal(100) if is_by_piece(case, fact) else Decimal(10)
        right = fact.value % step == 0
        values = {"raw": fact.raw, "step": show(step)}
        yield Check(PASS if right else FAIL, (case.fact_term(fact),), values)


@rule("FEE-04")
def check_pieces(case: Case) -> Iterator[Check]:
    """Where pieces and method are given, the amount lies in the range that the tariff allows."""
    fees = [fact for fact in _fees(case) if fact.value > 0 and fact.part_of is None]
    pieces = [f for f in case.by_indicator.get(CASES, ()) if f.measure == "count" and in_year(case, f)]
    for fee in fees:
        near = [f for f in pieces if f.evidence.sentence_span == fee.evidence.sentence_span and f.value > 0]
        by_piece = is_by_piece(case, fee)
        if len(near) != 1 or not by_piece or near[0].value > 10_000:
            continue
        count = int(near[0].value)
        low, high = Decimal(100 * count), _piece_charge(count + 10)
        right = low <= fee.high and fee.low <= high
        terms = (case.fact_term(near[0]), case.fact_term(fee, "→"))
        values = {"raw": fee.raw, "count": str(count), "low": show(low), "high": show(high)}
        yield Check(PASS if right else FAIL, terms, values)


@rule("FEE-05")
def check_few(case: Case) -> Iterator[Check]:
    """No fee by piece where there were ten applications or fewer in the year."""
    received = case.number("3.received.total")
    for fee in _fees(case):
        if fee.value <= 0:
            continue
        if received is None:
            yield Check(NOT_ASSESSABLE, (case.fact_term(fee),), cells=("3.received.total",), variant="blank_cell")
            continue
        by_piece = is_by_piece(case, fee)
        wrong = received <= 10 and by_piece
        terms = (case.fact_term(fee), case.term("3.received.total", "←"))
        yield Check(FAIL if wrong else PASS, terms, {"raw": fee.raw, "count": show(received)})


@rule("TT-04")
def check_fee_cell(case: Case) -> Iterator[Check]:
    """A positive fee of section six is contained in the fee cell of table 2, after rounding of 万元."""
    cell = case.cells.get("2.fees.amount")
    for fee in _fees(case):
        if fee.value <= 0:
            continue
        if cell is None or cell.value is None:
            yield Check(NOT_ASSESSABLE, (case.fact_term(fee),), cells=("2.fees.amount",), variant="blank_cell")
            continue
        places = len(cell.raw.split(".")[1]) if "." in cell.raw else 0
        slack = Decimal(5000).scaleb(-min(places, 8)) if places else Decimal(5000)
        inside = cell.value * 10_000 + slack >= fee.low
        terms = (case.fact_term(fee), case.term("2.fees.amount", "≤" if inside else ">"))
        values = {"raw": fee.raw, "table": show(cell.value)}
        yield Check(PASS if inside else FAIL, terms, values)


@rule("FEE-10")
def check_fee_year(case: Case) -> Iterator[Check]:
    """The statement on the fee speaks of the report year."""
    for fee in case.by_indicator.get(FEE, ()):
        if case.year is None or fee.period.start is None or fee.period.start.startswith(str(case.year)):
            continue
        terms = (case.fact_term(fee), Term("", "number", None, Decimal(case.year), "year"))
        yield Check(UNCERTAIN, terms, {"raw": fee.raw, "period": fee.period.start[:4], "year": str(case.year)})
