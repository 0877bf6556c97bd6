"""The figures of ``benchmarks/bulk.py`` as a table in docs/bulk.md."""

import json
from pathlib import Path

DOCS = Path(__file__).resolve().parents[1] / "docs" / "bulk.md"
BEGIN, END = "<!-- measured: begin -->\n", "<!-- measured: end -->\n"


def table_of(kept):
    """The figures that are kept, as a Markdown table."""
    rows = [("what", "measured", "goal"), ("---", "--:", "--:")]
    for name, run in sorted(kept.items()):
        if name.startswith("big_"):
            rows += lines_of_big(name.removeprefix("big_"), run)
    if "scale" in kept:
        scale = kept["scale"]
        rows.append(("two workers / one: wall time", f"{scale['ratio']}", "≥ 1.8"))
        rows.append(("… by CPU time (what an idle machine can give)", f"{scale['by_cpu_time']}", "≥ 1.8"))
        rows.append(("… two loops that share nothing, same moment", f"{scale['control']}", ""))
        for workers in "12":
            told = f"{scale[workers]['cpu_ms_a_document']} ms"
            rows.append((f"CPU a report, {workers} worker{'s' * (workers > '1')}", told, ""))
    if "equal" in kept:
        same = ", ".join(name for name, equal in kept["equal"]["same_as_duckdb"].items() if equal)
        told = f"{kept['equal']['rows']['documents']} documents, {kept['equal']['rows']['facts']} facts: {same}"
        rows.append(("rows and checksums equal to DuckDB's", told, "all four"))
    if "again" in kept:
        second = kept["again"]["second"]
        told = f"{second['files_a_second']:,} a second at load {kept['again']['load_before']}"
        told += f"; {second['files_a_cpu_second']:,} a CPU second"
        rows.append((f"{kept['again']['files']:,} untouched files passed by, with the start", told, "> 2,000"))
    if "kill" in kept:
        rows.append(("killed runs whose next run left equal tables",
                     f"{kept['kill']['equal_tables']} of {kept['kill']['kills']}", "all"))  # fmt: skip
    return "".join(f"| {' | '.join(row)} |\n" for row in rows).replace("| --- |", "|---|")


def lines_of_big(name, run):
    """Rows of the table about a long run."""
    parent, workers = ([moment[at] for moment in run["moments"]] for at in (1, 2))
    ended = f"{run['found']:,} = {run['done']:,} done + {run['failed']} failed + {run['skipped']} skipped"
    again = run["second_run"]
    whole, own = run["cpu_ms_a_document"], run["cpu_ms_a_document_starting_process"]
    return [
        (f"{name}: inputs", ended, "adds up"),
        (f"{name}: reports a CPU second", f"{run['documents_a_cpu_second']}", ""),
        (f"{name}: CPU a report, of it the starting process", f"{whole} ms, {own} ms", ""),
        (
            f"{name}: wall time, processors had",
            f"{run['seconds']:,} s, {run['processors_had']} of 2 (load {run['load_before']})",
            "",
        ),
        (f"{name}: two workers / one, as CPU times allow", f"{2 * (whole - own) / whole:.2f}", "≥ 1.8"),
        (f"{name}: largest worker", f"{max([*workers, *run['worker_peak_mib']])} MiB", "≤ 400 MB"),
        (f"{name}: largest worker at ten moments", " ".join(map(str, workers)) + " MiB", "flat"),
        (f"{name}: starting process at ten moments", " ".join(map(str, parent)) + " MiB", "flat"),
        (f"{name}: corrupt files in `failures`", f"{run['in_failures']} of {run['corrupt']}", "all"),
        (f"{name}: corrupt files elsewhere; other failures", f"{run['elsewhere']}; {run['other']}", "0; 0"),
        (f"{name}: second run, with its start", f"{again['files_a_second']:,} files a second", "> 2,000"),
        (f"{name}: rows that the second run changed", "some" if again["rows_changed"] else "none", "none"),
    ]


def write_table(kept):
    """Put the table of the figures in the file ``kept`` between its marks in docs/bulk.md."""
    text = DOCS.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    made = table_of(json.loads(kept.read_text(encoding="utf-8")))
    DOCS.write_text(f"{before}{BEGIN}{made}{END}{rest.split(END)[1]}", encoding="utf-8")
