"""Fuzzing of every reader and of text to facts, from a seed corpus of the samples and of small odd files.

python benchmarks/fuzz.py TARGET[,TARGET…] [--seconds 300] [--minutes 60] [--jobs 2] [--folder fuzz-cases]
    TARGET: text, all, or a reader (pdf, docx, html, rtf, …)

Targets take turns of ``--seconds`` processor seconds, each in a process of its own, until ``--minutes`` have passed.
Where atheris is installed coverage of this package guides which cases are kept and changed further (``--chance`` goes
without).  A case fails by an exception that is no error of this library, by evidence that does not point at its words,
by 25 s of processor time, by too much memory, or by the end of the process; it is kept in ``--folder``, and so is
``log.jsonl`` with one line a turn.  Images are decoded and searched for lines, but not recognised.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import importlib
import json
import os
import pkgutil
import random
import resource
import signal
import subprocess
import sys
import time
import traceback
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from fuzz_cases import LARGEST, mutate, seeds

LONGEST = 25  # seconds of one case
KILLED = 15  # further seconds after which a case that does not listen ends the process
SLOWEST, BEGIN = 20, 300  # seconds by the clock that a turn may take for one of processor time, and to begin
MEMORY = 3 << 30  # bytes of address space
ALIKE = 3  # cases kept of failures at one place
SHORT = 16  # bytes; a seed is changed instead of a case as short as that
TARGETS = ("text", "pdf", "docx", "html", "markdown", "rtf", "odt", "ofd", "doc", "eml", "mhtml", "zip", "image")
FULL = 4  # one of so many cases of a reader goes through all rooms


class TooLong(BaseException):
    """Ends a case that takes too long; no ``except Exception`` may hold it up."""


def check(data: bytes, target: str) -> None:
    """Read one case; errors of the library are fine, all others and wrong evidence are not."""
    from extractor.errors import ReadError
    from extractor.pipeline import analyse
    from extractor.read import read
    from extractor.settings import Settings

    try:
        document = read(data, name=f"case.{target}")
    except ReadError as refused:
        assert "\n" not in str(refused), "message of several lines"
        return
    for block in document.blocks:
        assert 0 <= block.start <= block.end <= len(document.text), "block outside the text"
    for cell in (cell for grid in document.grids for cell in grid.cells):
        assert document.text[cell.start : cell.end] == cell.text, "cell does not point at its text"
    if target != "text" and hashlib.sha256(data).digest()[0] % FULL:
        return
    report = analyse(document, Settings())
    for fact in report.facts:
        start, end = fact.evidence.span
        assert document.text[start:end] == fact.raw, "evidence does not point at its words"
    json.dumps(report.to_dict(), allow_nan=False).encode("utf-8")


def without_recognition() -> None:
    """Pages are drawn and searched for lines, but their text is not recognised, which takes seconds."""
    import extractor.read.image
    import extractor.read.libreoffice
    import extractor.read.pdf
    import extractor.read.scan
    from extractor.read.ocr import Scan

    def recognise(image: Any) -> tuple[Scan, Any]:
        box = (8.0, 8.0, 40.0, 40.0)
        return Scan(["1"], [box], [box], [0.5], 0.01), image

    extractor.read.pdf.has_ocr = lambda: False
    extractor.read.image.has_ocr = lambda: True
    extractor.read.scan.recognise = recognise
    extractor.read.libreoffice.find_program = lambda: None


class Turn:
    """One turn of one target: counts, limits and the cases that failed."""

    def __init__(self, target: str, seconds: float, folder: Path) -> None:
        self.target, self.seconds, self.folder = target, seconds, folder
        self.current = folder / f"current-{os.getpid()}.{target}"
        self.state = folder / f"state-{os.getpid()}.json"
        self.tried, self.failed = 0, 0
        self.places: Counter[str] = Counter()
        self.start = time.process_time()
        signal.signal(signal.SIGPROF, self._stop)
        signal.signal(signal.SIGVTALRM, signal.SIG_DFL)

    def _stop(self, number: int, frame: object) -> None:
        raise TooLong(f"took more than {LONGEST} s")

    def one(self, data: bytes) -> None:
        """Check one case within its limits."""
        self.current.write_bytes(data)
        signal.setitimer(signal.ITIMER_VIRTUAL, LONGEST + KILLED)
        signal.setitimer(signal.ITIMER_PROF, LONGEST)
        try:
            check(data, self.target)
        except (Exception, TooLong) as error:
            signal.setitimer(signal.ITIMER_PROF, 0)
            self._note(data, error)
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        self.tried += 1
        if self.tried % 20 == 0:
            self.save()

    def _note(self, data: bytes, error: BaseException) -> None:
        frames = [f"{Path(f.filename).name}:{f.lineno}" for f in traceback.extract_tb(error.__traceback__)]
        place = f"{type(error).__name__} {frames[-1] if frames else ''}"
        self.failed += 1
        self.places[place] += 1
        if self.places[place] <= ALIKE:
            what = f"{type(error).__name__}: {str(error)[:200]} at {' '.join(frames[-4:])}"
            keep(data, self.target, what, self.folder)

    def over(self) -> bool:
        """Whether the time of the turn is used up."""
        return time.process_time() - self.start > self.seconds

    def save(self) -> None:
        """Write the counts where the parent finds them, even when this process is killed."""
        cpu = round(time.process_time() - self.start, 1)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        self.state.write_text(json.dumps({"tried": self.tried, "failed": self.failed, "cpu": cpu, "peak_mib": peak}))

    def close(self) -> None:
        """Keep the counts; nothing is in hand any more."""
        self.save()
        self.current.unlink(missing_ok=True)


def keep(data: bytes, target: str, what: str, folder: Path) -> None:
    """Keep a case that failed where a developer finds it."""
    path = folder / f"{hashlib.sha256(data).hexdigest()[:12]}.{target}"
    path.write_bytes(data)
    print(f"{target}: {what}; kept as {path.name}", file=sys.stderr, flush=True)


def run_by_chance(turn: Turn) -> None:
    """Mutate the seeds by chance."""
    chance, corpus = random.Random(time.time_ns()), seeds(turn.target)
    while not turn.over():
        turn.one(mutate(chance.choice(corpus), corpus, chance))
    turn.close()


def run_guided(turn: Turn) -> None:
    """Let atheris choose by coverage what is mutated further; ends the process."""
    import atheris

    with atheris.instrument_imports(include=["extractor"]):
        import extractor

        for info in pkgutil.walk_packages(extractor.__path__, "extractor."):
            if info.name.split(".")[1] not in ("service", "bulk", "cli", "__main__", "models", "nlp"):
                with contextlib.suppress(ImportError):
                    importlib.import_module(info.name)
    without_recognition()
    corpus = turn.folder / "corpus" / turn.target
    corpus.mkdir(parents=True, exist_ok=True)
    starts = seeds(turn.target)
    for number, data in enumerate(starts):
        (corpus / f"seed-{number}").write_bytes(data)

    def one(data: bytes) -> None:
        turn.one(data)
        if turn.over():
            turn.close()
            os._exit(0)

    def change(data: bytes, size: int, seed: int) -> bytes:
        chance = random.Random(seed)
        base = data if len(data) > SHORT else chance.choice(starts)
        own = mutate(base, starts, chance) if chance.random() < 0.7 else atheris.Mutate(data, size)
        return bytes(own[:size])

    longest = 20_000 if turn.target == "text" else LARGEST
    words = [sys.argv[0], str(corpus), "-timeout=100000", f"-max_len={longest}", "-rss_limit_mb=2500", "-verbosity=0"]
    atheris.Setup([*words, "-len_control=0", "-reload=0"], one, custom_mutator=change)
    atheris.Fuzz()


def run_turn(target: str, seconds: float, folder: Path, guided: bool) -> None:
    """One turn in this process."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    turn = Turn(target, seconds, folder)
    if guided:
        run_guided(turn)
    without_recognition()
    run_by_chance(turn)


