"""Runs into dlt's DuckDB destination: equal rows after every run, and only what a run touched is sent."""

import pytest
from small_reports import write_text

pytest.importorskip("dlt")
duckdb = pytest.importorskip("duckdb")

from test_batch import DOCUMENTS, run  # noqa: E402

from extractor.bulk.tables import tables  # noqa: E402
from extractor.bulk.warehouse.open import ledger_path  # noqa: E402
from extractor.errors import UsageError  # noqa: E402

TABLES = ("documents", "facts", "table_cells", "findings", "coverage", "sources", "failures", "bodies", "indicators")


@pytest.fixture
def there(tmp_path, monkeypatch):
    """The DuckDB file that dlt writes."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("DESTINATION__DUCKDB__CREDENTIALS", f"duckdb:///{tmp_path}/there.duckdb")
    return tmp_path / "there.duckdb"


def rows(path, place=""):
    """Every table as a sorted list of rows, lineage left out."""
    found = {}
    with duckdb.connect(str(path), read_only=True) as base:
        for name in TABLES:
            columns = ", ".join(f'CAST("{column}" AS TEXT)' for column in tables()[name].names() if column != "run_id")
            found[name] = sorted(map(str, base.execute(f"SELECT {columns} FROM {place}{name}").fetchall()))
    return found


def here():
    return ledger_path("dlt:duckdb").with_suffix(".duckdb")


def test_what_arrives_is_what_was_loaded_after_every_run(reports, there):
    broken = reports / "broken.txt"
    broken.write_bytes(b"")
    run(reports, "dlt:duckdb")
    first = rows(there, "annual_reports.")
    assert first == rows(here())
    assert (len(first["documents"]), len(first["failures"])) == (DOCUMENTS, 1)
    assert len(first["facts"]) > 100
    run(reports, "dlt:duckdb")
    assert rows(there, "annual_reports.") == first
    write_text(broken, 40)
    write_text(reports / "texts" / "0.txt", 41)
    run(reports, "dlt:duckdb")
    second = rows(there, "annual_reports.")
    assert second == rows(here())
    assert (len(second["documents"]), second["failures"]) == (DOCUMENTS + 2, [])
    assert set(second["facts"]) > set(first["facts"])


def test_a_run_that_knows_few_documents_leaves_the_others_alone(reports, there, tmp_path):
    run(reports, "dlt:duckdb")
    first = rows(there, "annual_reports.")
    for path in ledger_path("dlt:duckdb").parent.glob("*.duckdb*"):
        path.unlink()
    more = tmp_path / "more"
    more.mkdir()
    write_text(more / "new.txt", 50)
    assert run(more, "dlt:duckdb").done == 1
    second = rows(there, "annual_reports.")
    assert len(second["documents"]) == DOCUMENTS + 1
    assert set(second["facts"]) > set(first["facts"])


def test_a_place_where_rows_cannot_be_replaced_is_refused(reports, there):
    with pytest.raises(UsageError, match="can't be replaced"):
        run(reports, "dlt:filesystem")
