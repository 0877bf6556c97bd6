"""The ledger of a destination: what became of each input, and results that wait to be loaded (SQLite, WAL).

The destination is the truth; the ledger remembers what makes the next run fast and loses at most what can be made
again.  A result is written here as soon as it is there, so that a killed run parses no more than its workers' files
a second time.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from extractor.bulk.items import Mark, Outcome
from extractor.errors import UsageError

SCHEMA = """
CREATE TABLE IF NOT EXISTS properties (name TEXT PRIMARY KEY, value TEXT);
CREATE TABLE IF NOT EXISTS inputs (
  source TEXT PRIMARY KEY, size INTEGER, modified INTEGER, changed INTEGER, inode INTEGER,
  sha256 TEXT, version TEXT, state TEXT, reason TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS documents (sha256 TEXT PRIMARY KEY, version TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS waiting (
  source TEXT PRIMARY KEY, sha256 TEXT, version TEXT, payload BLOB, stage TEXT, reason TEXT, message TEXT,
  attempts INTEGER);
CREATE INDEX IF NOT EXISTS inputs_by_content ON inputs (sha256);
"""
FORMAT = "1"
MARKS = "size, modified, changed, inode"
WAITING = "source, sha256, payload, stage, reason, message, attempts"


@dataclass(frozen=True, slots=True)
class Known:
    """What the ledger remembers of an input: mark, hash, version that it was extracted with, state and reason."""

    mark: Mark
    sha256: str
    version: str
    state: str
    reason: str


class Ledger:
    """Open it in a ``with`` block; one process at a time."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        # The loader's thread never touches it; only the thread that made it does.
        self._base = sqlite3.connect(path, isolation_level=None)
        self._base.execute("PRAGMA journal_mode=WAL")
        self._base.execute("PRAGMA synchronous=NORMAL")
        self._base.executescript(SCHEMA)
        if self.property("format") not in (None, FORMAT):
            raise UsageError(f"{path} was written by another version of the program; delete it to rebuild it")
        self.set_property("format", FORMAT)

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *_: object) -> None:
        self._base.close()

    def property(self, name: str) -> str | None:
        """The value of a property."""
        row = self._base.execute("SELECT value FROM properties WHERE name = ?", (name,)).fetchone()
        return None if row is None else str(row[0])

    def set_property(self, name: str, value: str) -> None:
        """Remember a property."""
        self._base.execute("INSERT OR REPLACE INTO properties VALUES (?, ?)", (name, value))

    def known(self, source: str) -> Known | None:
        """What is remembered of an input."""
        query = f"SELECT {MARKS}, sha256, version, state, reason FROM inputs WHERE source = ?"
        row = self._base.execute(query, (source,)).fetchone()
        return None if row is None else Known(row[:4], *row[4:])

    def version_of(self, sha256: str) -> str | None:
        """The version that a loaded document was extracted with; None for one that is not loaded."""
        row = self._base.execute("SELECT version FROM documents WHERE sha256 = ?", (sha256,)).fetchone()
        return None if row is None else str(row[0])

    def remember(self, source: str, mark: Mark | None, known: tuple[str, str, str, str]) -> None:
        """Put an input's mark, and its hash, version, state and reason."""
        values = (source, *(mark or (-1, -1, -1, -1)), *known)
        self._base.execute("INSERT OR REPLACE INTO inputs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", values)

    def keep(self, outcome: Outcome, version: str) -> None:
        """Write down a result until it is loaded."""
        values = (outcome.source, outcome.sha256, version, outcome.payload)
        told = (outcome.stage, outcome.reason, outcome.message, outcome.attempts)
        self._base.execute("INSERT OR REPLACE INTO waiting VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (*values, *told))

    def waiting(self, version: str) -> Iterator[Outcome]:
        """Results that a killed run left behind, of this version; others are dropped."""
        self._base.execute("DELETE FROM waiting WHERE version <> ?", (version,))
        for row in self._base.execute(f"SELECT {WAITING} FROM waiting ORDER BY source").fetchall():
            yield Outcome(*row)

    def settle(self, loaded: Iterable[Outcome], version: str) -> None:
        """Move results that the destination has committed out of the way, in one transaction."""
        with self.together():
            for outcome in loaded:
                self._base.execute("DELETE FROM waiting WHERE source = ?", (outcome.source,))
                if outcome.payload is not None:
                    self._base.execute("INSERT OR REPLACE INTO documents VALUES (?, ?)", (outcome.sha256, version))

    def forget(self, documents: Iterable[tuple[str, str]], sources: Iterable[tuple[str, str]]) -> None:
        """Start again for another destination, which holds ``documents`` (hash and version) from ``sources``."""
        with self.together():
            for name in ("inputs", "documents", "waiting"):
                self._base.execute(f"DELETE FROM {name}")
            self._base.executemany("INSERT OR REPLACE INTO documents VALUES (?, ?)", documents)
            self._base.executemany(
                "INSERT OR REPLACE INTO inputs SELECT ?, -1, -1, -1, -1, sha256, version, 'done', '' "
                "FROM documents WHERE sha256 = ?",
                sources,
            )

    @contextmanager
    def together(self) -> Iterator[None]:
        """One transaction."""
        self._base.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._base.execute("ROLLBACK")
            raise
        self._base.execute("COMMIT")
