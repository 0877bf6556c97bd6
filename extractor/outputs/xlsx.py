"""The working paper of an audit as a spreadsheet: findings, facts, tables, coverage; no text becomes a formula."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from extractor.errors import UsageError
from extractor.outputs.audit_rows import FINDING, TERM, Row, coverage_rows, finding_rows, heading_names, table_rows
from extractor.outputs.names import name_code
from extractor.outputs.rows import COLUMNS, fact_rows
from extractor.outputs.texts import FORMULA, replace_unprintable
from extractor.types import Report

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

LARGEST = 1e15  # a spreadsheet keeps fifteen digits; a greater number is written as text
LONGEST = 32_000  # characters of a cell, below the limit of the format
CREATED = datetime(2000, 1, 1)  # the same input gives the same bytes
WIDTHS = {"message": 70, "sentence": 60, "context": 60, "verdict": 12, "note": 40, "label": 40, "title": 24, "cell": 36}
COLOURS = {"FAIL": "#F8D7D3", "UNCERTAIN": "#FDF0D8", "PASS": "#E3F1E6"}
VERDICTS = ("agreed", "disputed", "open")


def render_workbook(reports: Sequence[Report], language: str = "zh") -> bytes:
    """The bytes of the workbook for audited reports; raises UsageError where XlsxWriter is not installed."""
    try:
        from xlsxwriter.workbook import Workbook
    except ImportError:
        raise UsageError("--xlsx needs XlsxWriter; install it with: pip install 'nianbao-extractor[xlsx]'") from None
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    workbook = Workbook(target, options)
    workbook.set_properties({"created": CREATED})
    paper = _Paper(workbook, language)
    paper.add_findings(reports)
    facts = ([row[column.name] for column in COLUMNS] for report in reports for row in fact_rows(report))
    paper.add_sheet("facts", [column.name for column in COLUMNS], facts)
    paper.add_sheet("tables", heading_names("tables"), (row for r in reports for row in table_rows(r, language)))
    paper.add_sheet("coverage", heading_names("coverage"), (row for r in reports for row in coverage_rows(r, language)))
    workbook.close()
    return target.getvalue()


class _Paper:
    """A workbook with the formats of its cells."""

    def __init__(self, workbook: Workbook, language: str) -> None:
        self._book = workbook
        self._language = language
        self._formats: dict[tuple[Any, ...], Any] = {}

    def _format(self, colour: str | None, text: bool, head: bool, danger: bool) -> Any:
        key = (colour, text, head, danger)
        if key not in self._formats:
            look: dict[str, Any] = {"valign": "top", "text_wrap": True}
            look |= {"num_format": "@"} if text else {}
            look |= {"bold": True, "bg_color": "#E8ECF2"} if head else {}
            look |= {"bg_color": colour} if colour else {}
            # a text that starts like a formula stays text when somebody edits the cell
            look |= {"quote_prefix": True} if danger else {}
            self._formats[key] = self._book.add_format(look)
        return self._formats[key]

    def _write(self, sheet: Worksheet, at: tuple[int, int], value: Any, colour: str | None = None) -> None:
        if value is None or value == "":
            sheet.write_blank(*at, None, self._format(colour, True, False, False))
        elif isinstance(value, (int, float, Decimal)) and abs(float(value)) < LARGEST:
            sheet.write_number(*at, float(value), self._format(colour, False, False, False))
        else:
            text = replace_unprintable(str(value))[:LONGEST]
            sheet.write_string(*at, text, self._format(colour, True, False, FORMULA.match(text) is not None))

    def _open(self, name: str, columns: Sequence[str]) -> Worksheet:
        sheet = self._book.add_worksheet(name_code("sheet", name, self._language))
        for at, column in enumerate(columns):
            title = name_code("column", column, self._language)
            sheet.write_string(0, at, title, self._format(None, True, True, False))
            sheet.set_column(at, at, WIDTHS.get(column, 14))
        sheet.freeze_panes(1, 0)
        return sheet

    def add_sheet(self, name: str, columns: Sequence[str], rows: Iterator[Sequence[Any]]) -> None:
        """A sheet with one line of column names and the rows."""
        sheet = self._open(name, columns)
        last = 0
        for last, row in enumerate(rows, 1):
            for at, value in enumerate(row):
                self._write(sheet, (last, at), value)
        sheet.autofilter(0, 0, last, len(columns) - 1)

    def add_findings(self, reports: Sequence[Report]) -> None:
        """Findings with the terms of their calculations folded under them, and space for verdict and note."""
        columns = heading_names("findings")
        sheet = self._open("findings", columns)
        verdict = columns.index("verdict")
        rows: Iterator[Row] = (row for report in reports for row in finding_rows(report, self._language))
        last = 0
        for last, (kind, outcome, values) in enumerate(rows, 1):
            for at, value in enumerate(values):
                self._write(sheet, (last, at), value, COLOURS.get(outcome) if kind == FINDING else None)
            if kind == TERM:
                sheet.set_row(last, None, None, {"level": 1, "hidden": outcome == "PASS"})
        choices = [name_code("verdict", code, self._language) for code in VERDICTS]
        sheet.data_validation(1, verdict, max(last, 1), verdict, {"validate": "list", "source": choices})
        sheet.outline_settings(True, False, False, False)
        sheet.autofilter(0, 0, max(last, 1), len(columns) - 1)
