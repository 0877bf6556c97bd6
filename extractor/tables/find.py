"""Finds the standard tables of a report: from the reader's grids where they hold them, else from the text."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.record import replace
from extractor.tables.application import read_application
from extractor.tables.disclosure import read_disclosure
from extractor.tables.from_grid import read_grids
from extractor.tables.from_text import read_text
from extractor.tables.review import read_review
from extractor.tables.rows import Row, make_fold
from extractor.types import Document, FoldedText, Metadata, Section, Table, TableCell

SURE = 0.9  # how sure the recogniser must be of every character of a cell
COMPLETE = {(2, "2019"): 20, (2, "2021"): 10, (3, "2019"): 161, (3, "2021"): 175, (4, "2019"): 15, (4, "2021"): 15}


def find_tables(
    document: Document, folded: FoldedText, sections: Sequence[Section], metadata: Metadata
) -> tuple[Table, ...]:
    """Tables 2, 3 and 4 of the official forms, each at most once, in that order.

    folded must belong to ``document``; all spans of the cells point into ``document.text``.  A cell whose two readings
    (place on paper; label and order) disagree, or whose characters were recognised with doubt, is there with
    ``certain`` False.
    """
    fold = make_fold(document, folded)
    tables = _read(read_grids(document, fold), metadata) if document.grids else {}
    if any(number not in tables or len(tables[number].cells) < _size(tables[number]) for number in (2, 3, 4)):
        for number, other in _read(read_text(document, fold), metadata).items():
            if number not in tables or len(other.cells) > len(tables[number].cells):
                tables[number] = other
    return tuple(_weigh(document, tables[number]) for number in sorted(tables))


def _weigh(document: Document, table: Table) -> Table:
    """The table with what the recogniser of a scan thinks of its cells."""
    if not document.reader.ocr:
        return table
    return replace(table, cells=tuple(_weigh_cell(document, cell) for cell in table.cells))


def _weigh_cell(document: Document, cell: TableCell) -> TableCell:
    """On a scan, words where a number belongs and a number with a gap may be two cells whose border was overlooked."""
    sure = document.confidence(*cell.span)
    whole = cell.semantics != "text" and (cell.value is None or len(cell.raw.split()) < 2)
    return replace(cell, confidence=sure, certain=cell.certain and sure >= SURE and whole)


def _size(table: Table) -> int:
    return COMPLETE[(table.table, table.form)]


def _read(rows: Sequence[Row], metadata: Metadata) -> dict[int, Table]:
    form2, disclosure = read_disclosure(rows)
    form3, application = read_application(rows)
    review = read_review(rows)
    known = metadata.form if metadata.form in ("2019", "2021") else None
    form4 = known or (form2 if disclosure else form3)
    found = ((form2, 2, disclosure), (form3, 3, application), (form4, 4, review))
    return {number: Table(form, number, cells) for form, number, cells in found if cells}
