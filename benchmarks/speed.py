"""Measures speed as ratios of CPU time: ``python benchmarks/speed.py [FILE.pdf ...] [--rounds N] [--json OUT]``.

Both sides of a ratio run in turn, in the same rounds, on the same file; what is shown is the geometric mean over the
files.  Absolute times say more about the machine than about the program and are only kept in the JSON.  Without files
the project's own samples are measured.

S1  warm report, everything that rules do / pdfplumber.extract_text
S2  the same with the trained part weighing every claim / pdfplumber.extract_text
S3  warm report / pdfium's raw text
S4  cold ``extract FILE --json`` / ``python -c "import spacy, jieba"``
S5  cold ``extract FILE --json`` / a small pdfplumber script that prints tables and numbers
S4r S5r  the same for an installation without the trained part: rules alone
S6  cold ``extract FILE --json`` with the trained part / ``spacy.blank("zh")`` with jieba's dictionary loaded
S7  one worker / two workers, wall time of the same reports (needs an idle machine)
S8  private memory of a worker that has read a report / of ``import spacy, jieba`` with the dictionary loaded
S9  time a page at 80 pages / at 5 pages
S10 characters a second on pinyin-cloaked text / on clean text
S11 milliseconds of a file in an isolated worker more than in this process, start of the worker left out
"""

import argparse
import contextlib
import gc
import json
import math
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "samples"
sys.path.insert(0, str(SAMPLES))

GOALS = {
    "S1": 0.25, "S2": 0.40, "S3": 6, "S4": 0.30, "S5": 0.45, "S6": 0.60, "S7": 1.8, "S8": 0.6, "S9": 1.15, "S10": 0.5,
    "S11": 5, "S4r": 0.30, "S5r": 0.45,
}  # fmt: skip
AT_LEAST = {"S7", "S10"}
PLUMBER_SCRIPT = """
import re, sys
import pdfplumber
with pdfplumber.open(sys.argv[1]) as pdf:
    for page in pdf.pages:
        for table in page.extract_tables():
            for row in table:
                print(row)
        print(re.findall(r"[0-9][0-9.,]*", page.extract_text()))
"""


WORKER = """
import sys
from extractor import extract
for _ in range(int(sys.argv[1])):
    for path in sys.argv[2:]:
        extract(path).to_dict()
"""
MEMORY = """
with open("/proc/self/smaps_rollup") as lines:
    print(sum(int(line.split()[1]) for line in lines if line.startswith("Private_")))
"""


@dataclass
class Measure:
    """One ratio: its name, the value, the goal, and per file the median seconds of both sides."""

    name: str
    ratio: float
    goal: float
    files: dict[str, tuple[float, float]]


def warm_seconds(action: Callable[[], object]) -> float:
    """CPU seconds of one call, garbage collected before."""
    gc.collect()
    started = time.process_time()
    action()
    return time.process_time() - started


