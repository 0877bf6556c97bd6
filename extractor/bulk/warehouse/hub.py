"""Every other warehouse, through dlt (extra ``dlt``): ``dlt:bigquery``, ``dlt:snowflake``, ``dlt:filesystem`` …

dlt has its own configuration (secrets.toml or environment).  Keys and versions are kept in a DuckDB file beside the
ledger; each batch goes there and to dlt, which replaces a document's rows by its key.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from extractor.bulk.rows import SCALE, WHOLE_DIGITS
from extractor.bulk.tables import TableShape, tables
from extractor.bulk.warehouse.base import Batch
from extractor.bulk.warehouse.duck import DuckWarehouse

DATASET = "annual_reports"
SENT = ("documents", "facts", "table_cells", "findings", "coverage", "sources", "failures", "bodies", "runs")
SENT_AS = {"decimal": "decimal", "integer": "bigint", "real": "double", "boolean": "bool", "date": "date",
           "time": "timestamp", "json": "json", "text": "text"}  # fmt: skip
FLAG = "to_send"


class HubWarehouse(DuckWarehouse):
    """A DuckDB warehouse whose changes are sent on through dlt when a run ends."""

    def __init__(self, destination: str, state: Path) -> None:
        os.environ["RUNTIME__DLTHUB_TELEMETRY"] = "false"
        os.environ.setdefault("DESTINATION__REPLACE_STRATEGY", "insert-from-staging")  # readers see old rows or new
        dlt: Any = import_module("dlt")

        super().__init__(state)
        self._dlt = dlt
        self._pipeline = dlt.pipeline(
            f"nianbao_{destination}", destination=destination, dataset_name=DATASET, pipelines_dir=str(state.parent)
        )

    def load(self, batch: Batch) -> None:
        """Load a batch and remember that there is something to send."""
        super().load(batch)
        with self.transaction():
            self.put("properties", [[f"{FLAG}:{batch.run_id}", "yes"]], "name")

    def finish(self) -> None:
        """Send rows of runs that have not been sent."""
        runs = [
            row[0] for row in self.base.execute(f"SELECT name FROM properties WHERE name LIKE '{FLAG}:%'").fetchall()
        ]
        if runs:
            self._pipeline.run([self._resource(tables()[name]) for name in SENT])
            with self.transaction():
                self._delete("properties", "name", runs)

    def _resource(self, shape: TableShape) -> Any:
        """A table as a dlt resource that replaces the table: a key that went must go there too."""
        exact = {"precision": WHOLE_DIGITS + SCALE, "scale": SCALE}
        columns = {
            field.name: {"data_type": SENT_AS[field.type], "description": field.doc}
            | (exact if field.type == "decimal" else {})
            for field in shape.fields
        }
        return self._dlt.resource(
            self._rows(shape),
            name=shape.name,
            primary_key=list(shape.key),
            columns=columns,
            write_disposition="replace",
        )

    def _rows(self, shape: TableShape) -> Iterator[Any]:
        """The rows in pieces; every table is small enough for one and large enough for many."""
        cursor = self.base.cursor().execute(f"SELECT * FROM {shape.name}")
        while rows := cursor.fetchmany(10_000):
            yield [dict(zip(shape.names(), row, strict=True)) for row in rows]
