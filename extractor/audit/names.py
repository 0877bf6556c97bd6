"""What cells are called in messages."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from extractor.lexicon import keep_made, matcher, table


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


def write_english(text: str) -> str:
    """``text`` with the printed names of cells, and a lone name of a row or column, in English."""
    english = _english().get(text)
    if english is not None or "·" not in text:
        return text if english is None else english
    return _cell_pattern().sub(lambda hit: _english()[hit[0]], text)


@keep_made
def _english() -> dict[str, str]:
    """English names by printed name: of rows, of columns, of every cell of the forms."""
    names = table("messages")
    form = str(table("audit")["names"]["cell_en"])
    parts = (("rows", "blocks"), ("columns", "headers"))
    found: dict[str, str] = {}
    for number in (2, 3, 4):
        rows, columns = (_names(number, *part) for part in parts)
        english = [{key: names[group].get(key, {}).get("en", key) for key in keys}
                   for group, keys in (("row", rows), ("cell_column", columns))]  # fmt: skip
        for row in rows:
            found.setdefault(rows[row], english[0][row])
            for column in columns:
                shown = form.format(table=number, row=english[0][row], column=english[1][column])
                found[cell_name(f"{number}.{row}.{column}")] = shown
        for column in columns:
            found.setdefault(columns[column], english[1][column])
    return found


@cache
def _cell_pattern() -> re.Pattern[str]:
    return matcher(_cell_expression())


@keep_made
def _cell_expression() -> str:
    """An expression for the printed name of any cell."""
    cells = [name for name in _english() if name[-1] != "·" and "·" in name]
    return "|".join(re.escape(name) for name in sorted(cells, key=len, reverse=True))
