"""Table 2: one to three figures a row, under headers that change from block to block."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from extractor.tables.cells import is_value, make_cell
from extractor.tables.labels import best, content, find_headers, likenesses
from extractor.tables.rows import Row, Slot
from extractor.tables.values import money_unit
from extractor.types import TableCell

ONLY_2019 = frozenset({"published", "total_published", "last_year_items", "change", "projects"})
ONLY_2021 = frozenset({"repealed", "in_force"})


def read_disclosure(rows: Sequence[Row]) -> tuple[str, tuple[TableCell, ...]]:
    """Form ("2019" or "2021") and cells of table 2; no cells where the rows hold no such table."""
    spec = content()["disclosure"]
    cells: dict[str, TableCell] = {}
    headers: tuple[str, ...] = ()
    header_text = ""
    seen: set[str] = set()
    for row in rows:
        text = "".join(slot.text for slot in row.slots if not is_value(slot))
        here = find_headers(text, "disclosure", "headers")
        if here:
            headers, header_text = here, text
            seen.update(here)
        found = _find_row(row, spec) if headers else None
        if found is None:
            continue
        entry, values = found
        for cell in _cells(entry, values, headers, money_unit(header_text)):
            cells.setdefault(cell.key, cell)
    form = "2021" if seen & ONLY_2021 or not seen & ONLY_2019 else "2019"
    return form, tuple(sorted(cells.values(), key=lambda cell: _place(cell, spec, form)))


def _place(cell: TableCell, spec: dict[str, Any], form: str) -> tuple[int, int]:
    rows = [entry["key"] for entry in spec["rows"]]
    columns = next(entry for entry in spec["rows"] if entry["key"] == cell.row)["columns"].get(form, [])
    return rows.index(cell.row), columns.index(cell.column) if cell.column in columns else len(columns)


def _find_row(row: Row, spec: dict[str, Any]) -> tuple[dict[str, Any], tuple[Slot, ...]] | None:
    """The official row that a printed row is, and its values."""
    for place, slot in enumerate(row.slots):
        if not slot.text or is_value(slot):
            continue
        chosen = best(likenesses(slot.text, "disclosure", "rows"), content()["similarity"])
        values = row.slots[place + 1 :]
        if chosen is not None and values and not find_headers(values[0].text, "disclosure", "headers"):
            return spec["rows"][chosen], values
    return None


def _cells(
    entry: dict[str, Any], values: tuple[Slot, ...], headers: tuple[str, ...], unit: str | None
) -> list[TableCell]:
    """Cells of a row; certain where the printed headers and the form name the same columns."""
    fitting = [columns for columns in entry["columns"].values() if _is_part(headers, columns)]
    official = next((columns for columns in fitting if len(_fit(values, len(columns))) == len(columns)), None)
    columns = official or _nearest(entry, headers, len(values))
    kept = _fit(values, len(columns))
    values = kept or values[: len(columns)]
    certain = official is not None and bool(kept)
    return [
        make_cell(2, entry["key"], column, slot, certain, unit) for column, slot in zip(columns, values, strict=False)
    ]


def _is_part(headers: tuple[str, ...], columns: list[str]) -> bool:
    """Whether the printed headers are the columns, or some of them in the same order (a broken header cell)."""
    left = iter(columns)
    return all(header in left for header in headers)


def _nearest(entry: dict[str, Any], headers: tuple[str, ...], count: int) -> list[str]:
    """Columns of the form that shares most headers with the print, or has as many columns as there are values."""
    forms: list[list[str]] = list(entry["columns"].values())
    return max(forms, key=lambda columns: (len(set(columns) & set(headers)), len(columns) == count))


def _fit(values: tuple[Slot, ...], count: int) -> tuple[Slot, ...]:
    """Exactly ``count`` values, or none: without the empty slots and the repeats that merged cells leave behind."""
    if len(values) == count:
        return values
    printed = tuple(slot for slot in values if slot.raw)
    if len(printed) == count:
        return printed
    repeats = {slot.raw for slot in values[count - 1 :]}
    return values[:count] if len(values) > count and len(repeats) == 1 else ()
