"""PostgreSQL as destination: rows come in through COPY, inside the transaction of their batch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from sqlalchemy import Connection, create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql import Executable

from extractor.bulk.rows import Row
from extractor.bulk.tables import tables
from extractor.bulk.warehouse.base import Batch, Warehouse
from extractor.bulk.warehouse.patience import patiently
from extractor.bulk.warehouse.schema import metadata
from extractor.bulk.warehouse.views import VIEWS
from extractor.errors import ExtractorError

LOCK = 0x6E69616E62616F  # of the advisory lock that one run holds


class PostgresWarehouse(Warehouse):
    """Tables in the schema that the connection looks in first; one run at a time."""

    def __init__(self, address: str) -> None:
        url = make_url(address).set(drivername="postgresql+psycopg")
        self._engine = create_engine(url, pool_pre_ping=True)
        self._open: Connection | None = None
        self._guard: Connection | None = None
        self._shown = url.render_as_string(hide_password=True)
        try:
            self._lock()
        except DBAPIError as error:
            raise ExtractorError(f"{self._shown}: {_reason(error)}") from None

    def _lock(self) -> None:
        """Hold the lock of the warehouse on a connection of its own; PostgreSQL frees it when the process ends."""
        guard = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        if not guard.execute(text(f"SELECT pg_try_advisory_lock({LOCK})")).scalar():
            guard.close()
            raise ExtractorError(f"another run is writing to {self._shown}; wait for it or stop it")
        self._guard = guard

    def create(self) -> None:
        """Create the tables and views that are not there."""
        with self.transaction():
            assert self._open is not None
            metadata().create_all(self._open)
            for name, query in VIEWS.items():
                self._open.execute(text(f"CREATE OR REPLACE VIEW {name} AS {query}"))

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """One transaction."""
        with self._engine.begin() as self._open:
            try:
                yield
            finally:
                self._open = None

    def execute(self, statement: Executable) -> list[Any]:
        """Run a statement of SQLAlchemy Core, inside the transaction where there is one."""
        if self._open is not None:
            return _rows(self._open.execute(statement))
        with self._engine.begin() as connection:
            return _rows(connection.execute(statement))

    def copy(self, table: str, rows: Iterable[Row]) -> None:
        """Insert rows through COPY."""
        assert self._open is not None
        names = ", ".join(f'"{name}"' for name in tables()[table].names())
        rows = list(rows)
        if not rows:
            return
        cursor: Any = self._open.connection.cursor()
        with cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as stream:
            for row in rows:
                stream.write_row(row)

    def load(self, batch: Batch) -> None:
        """Load a batch; a server that restarts in between gets it again."""
        patiently(lambda: super(PostgresWarehouse, self).load(batch), self._again)

    def _again(self) -> None:
        """After a lost connection: take the lock again before anything is written."""
        if self._guard is not None:
            self._guard.invalidate()
        self._engine.dispose()
        self._lock()

    def close(self) -> None:
        """Give lock and connections back; the next run may begin at once, before the server sees this one gone."""
        if self._guard is not None:
            with suppress(DBAPIError):
                self._guard.execute(text(f"SELECT pg_advisory_unlock({LOCK})"))
            self._guard.close()
        self._engine.dispose()


def _rows(result: Any) -> list[Any]:
    return list(result.fetchall()) if result.returns_rows else []


def _reason(error: DBAPIError) -> str:
    return " ".join(str(error.orig).split())[:300]
