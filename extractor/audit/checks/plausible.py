"""Values that are possible but odd: T2-07, T2-09, T3-15, T3-16, T4-07 to T4-09, TT-01 to TT-03, YOY-07, YOY-08."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from extractor.audit.case import Case, View
from extractor.audit.check import FAIL, NOT_ASSESSABLE, PASS, UNCERTAIN, Check, show
from extractor.audit.engine import rule
from extractor.audit.names import cell_name

REVIEWS = "4.review.total"
SUITS = ("4.litigation_direct.total", "4.litigation_after_review.total")
AFTER = "4.litigation_after_review.total"
RECEIVED = "3.received.total"
RESULTS = "3.total.total"


def _all(view: View, keys: tuple[str, ...]) -> tuple[Decimal, ...] | None:
    """The numbers of some cells, None where one of them holds none."""
    values = [view.number(key) for key in keys]
    numbers = tuple(value for value in values if value is not None)
    return numbers if len(numbers) == len(values) else None


def _say(wrong: bool, outcome: str = UNCERTAIN) -> str:
    return outcome if wrong else PASS


@rule("T2-07")
def check_fee_unit(case: Case) -> Iterator[Check]:
    """The fee cell is in 10,000 yuan: not an amount in yuan told in the text, not 10,000 times last year's."""
    key = "2.fees.amount"
    cell = case.number(key)
    if cell is None or cell <= 0:
        return
    told = [f for f in case.by_indicator.get("enforcement.fees", ()) if f.value == cell and f.unit == "元"]
    last = case.before.number(key) if case.before is not None else None
    jump = last is not None and last > 0 and cell >= last * 10_000
    values = {"table": show(cell), "last": "" if last is None else show(last)}
    terms = (case.term(key), *(case.fact_term(fact, "=") for fact in told[:1]))
    yield Check(FAIL if told or jump else PASS, terms, values)


@rule("T2-09")
def check_silent_disclosure(case: Case) -> Iterator[Check]:
    """Table 2 is not all zero or blank where the text tells of documents, licences or penalties."""
    table = case.tables.get(2)
    names = ("documents.normative_issued", "enforcement.licences", "enforcement.penalties", "enforcement.coercion")
    told = [fact for name in names for fact in case.by_indicator.get(name, ()) if fact.value > 0]
    if table is None or not told:
        return
    silent = not any(cell.value for cell in table.cells)
    values = {"label": told[0].label, "raw": told[0].raw}
    yield Check(_say(silent), (case.fact_term(told[0]),), values, cells=tuple(cell.key for cell in table.cells))


@rule("T3-15")
def check_carried_share(case: Case) -> Iterator[Check]:
    """The share carried out is not far above what a limit of twenty working days leaves open."""
    keys = (RECEIVED, "3.carried_in.total", "3.carried_out.total")
    found = _all(case, keys)
    if found is None or found[0] + found[1] < case.limit("ratio_floor"):
        return
    share = found[2] / (found[0] + found[1])
    terms = (case.term(keys[2]), case.term(keys[0], "÷"), case.term(keys[1], "+"))
    yield Check(_say(share > case.limit("carried_share")), terms, {"share": f"{100 * share:.0f}"})


@rule("T3-16")
def check_other_leaf(case: Case) -> Iterator[Check]:
    """The leaf for other results does not hold most of them."""
    key = "3.other.other.total" if "3.other.other.total" in case.cells else "3.other.total"
    found = _all(case, (key, RESULTS))
    if found is None or found[1] < case.limit("ratio_floor"):
        return
    wrong = found[0] * 2 > found[1]
    yield Check(_say(wrong), (case.term(key), case.term(RESULTS, "÷")), {"part": show(found[0]), "all": show(found[1])})


@rule("T4-07")
def check_corrections(case: Case) -> Iterator[Check]:
    """The share of corrected decisions among finished reviews is within the limit."""
    found = _all(case, ("4.review.corrected", REVIEWS))
    if found is None or found[1] < case.limit("ratio_floor"):
        return
    share = found[0] / found[1]
    terms = (case.term("4.review.corrected"), case.term(REVIEWS, "÷"))
    yield Check(_say(share > case.limit("corrected_share")), terms, {"share": f"{100 * share:.0f}"})


@rule("T4-08")
def check_pending(case: Case) -> Iterator[Check]:
    """Last year's pending reviews are among this year's, if cases are counted where they were finished."""
    last = case.before.number("4.review.pending") if case.before is not None else None
    now = case.number(REVIEWS)
    if case.before is None or last is None or now is None:
        yield Check(NOT_ASSESSABLE, variant="no_last", subject=("pending",))
        return
    terms = (case.before.term("4.review.pending"), case.term(REVIEWS, ">" if last > now else "≤"))
    yield Check(_say(last > now), terms, {"last": show(last), "this": show(now)})


