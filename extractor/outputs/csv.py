"""CSV: one row a fact, the columns of ``rows.py``, nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from decimal import Decimal
from typing import TextIO

from extractor.outputs.numbers import print_decimal
from extractor.outputs.rows import COLUMNS, Value, fact_rows
from extractor.outputs.texts import safe_cell
from extractor.types import Report


class _Digits(str):
    """Digits that stand in a cell without quotes."""

    __slots__ = ()

    def __float__(self) -> float:
        return float(str(self))


def write_csv(reports: Iterable[Report], target: TextIO) -> int:
    """Write a header and one row a fact to ``target``; return the number of facts.

    Text is quoted, numbers are not; text that a spreadsheet would take for a formula stands behind an apostrophe.
    """
    writer = csv.writer(target, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n")
    writer.writerow([column.name for column in COLUMNS])
    count = 0
    for report in reports:
        for row in fact_rows(report):
            writer.writerow([_cell(row[column.name]) for column in COLUMNS])
            count += 1
    return count


def _cell(value: Value) -> Value:
    if isinstance(value, str):
        return safe_cell(value)
    return _Digits(print_decimal(value)) if isinstance(value, Decimal) else value
