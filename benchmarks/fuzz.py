"""Fuzzing of every reader and of text to facts, from a seed corpus of the samples and of small odd files.

python benchmarks/fuzz.py TARGET [--seconds 60] [--seed 1]      TARGET: text, all, or a reader (pdf, docx, html, rtf, …)

With atheris installed coverage guides the mutations (libFuzzer's options go behind ``--``); without it, bits are
flipped, files cut and spliced by chance.  An exception that is no error of this library, evidence that does not point
at its words, or a case that takes longer than 25 s ends the run and the case is kept in ``fuzz-cases/``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import signal
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
for folder in ("tests", "tests/read", "tests/hostile"):
    sys.path.insert(0, str(ROOT / folder))
LONGEST = 25  # seconds of one case
LARGEST = 300_000  # bytes of a case
SLOW = ("image", "doc")  # readers that take seconds; fuzzed only when asked for


def seeds(target: str) -> list[bytes]:
    """Files that mutations start from."""
    import odd_maker

    suffixes = {"text": ".txt", "markdown": ".md"}
    found = [path.read_bytes() for path in sorted((ROOT / "samples").glob(f"*{suffixes.get(target, '.' + target)}"))]
    makers = {"rtf": odd_maker.rtf, "odt": odd_maker.odt, "ofd": odd_maker.ofd, "zip": odd_maker.archive,
              "eml": odd_maker.eml, "mhtml": odd_maker.mhtml, "doc": odd_maker.old_word,
              "image": odd_maker.picture}  # fmt: skip
    return found + ([makers[target]()] if target in makers else [])


def check(data: bytes, target: str) -> None:
    """Read one case; errors of the library are fine, all others and wrong evidence are not."""
    from extractor import extract
    from extractor.errors import ReadError

    try:
        report = extract(data, name=f"case.{target}")
    except ReadError:
        return
    text = report.document.text
    for fact in report.facts:
        start, end = fact.evidence.span
        assert text[start:end] == fact.raw, "evidence does not point at its words"
    json.dumps(report.to_dict(), allow_nan=False).encode("utf-8")


def mutate(data: bytes, others: list[bytes], chance: random.Random) -> bytes:
    """A damaged copy: bytes changed, a part cut, doubled, or taken from another file."""
    out = bytearray(data)
    for _ in range(chance.choice((1, 2, 8, 60))):
        at, size = chance.randrange(len(out) + 1), chance.choice((1, 4, 40, 400))
        kind = chance.randrange(5)
        if kind == 0 and out:
            out[at % len(out)] = chance.choice((0, 10, 34, 48, 57, 60, 92, 123, 255, chance.randrange(256)))
        elif kind == 1:
            del out[at : at + size]
        elif kind == 2:
            out[at:at] = out[at : at + size] * chance.choice((1, 2, 50))
        elif kind == 3:
            other = chance.choice(others)
            start = chance.randrange(len(other) + 1)
            out[at:at] = other[start : start + size]
        elif out:
            out[at % len(out)] ^= 1 << chance.randrange(8)
        if chance.random() < 0.02:
            del out[chance.randrange(len(out) + 1) :]
    return bytes(out[:LARGEST])


def keep(data: bytes, target: str, error: BaseException) -> Path:
    """Write a case that failed where a developer finds it."""
    folder = Path.cwd() / "fuzz-cases"
    folder.mkdir(exist_ok=True)
    path = folder / f"{hashlib.sha256(data).hexdigest()[:12]}.{target}"
    path.write_bytes(data)
    print(f"{target}: {type(error).__name__}: {error}; kept as {path}", file=sys.stderr)
    return path


def run_by_chance(target: str, seconds: float, seed: int) -> tuple[int, int]:
    """Cases tried and cases that failed; damaged PDFs are not given to recognition, which takes seconds a page."""
    import extractor.read.pdf

    if target != "image":
        extractor.read.pdf.has_ocr = lambda: False
    chance, corpus = random.Random(seed), seeds(target)
    end, tried, failed = time.monotonic() + seconds, 0, 0
    signal.signal(signal.SIGPROF, stop)
    while time.monotonic() < end:
        data = mutate(chance.choice(corpus), corpus, chance)
        signal.setitimer(signal.ITIMER_PROF, LONGEST)
        try:
            check(data, target)
        except Exception as error:
            failed += 1
            keep(data, target, error)
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
        tried += 1
    return tried, failed


def stop(number: int, frame: object) -> None:
    """End a case that takes too long."""
    raise TimeoutError(f"took more than {LONGEST} s")


def run_guided(target: str, seconds: float, options: list[str]) -> None:
    """Let atheris guide the mutations; ends the process."""
    import atheris

    with atheris.instrument_imports(include=["extractor"]):
        from extractor.pipeline import extract  # noqa: F401
    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
    for number, data in enumerate(seeds(target)):
        (folder / f"seed-{number}").write_bytes(data)
    words = [sys.argv[0], str(folder), f"-max_total_time={int(seconds)}", f"-timeout={LONGEST}", *options]
    atheris.Setup([*words, "-rss_limit_mb=2000"], lambda data: check(data, target))
    atheris.Fuzz()


def main() -> int:
    """Fuzz one target, or all of them in turn; 1 where a case failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--guided", action="store_true", help="use atheris")
    parser.add_argument("options", nargs="*")
    asked = parser.parse_args()
    if asked.guided:
        run_guided(asked.target, asked.seconds, asked.options)
    from extractor.read import load_readers, readers

    load_readers()
    names = [name for name, _ in readers.items() if name not in SLOW] if asked.target == "all" else [asked.target]
    failures = 0
    for name in names:
        tried, failed = run_by_chance(name, asked.seconds, asked.seed)
        failures += failed
        print(f"{name}: {tried} cases in {asked.seconds:.0f} s, {failed} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