def start_turn(target: str, asked: argparse.Namespace) -> dict[str, Any]:
    """One turn in a process of its own, and what came of it."""
    words = [sys.executable, str(Path(__file__).resolve()), target, "--turn", "--seconds", str(asked.seconds)]
    words += ["--folder", str(asked.folder), *(["--chance"] if asked.chance else [])]
    start = time.monotonic()
    with (asked.folder / f"{target}.log").open("ab") as log:
        process = subprocess.Popen(words, stdout=log, stderr=log, cwd=asked.folder)
        try:
            code = process.wait(SLOWEST * asked.seconds + BEGIN)
        except subprocess.TimeoutExpired:  # it sleeps: limits of processor time do not see that
            process.kill()
            code = process.wait()
    state = asked.folder / f"state-{process.pid}.json"
    row = {"target": target, "guided": not asked.chance, "wall": round(time.monotonic() - start, 1), "end": code}
    row |= json.loads(state.read_text()) if state.exists() else {"tried": 0, "failed": 0, "cpu": 0.0, "peak_mib": 0}
    row["failed"] += code != 0
    state.unlink(missing_ok=True)
    current = asked.folder / f"current-{process.pid}.{target}"
    if current.exists():
        keep(current.read_bytes(), target, f"the process ended with {code}", asked.folder)
        current.unlink()
    with (asked.folder / "log.jsonl").open("a", encoding="utf-8") as log:
        log.write(json.dumps(row) + "\n")
    return row


def run_turns(targets: list[str], asked: argparse.Namespace) -> list[dict[str, Any]]:
    """Turns of all targets until the time is over; every target has at least one."""
    end = time.monotonic() + 60 * asked.minutes
    rows: list[dict[str, Any]] = []
    with ThreadPoolExecutor(asked.jobs) as pool:
        while not rows or time.monotonic() < end:
            rows += pool.map(lambda target: start_turn(target, asked), targets)
    return rows


def summarise(rows: list[dict[str, Any]]) -> int:
    """Print what each target had; the number of failures."""
    for target in dict.fromkeys(row["target"] for row in rows):
        own = [row for row in rows if row["target"] == target]
        tried, failed, cpu, wall = (sum(row[name] for row in own) for name in ("tried", "failed", "cpu", "wall"))
        peak = max(row["peak_mib"] for row in own)
        print(f"{target}: {tried} cases, {cpu:.0f} s processor, {wall:.0f} s clock, {peak} MiB, {failed} failed")
    return sum(row["failed"] for row in rows)


def main() -> int:
    """Fuzz; 1 where a case failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("targets")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--minutes", type=float, default=0)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--folder", type=Path, default=Path("fuzz-cases"))
    parser.add_argument("--chance", action="store_true", help="do not use atheris")
    parser.add_argument("--turn", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    asked.folder = asked.folder.resolve()
    asked.folder.mkdir(parents=True, exist_ok=True)
    asked.chance = asked.chance or importlib.util.find_spec("atheris") is None
    if asked.turn:
        run_turn(asked.targets, asked.seconds, asked.folder, not asked.chance)
        return 0
    targets = list(TARGETS) if asked.targets == "all" else asked.targets.split(",")
    return 1 if summarise(run_turns(targets, asked)) else 0


if __name__ == "__main__":
    sys.exit(main())
