"""Checksums of a warehouse's tables: equal wherever the same documents were loaded, whatever the engine."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from extractor.bulk.tables import TableShape, tables
from extractor.bulk.warehouse import Warehouse
from extractor.bulk.warehouse.schema import sql_table

LEFT_OUT = {"run_id", "attempts"}  # differ from run to run
COMPARED = ("documents", "facts", "table_cells", "findings", "coverage", "sources", "failures", "indicators", "bodies")


def checksums(warehouse: Warehouse) -> dict[str, tuple[int, str]]:
    """Number of rows and checksum of every table that holds results, by its name."""
    found = {}
    for name in COMPARED:
        shape = tables()[name]
        columns = sql_table(name).c
        found[name] = sum_rows(shape, warehouse.execute(select(*(columns[column] for column in shape.names()))))
    return found


def sum_rows(shape: TableShape, rows: Iterable[Any]) -> tuple[int, str]:
    """Number and checksum of rows (in the order of the columns), whatever their order."""
    total, count = 0, 0
    for row in rows:
        kept = zip(shape.fields, row, strict=True)
        values = [_plain(value, field.type) for field, value in kept if field.name not in LEFT_OUT]
        text = json.dumps(values, ensure_ascii=False, sort_keys=True)
        total = (total + int.from_bytes(hashlib.sha256(text.encode()).digest()[:16], "big")) % (1 << 128)
        count += 1
    return count, f"{total:032x}"


def _plain(value: Any, kind: str) -> Any:
    """A value in the one form that all engines share."""
    if value is None:
        return None
    if kind == "json":
        return json.loads(value) if isinstance(value, str) else value
    if isinstance(value, Decimal):
        return f"{value.normalize():f}" if value else "0"
    return value.isoformat() if isinstance(value, date) else value
