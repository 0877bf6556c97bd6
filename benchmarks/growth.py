"""How time grows with the size of a report: ``python benchmarks/growth.py [--rounds N] [--json OUT] [--plot OUT.svg]``.

Five ways to grow: facts in one sentence, sentences, characters of prose without numbers, pages of a PDF, rows of
tables.  Everything runs as for a user: reading, facts, tables, audit, the JSON object.  What counts is time a unit
against time a unit of the smallest size: 1 is linear growth, 2 is twice the time for each fact.
"""

import argparse
import gc
import json
import math
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
sys.path.insert(0, str(SAMPLES))

HEAD = "江宁县人民政府2022年政府信息公开工作年度报告\n一、总体情况\n"
NAMES = "城东城西城南城北河湾柳林清泉石桥"
TITLE = {
    "facts": "facts in one sentence",
    "sentences": "sentences with two facts",
    "characters": "characters without numbers",
    "pages": "pages of a PDF",
    "rows": "rows of tables",
}


COLOURS = ("#b3261e", "#1b5fae", "#2e7d32", "#7b3fa0", "#b26a00")


@dataclass
class Point:
    """One size: what grew, how much, seconds, and time a unit against the smallest size."""

    kind: str
    size: int
    seconds: float
    ratio: float


def facts(size: int) -> bytes:
    """One sentence with a total and its parts."""
    items = "、".join(f"{NAMES[at % 16]}{NAMES[at * 7 % 16]}街道{at % 90 + 10}件" for at in range(size))
    total = sum(at % 90 + 10 for at in range(size))
    return f"{HEAD}全年办理各类来信{total}件，其中{items}。".encode()


def sentences(size: int) -> bytes:
    """Sentences of one kind, twenty to a paragraph."""
    told = [
        f"{NAMES[at % 16]}{NAMES[at * 3 % 16]}镇全年主动公开政府信息{at + 20}条，收到依申请公开{at % 30 + 1}件。"
        for at in range(size)
    ]
    return (HEAD + "\n".join("".join(told[at : at + 20]) for at in range(0, size, 20))).encode()


def characters(size: int) -> bytes:
    """Prose that holds no number, in paragraphs of three hundred characters."""
    words = "坚持以公开为常态、不公开为例外，持续健全制度机制，不断提升政务公开的质量和实效，"
    paragraph = (words * 8)[:299] + "。"
    return (HEAD + "\n".join([paragraph] * (size // 300))).encode()


def rows(size: int) -> bytes:
    """Ruled tables of twenty-five rows and eight columns."""
    one = "".join(f"<tr><td>{NAMES[at % 16]}类信息</td>{'<td>0</td>' * 7}</tr>" for at in range(25))
    table = f"<table>{one}</table>"
    return f"<html><body><p>{HEAD.replace(chr(10), '</p><p>')}</p>{table * (size // 25)}</body></html>".encode()


def pages(size: int) -> bytes:
    """The narrative of a sample again and again, laid out on about so many pages."""
    import paper
    from source import read_source

    parts = read_source("provincial-office-2021")
    first_table = next(at for at, part in enumerate(parts) if part.form is not None)
    body = parts[:first_table] * max(1, round(size / 2.2))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "long.pdf"
        paper.write_pdf(body, path, paper.Style(size=16))
        return path.read_bytes()


GROWTH: dict[str, tuple[Callable[[int], bytes], tuple[int, ...]]] = {
    "facts": (facts, (125, 250, 500, 1000)),
    "sentences": (sentences, (100, 200, 400, 800)),
    "characters": (characters, (15_000, 30_000, 60_000, 120_000)),
    "pages": (pages, (10, 20, 40, 80)),
    "rows": (rows, (100, 200, 400, 800)),
}


def measure(rounds: int) -> Iterator[Point]:
    """Every size of every kind; the sizes of a kind run in turn, and the fastest round counts."""
    from extractor import Settings, extract

    for kind, (make, sizes) in GROWTH.items():
        made = {size: make(size) for size in sizes}
        units = {size: page_count(data) if kind == "pages" else size for size, data in made.items()}
        seconds = dict.fromkeys(sizes, float("inf"))
        for _ in range(rounds + 1):
            for size, data in made.items():
                gc.collect()
                started = time.process_time()
                extract(data, Settings(model=False), name="report").to_dict()
                seconds[size] = min(seconds[size], time.process_time() - started)
        least = seconds[sizes[0]] / units[sizes[0]]
        for size in sizes:
            yield Point(kind, units[size], seconds[size], seconds[size] / units[size] / least)


def page_count(data: bytes) -> int:
    """Pages of a PDF."""
    import pypdfium2

    return len(pypdfium2.PdfDocument(data))


def show(points: list[Point]) -> None:
    """Print the table."""
    print(f"{'':28}{'size':>8}{'ms':>9}{'a unit':>8}")
    for point in points:
        print(f"{TITLE[point.kind]:28}{point.size:8}{point.seconds * 1000:9.1f}{point.ratio:8.2f}")


def plot(points: list[Point]) -> str:
    """An SVG: time a unit (upwards) by size against the smallest (doubling to the right); level lines are linear."""
    left, right, floor, ceiling = 50, 450, 250, 30
    top = max(2.0, *(point.ratio for point in points))
    lines = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 680 300" font-family="sans-serif" font-size="12">',
        '<rect width="680" height="300" fill="white"/>',
        f'<text x="{left}" y="18">time a unit, smallest size = 1</text>',
    ]
    for step in range(4):
        x = left + (right - left) * step / 3
        lines.append(f'<text x="{x:.0f}" y="{floor + 20}" text-anchor="middle">× {2**step}</text>')
    for mark in range(math.floor(top) + 1):
        y = floor - (floor - ceiling) * mark / top
        lines.append(f'<path d="M{left} {y:.1f}H{right}" stroke="#ddd"/><text x="30" y="{y + 4:.1f}">{mark}</text>')
    for row, (kind, colour) in enumerate(zip(GROWTH, COLOURS, strict=True)):
        own = [point for point in points if point.kind == kind]
        places = [
            (
                left + (right - left) * math.log2(point.size / own[0].size) / 3,
                floor - (floor - ceiling) * point.ratio / top,
            )
            for point in own
        ]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        lines.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        name = f"{TITLE[kind]}: {own[0].size} to {own[-1].size}"
        lines.append(f'<text x="{right + 20}" y="{60 + 24 * row}" fill="{colour}">{name}</text>')
    return "\n".join([*lines, "</svg>"])


def main() -> None:
    """Measure, print, and write what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--plot", type=Path)
    options = parser.parse_args()
    points = list(measure(options.rounds))
    show(points)
    if options.json:
        options.json.write_text(json.dumps([asdict(p) for p in points], indent=1) + "\n", encoding="utf-8")
    if options.plot:
        options.plot.write_text(plot(points) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
