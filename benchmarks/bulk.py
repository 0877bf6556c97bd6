"""Measures bulk runs: ``python benchmarks/bulk.py FOLDER [--kills N] [--kill-folder F] [--postgres URL] [--json OUT]``.

FOLDER is one that ``benchmarks/corpus.py`` made.  What is measured: documents a second and a core with one worker and
with two (wall time needs an idle machine; CPU time does not), largest memory of a worker, files a second of a second
run, rows and checksums across destinations, and N runs killed at random moments with a next run that completes them.
The load of the machine when the measurement began is kept with the figures.
"""

import argparse
import json
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from extractor.bulk import BatchRequest, Choice, Limits, run_batch
from extractor.bulk.compare import checksums
from extractor.bulk.inputs import list_inputs
from extractor.bulk.ledger import Ledger
from extractor.bulk.plan import Plan
from extractor.bulk.warehouse import open_warehouse

MIB = 1024 * 1024


def cpu_seconds() -> float:
    """CPU time of this process and of its children that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def measure(folder: Path, to: str, workers: int, ledger: Path) -> dict[str, object]:
    """One run and its figures."""
    before = cpu_seconds()
    summary = run_batch(BatchRequest((str(folder),), to, workers=workers, ledger=ledger))
    cpu = cpu_seconds() - before
    return {
        "workers": workers,
        "found": summary.found,
        "done": summary.done,
        "failed": summary.failed.total(),
        "skipped": summary.skipped.total(),
        "seconds": round(summary.seconds, 2),
        "documents_a_second": round(summary.done / summary.seconds, 2),
        "inputs_a_second": round(summary.found / summary.seconds, 1),
        "cpu_milliseconds_a_document": round(1000 * cpu / max(summary.done, 1), 1),
        "peak_mib": [peak // MIB for peak in summary.peaks],
    }


def pass_by(count: int, scratch: Path) -> dict[str, object]:
    """Files a second that are passed by because the ledger knows them as untouched."""
    folder = scratch / "known"
    folder.mkdir()
    for number in range(count):
        (folder / f"{number}.txt").write_bytes(b"%d" % number)
    with Ledger(scratch / "known.ledger") as ledger:
        with ledger.together():
            for item in list_inputs([str(folder)], Limits()):
                ledger.remember(item.source, item.mark, ("hash", "version", "done", ""))
        plan = Plan(ledger, "version", Choice())
        started, used = time.monotonic(), cpu_seconds()
        assert [task for task in plan.tasks(list_inputs([str(folder)], Limits())) if task] == []
        seconds, cpu = time.monotonic() - started, cpu_seconds() - used
    assert plan.tally.skipped["unchanged"] == count
    return {"files": count, "files_a_second": round(count / seconds), "files_a_cpu_second": round(count / cpu)}


def sums(address: str) -> dict[str, tuple[int, str]]:
    """Rows and checksums of a destination."""
    warehouse = open_warehouse(address)
    try:
        return checksums(warehouse)
    finally:
        warehouse.close()


def kill_often(folder: Path, times: int, scratch: Path) -> dict[str, object]:
    """Kill a run ``times`` times, each at a random moment of its life, and let the next one complete it."""
    whole = f"duckdb:///{scratch}/whole.duckdb"
    started = time.monotonic()
    run_batch(BatchRequest((str(folder),), whole))
    lasted = time.monotonic() - started
    wanted, equal, under_way = sums(whole), 0, 0
    for number in range(times):
        to = f"duckdb:///{scratch}/kill-{number}.duckdb"
        command = [sys.executable, "-m", "extractor", "batch", str(folder), "--to", to]
        running = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        time.sleep(random.Random(number).uniform(0.1, lasted))
        under_way += running.poll() is None
        running.send_signal(signal.SIGKILL)
        running.wait()
        run_batch(BatchRequest((str(folder),), to, batch=20))
        equal += sums(to) == wanted
    return {
        "kills": times,
        "killed_under_way": under_way,
        "equal_tables": equal,
        "undisturbed_seconds": round(lasted, 1),
    }


def main() -> None:
    """Read the command line, measure, print and keep the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--kill-folder", type=Path)
    parser.add_argument("--postgres")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    found: dict[str, object] = {"load_before": os.getloadavg()[0], "cores": os.cpu_count()}
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        one = f"duckdb:///{scratch}/one.duckdb"
        two = f"duckdb:///{scratch}/two.duckdb"
        places = {"one": one, "two": two, "parquet": f"{scratch}/parquet"}
        places |= {"postgres": options.postgres} if options.postgres else {}
        for key, place in places.items():
            found[key] = measure(options.folder, place, 1 if key == "one" else 2, scratch / f"{key}.ledger")
            print(key, found[key], flush=True)
        before = sums(two)
        found["unchanged"] = measure(options.folder, two, 2, scratch / "two.ledger")
        found["unchanged_equal"] = sums(two) == before
        found["scaling"] = round(found["one"]["seconds"] / found["two"]["seconds"], 2)  # type: ignore[index]
        found["pass_by"] = pass_by(20_000, scratch)
        each = {key: sums(place) for key, place in places.items()}
        found["rows"] = {table: count for table, (count, _) in before.items()}
        found["equal_everywhere"] = all(other == before for other in each.values())
        if options.kills:
            found["kill"] = kill_often(options.kill_folder or options.folder, options.kills, scratch)
    print(json.dumps(found, indent=2))
    if options.json:
        options.json.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