def cold_seconds(command: list[str], **settings: str) -> float:
    """CPU seconds of a new process; ``settings`` -- of its environment."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "", **settings}
    subprocess.run(command, check=True, capture_output=True, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def compare(ours: Callable[[], float], theirs: Callable[[], float], rounds: int) -> tuple[float, float]:
    """Median seconds of both sides, run in turn; the first round warms up and is not counted."""
    pairs = [(ours(), theirs()) for _ in range(rounds + 1)][1:]
    return median([pair[0] for pair in pairs]), median([pair[1] for pair in pairs])


def median(values: list[float]) -> float:
    """Middle value."""
    return sorted(values)[len(values) // 2]


def mean_ratio(files: dict[str, tuple[float, float]]) -> float:
    """Geometric mean of the ratios of the files."""
    return math.exp(sum(math.log(ours / theirs) for ours, theirs in files.values()) / len(files))


def read_report(path: Path, model: bool = False) -> object:
    """Our side, warm: everything up to the public object; ``model`` -- with the trained part."""
    from extractor import Settings, extract

    return extract(path, Settings(model=model)).to_dict()


def read_plumber(path: Path) -> None:
    """Text of all pages through pdfplumber."""
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            page.extract_text()
            page.close()


def read_pdfium(path: Path) -> None:
    """Raw text of all pages through pdfium."""
    import pypdfium2

    with contextlib.closing(pypdfium2.PdfDocument(path)) as pdf:
        for page in pdf:
            page.get_textpage().get_text_range()


def measure_warm(name: str, reader: Callable[[Path], object], paths: list[Path], rounds: int) -> Measure:
    """Warm report against a reader of the same file."""
    files = {
        path.name: compare(
            lambda path=path: warm_seconds(lambda: read_report(path, name == "S2")),
            lambda path=path: warm_seconds(lambda: reader(path)),
            rounds,
        )
        for path in paths
    }
    return Measure(name, mean_ratio(files), GOALS[name], files)


def measure_cold(name: str, other: Callable[[Path], list[str]], paths: list[Path], rounds: int) -> Measure:
    """Cold one-shot extraction against another process; a name that ends in r -- where no trained part is found."""
    ours = [sys.executable, "-m", "extractor"]
    settings = {"EXTRACTOR_MODELS": os.devnull} if name.endswith("r") else {}
    files = {
        path.name: compare(
            lambda path=path: cold_seconds([*ours, str(path), "--json"], **settings),
            lambda path=path: cold_seconds(other(path)),
            rounds,
        )
        for path in paths
    }
    return Measure(name, mean_ratio(files), GOALS[name], files)


def measure_pages(rounds: int) -> Measure:
    """Time a page of a long report against a short one whose pages are of the same kind: the narrative of a sample."""
    import paper
    import pypdfium2
    from source import read_source

    parts = read_source("provincial-office-2021")
    narrative = parts[: next(at for at, part in enumerate(parts) if part.form is not None)]
    paths, pages = {}, {}
    with tempfile.TemporaryDirectory() as folder:
        for key, times in (("short", 2), ("long", 37)):
            paths[key] = Path(folder) / f"{key}.pdf"
            paper.write_pdf(narrative * times, paths[key], paper.Style(size=16))
            with contextlib.closing(pypdfium2.PdfDocument(paths[key])) as pdf:
                pages[key] = len(pdf)
        seconds = compare(
            lambda: warm_seconds(lambda: read_report(paths["long"])) / pages["long"],
            lambda: warm_seconds(lambda: read_report(paths["short"])) / pages["short"],
            rounds,
        )
    files = {f"{pages['long']} pages / {pages['short']} pages": seconds}
    return Measure("S9", mean_ratio(files), GOALS["S9"], files)


def measure_noise(rounds: int) -> Measure:
    """Characters a second on cloaked text against the clean text of the same report."""
    from cloak import cloak
    from source import read_source

    text = "\n".join(part.text for part in read_source("cloaked-zone-2020") if part.form is None)
    clean, cloaked = text.encode(), cloak(text).encode()
    sizes = len(cloaked.decode()), len(text)
    seconds = compare(
        lambda: warm_seconds(lambda: read_bytes(cloaked)) / sizes[0],
        lambda: warm_seconds(lambda: read_bytes(clean)) / sizes[1],
        rounds,
    )
    files = {"clean / cloaked": (seconds[1], seconds[0])}
    return Measure("S10", mean_ratio(files), GOALS["S10"], files)


def measure_workers(paths: list[Path], rounds: int) -> Measure:
    """Wall time of one worker on all reports twice over against two workers that share them."""
    names = [str(path) for path in paths]
    worker = [sys.executable, "-c", WORKER]
    alone = lambda: wall_seconds([[*worker, "30", *names]])  # noqa: E731
    shared = lambda: wall_seconds([[*worker, "15", *names]] * 2)  # noqa: E731
    files = {f"{len(names)} reports": compare(alone, shared, min(rounds, 3))}
    return Measure("S7", mean_ratio(files), GOALS["S7"], files)


def wall_seconds(commands: list[list[str]]) -> float:
    """Wall seconds until all of the commands, started at once, have ended."""
    started = time.perf_counter()
    running = [subprocess.Popen(command, stdout=subprocess.DEVNULL) for command in commands]
    if any([process.wait() for process in running]):
        raise RuntimeError("a worker failed")
    return time.perf_counter() - started


def measure_memory(paths: list[Path]) -> Measure:
    """Private memory in KiB of a worker after one report against the libraries with their dictionary."""
    ours = private_memory(WORKER + MEMORY, ["1", str(paths[0])])
    theirs = private_memory("import spacy, jieba; jieba.initialize()" + MEMORY, [])
    files = {paths[0].name: (ours, theirs)}
    return Measure("S8", mean_ratio(files), GOALS["S8"], files)


def private_memory(script: str, arguments: list[str]) -> float:
    """What the script prints last."""
    command = [sys.executable, "-c", script, *arguments]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()[-1])


def measure_isolation(paths: list[Path], rounds: int) -> Measure:
    """CPU milliseconds that a file costs more in an isolated worker than in this process."""
    from isolation import isolated_seconds

    from extractor import Settings, extract
    from extractor.bulk.rows import pack, report_rows

    settings, files = Settings(model=False), {}
    for path in paths[:2]:
        data = path.read_bytes()
        own = lambda data=data: warm_seconds(lambda: pack(report_rows(extract(data, settings, name="report"))))  # noqa: E731
        files[path.name] = compare(lambda data=data: isolated_seconds(data, settings), own, min(rounds, 3))
    return Measure("S11", sum(ours - own for ours, own in files.values()) / len(files) * 1000, GOALS["S11"], files)


def read_bytes(data: bytes) -> object:
    """Our side on bytes."""
    from extractor import extract

    return extract(data, name="report").to_dict()


def measure_all(paths: list[Path], rounds: int) -> list[Measure]:
    """All ratios that can be measured here."""
    imports = [sys.executable, "-c", "import spacy, jieba"]
    language = [sys.executable, "-c", "import spacy, jieba; spacy.blank('zh'); jieba.initialize()"]
    script = [sys.executable, "-c", PLUMBER_SCRIPT]
    return [
        measure_warm("S1", read_plumber, paths, rounds),
        measure_warm("S2", read_plumber, paths, rounds),
        measure_warm("S3", read_pdfium, paths, rounds),
        measure_cold("S4", lambda path: imports, paths[:2], rounds),
        measure_cold("S4r", lambda path: imports, paths[:2], rounds),
        measure_cold("S5", lambda path: [*script, str(path)], paths[:2], rounds),
        measure_cold("S5r", lambda path: [*script, str(path)], paths[:2], rounds),
        measure_cold("S6", lambda path: language, paths[:2], rounds),
        measure_workers(paths, rounds),
        measure_memory(paths),
        measure_pages(rounds),
        measure_noise(rounds),
        measure_isolation(paths, rounds),
    ]


def show(measures: list[Measure]) -> None:
    """Print the ratios beside their goals."""
    print(f"{'':5}{'ratio':>8}{'goal':>10}")
    for measure in measures:
        sign = ">=" if measure.name in AT_LEAST else "<="
        met = measure.ratio >= measure.goal if measure.name in AT_LEAST else measure.ratio <= measure.goal
        print(f"{measure.name:5}{measure.ratio:8.3f}{sign:>5}{measure.goal:5}{'' if met else '  missed'}")


def main() -> None:
    """Measure, print, and write the JSON where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    paths = options.files or sorted(SAMPLES.glob("*.pdf"))
    measures = measure_all(paths, options.rounds)
    show(measures)
    if options.json:
        text = json.dumps([asdict(measure) for measure in measures], indent=1, ensure_ascii=False)
        options.json.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
