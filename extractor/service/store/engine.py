"""The database: one code path for SQLite and PostgreSQL."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, OperationalError

from extractor.errors import UsageError
from extractor.service.store.migrations import migrate

LOCK = 727001  # advisory lock of PostgreSQL while tables are made


class Store:
    """A database with its tables; ``reading`` and ``writing`` give a connection in a transaction."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._writer = engine.execution_options(write=True)
        # SQLite lets one write at a time and has the others sleep and try again; here they wait in line
        self._turn: AbstractContextManager[Any] = threading.Lock() if engine.name == "sqlite" else nullcontext()

    def reading(self) -> Any:
        """Context of a connection that only reads."""
        return self.engine.begin()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Context of a connection that may write; SQLite takes its write lock at once against deadlocks."""
        with self._turn, self._writer.begin() as connection:
            yield connection

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()


def open_store(url: str) -> Store:
    """The database at ``url`` with all its tables.

    Raises UsageError, without the URL's password, where there is none or it can't be used.
    """
    try:
        sqlite = make_url(url).get_backend_name() == "sqlite"
        engine = _open_sqlite(url) if sqlite else create_engine(url, pool_pre_ping=True, pool_size=10, max_overflow=20)
        store = Store(engine)
        with store.writing() as connection:
            if not sqlite:
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
            migrate(connection)
        return store
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
        raise UsageError(f"--database: {type(error).__name__}; write postgresql+psycopg://user@host/name") from None
    except OperationalError:
        raise UsageError(f"--database: {make_url(url).render_as_string(hide_password=True)} can't be opened") from None


def _open_sqlite(url: str) -> Engine:
    engine = create_engine(url, connect_args={"timeout": 30, "check_same_thread": False}, pool_size=20, max_overflow=40)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: object) -> None:
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=30000"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        write = connection.get_execution_options().get("write")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return engine
