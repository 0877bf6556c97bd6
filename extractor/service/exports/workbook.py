"""The working paper: facts, findings and history on sheets of one workbook; nothing in it runs or links."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from extractor.outputs.texts import safe_cell
from extractor.service.exports.material import Material
from extractor.service.exports.tables import (
    FACT_COLUMNS,
    FINDING_COLUMNS,
    HISTORY_COLUMNS,
    Cell,
    fact_rows,
    finding_rows,
    history_rows,
)
from extractor.service.ui.words import Words

WIDE, NARROW = 48, 13
BROAD = {
    "label",
    "message",
    "sentence",
    "document",
    "organization",
    "calculation",
    "machine",
    "human",
    "before",
    "note",
}
LONGEST = 32_000  # characters of a cell
SHEETS = (
    ("facts", FACT_COLUMNS, fact_rows),
    ("findings", FINDING_COLUMNS, finding_rows),
    ("history", HISTORY_COLUMNS, history_rows),
)


def make_workbook(materials: Sequence[Material], words: Words) -> bytes:
    """The workbook as bytes of an XLSX file."""
    import xlsxwriter

    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(target, {**options, "nan_inf_to_errors": True})
    head = book.add_format({"bold": True, "bg_color": "#e7eef0", "text_wrap": True, "valign": "top"})
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    for name, columns, rows in SHEETS:
        sheet = book.add_worksheet(words.text(name)[:31])
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(columns):
            sheet.set_column(place, place, WIDE if column in BROAD else NARROW)
            sheet.write_string(0, place, words.column(column), head)
        lines = [row for material in materials for row in rows(material, words)]
        _fill(sheet, lines, plain)
        sheet.autofilter(0, 0, max(len(lines), 1), len(columns) - 1)
    book.close()
    return target.getvalue()


def _fill(sheet: Any, lines: Iterable[list[Cell]], plain: Any) -> None:
    for row, line in enumerate(lines, 1):
        for place, cell in enumerate(line):
            if isinstance(cell, str):
                sheet.write_string(row, place, safe_cell(cell)[:LONGEST], plain)
            elif cell is not None:
                sheet.write_number(row, place, cell, plain)
