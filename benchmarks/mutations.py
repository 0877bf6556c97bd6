"""The mutation bench of the audit: how many injected errors it finds, how often it cries wolf, and whom it blames.

    python benchmarks/mutations.py [N]      N mutants of each family (default 10), 100 clean reports

Each mutant is a clean report of invented numbers with one error, audited beside last year's report.  Prints a Markdown
table: the one in ``docs/audit.md``.  A blanked cell proves nothing, so UNCERTAIN counts as found there; everywhere else
only FAIL does.  Exit status 1 where a target is missed.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from audit import mutations

CLEAN = 100  # reports
RECALL, CAUSE, FALSE = 0.97, 0.9, 1  # targets: of critical and high families; of what was found; FAILs on clean reports
GRAVE = ("critical", "high")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("mutants", type=int, nargs="?", default=10, metavar="N", help="mutants of each family")
    count = parser.parse_args().mutants
    results = mutations.run_mutants(count)
    print("| injected error | rules that should speak | severity | mutants | recall | right cause | missed seeds |")
    print("|---|---|---|---:|---:|---:|---|")
    for mutate, wanted in mutations.FAMILIES.items():
        total, found, cause, missed, severity = results[mutate.__name__]
        names = (mutate.__name__.replace("_", " "), ", ".join(sorted(wanted)), severity)
        print(_line(names, total, found, cause, " ".join(map(str, missed[:8]))))
    grave = [row for row in results.values() if row[4] in GRAVE or not row[1]]
    sums = {name: [sum(row[at] for row in rows) for at in range(3)]
            for name, rows in (("critical and high", grave), ("all", list(results.values())))}  # fmt: skip
    for name, (total, found, cause) in sums.items():
        print(_line((f"**{name}**", "", ""), total, found, cause, ""))
    clean = mutations.run_clean(CLEAN)
    rules = ", ".join(sorted({finding.rule for finding in clean})) or "none"
    print(f"\nFalse FAIL on {CLEAN} clean reports (each with last year's): {len(clean)} ({rules}).")
    total, found, cause = sums["critical and high"]
    return int(found < RECALL * total or cause < CAUSE * found or len(clean) > FALSE)


def _line(names: tuple[str, ...], total: int, found: int, cause: int, missed: str) -> str:
    shares = f"{found / total:.3f} | {cause / found:.3f}" if found else "0.000 | –"
    return f"| {' | '.join(names)} | {total} | {shares} | {missed} |"


if __name__ == "__main__":
    sys.exit(main())
