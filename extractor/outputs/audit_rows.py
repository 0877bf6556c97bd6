"""Rows of an auditor's working paper: findings with their calculations, table cells, the account of the numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from extractor.outputs.findings import OUTCOMES, rank_findings
from extractor.outputs.names import name_code
from extractor.types import Finding, Report, Span

FINDING, TERM = "finding", "term"
Row = tuple[str, str, list[Any]]
AROUND = 30  # characters of text on either side of a number
COLUMNS: dict[str, tuple[str, ...]] = {
    "findings": (
        "document", "number", "rule", "severity", "outcome", "message", "operator", "value", "label", "key", "place",
        "raw", "cause", "verdict", "note", "fingerprint",
    ),
    "tables": (
        "document", "form", "table", "row", "cell_column", "raw", "value", "semantics", "outcome", "page", "key",
    ),
    "coverage": ("document", "item", "count", "raw", "reason", "context"),
}  # fmt: skip
OWN = {"fact": "fact", "cell": "cell"}


def heading_names(sheet: str) -> tuple[str, ...]:
    """Column names of a sheet: findings, tables, coverage."""
    return COLUMNS[sheet]


def finding_rows(report: Report, language: str) -> Iterator[Row]:
    """Each finding that says something or passed, ranked, and behind it a row for each term of its calculation.

    What could not be assessed is counted in the coverage; it has no calculation to go through.
    """
    facts = {fact.id: fact for fact in report.facts}
    cells = {cell.key: cell for table in report.tables for cell in table.cells}
    told = [finding for finding in rank_findings(report.findings) if finding.outcome != "NOT_ASSESSABLE"]
    for number, finding in enumerate(told, 1):
        yield FINDING, finding.outcome, _finding(report, finding, number, language)
        for term in finding.calculation:
            key, kind = term.get("key") or "", term.get("kind")
            fact, cell = (facts.get(key), cells.get(key)) if kind in OWN else (None, None)
            evidence = fact.evidence if fact else None
            page = evidence.page if evidence else cell.page if cell else None
            place = name_code("word", "last_year", language) if (kind or "").startswith("last") else page
            raw = fact.raw if fact else cell.raw if cell else None
            yield TERM, finding.outcome, [
                report.document.name, number, finding.rule, None, None, evidence.sentence if evidence else None,
                term.get("operator"), _number(term.get("value")), term.get("label"), key, place, raw,
                None, None, None, None,
            ]  # fmt: skip


def _finding(report: Report, finding: Finding, number: int, language: str) -> list[Any]:
    message = finding.message_zh if language == "zh" else finding.message
    return [
        report.document.name, number, finding.rule, name_code("severity", finding.severity, language),
        name_code("outcome", finding.outcome, language), message, None, None, None, None, None, None,
        name_code("cause", finding.cause, language) if finding.outcome != "PASS" else None, None, None,
        finding.fingerprint,
    ]  # fmt: skip


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def table_rows(report: Report, language: str) -> Iterator[list[Any]]:
    """One row a cell of the standard tables, in form order; the outcome tells which were read with doubt."""
    for table in report.tables:
        for cell in table.cells:
            yield [
                report.document.name, table.form, table.table, name_code("row", cell.row, language),
                name_code("cell_column", cell.column, language), cell.raw, cell.value,
                name_code("semantics", cell.semantics, language),
                None if cell.certain else name_code("outcome", "UNCERTAIN", language), cell.page, cell.key,
            ]  # fmt: skip


def coverage_rows(report: Report, language: str) -> Iterator[list[Any]]:
    """The account: numbers by what became of them, checks by outcome, then each number that is no fact."""
    for name, count in {**count_numbers(report), **count_checks(report)}.items():
        yield [report.document.name, name_code("count", name, language), count, None, None, None]
    coverage = report.coverage
    lists: list[tuple[str, Span, str]] = [("blanks", span, "blank") for span in coverage.blanks]
    lists += [("unexplained", span, "unexplained") for span in coverage.unexplained]
    lists += [("set_aside", (other.start, other.end), other.reason) for other in coverage.non_facts]
    for name, (start, end), reason in lists:
        text = report.document.text
        around = " ".join(text[max(0, start - AROUND) : end + AROUND].split())
        yield [report.document.name, name_code("count", name, language), None, text[start:end],
               name_code("reason", reason, language), around]  # fmt: skip


def count_numbers(report: Report) -> dict[str, int]:
    """Numbers of the narrative: seen, linked to facts, set aside, unexplained, left blank."""
    coverage = report.coverage
    return {
        "seen": coverage.numbers,
        "linked": coverage.facts,
        "set_aside": len(coverage.non_facts),
        "unexplained": len(coverage.unexplained),
        "blanks": len(coverage.blanks),
    }


def count_checks(report: Report) -> dict[str, int]:
    """Checks: how many there are, and how many of each outcome."""
    counts = Counter(finding.outcome for finding in report.findings)
    return {"checks": len(report.findings), **{outcome: counts[outcome] for outcome in OUTCOMES}}
