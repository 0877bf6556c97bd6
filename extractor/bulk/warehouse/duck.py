"""A DuckDB file as destination: rows come in as Arrow tables and are cast by the column types."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import MetaData
from sqlalchemy.dialects.postgresql.base import PGDialect
from sqlalchemy.schema import CreateTable, Table
from sqlalchemy.sql import Executable

from extractor.bulk.rows import Row
from extractor.bulk.tables import tables
from extractor.bulk.warehouse.base import Batch, Warehouse
from extractor.bulk.warehouse.schema import metadata, sql_table
from extractor.bulk.warehouse.views import VIEWS
from extractor.errors import ExtractorError, UsageError

ARROW = {"integer": "int64", "real": "float64", "boolean": "bool_"}  # everything else travels as text
LOADED = "loaded_rows"
MEMORY = "128MB"  # of the database inside this process, most of it cache
MEMORY_IF_NEEDED = "2GB"  # for sorting whole tables, and for rows of very long documents
LARGE = 16 * 1024 * 1024  # bytes of rows that need it
RENEW = 10  # batches after which the file is opened anew, which gives back the memory that it takes in a long run
# A checkpoint writes the last group of rows of a table anew; usual groups hold 122,880 rows, whole texts of documents.
GROUP = 8192


class DuckDialect(PGDialect):
    """DuckDB speaks PostgreSQL's SQL; only the name differs, so that types can differ."""

    name = "duckdb"
    supports_statement_cache = True


class DuckWarehouse(Warehouse):
    """Tables in one DuckDB file, which belongs to this process as long as it is open."""

    def __init__(self, path: Path) -> None:
        import duckdb

        path.parent.mkdir(parents=True, exist_ok=True)
        self._dialect = DuckDialect(paramstyle="numeric_dollar")  # type: ignore[no-untyped-call]
        config = {"threads": "1", "memory_limit": MEMORY, "temp_directory": f"{path}.tmp"}
        self.base = duckdb.connect(":memory:", config=config)
        self._path, self._batches = path, 0
        try:
            self._attach()
        except duckdb.IOException as error:
            raise ExtractorError(f"{path} can't be opened: {' '.join(str(error).split())[:200]}") from None
        except duckdb.Error as error:
            raise UsageError(
                f"{path} is no DuckDB file of this version: {' '.join(str(error).split())[:200]}"
            ) from None

    def _attach(self) -> None:
        name = str(self._path).replace("'", "''")
        self.base.execute(f"ATTACH '{name}' AS warehouse (ROW_GROUP_SIZE {GROUP})")
        self.base.execute("USE warehouse")

    def _renew(self) -> None:
        """Write everything into the file and open it anew."""
        self.base.execute("USE memory")
        self.base.execute("DETACH warehouse")
        self._attach()

    def take_memory(self) -> None:
        """Take more memory, until this process ends."""
        self.base.execute(f"SET memory_limit = '{MEMORY_IF_NEEDED}'")

    def create(self) -> None:
        """Create the tables and views that are not there."""
        with self.transaction():
            for table in map(_without_key, metadata().sorted_tables):
                self.base.execute(str(CreateTable(table, if_not_exists=True).compile(dialect=self._dialect)))
            for name, query in VIEWS.items():
                self.base.execute(f"CREATE OR REPLACE VIEW {name} AS {query}")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """One transaction."""
        self.base.execute("BEGIN")
        try:
            yield
        except BaseException:
            self.base.execute("ROLLBACK")
            raise
        self.base.execute("COMMIT")

    def execute(self, statement: Executable) -> list[Any]:
        """Run a statement of SQLAlchemy Core."""
        compiled = statement.compile(  # type: ignore[attr-defined]
            dialect=self._dialect, compile_kwargs={"render_postcompile": True}
        )
        values = [compiled.params[name] for name in compiled.positiontup or ()]
        found: list[Any] = self.base.execute(str(compiled), values).fetchall()
        return found

    def load(self, batch: Batch) -> None:
        """Load a batch; what the file system or the file refuses is one line, and the next run goes on from there."""
        import duckdb

        try:
            super().load(batch)
            self._batches += 1
            if self._batches % RENEW == 0:
                self._renew()
        except duckdb.Error as error:
            told = " ".join(str(error).split())[:300]
            raise ExtractorError(f"the warehouse can't be written ({told}); run again when that is put right") from None

    def copy(self, table: str, rows: Iterable[Row]) -> None:
        """Insert rows through Arrow."""
        import pyarrow

        fields = tables()[table].fields
        columns = list(zip(*rows, strict=True))
        if not columns:
            return
        types = [getattr(pyarrow, ARROW.get(field.type, "string"))() for field in fields]
        arrays = [pyarrow.array(column, kind) for column, kind in zip(columns, types, strict=True)]
        loaded = pyarrow.table(arrays, names=[field.name for field in fields])
        if loaded.nbytes > LARGE:
            self.take_memory()
        self.base.register(LOADED, loaded)
        names = ", ".join(f'"{field.name}"' for field in fields)
        casts = ", ".join(f'CAST("{field.name}" AS {self._sql_type(table, field.name)})' for field in fields)
        self.base.execute(f"INSERT INTO {table} ({names}) SELECT {casts} FROM {LOADED}")
        self.base.unregister(LOADED)

    def _sql_type(self, table: str, field: str) -> str:
        return sql_table(table).c[field].type.compile(dialect=self._dialect)

    def close(self) -> None:
        """Write everything into the file and close it."""
        self.base.close()


def _without_key(table: Table) -> Table:
    """The table as DuckDB gets it: it keeps every declared key in memory, too much for the rows of many documents.

    These keys hold all the same, since a document's rows come and go together; those of other tables stay declared.
    """
    copy = table.to_metadata(MetaData())
    if tables()[table.name].rows_of_documents and table.name != "documents":
        copy.constraints.discard(copy.primary_key)
        for column in copy.primary_key:
            column.nullable = False
    return copy
