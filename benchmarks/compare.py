"""What else the time of a report would buy: ``python benchmarks/compare.py [FILE.pdf ...] [--recognisers PYTHON]``.

The same files through this program and through what one might use instead, warm, in turn, in CPU time; shown is the
time of each as a multiple of this program's (geometric mean over the files).  ``--recognisers`` names an interpreter
that has Microsoft's recognisers (``pip install recognizers-text-suite "emoji<2"``); it is given the text of each file,
so that its time holds no reading.
"""

import argparse
import contextlib
import re
import subprocess
import sys
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from speed import SAMPLES, mean_ratio, median, read_pdfium, read_plumber, read_report, warm_seconds

NUMBER = re.compile(
    r"(近|约|超|逾)?([0-9][0-9,]*(?:\.[0-9]+)?)(万|亿)?余?(件|条|个|项|人次|次|人|元|%|％)?(以上|左右)?"
)
RECOGNISE = """
import sys, time
from recognizers_suite import (Culture, recognize_currency, recognize_datetime, recognize_number, recognize_ordinal,
                               recognize_percentage)
text = sys.stdin.read()
for _ in range(int(sys.argv[1]) + 1):
    started = time.process_time()
    recognize_number(text, Culture.Chinese)
    recognize_percentage(text, Culture.Chinese)
    recognize_ordinal(text, Culture.Chinese)
    recognize_currency(text, Culture.Chinese)
    recognize_datetime(text, Culture.Chinese)
    print(time.process_time() - started)
"""


def read_naively(path: Path) -> list[tuple[str, ...]]:
    """Every number of the text with the words around it, as a short script would find them."""
    import pypdfium2

    with contextlib.closing(pypdfium2.PdfDocument(path)) as pdf:
        text = "".join(page.get_textpage().get_text_range() for page in pdf)
    return NUMBER.findall(text)


def read_tables(path: Path) -> None:
    """Text and ruled tables of all pages through pdfplumber."""
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            page.extract_text()
            page.extract_tables()
            page.close()


READERS = {
    "pdfium: raw text": read_pdfium,
    "pdfium and one expression: bare numbers": read_naively,
    "this program: facts, tables, audit": read_report,
    "the same with the trained part on every claim": lambda path: read_report(path, True),
    "pdfplumber: text": read_plumber,
    "pdfplumber: text and tables": read_tables,
}


def recognise(path: Path, python: str, rounds: int) -> float:
    """Seconds that the recognisers take for the text of a file."""
    from extractor import extract

    text = extract(path).document.text
    command = [python, "-c", RECOGNISE, str(rounds)]
    done = subprocess.run(command, input=text, check=True, capture_output=True, text=True)
    return median([float(line) for line in done.stdout.split()][1:])


def measure(paths: list[Path], rounds: int, python: str | None) -> dict[str, dict[str, tuple[float, float]]]:
    """For each reader and file its seconds, and those of this program."""
    found: dict[str, dict[str, tuple[float, float]]] = {}
    for path in paths:
        turns = [{name: warm_seconds(partial(read, path)) for name, read in READERS.items()} for _ in range(rounds + 1)]
        seconds = {name: median([turn[name] for turn in turns[1:]]) for name in READERS}
        if python is not None:
            seconds["recognisers: numbers, shares, money, dates"] = recognise(path, python, rounds)
        for name, taken in seconds.items():
            found.setdefault(name, {})[path.name] = (taken, seconds["this program: facts, tables, audit"])
    return found


def main() -> None:
    """Measure and print the multiples, the fastest first."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--recognisers", metavar="PYTHON")
    options = parser.parse_args()
    paths = options.files or sorted(SAMPLES.glob("*.pdf"))
    found = {name: mean_ratio(files) for name, files in measure(paths, options.rounds, options.recognisers).items()}
    for name, ratio in sorted(found.items(), key=lambda entry: entry[1]):
        print(f"{name:50}{ratio:8.2f}")


if __name__ == "__main__":
    main()
