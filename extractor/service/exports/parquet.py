"""Facts as a Parquet file, for machines: names of columns and codes as they are, numbers as numbers, text unchanged."""

from __future__ import annotations

import io
from collections.abc import Iterable

from extractor.service.exports.material import Material
from extractor.service.exports.tables import FACT_COLUMNS, fact_rows
from extractor.service.ui.words import load_codes

INTEGERS = ("year", "page")
NUMBERS = ("machine_value", "human_value", "value", "value_max", "low", "high", "confidence")


def parquet_bytes(materials: Iterable[Material], reviewed: bool) -> bytes:
    """The file, with the columns of the CSV; only facts with a decision where ``reviewed``."""
    import pyarrow
    from pyarrow import parquet

    kinds = dict.fromkeys(INTEGERS, pyarrow.int64()) | dict.fromkeys(NUMBERS, pyarrow.float64())
    rows = [row for material in materials for row in fact_rows(material, load_codes(), reviewed)]
    columns = zip(*rows, strict=True) if rows else ([] for _ in FACT_COLUMNS)
    arrays = [
        pyarrow.array(column, kinds.get(name, pyarrow.string()))
        for name, column in zip(FACT_COLUMNS, columns, strict=True)
    ]
    target = io.BytesIO()
    parquet.write_table(pyarrow.table(arrays, names=list(FACT_COLUMNS)), target, compression="zstd")
    return target.getvalue()
