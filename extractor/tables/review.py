"""Table 4: fifteen figures in one row under three blocks of five headers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from extractor.tables.cells import is_value, make_cell
from extractor.tables.labels import bare, content, find_headers
from extractor.tables.rows import Row, Slot, unmerge
from extractor.types import TableCell


def read_review(rows: Sequence[Row]) -> tuple[TableCell, ...]:
    """Cells of table 4; none where the rows hold no such table."""
    spec = content()["review"]
    order = [(block["key"], column["key"]) for block in spec["blocks"] for column in spec["columns"]]
    start = _start(rows, spec)
    if start is None:
        return ()
    headers: list[str] = []
    for place in range(start, min(start + 12, len(rows))):
        values = unmerge(tuple(slot for slot in rows[place].slots if is_value(slot)), len(order))
        if len(values) >= len(order) and any(slot.raw for slot in values):
            return _cells(rows, start, place, values[-len(order) :], order)
        if _is_blank_row(values, len(order)) and headers:
            return _cells(rows, start, place, values[-len(order) :], order)
        headers.extend(find_headers(_words(rows[place]), "review", "columns"))
    return ()


def _words(row: Row) -> str:
    return "".join(slot.text for slot in row.slots if not is_value(slot))


def _is_blank_row(values: tuple[Slot, ...], count: int) -> bool:
    return len(values) >= count and all(not slot.raw and not slot.inherited for slot in values)


def _start(rows: Sequence[Row], spec: dict[str, Any]) -> int | None:
    """Place of the first header row: it or one of the next few names all three blocks."""
    names = [bare(name) for block in spec["blocks"][1:] for name in block["names"]]
    for place, row in enumerate(rows):
        text = bare(_words(row))
        if sum(name in text for name in names) >= 2 and len(text) <= 200:
            return place
    return None


def _cells(
    rows: Sequence[Row], start: int, place: int, values: tuple[Slot, ...], order: list[tuple[str, str]]
) -> tuple[TableCell, ...]:
    """Cells in form order; certain where the headers above each value name the same block and column."""
    above = _headers_above(rows, start, place) if rows[place].grid else {}
    if not all(slot.column in above for slot in values):
        above = {}  # merged headers were written out as blanks: only their order tells
    printed = _printed_order(rows, start, place)
    expected = [column for _, column in order]
    cells = []
    for (block, column), slot in zip(order, values, strict=True):
        seen = above.get(slot.column)
        certain = seen == (block, column) if above else printed == expected
        cells.append(make_cell(4, *(seen or (block, column)), slot, certain))
    if len({cell.key for cell in cells}) == len(order):
        return tuple(cells)
    return tuple(make_cell(4, *names, slot, False) for names, slot in zip(order, values, strict=True))


def _printed_order(rows: Sequence[Row], start: int, place: int) -> list[str]:
    """Column headers in text order; in a form of two header rows the first block's stand in the first."""
    found: list[str] = []
    for row in rows[start : place + 1]:
        for slot in row.slots:
            if not slot.inherited:
                found.extend(find_headers(slot.text, "review", "columns"))
    return found


def _headers_above(rows: Sequence[Row], start: int, place: int) -> dict[int, tuple[str, str]]:
    """Grid column to block and column key, from the header cells over it; {} where one is missing."""
    blocks: dict[int, str] = {}
    columns: dict[int, str] = {}
    for row in rows[max(0, start - 1) : place]:
        if row.source != rows[place].source:
            continue
        for slot in row.slots:
            for column in range(slot.column, slot.column + slot.column_span):
                for key in find_headers(slot.text, "review", "blocks")[:1]:
                    blocks[column] = key
                for key in find_headers(slot.text, "review", "columns")[:1]:
                    columns[column] = key
    return {column: (blocks[column], columns[column]) for column in columns if column in blocks}
