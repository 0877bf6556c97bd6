"""What kind of slip parts a figure of the narrative from its cell: NT-19 to NT-22, UNI-03."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from extractor.audit.case import Case, View
from extractor.audit.check import FAIL, UNCERTAIN, Check, show
from extractor.audit.claims import Pair, indicator_cells, pairs_of
from extractor.audit.digits import digit_slip
from extractor.audit.engine import rule
from extractor.audit.names import cell_name
from extractor.audit.scope import OWN, agrees, in_year, is_level, is_plain, subject_scope
from extractor.types import Fact

POWERS = tuple(Decimal(10) ** power for power in (1, 2, 4, 8))
MAGNITUDES = tuple(Decimal(10) ** power for power in (3, 4, 8))


def _mismatches(case: Case) -> list[tuple[Pair, Decimal]]:
    """Exact figures of the body's own that agree with none of their cells, and what the first of these says."""
    found = []
    for pair in pairs_of(case):
        known = [made.value for made in pair.sums if made.value is not None]
        exact = pair.fact.modifier == "exact" and pair.fact.kind == "explicit" and pair.fact.value > 0
        if (
            known
            and exact
            and pair.sure
            and subject_scope(case, pair.fact) == OWN
            and not any(agrees(pair.fact, v) for v in known)
        ):
            found.append((pair, known[0]))
    return found


def _values(pair: Pair, printed: Decimal, **more: str) -> dict[str, str]:
    return {
        "label": pair.fact.label,
        "raw": pair.fact.raw,
        "text": show(pair.fact.value),
        "table": show(printed),
        **more,
    }


def _check(case: Case, pair: Pair, values: dict[str, str]) -> Check:
    keys = pair.sums[0].keys
    terms = (case.fact_term(pair.fact), *(case.term(key, "≠" if at == 0 else "+") for at, key in enumerate(keys)))
    return Check(FAIL, terms, values)


@rule("NT-19")
def check_other_cell(case: Case) -> Iterator[Check]:
    """A figure that does not agree with its own cell but equals another one of the same table: a wrong label or row."""
    for pair, cell in _mismatches(case):
        if pair.fact.value < case.limit("telling_value") or pair.sums[0].keys[0][0] == "2":
            continue
        own = {key for made in pair.sums for key in made.keys}
        number = pair.sums[0].keys[0].split(".")[0]
        others = [key for key in case.cells if key.startswith(number + ".") and key.endswith(".total")
                  and key not in own and case.number(key) == pair.fact.value]  # fmt: skip
        if len(others) == 1:
            yield _check(case, pair, _values(pair, cell, cell=cell_name(others[0])))


@rule("NT-20")
def check_stale(case: Case) -> Iterator[Check]:
    """A figure that equals last year's cell and not this year's: text left over from last year."""
    if case.before is None:
        return
    for pair, cell in _mismatches(case):
        last = indicator_cells(case.before, pair.fact)
        same = next((made for made in last if made.value == pair.fact.value), None)
        if same is not None:
            check = _check(case, pair, _values(pair, cell, cell=cell_name(same.keys[0])))
            yield check


@rule("NT-21")
def check_multiple(case: Case) -> Iterator[Check]:
    """A figure that is its cell times 10, 100, 10,000 or a hundred million, or the reverse."""
    for pair, cell in _mismatches(case):
        factor = _power(pair.fact.value, cell, POWERS)
        if factor is not None:
            yield _check(case, pair, _values(pair, cell, factor=show(factor)))


def _power(first: Decimal, second: Decimal, powers: tuple[Decimal, ...]) -> Decimal | None:
    if first <= 0 or second <= 0:
        return None
    return next((power for power in powers if first == second * power or second == first * power), None)


@rule("NT-22")
def check_digits(case: Case) -> Iterator[Check]:
    """A figure that differs from its cell by one digit, or by two digits that changed places."""
    for pair, cell in _mismatches(case):
        kind = digit_slip(show(pair.fact.value), show(cell))
        if kind is not None:
            yield _check(case, pair, _values(pair, cell, kind=kind))


@rule("UNI-03")
def check_magnitude(case: Case) -> Iterator[Check]:
    """A figure a thousand or more times last year's, or the reverse, near a power of ten: a lost or added 万 or 亿."""
    if case.before is None:
        return
    for fact in case.facts:
        last = _last_value(case, case.before, fact)
        if last is None or last.value <= 0 or fact.value < case.limit("telling_value"):
            continue
        ratio = max(fact.value, last.value) / min(fact.value, last.value) if fact.value > 0 else Decimal(1)
        near = any(power / 2 <= ratio <= power * 2 for power in MAGNITUDES)
        if near:
            exact = ratio in MAGNITUDES
            terms = (case.fact_term(fact), case.before.fact_term(last, "÷"))
            values = {"label": fact.label, "text": show(fact.value), "last": show(last.value)}
            yield Check(FAIL if exact or fact.measure == "amount" else UNCERTAIN, terms, values)


def _last_value(case: Case, before: View, fact: Fact) -> Fact | None:
    """The only fact of last year's report with the same indicator, channel, category and unit."""
    if fact.indicator is None or not is_level(fact) or not in_year(case, fact) or not is_plain(fact):
        return None
    found = [
        other
        for other in before.by_indicator.get(fact.indicator, ())
        if is_level(other) and in_year(before, other) and is_plain(other) and other.unit == fact.unit
    ]
    return found[0] if len(found) == 1 else None
