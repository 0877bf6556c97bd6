"""Identities printed on the form: T3-04 to T3-06, T4-01 to T4-03, and what would heal them (T3-10 to T3-12)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from extractor.audit.case import Case
from extractor.audit.check import FAIL, NOT_ASSESSABLE, PASS, READING, UNCERTAIN, UNCLEAR, Check, show
from extractor.audit.engine import rule
from extractor.audit.identities import (
    BLOCKS,
    OUTCOMES,
    Repair,
    equations,
    find_repairs,
    find_shift,
    find_split,
)
from extractor.audit.names import cell_name, column_name, row_name
from extractor.audit.sums import add, compare
from extractor.record import replace


def _check_application(case: Case, name: str) -> Iterator[Check]:
    """One check an equation; those that a repair or a reading error explains say so."""
    found = [equation for equation in equations(case) if equation.rule == name]
    if not found:
        yield Check(NOT_ASSESSABLE, variant="no_table", values={"table": "3"}, subject=("3",))
        return
    repairs = find_repairs(case)
    suspect = _suspect(case)
    gaps: list[Check] = []
    for equation in found:
        place = row_name(3, equation.place) if name == "T3-06" else column_name(3, equation.place)
        check = compare(case, add(case, equation.left), add(case, equation.right), {"place": place})
        if check.outcome == NOT_ASSESSABLE:
            gaps.append(check)
            continue
        if check.outcome == FAIL and suspect is not None:
            check = replace(check, outcome=UNCERTAIN if suspect == READING else FAIL, cause=suspect)
        yield _hint(check, repairs.get((name, equation.place)))
    if gaps:
        yield _join(gaps)


def _suspect(case: Case) -> str | None:
    """Whose fault a split or a shift is: reading, unclear where both readings agree on the cells; None without one."""

    def find() -> str | None:
        if find_split(case) is not None:
            return READING
        return None if find_shift(case) is None else _shift_cause(case)

    return case.remember("suspect", find)


def _shift_cause(case: Case) -> str:
    doubtful = any(not cell.certain for key, cell in case.cells.items() if key.startswith("3."))
    return READING if doubtful or case.report.document.reader.ocr else UNCLEAR


def _join(gaps: list[Check]) -> Check:
    """One check for all rows or columns that blanks leave open."""
    cells = tuple(dict.fromkeys(key for check in gaps for key in check.cells))
    places = ", ".join(check.values["place"] for check in gaps[:3])
    return Check(NOT_ASSESSABLE, values={"count": str(len(gaps)), "place": places}, variant="open", cells=cells)


def _hint(check: Check, repair: Repair | None) -> Check:
    if check.outcome != FAIL or repair is None:
        return check
    values = {**check.values, "cell": cell_name(repair.key), "old": show(repair.old), "new": show(repair.new)}
    return replace(check, values=values, variant="repair", blame=(repair.key,))


@rule("T3-04")
def check_flow(case: Case) -> Iterator[Check]:
    """New and carried-in applications are those finished and those carried out, in each column."""
    yield from _check_application(case, "T3-04")


@rule("T3-05")
def check_results(case: Case) -> Iterator[Check]:
    """The leaves of the results block add up to its total, in each column."""
    yield from _check_application(case, "T3-05")


@rule("T3-06")
def check_applicants(case: Case) -> Iterator[Check]:
    """The six applicant columns add up to the total column, in each row."""
    yield from _check_application(case, "T3-06")


@rule("T3-10")
def check_split_digits(case: Case) -> Iterator[Check]:
    """Two neighbour cells that join into the number which heals all identities of table 3."""
    found = find_split(case)
    if found is not None:
        (first, second), joined = found
        terms = (case.term(first), case.term(second, "+"))
        yield Check(FAIL, terms, {"cell": cell_name(first), "new": show(joined)}, cause=READING)


@rule("T3-11")
def check_shift(case: Case) -> Iterator[Check]:
    """A row or column of table 3 whose values, moved by one cell, heal all identities."""
    found = None if find_split(case) else find_shift(case)
    if found is not None:
        kind, name = found
        keys = tuple(key for key in case.cells if key.startswith("3.") and name in _parts(key))
        place = row_name(3, name) if kind == "row" else column_name(3, name)
        yield Check(FAIL, tuple(case.term(key) for key in keys), {"place": place}, cause=_shift_cause(case))


def _parts(key: str) -> tuple[str, str]:
    row, column = key.split(".", 1)[1].rsplit(".", 1)
    return row, column


@rule("T3-12")
def check_repair(case: Case) -> Iterator[Check]:
    """Exactly one cell change satisfies its row and its column: a likely slip of the report."""
    for repair in dict.fromkeys(find_repairs(case).values()):
        values = {"cell": cell_name(repair.key), "old": show(repair.old), "new": show(repair.new)}
        yield Check(FAIL, (case.term(repair.key),), values)


def _check_review(case: Case, name: str) -> Iterator[Check]:
    block = BLOCKS[name]
    keys = tuple(f"4.{block}.{outcome}" for outcome in OUTCOMES)
    total = f"4.{block}.total"
    if not all(key in case.cells for key in (*keys, total)):
        yield Check(NOT_ASSESSABLE, variant="no_table", values={"table": "4"}, subject=("4", block))
        return
    check = compare(case, add(case, keys), add(case, (total,)), {"place": row_name(4, block)})
    if check.outcome == FAIL and _shifted(case):
        check = replace(check, outcome=UNCERTAIN, cause=READING)
    yield check


def _shifted(case: Case) -> bool:
    """Whether all fifteen numbers of table 4, moved by one, make all three sums right."""
    keys = [f"4.{block}.{outcome}" for block in BLOCKS.values() for outcome in (*OUTCOMES, "total")]
    line = [case.number(key) for key in keys]
    if None in line or not any(line):
        return False
    numbers = [value for value in line if value is not None]
    zero = Decimal(0)
    moves = ([*numbers[1:], zero] if numbers[0] == 0 else [], [zero, *numbers[:-1]] if numbers[-1] == 0 else [])
    return any(all(sum(moved[at : at + 4]) == moved[at + 4] for at in (0, 5, 10)) for moved in moves if moved)


@rule("T4-01")
def check_review(case: Case) -> Iterator[Check]:
    """The four outcomes of administrative review add up to its total."""
    yield from _check_review(case, "T4-01")


@rule("T4-02")
def check_direct_suits(case: Case) -> Iterator[Check]:
    """The four outcomes of suits brought directly add up to their total."""
    yield from _check_review(case, "T4-02")


@rule("T4-03")
def check_later_suits(case: Case) -> Iterator[Check]:
    """The four outcomes of suits after review add up to their total."""
    yield from _check_review(case, "T4-03")


@rule("T4-06")
def check_review_shift(case: Case) -> Iterator[Check]:
    """Fifteen numbers of table 4 that, moved by one cell, make all three sums right."""
    totals = [(BLOCKS[name], check) for name in BLOCKS for check in _check_review(case, name)]
    if any(check.outcome == UNCERTAIN and check.cause == READING for _, check in totals):
        yield Check(FAIL, tuple(case.term(key) for key in case.cells if key.startswith("4.")), cause=READING)
    elif all(check.outcome == PASS for _, check in totals):
        yield Check(PASS, tuple(case.term(f"4.{block}.total") for block, _ in totals))
