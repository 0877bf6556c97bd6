"""What cells are called in messages."""

from __future__ import annotations

from functools import cache
from typing import Any

from extractor.lexicon import table


@cache
def cell_name(key: str) -> str:
    """Printed names of table, row and column of a cell key: 表3·予以公开·自然人."""
    number, rest = key.split(".", 1)
    row, column = rest.rsplit(".", 1)
    words = table("audit")["names"]
    names = row_name(int(number), row), column_name(int(number), column)
    return str(words["cell"]).format(table=number, row=names[0], column=names[1])


@cache
def row_name(number: int, row: str) -> str:
    """Official wording of a row."""
    return _names(number, "rows", "blocks").get(row, row)


@cache
def column_name(number: int, column: str) -> str:
    """Official wording of a column."""
    return _names(number, "columns", "headers").get(column, column)


@cache
def _names(number: int, *parts: str) -> dict[str, str]:
    spec: dict[str, Any] = table("tables")[{2: "disclosure", 3: "application", 4: "review"}[number]]
    found = {}
    for part in parts:
        for entry in spec.get(part, ()):
            found[entry["key"]] = entry["names"][0]
    return found
