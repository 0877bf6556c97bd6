"""Every other warehouse, through dlt (extra ``dlt``): ``dlt:bigquery``, ``dlt:snowflake``, ``dlt:clickhouse`` …

dlt has its own configuration (secrets.toml or environment).  Rows are kept in a DuckDB file beside the ledger; when a
run ends, those of the documents and sources that it touched are merged into the destination by their keys.
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
from extractor.errors import UsageError

DATASET = "annual_reports"
SENT_AS = {"decimal": "decimal", "integer": "bigint", "real": "double", "boolean": "bool", "date": "date",
           "time": "timestamp", "json": "json", "text": "text"}  # fmt: skip
REMOVED = "removed"  # column that tells dlt to delete the rows of a key; it is null on every row that stays
PIECE = 1_000
DOCUMENTS = "SELECT key FROM unsent WHERE kind = 'document'"
SOURCES = "SELECT key FROM unsent WHERE kind = 'source'"
CHOSEN = {  # rows that are sent, of tables other than those of documents
    "sources": f"source IN ({SOURCES})",
    "failures": f"source IN ({SOURCES})",
    "bodies": f"body_id IN (SELECT body_id FROM documents WHERE document_id IN ({DOCUMENTS}))",
    "runs": "true",
    "indicators": "true",
}


class HubWarehouse(DuckWarehouse):
    """A DuckDB warehouse whose changes are sent on through dlt when a run ends."""

    def __init__(self, destination: str, state: Path) -> None:
        os.environ["RUNTIME__DLTHUB_TELEMETRY"] = "false"
        dlt: Any = import_module("dlt")

        self._dlt = dlt
        self._pipeline = dlt.pipeline(
            f"nianbao_{destination}", destination=destination, dataset_name=DATASET, pipelines_dir=str(state.parent)
        )
        strategies = self._pipeline.destination.capabilities().supported_merge_strategies
        if "delete-insert" not in (strategies or ()):
            raise UsageError(f"--to dlt:{destination}: rows can't be replaced there; load a folder of Parquet instead")
        super().__init__(state)

    def create(self) -> None:
        """Create what is not there, and the list of what is still to be sent."""
        super().create()
        self.base.execute("CREATE TABLE IF NOT EXISTS unsent (kind TEXT, key TEXT)")

    def load(self, batch: Batch) -> None:
        """Load a batch; what it touches is noted before, so that a killed run is caught up with."""
        keys = [("source", outcome.source) for outcome in batch.outcomes]
        keys += [("document", outcome.sha256) for outcome in batch.outcomes if outcome.payload is not None]
        if keys:
            self.base.executemany("INSERT INTO unsent VALUES (?, ?)", keys)
        super().load(batch)

    def finish(self) -> None:
        """Send what has not been sent."""
        if self.base.execute("SELECT count(*) FROM unsent").fetchall() == [(0,)]:
            return
        self.take_memory()
        self._pipeline.run([self._resource(shape) for shape in tables().values() if _chosen(shape)])
        self.base.execute("DELETE FROM unsent")

    def _resource(self, shape: TableShape) -> Any:
        """Rows of a table as a dlt resource that is merged by key; of a document, all rows go before new ones come."""
        exact = {"precision": WHOLE_DIGITS + SCALE, "scale": SCALE}
        columns: dict[str, dict[str, Any]] = {
            field.name: {"data_type": SENT_AS[field.type], "description": field.doc}
            | (exact if field.type == "decimal" else {})
            for field in shape.fields
        }
        columns[REMOVED] = {"data_type": "bool", "hard_delete": True}
        return self._dlt.resource(
            self._rows(shape),
            name=shape.name,
            primary_key=list(shape.key),
            merge_key="document_id" if shape.rows_of_documents else None,
            columns=columns,
            write_disposition={"disposition": "merge", "strategy": "delete-insert"},
        )

    def _rows(self, shape: TableShape) -> Iterator[Any]:
        """Rows in pieces; behind them, the keys whose rows are gone."""
        cursor = self.base.cursor()
        cursor.execute("USE warehouse").execute(f"SELECT * FROM {shape.name} WHERE {_chosen(shape)}")
        while rows := cursor.fetchmany(PIECE):
            yield [dict(zip(shape.names(), row, strict=True)) for row in rows]
        if shape.rows_of_documents:
            gone = [{**_nobody(shape), "document_id": key} for (key,) in cursor.execute(DOCUMENTS).fetchall()]
        elif shape.name == "failures":
            query = f"{SOURCES} AND key NOT IN (SELECT source FROM failures)"
            gone = [{**_nobody(shape), "source": key} for (key,) in cursor.execute(query).fetchall()]
        else:
            gone = []
        yield [{**row, REMOVED: True} for row in gone]


def _chosen(shape: TableShape) -> str | None:
    """Which rows of a table are sent; None for a table that is not."""
    return f"document_id IN ({DOCUMENTS})" if shape.rows_of_documents else CHOSEN.get(shape.name)


def _nobody(shape: TableShape) -> dict[str, Any]:
    """A key that no row has."""
    types = {field.name: field.type for field in shape.fields}
    return {name: -1 if types[name] == "integer" else "-" for name in shape.key}
