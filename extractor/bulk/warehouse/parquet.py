"""A folder of partitioned Parquet as destination.

Rows are kept in a DuckDB file inside the folder, which gives keys and transactions; when a run ends, the tables that
changed are written as ``TABLE/year=YYYY/part-0.parquet``, each file whole or not at all.  Readers that take
``facts/*/*.parquet`` never see a half-written file.
"""

from __future__ import annotations

import os
from pathlib import Path

from extractor.bulk.tables import TableShape, tables
from extractor.bulk.warehouse.base import Batch
from extractor.bulk.warehouse.duck import DuckWarehouse

STATE = "_warehouse.duckdb"
STALE = "_stale"  # stands in the folder while the files are behind the tables
PART = "part-0.parquet"
UNKNOWN = "__HIVE_DEFAULT_PARTITION__"
ENDING = ".unfinished"
PRIVATE = {"properties"}


class ParquetWarehouse(DuckWarehouse):
    """A DuckDB warehouse that is written out as Parquet."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        super().__init__(folder / STATE)

    def load(self, batch: Batch) -> None:
        """Load a batch; the files are behind from now on."""
        (self._folder / STALE).touch()
        super().load(batch)

    def finish(self) -> None:
        """Write what changed; a run that was killed before is caught up with."""
        stale = self._folder / STALE
        if stale.exists():
            self.take_memory()
            for shape in tables().values():
                if shape.name not in PRIVATE:
                    self._write(shape)
            stale.unlink()

    def _write(self, shape: TableShape) -> None:
        """Write a table, one file a year where its rows belong to documents; files of years that are gone go."""
        target = self._folder / shape.name
        target.mkdir(exist_ok=True)
        wanted = {target / PART: f"SELECT * FROM {shape.name}"}
        if shape.rows_of_documents:
            wanted = {target / f"year={year or UNKNOWN}" / PART: self._of_year(shape, year) for year in self._years()}
        for path, query in wanted.items():
            path.parent.mkdir(exist_ok=True)
            unfinished = path.with_name(path.name + ENDING)
            order = ", ".join(shape.key)
            name = str(unfinished).replace("'", "''")
            self.base.execute(f"COPY ({query} ORDER BY {order}) TO '{name}' (FORMAT parquet, COMPRESSION zstd)")
            _sync(unfinished)
            os.replace(unfinished, path)
        for path in sorted(target.rglob("*.parquet*")):
            if path not in wanted:
                path.unlink()

    def _years(self) -> list[int | None]:
        return [row[0] for row in self.base.execute("SELECT DISTINCT year FROM documents ORDER BY year").fetchall()]

    def _of_year(self, shape: TableShape, year: int | None) -> str:
        """Rows of a year; the year is in the name of the folder and not in the file, as Hive has it."""
        is_year = "year IS NULL" if year is None else f"year = {year}"
        names = [f'"{name}"' for name in shape.names() if name != "year"]
        documents = f"SELECT document_id FROM documents WHERE {is_year}"
        return f"SELECT {', '.join(names)} FROM {shape.name} WHERE document_id IN ({documents})"


def _sync(path: Path) -> None:
    with open(path, "rb") as file:
        os.fsync(file.fileno())
