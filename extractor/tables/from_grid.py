"""Rows from the grids that the readers found (ruled PDF, DOCX, HTML, Markdown)."""

from __future__ import annotations

from extractor.tables.rows import Fold, Row, Slot, trim
from extractor.types import Document, Grid, GridCell


def read_grids(document: Document, fold: Fold) -> tuple[Row, ...]:
    """All rows of all grids in the order of the document; a merged cell stands in each row it covers."""
    rows: list[Row] = []
    for source, grid in enumerate(sorted(document.grids, key=lambda grid: grid.start)):
        rows.extend(_rows(document.text, grid, fold, source))
    return tuple(rows)


def _rows(text: str, grid: Grid, fold: Fold, source: int) -> list[Row]:
    by_row: list[list[Slot]] = [[] for _ in range(grid.rows)]
    for cell in grid.cells:
        slot = _slot(text, cell, fold)
        for row in range(cell.row, min(cell.row + max(1, cell.row_span), grid.rows)):
            by_row[row].append(slot if row == cell.row else _inherit(slot))
    return [Row(tuple(sorted(slots, key=lambda slot: slot.column)), source, True) for slots in by_row if slots]


def _slot(text: str, cell: GridCell, fold: Fold) -> Slot:
    start, end = trim(text, cell.start, cell.end)
    raw = text[start:end]
    content = fold(start, end) if start < end else ""
    return Slot(content, raw, start, end, cell.column, max(1, cell.column_span), False, cell.page, cell.box)


def _inherit(slot: Slot) -> Slot:
    return Slot(slot.text, slot.raw, slot.start, slot.end, slot.column, slot.column_span, True, slot.page, slot.box)
