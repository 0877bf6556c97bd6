"""Makes contract cells from slots."""

from __future__ import annotations

from extractor.tables.rows import Slot
from extractor.tables.values import Value, in_ten_thousand, read_value
from extractor.types import TableCell

MONEY = ("2.fees.amount", "2.procurement.amount")


def read_slot(slot: Slot) -> Value:
    """What a slot says; the folded text tells where the print is in another script or width."""
    read = read_value(slot.raw)
    return read_value(slot.text) if read.semantics == "text" else read


def is_value(slot: Slot) -> bool:
    """Whether a slot may be the value of a cell: a number, a blank, a stroke."""
    return read_value(slot.raw).semantics != "text" or read_value(slot.text).semantics != "text"


def make_cell(table: int, row: str, column: str, slot: Slot, certain: bool, unit: str | None = None) -> TableCell:
    """The cell of the contract; unit -- the money unit that its header names, for the money cells of table 2."""
    key = f"{table}.{row}.{column}"
    read = read_slot(slot)
    value = read.value
    if value is not None and key in MONEY and (read.money or unit):
        value = in_ten_thousand(value, read.money or unit or "")
    return TableCell(
        key, row, column, slot.raw, value, read.semantics, (slot.start, slot.end), slot.page, slot.box, certain
    )
