"""The ledger, and results that a killed run has left in it."""

import pytest

pytest.importorskip("duckdb")

from test_batch import DOCUMENTS, look, request_for, run

from extractor.bulk import run_batch
from extractor.bulk.items import Outcome
from extractor.bulk.ledger import Ledger
from extractor.errors import ExtractorError


def test_what_a_stopped_run_has_extracted_is_not_extracted_again(reports, tmp_path, monkeypatch):
    to, whole = f"duckdb:///{tmp_path}/w.duckdb", f"duckdb:///{tmp_path}/whole.duckdb"
    run(reports, whole)

    def refuse(self, batch):
        raise ExtractorError("no space left")

    with monkeypatch.context() as patch:
        patch.setattr("extractor.bulk.warehouse.duck.DuckWarehouse.load", refuse)
        with pytest.raises(ExtractorError):
            run_batch(request_for(reports, to))
    with Ledger(tmp_path / "w.duckdb.ledger") as ledger:
        kept = ledger._base.execute("SELECT count(*) FROM waiting").fetchone()[0]
    assert kept > 0
    summary = run(reports, to)
    assert (summary.recovered, summary.done) == (kept, DOCUMENTS - kept)
    assert summary.skipped["unchanged"] == kept
    assert look(to) == look(whole)


def test_results_of_another_version_are_dropped(tmp_path):
    with Ledger(tmp_path / "l") as ledger:
        ledger.keep(Outcome("a", "1", b"x"), "old")
        ledger.keep(Outcome("b", "2", b"y"), "new")
        assert [outcome.source for outcome in ledger.waiting("new")] == ["b"]
        assert list(ledger.waiting("old")) == []
