"""Whole runs: every input once, nothing twice, the same everywhere."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from small_reports import write_text

for needed in ("duckdb", "sqlalchemy", "pyarrow"):
    pytest.importorskip(needed)

from sqlalchemy import select, text  # noqa: E402

from extractor.bulk import BatchRequest, Choice, Limits, run_batch  # noqa: E402
from extractor.bulk.compare import checksums  # noqa: E402
from extractor.bulk.items import Outcome  # noqa: E402
from extractor.bulk.rows import pack  # noqa: E402
from extractor.bulk.tables import tables  # noqa: E402
from extractor.bulk.warehouse import Batch, open_warehouse, shown_address  # noqa: E402
from extractor.bulk.warehouse.duck import RENEW  # noqa: E402
from extractor.bulk.warehouse.schema import sql_table  # noqa: E402
from extractor.errors import ExtractorError  # noqa: E402

DOCUMENTS = 12
PATTERNS = Path(__file__).resolve().parents[2] / "patterns"


def request_for(reports, to, ledger=None, **more):
    return BatchRequest((str(reports),), to, workers=2, ledger=ledger, batch=5, **more)


def run(reports, to, ledger=None, **more):
    return run_batch(request_for(reports, to, ledger, **more))


def look(address, query=None):
    """Checksums of a warehouse, or the rows of a query."""
    warehouse = open_warehouse(address)
    try:
        return checksums(warehouse) if query is None else warehouse.execute(text(query))
    finally:
        warehouse.close()


@pytest.fixture
def duck(tmp_path):
    return f"duckdb:///{tmp_path}/w.duckdb"


def test_every_input_ends_in_one_state(reports, duck):
    (reports / "broken.pdf").write_bytes(b"%PDF-1.7\n\x00")
    (reports / "empty.txt").write_bytes(b"")
    (reports / "copy.txt").write_bytes((reports / "texts" / "0.txt").read_bytes())
    os.symlink("/etc/hostname", reports / "link")
    summary = run(reports, duck)
    assert (summary.found, summary.done) == (DOCUMENTS + 4, DOCUMENTS)
    assert dict(summary.failed) == {"damaged": 1, "empty": 1}
    assert {reason: count for reason, count in summary.skipped.items() if count} == {"duplicate": 1, "link": 1}
    failures = look(duck, "SELECT source, stage, class FROM failures ORDER BY source")
    assert [(row[0].rsplit("/", 1)[1], row[1], row[2]) for row in failures] == [
        ("broken.pdf", "read", "damaged"),
        ("empty.txt", "read", "empty"),
    ]
    assert look(duck, "SELECT count(*), count(DISTINCT document_id) FROM sources") == [(DOCUMENTS + 1, DOCUMENTS)]


def test_destinations_hold_the_same(reports, duck, postgres, tmp_path):
    places = [duck, postgres, str(tmp_path / "parquet")]
    for place in places:
        assert run(reports, place, tmp_path / f"{places.index(place)}.ledger").done == DOCUMENTS
    found = [look(place) for place in places]
    assert found[0]["facts"][0] > 100
    assert found[1] == found[0]
    assert found[2] == found[0]


def test_parquet_files_hold_what_the_tables_hold(reports, tmp_path):
    import duckdb

    folder = tmp_path / "parquet"
    run(reports, str(folder))
    tables = look(str(folder))
    for name in ("documents", "facts", "table_cells", "sources"):
        pattern = folder / name / ("part-0.parquet" if name == "sources" else "*/*.parquet")
        assert duckdb.sql(f"SELECT count(*) FROM '{pattern}'").fetchall() == [(tables[name][0],)]
    assert list(folder.rglob("*.unfinished")) == []
    assert not (folder / "_stale").exists()


@pytest.mark.parametrize("lost", [False, True], ids=["with ledger", "ledger lost"])
def test_a_second_run_changes_no_row(reports, duck, tmp_path, lost):
    (reports / "broken.pdf").write_bytes(b"%PDF-1.7\n\x00")
    run(reports, duck)
    before = look(duck), look(duck, "SELECT * FROM sources ORDER BY ALL")
    if lost:
        for path in tmp_path.glob("w.duckdb.ledger*"):
            path.unlink()
    summary = run(reports, duck)
    assert summary.done == 0
    assert summary.skipped["unchanged"] == DOCUMENTS
    assert (look(duck), look(duck, "SELECT * FROM sources ORDER BY ALL")) == before


def test_a_changed_file_is_another_document_and_the_old_one_is_history(reports, duck):
    run(reports, duck)
    current = look(duck, "SELECT count(*) FROM current_documents")
    path = reports / "texts" / "0.txt"
    status = path.stat()
    data = path.read_bytes()
    path.write_bytes(data.replace(b"100", b"777"))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert path.stat().st_size == status.st_size
    assert run(reports, duck).done == 1
    assert look(duck, "SELECT count(*) FROM documents") == [(DOCUMENTS + 1,)]
    assert look(duck, "SELECT count(*) FROM current_documents") == current
    path.write_bytes(data)
    assert run(reports, duck).done == 0
    assert look(duck, f"SELECT count(*) FROM sources WHERE current AND source = '{path}'") == [(1,)]


@pytest.mark.parametrize("place", ["duck", "postgres"])
def test_a_new_version_replaces_rows_and_keeps_reviews(reports, place, request, tmp_path):
    address, ledger = request.getfixturevalue(place), tmp_path / "own.ledger"
    run(reports, address, ledger)
    warehouse = open_warehouse(address)
    fact = warehouse.execute(select(sql_table("facts").c.fact_id).limit(1))[0][0]
    with warehouse.transaction():
        warehouse.copy("reviews", [[fact, "corrected", "5", None, None, None, None]])
    warehouse.close()
    before, old = look(address), look(address, "SELECT DISTINCT patterns_version FROM documents")
    shutil.copytree(PATTERNS, tmp_path / "patterns")
    with open(tmp_path / "patterns" / "numerals.yaml", "a") as file:
        file.write("# another version\n")
    command = [sys.executable, "-m", "extractor", "batch", str(reports), "--to", address, "--ledger", str(ledger)]
    environment = {**os.environ, "EXTRACTOR_PATTERNS": str(tmp_path / "patterns")}
    subprocess.run(command, env=environment, check=True, stderr=subprocess.DEVNULL)
    new = look(address, "SELECT DISTINCT patterns_version FROM documents")
    assert len(old) == len(new) == 1 and old != new
    after = look(address)
    assert {name: after[name] for name in ("facts", "table_cells", "sources")} == {
        name: before[name] for name in ("facts", "table_cells", "sources")
    }
    assert look(address, "SELECT count(*) FROM runs") == [(2,)]
    assert look(address, f"SELECT value, verdict FROM reviewed_facts WHERE fact_id = '{fact}'") == [(5, "corrected")]


def test_failures_are_tried_again_when_asked_or_when_the_file_changed(reports, duck):
    broken = reports / "broken.txt"
    broken.write_bytes(b"")
    assert run(reports, duck).failed["empty"] == 1
    assert run(reports, duck).skipped["failed_before"] == 1
    assert run(reports, duck, choice=Choice(retry_failed=True)).failed["empty"] == 1
    write_text(broken, 40)
    assert run(reports, duck).done == 1
    assert look(duck, "SELECT count(*) FROM failures") == [(0,)]


def test_only_files_since_a_moment(reports, duck):
    for path in reports.rglob("*.txt"):
        os.utime(path, (1, 1))
    summary = run(reports, duck, choice=Choice(since=1000.0))
    assert (summary.done, summary.skipped["older"]) == (3, 9)


def test_a_rehearsal_loads_nothing(reports, duck):
    assert run(reports, duck, dry_run=True).done == DOCUMENTS
    assert look(duck, "SELECT count(*) FROM documents") == [(0,)]
    assert run(reports, duck).done == DOCUMENTS


def test_two_runs_on_one_destination_exclude_each_other(reports, duck, tmp_path):
    from extractor.bulk.lock import hold

    with hold(tmp_path / "w.duckdb.ledger", "here"), pytest.raises(ExtractorError, match=str(os.getpid())):
        run(reports, duck)
    assert run(reports, duck).done == DOCUMENTS


def test_two_runs_on_one_database_exclude_each_other_from_any_machine(reports, postgres, tmp_path):
    holder = open_warehouse(postgres)
    try:
        with pytest.raises(ExtractorError, match="another run"):
            run(reports, postgres, tmp_path / "other.ledger")
    finally:
        holder.close()
    assert run(reports, postgres, tmp_path / "other.ledger").done == DOCUMENTS


@pytest.mark.parametrize("moment", range(3))
def test_a_killed_run_is_completed_by_the_next(reports, duck, tmp_path, moment):
    """Killed at a moment between start and end; what the next run leaves equals an undisturbed run."""
    whole = f"duckdb:///{tmp_path}/whole.duckdb"
    run(reports, whole)
    command = [sys.executable, "-m", "extractor", "batch", str(reports), "--to", duck, "--workers", "1"]
    running = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    time.sleep(random.Random(moment).uniform(0.2, 2.5))
    running.send_signal(signal.SIGKILL)
    running.wait()
    summary = run(reports, duck)
    assert summary.found == DOCUMENTS == summary.done + summary.skipped.total()
    assert look(duck) == look(whole)


def test_an_interrupt_ends_cleanly_and_the_next_run_goes_on(reports, duck):
    asked = []
    request = request_for(reports, duck)
    first = run_batch(request, lambda tally: asked.append(1) if tally.done else None, lambda: bool(asked))
    assert first.interrupted
    assert first.found == first.done + first.failed.total() + first.skipped.total()
    second = run_batch(request)
    assert second.done == DOCUMENTS - first.done
    assert look(duck, "SELECT state FROM runs ORDER BY started") == [("interrupted",), ("finished",)]


def test_number_of_workers_changes_nothing(reports, tmp_path):
    found = []
    for workers in (1, 3):
        address = f"duckdb:///{tmp_path}/{workers}.duckdb"
        run_batch(replace(request_for(reports, address), workers=workers))
        found.append(look(address))
    assert found[0] == found[1]


def test_a_run_of_many_batches_opens_its_file_anew(reports, tmp_path):
    found = []
    for size in (1, 50):
        address = f"duckdb:///{tmp_path}/{size}.duckdb"
        run_batch(replace(request_for(reports, address), batch=size))
        found.append(look(address))
    assert DOCUMENTS > RENEW
    assert found[0] == found[1]


def test_a_file_over_the_limit_fails_and_says_so(reports, duck):
    summary = run(reports, duck, limits=Limits(file_bytes=2000))
    assert summary.failed["too_large"] == 4
    assert summary.done == DOCUMENTS - 4


def test_sums_count_a_report_in_two_formats_once(reports, duck):
    run(reports, duck)
    before = look(duck, "SELECT count(*), sum(value) FROM additive_facts WHERE unit = '条'")
    path = reports / "texts" / "0.txt"
    (reports / "web.html").write_text(f"<html><body>{path.read_text()}</body></html>", encoding="utf-8")
    run(reports, duck)
    assert look(duck, "SELECT count(*) FROM documents") == [(DOCUMENTS + 1,)]
    assert look(duck, "SELECT count(*), sum(value) FROM additive_facts WHERE unit = '条'") == before


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("postgresql://me:secret@host/base", "postgresql://me:***@host/base"),
        ("postgresql:///base?password=secret&user=me", "postgresql:///base?password=***&user=me"),
        ("duckdb:///f.duckdb", "duckdb:///f.duckdb"),
    ],
)
def test_a_password_is_never_shown(address, shown):
    assert shown_address(address) == shown


def test_rows_of_very_long_documents_are_loaded(duck):
    """Together they are larger than what the database of a run holds in memory."""
    at = tables()["documents"].names().index
    import duckdb

    warehouse = open_warehouse(duck)
    warehouse.prepare()
    outcomes = []
    for number in range(16):
        words = random.Random(number).choices("公开信息条件申请受理", k=1000)
        row = [None] * len(tables()["documents"].fields)
        row[at("document_id")], row[at("text")] = str(number), "".join(words) * 3000
        outcomes.append(Outcome(f"{number}.txt", str(number), pack({"documents": [row]})))
    warehouse.load(Batch("run", tuple(outcomes)))
    warehouse.close()
    with duckdb.connect(duck.removeprefix("duckdb:///")) as base:
        found = base.execute("SELECT count(*), min(length(text)) FROM documents").fetchall()
    assert found == [(16, 3_000_000)]
