"""Single cells: do they parse, are they whole and not negative; and the blanks among them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from extractor.audit.case import Case
from extractor.audit.check import FAIL, NOT_ASSESSABLE, PASS, READING, UNCERTAIN, Check
from extractor.audit.engine import rule
from extractor.audit.names import cell_name
from extractor.types import TableCell

SIGNED = "change"  # the column of 2019 that prints an increase or a fall
AMOUNTS = ("2.fees.amount", "2.procurement.amount")
Wrong = Callable[[TableCell], bool]


def _check_each(case: Case, number: int, wrong: Wrong) -> Iterator[Check]:
    """One FAIL a wrong cell, or one PASS for the table."""
    table = case.tables.get(number)
    if table is None:
        yield Check(NOT_ASSESSABLE, variant="no_table", values={"table": str(number)}, subject=(str(number),))
        return
    bad = [cell for cell in table.cells if wrong(cell)]
    for cell in bad:
        yield Check(FAIL, (case.term(cell.key),), {"cell": cell_name(cell.key), "raw": cell.raw[:40]})
    if not bad:
        yield Check(PASS, values={"table": str(number)}, variant="table", subject=(str(number),))


def _is_text(cell: TableCell) -> bool:
    return cell.semantics == "text"


def _is_negative(cell: TableCell) -> bool:
    return cell.value is not None and cell.value < 0 and cell.column != SIGNED


def _is_fraction(cell: TableCell) -> bool:
    return cell.value is not None and cell.value != cell.value.to_integral_value() and cell.key not in AMOUNTS


@rule("T2-01")
def check_disclosure_parses(case: Case) -> Iterator[Check]:
    """Every cell of table 2 is a number or a declared blank."""
    yield from _check_each(case, 2, _is_text)


@rule("T2-02")
def check_disclosure_sign(case: Case) -> Iterator[Check]:
    """No cell of table 2 is negative, but for the change column of 2019."""
    yield from _check_each(case, 2, _is_negative)


@rule("T2-03")
def check_disclosure_whole(case: Case) -> Iterator[Check]:
    """Counts of table 2 are whole numbers."""
    yield from _check_each(case, 2, _is_fraction)


@rule("T3-01")
def check_application_parses(case: Case) -> Iterator[Check]:
    """Every cell of table 3 is a number or a declared blank."""
    yield from _check_each(case, 3, _is_text)


@rule("T3-02")
def check_application_sign(case: Case) -> Iterator[Check]:
    """No cell of table 3 is negative."""
    yield from _check_each(case, 3, _is_negative)


@rule("T3-03")
def check_application_whole(case: Case) -> Iterator[Check]:
    """Cells of table 3 are whole numbers."""
    yield from _check_each(case, 3, _is_fraction)


@rule("T4-04")
def check_review_cells(case: Case) -> Iterator[Check]:
    """Cells of table 4 are whole numbers, not negative, or declared blanks."""
    yield from _check_each(case, 4, lambda cell: _is_text(cell) or _is_negative(cell) or _is_fraction(cell))


@rule("T3-09")
def check_blanks(case: Case) -> Iterator[Check]:
    """Table 3 does not mix blanks and zeros, nor leave most of its cells empty."""
    table = case.tables.get(3)
    if table is None:
        return
    blanks = [cell for cell in table.cells if cell.semantics in ("blank", "not_applicable")]
    zeros = sum(cell.semantics == "zero" for cell in table.cells)
    share = Decimal(len(blanks)) / len(table.cells)
    values = {"count": str(len(blanks)), "total": str(len(table.cells)), "zeros": str(zeros)}
    mixed = bool(blanks) and zeros > 0
    outcome = FAIL if mixed or share > case.limit("blank_share") else PASS
    cells = tuple(cell.key for cell in blanks)
    yield Check(outcome, values=values, cells=cells, subject=("3",), variant="fail" if outcome == FAIL else "table")


@rule("T3-13")
def check_empty_columns(case: Case) -> Iterator[Check]:
    """Applicant columns are not all zero under a positive total, nor positive under a zero total."""
    keys = [f"3.received.{column}" for column in ("natural_person", "business", "research", "public_welfare")]
    keys += ["3.received.legal_service", "3.received.other_organization"]
    total = case.number("3.received.total")
    parts = [case.number(key) for key in keys]
    if total is None or None in parts:
        return
    some = sum((part for part in parts if part is not None), Decimal(0))
    wrong = (some == 0) != (total == 0)
    terms = (*(case.term(key, "+" if at else "") for at, key in enumerate(keys)), case.term("3.received.total", "="))
    yield Check(FAIL if wrong else PASS, terms, {"total": f"{total:f}", "sum": f"{some:f}"})


@rule("DQ-04")
def check_doubtful_cells(case: Case) -> Iterator[Check]:
    """Each cell was read without doubt: two readings of the table agree, and recognised characters are sure."""
    for number, table in sorted(case.tables.items()):
        doubtful = tuple(cell.key for cell in table.cells if not cell.certain)
        values = {"table": str(number), "count": str(len(doubtful))}
        if doubtful:
            yield Check(UNCERTAIN, values=values, cells=doubtful, subject=(str(number),), cause=READING)
        else:
            yield Check(PASS, values=values, variant="table", subject=(str(number),))
