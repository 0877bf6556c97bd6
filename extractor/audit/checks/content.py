"""What sections and tables say, beside their sums: STR-04, STR-16, T2-05, T2-13, T3-08, T3-14, T3-17, T3-19."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from extractor.audit.case import Case
from extractor.audit.check import FAIL, NOT_ASSESSABLE, PASS, UNCERTAIN, Check, show
from extractor.audit.checks.structure import is_report
from extractor.audit.engine import rule
from extractor.audit.identities import COLUMNS
from extractor.audit.names import cell_name, column_name, row_name

FLOORS = {"overview": "high", "problems": "high", "other": "low"}


@rule("STR-04")
def check_bodies(case: Case) -> Iterator[Check]:
    """Sections one and five say something, and section six is not left empty."""
    if not is_report(case):
        yield Check(NOT_ASSESSABLE, variant="no_form", subject=("bodies",))
        return
    titles = {entry["kind"]: entry["title"] for entry in case.content("sections")}
    for kind, severity in FLOORS.items():
        if case.section(kind) is None:
            continue
        text = "".join(case.section_text(kind).split())
        floor = case.limit("other_floor") if kind == "other" else case.limit("body_floor")
        empty = len(text) < floor
        values = {"title": titles[kind], "count": str(len(text)), "text": text[:20]}
        yield Check(FAIL if empty else PASS, values=values, severity=severity, subject=(kind,),
                    variant="fail" if empty else "none")  # fmt: skip


@rule("STR-16")
def check_placeholders(case: Case) -> Iterator[Check]:
    """No placeholder of a template is left in the text."""
    hits = list(case.pattern("placeholder").finditer(case.text))
    for hit in hits[:5]:
        values = {"text": case.text[max(0, hit.start() - 12) : hit.end() + 12].replace("\n", " ")}
        yield Check(FAIL, values=values, subject=(str(hit.start()), hit[0][:20]))
    if not hits:
        yield Check(PASS, variant="none", subject=("placeholders",))


@rule("T2-05")
def check_in_force(case: Case) -> Iterator[Check]:
    """As many documents are in force as were made less those repealed, or more."""
    for row in ("regulations", "normative"):
        keys = [f"2.{row}.{column}" for column in ("issued", "repealed", "in_force")]
        issued, repealed, in_force = (case.number(key) for key in keys)
        if issued is None or repealed is None or in_force is None:
            continue
        right = in_force >= issued - repealed
        terms = (case.term(keys[2]), case.term(keys[0], "≥" if right else "<"), case.term(keys[1], "−"))
        values = {"place": row_name(2, row), "this": show(in_force), "least": show(issued - repealed)}
        yield Check(PASS if right else FAIL, terms, values)


@rule("T2-13")
def check_procurement(case: Case) -> Iterator[Check]:
    """Procurement has both projects and an amount, or neither (form of 2019)."""
    projects, amount = case.number("2.procurement.projects"), case.number("2.procurement.amount")
    if projects is None or amount is None:
        return
    wrong = (projects > 0) != (amount > 0)
    terms = (case.term("2.procurement.projects"), case.term("2.procurement.amount", "~"))
    yield Check(FAIL if wrong else PASS, terms, {"projects": show(projects), "amount": show(amount)})


@rule("T3-08")
def check_parts(case: Case) -> Iterator[Check]:
    """No part of table 3 is greater than the total of its row."""
    rows = dict.fromkeys(cell.row for cell in case.tables[3].cells) if 3 in case.tables else {}
    found = False
    for row in rows:
        total = case.number(f"3.{row}.total")
        for column in COLUMNS[:-1]:
            part = case.number(f"3.{row}.{column}")
            if part is not None and total is not None and part > total:
                found = True
                terms = (case.term(f"3.{row}.{column}"), case.term(f"3.{row}.total", ">"))
                values = {"cell": cell_name(f"3.{row}.{column}"), "part": show(part), "total": show(total)}
                yield Check(FAIL, terms, values)
    if rows and not found:
        yield Check(PASS, variant="table", values={"table": "3"}, subject=("3",))


@rule("T3-14")
def check_all_carried(case: Case) -> Iterator[Check]:
    """Where applications were received, some were handled."""
    keys = ("3.received.total", "3.total.total", "3.carried_out.total")
    received, handled, carried = (case.number(key) for key in keys)
    if received is None or handled is None or carried is None:
        return
    wrong = received > 0 and handled == 0 and carried > 0
    values = {"received": show(received), "carried": show(carried), "place": column_name(3, "total")}
    yield Check(FAIL if wrong else PASS, tuple(case.term(key, "" if at == 0 else "~") for at, key in enumerate(keys)),
                values)  # fmt: skip


@rule("T3-17")
def check_unpaid(case: Case) -> Iterator[Check]:
    """Applications closed because a fee was not paid stand against a text that says none was ever asked."""
    key = "3.other.unpaid_fee.total"
    unpaid = case.number(key)
    told = [f for f in case.by_indicator.get("application.fee", ()) if f.high == 0]
    if unpaid is None or not told:
        return
    terms = (case.fact_term(told[0]), case.term(key, "≠" if unpaid > 0 else "="))
    yield Check(FAIL if unpaid > 0 else PASS, terms, {"raw": told[0].raw, "table": show(unpaid)})


@rule("T3-19")
def check_silent_table(case: Case) -> Iterator[Check]:
    """Table 3 is not all zero where table 4 has cases."""
    values = [cell.value for cell in case.tables[3].cells if cell.value is not None] if 3 in case.tables else []
    keys = [f"4.{block}.total" for block in ("review", "litigation_direct", "litigation_after_review")]
    cases = sum((case.number(key) or Decimal(0) for key in keys), Decimal(0))
    if not values or any(key not in case.cells for key in keys):
        return
    silent = not any(values) and cases > 0
    terms = tuple(case.term(key, "+" if at else "") for at, key in enumerate(keys))
    yield Check(UNCERTAIN if silent else PASS, terms, {"count": show(cases)})
