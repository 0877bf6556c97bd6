"""What every SQL destination does alike: known documents, one transaction a batch, runs, dimensions."""

from __future__ import annotations

import uuid
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.sql import Executable

from extractor.bulk.items import Outcome
from extractor.bulk.rows import Row, Rows, unpack
from extractor.bulk.tables import SCHEMA_VERSION, tables
from extractor.bulk.warehouse.schema import sql_table
from extractor.errors import ExtractorError

VERSIONS = ("extractor_version", "patterns_version", "model_version")
MANY = 500  # values of one IN (...)


@dataclass(frozen=True, slots=True)
class Batch:
    """Outcomes that are loaded together, and the run that they belong to."""

    run_id: str
    outcomes: tuple[Outcome, ...]


def version_text(values: Sequence[str | None]) -> str:
    """Versions of program, patterns and model as one text."""
    return "/".join(value or "-" for value in values)


class Warehouse(ABC):
    """A destination; a subclass says how statements are run and rows are copied in."""

    @abstractmethod
    def transaction(self) -> AbstractContextManager[None]:
        """One transaction; everything in it holds or nothing does."""

    @abstractmethod
    def execute(self, statement: Executable) -> list[Any]:
        """Run a statement and return its rows, if it has any."""

    @abstractmethod
    def copy(self, table: str, rows: Iterable[Row]) -> None:
        """Put rows (in the order of the columns) into a table."""

    @abstractmethod
    def create(self) -> None:
        """Create the tables and views that are not there."""

    @abstractmethod
    def close(self) -> None:
        """Give the destination back."""

    def finish(self) -> None:  # noqa: B027
        """Do what is due when all rows of a run are in; most destinations have nothing to do."""

    def prepare(self) -> str:
        """Create what is missing and return the warehouse's id.

        Raises ExtractorError for a warehouse of another version of the tables.
        """
        self.create()
        properties = sql_table("properties")
        found = {row[0]: row[1] for row in self.execute(select(properties.c.name, properties.c.value))}
        if not found:
            found = {"schema_version": SCHEMA_VERSION, "warehouse_id": uuid.uuid4().hex}
            with self.transaction():
                self.copy("properties", [[name, value] for name, value in found.items()])
        if found["schema_version"] != SCHEMA_VERSION:
            raise ExtractorError(
                f"the warehouse has tables of version {found['schema_version']}, this program writes version "
                f"{SCHEMA_VERSION}; load into a new one"
            )
        return str(found["warehouse_id"])

    def documents(self) -> Iterator[tuple[str, str]]:
        """Ids and versions of the loaded documents."""
        table = sql_table("documents")
        for row in self.execute(select(table.c.document_id, *(table.c[name] for name in VERSIONS))):
            yield row[0], version_text(row[1:])

    def sources(self) -> Iterator[tuple[str, str]]:
        """Sources and the documents that they hold now."""
        table = sql_table("sources")
        for row in self.execute(select(table.c.source, table.c.document_id).where(table.c.current)):
            yield row[0], row[1]

    def put(self, table: str, rows: Sequence[Row], key: str) -> None:
        """Replace the rows that have the same ``key``; rows that are there already are left alone."""
        names = tables()[table].names()
        rows = list({row[names.index(key)]: row for row in rows}.values())
        keys = [row[names.index(key)] for row in rows]
        there = {row[names.index(key)]: list(row) for row in self._find(table, key, keys, names)}
        changed = [row for row in rows if there.get(row[names.index(key)]) != row]
        self._delete(table, key, [row[names.index(key)] for row in changed if row[names.index(key)] in there])
        self.copy(table, changed)

    def load(self, batch: Batch) -> None:
        """Load a batch in one transaction; documents that are there in this version stay as they are."""
        rows = gather(batch)
        with self.transaction():
            self._load_documents(rows)
            self.put("bodies", rows["bodies"], "body_id")
            self._load_sources(rows["sources"])
            self._delete("failures", "source", [outcome.source for outcome in batch.outcomes])
            self.copy("failures", rows["failures"])

    def _load_documents(self, rows: Rows) -> None:
        names = tables()["documents"].names()
        versions = [names.index(name) for name in VERSIONS]
        new = {row[0]: version_text([row[at] for at in versions]) for row in rows["documents"]}
        known = self._find("documents", "document_id", list(new), ("document_id", *VERSIONS))
        there = {row[0]: version_text(row[1:]) for row in known}
        same = {key for key, version in there.items() if new[key] == version}
        for shape in tables().values():
            if shape.rows_of_documents:
                self._delete(shape.name, "document_id", sorted(there.keys() - same))
                at = shape.names().index("document_id")
                self.copy(shape.name, [row for row in rows[shape.name] if row[at] not in same])

    def _load_sources(self, rows: list[Row]) -> None:
        """Let each source point at the document that it holds now; what it held before stays as history."""
        table = sql_table("sources")
        columns = ("source", "document_id", "current")
        known = {(row[0], row[1]): row[2] for row in self._find("sources", "source", [r[0] for r in rows], columns)}
        moved = [row for row in rows if known.get((row[0], row[1])) is not True]
        sources = {row[0] for row in moved} & {source for source, _ in known}
        for some in _pieces(sorted(sources)):
            self.execute(update(table).where(table.c.source.in_(some)).values(current=False))
        for row in moved:
            if (row[0], row[1]) in known:
                same = (table.c.source == row[0]) & (table.c.document_id == row[1])
                self.execute(update(table).where(same).values(current=True))
        self.copy("sources", [row for row in moved if (row[0], row[1]) not in known])

    def _find(self, table: str, key: str, values: Sequence[str], names: Sequence[str]) -> list[Any]:
        columns = sql_table(table).c
        found: list[Any] = []
        for some in _pieces(values):
            found += self.execute(select(*(columns[name] for name in names)).where(columns[key].in_(some)))
        return found

    def _delete(self, table: str, key: str, values: Sequence[str]) -> None:
        target = sql_table(table)
        for some in _pieces(values):
            self.execute(delete(target).where(target.c[key].in_(some)))


def gather(batch: Batch) -> Rows:
    """Rows of a batch by table, with their run; of a source that stands in it twice the last outcome counts."""
    rows: Rows = {name: [] for name in tables()}
    seen: set[str] = set()
    for outcome in batch.outcomes:
        if outcome.payload is not None and outcome.sha256 not in seen:
            seen.add(outcome.sha256)
            for name, found in unpack(outcome.payload).items():
                rows[name] += found
    for outcome in {outcome.source: outcome for outcome in batch.outcomes}.values():
        if outcome.failed:
            told = [outcome.stage, outcome.reason, outcome.message, outcome.sha256 or None, outcome.attempts]
            rows["failures"].append([outcome.source, batch.run_id, *told])
        else:
            rows["sources"].append([outcome.source, outcome.sha256, batch.run_id, True])
    _sign(rows, batch.run_id)
    return rows


def _sign(rows: Rows, run_id: str) -> None:
    """Write the run into the rows that come from workers, which know of none."""
    for shape in tables().values():
        if shape.rows_of_documents:
            at = shape.names().index("run_id")
            for row in rows[shape.name]:
                row[at] = run_id


def _pieces(values: Sequence[str]) -> Iterator[Sequence[str]]:
    for at in range(0, len(values), MANY):
        yield values[at : at + MANY]
