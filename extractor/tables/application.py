"""Table 3: 25 rows (23 in the form of 2019) by seven columns."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from extractor.record import record
from extractor.tables.cells import is_value, make_cell
from extractor.tables.labels import align, best, content, is_exactly, likenesses
from extractor.tables.rows import Row, Slot, unmerge
from extractor.types import TableCell

UNDIVIDED = "other"


@record
class _Line:
    """A row that looks like data: likeness of its label to each official row, and the slots behind the label."""

    row: Row
    label: str
    scores: tuple[float, ...]
    values: tuple[Slot, ...]


def read_application(rows: Sequence[Row]) -> tuple[str, tuple[TableCell, ...]]:
    """Form ("2019" or "2021") and cells of table 3; no cells where the rows hold no such table."""
    spec = content()["application"]
    lines, header = _lines(rows, spec)
    if not lines:
        return "2021", ()
    keys = _row_keys(lines, spec)
    cells: dict[str, TableCell] = {}
    columns: dict[int, dict[int, str]] = {}
    for line, (key, certain) in zip(lines, keys, strict=True):
        if key is None or f"3.{key}.total" in cells:
            continue
        if line.row.grid and line.row.source not in columns:
            columns[line.row.source] = _columns(rows, line.row, header, spec)
        for column, slot, agree in _assign(line, columns.get(line.row.source, {}), spec):
            cell = make_cell(3, key, column, slot, certain and agree)
            cells.setdefault(cell.key, cell)
    form = "2021" if any(key and key.startswith(UNDIVIDED + ".") for key, _ in keys) else "2019"
    return form, tuple(sorted(cells.values(), key=lambda cell: _places()[cell.key]))


@cache
def _places() -> dict[str, int]:
    """Place of each cell key in the order of the form."""
    spec = content()["application"]
    keys = (f"3.{row['key']}.{column['key']}" for row in spec["rows"] for column in spec["columns"])
    return {key: place for place, key in enumerate(keys)}


def _lines(rows: Sequence[Row], spec: dict[str, Any]) -> tuple[list[_Line], int]:
    """Data rows from the first official row to the last, and the place of the first among the rows."""
    floor = content()["similarity"]
    found: list[_Line] = []
    first = 0
    for place, row in enumerate(rows):
        line = _line(row, spec)
        if line is None:
            continue
        if not found and line.scores[0] < floor:
            continue
        if not found:
            first = place
        found.append(line)
        if best(line.scores, floor) == len(spec["rows"]) - 1:
            break
    return found, first


def _line(row: Row, spec: dict[str, Any]) -> _Line | None:
    """The row with the slot that is most like an official label, where values follow it."""
    floor = content()["similarity"]
    leaf = -1
    scores: tuple[float, ...] = (0.0,)
    for place, slot in enumerate(row.slots):
        if not slot.text or is_value(slot):
            continue
        here = likenesses(slot.text, "application", "rows")
        if max(here) >= floor and (not slot.inherited or max(here) > max(scores)):
            leaf, scores = place, here
    values = row.slots[leaf + 1 :]
    if leaf < 0 or sum(slot.column_span for slot in values) < 2 or not any(is_value(slot) for slot in values):
        return None
    if any(is_exactly(slot.text, "application", "subtotals") for slot in row.slots[: leaf + 1]):
        return None
    return _Line(row, row.slots[leaf].text, scores, values)


def _row_keys(lines: Sequence[_Line], spec: dict[str, Any]) -> list[tuple[str | None, bool]]:
    """Key of each row, and whether label and order name the same one."""
    floor = content()["similarity"]
    names = [entry["key"] for entry in spec["rows"]]
    ordered = align([line.scores for line in lines], floor)
    keys: list[tuple[str | None, bool]] = []
    for line, by_order in zip(lines, ordered, strict=True):
        by_label = best(line.scores, floor)
        chosen = by_label if by_label is not None else by_order
        if by_order is not None and by_label is not None and line.scores[by_order] >= line.scores[by_label] - 3:
            chosen = by_label = by_order
        keys.append((None if chosen is None else names[chosen], by_label == by_order))
    return keys


def _columns(rows: Sequence[Row], row: Row, header: int, spec: dict[str, Any]) -> dict[int, str]:
    """Grid column to column key, read from the header rows above the first data row of the same grid."""
    found: dict[int, str] = {}
    floor = content()["similarity"]
    for above in rows[: header + 1]:
        if above.source != row.source or above is rows[header]:
            continue
        for slot in above.slots:
            scores = likenesses(slot.text, "application", "columns")
            place = best(scores, floor) if slot.text and slot.column_span == 1 else None
            if place is not None:
                found[slot.column] = spec["columns"][place]["key"]
    return found if len(set(found.values())) == len(spec["columns"]) else {}


def _assign(line: _Line, columns: dict[int, str], spec: dict[str, Any]) -> list[tuple[str, Slot, bool]]:
    """Column key of each value, and whether order and place name the same one."""
    names = [entry["key"] for entry in spec["columns"]]
    values = _without_padding(unmerge(line.values, len(names)), len(names))
    if len(values) == len(names):
        return [
            (columns.get(slot.column, name), slot, columns.get(slot.column, name) == name)
            for name, slot in zip(names, values, strict=True)
        ]
    if columns:
        return [(columns[slot.column], slot, False) for slot in values if slot.column in columns]
    return [(name, slot, False) for name, slot in zip(names, values, strict=False)]


def _without_padding(values: tuple[Slot, ...], count: int) -> tuple[Slot, ...]:
    """Values without empty slots between the label and the first column (cells that a merge left over)."""
    surplus = len(values) - count
    return values[surplus:] if surplus > 0 and not any(slot.raw for slot in values[:surplus]) else values