@rule("T4-09")
def check_after_review(case: Case) -> Iterator[Check]:
    """Suits after review are not more than the reviews of this and last year."""
    last = case.before.number(REVIEWS) if case.before is not None else None
    found = _all(case, (AFTER, REVIEWS))
    if case.before is None or last is None or found is None:
        yield Check(NOT_ASSESSABLE, variant="no_last", subject=("after",))
        return
    wrong = found[0] > found[1] + last
    terms = (case.term(AFTER), case.term(REVIEWS, ">" if wrong else "≤"), case.before.term(REVIEWS, "+"))
    yield Check(_say(wrong), terms, {"suits": show(found[0]), "reviews": show(found[1] + last)})


@rule("TT-01")
def check_cases_without_applications(case: Case) -> Iterator[Check]:
    """Where there are reviews or suits, there were applications this year or last."""
    found = _all(case, (RECEIVED, "3.carried_in.total", REVIEWS, *SUITS))
    last = case.before.number(RECEIVED) if case.before is not None else None
    if found is None or last is None:
        yield Check(NOT_ASSESSABLE, variant="no_last", subject=("cases",))
        return
    cases = sum(found[2:], Decimal(0))
    wrong = cases > 0 and found[0] + found[1] + last == 0
    yield Check(_say(wrong), (case.term(REVIEWS), case.term(RECEIVED, "~")), {"count": show(cases)})


@rule("TT-02")
def check_many_reviews(case: Case) -> Iterator[Check]:
    """Reviews are not more than the results of the year and what was carried in."""
    found = _all(case, (REVIEWS, RESULTS, "3.carried_in.total"))
    if found is None:
        return
    wrong = found[0] > found[1] + found[2]
    terms = (case.term(REVIEWS), case.term(RESULTS, ">" if wrong else "≤"), case.term("3.carried_in.total", "+"))
    yield Check(_say(wrong), terms, {"reviews": show(found[0]), "results": show(found[1] + found[2])})


@rule("TT-03")
def check_corrected_grants(case: Case) -> Iterator[Check]:
    """Where all was granted, no decision was corrected on review."""
    keys = ("3.granted.total", "3.partial.total", RESULTS, "4.review.corrected")
    found = _all(case, keys)
    if found is None or found[2] == 0:
        return
    wrong = found[0] + found[1] == found[2] and found[3] > 0
    yield Check(_say(wrong), tuple(case.term(key, "~" if at else "") for at, key in enumerate(keys)),
                {"corrected": show(found[3])})  # fmt: skip


def _totals(case: Case) -> list[str]:
    """The cells whose leaps from year to year are looked at: totals of tables 3 and 4, and all of table 2."""
    return [key for key in case.cells if key.startswith("2.") or key in (RECEIVED, RESULTS, REVIEWS, *SUITS)]


@rule("YOY-07")
def check_leap(case: Case) -> Iterator[Check]:
    """No total is more than five times last year's, nor less than a fifth of it."""
    if case.before is None:
        yield Check(NOT_ASSESSABLE, variant="no_last", subject=("leaps",))
        return
    found = False
    for key in _totals(case):
        now, last = case.number(key), case.before.number(key)
        if now is None or last is None or min(now, last) <= 0 or max(now, last) < case.limit("leap_floor"):
            continue
        if max(now, last) > 5 * min(now, last):
            found = True
            terms = (case.before.term(key), case.term(key, "→"))
            yield Check(UNCERTAIN, terms, {"cell": cell_name(key), "last": show(last), "this": show(now)})
    if not found:
        yield Check(PASS, variant="none", subject=("leaps",))


@rule("YOY-08")
def check_vanished(case: Case) -> Iterator[Check]:
    """No large total comes from nothing or becomes nothing."""
    if case.before is None:
        yield Check(NOT_ASSESSABLE, variant="no_last", subject=("zeros",))
        return
    found = False
    for key in _totals(case):
        now, last = case.number(key), case.before.number(key)
        if now is None or last is None or (now == 0) == (last == 0) or max(now, last) < case.limit("leap_floor"):
            continue
        found = True
        terms = (case.before.term(key), case.term(key, "→"))
        yield Check(UNCERTAIN, terms, {"cell": cell_name(key), "last": show(last), "this": show(now)})
    if not found:
        yield Check(PASS, variant="none", subject=("zeros",))
