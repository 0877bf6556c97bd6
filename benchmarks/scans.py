"""How well scans are read: PDFs with a text layer are printed as images, recognised, and compared with themselves.

python benchmarks/scans.py [--grade office,fax,...] [FILE.pdf ...]   (default: the samples, printed at 200 dpi)

found F1   -- facts of the scan against facts of the text layer, same value, unit, kind and measure
cells      -- cells of standard tables: those that the scan's tables have, equal ones, those with another number
flagged    -- wrong numbers of the scan's text whose confidence is below 0.9, beside all numbers that are flagged so
"""

from __future__ import annotations

import argparse
import io
import json
import math
import re
import time
from collections import Counter
from pathlib import Path

import numpy
import pypdfium2
from PIL import Image, ImageFilter

from extractor import extract

SAMPLES = sorted((Path(__file__).resolve().parents[1] / "samples").glob("*.pdf"))
GRADES = {  # dpi, degrees, noise, blur, JPEG quality
    "office": (200, 0.5, 12, 0.0, 0),
    "copy": (150, -0.8, 22, 0.6, 40),
    "harsh": (150, 1.5, 15, 0.9, 35),
    "fax": (110, 0.6, 18, 0.7, 30),
    "poor": (90, 1.0, 22, 0.7, 28),
}
NUMBER = re.compile(r"[0-9０-９]+(?:[.,．][0-9０-９]+)*")
PLAIN = str.maketrans("０１２３４５６７８９．", "0123456789.")
APART = 0.4  # of the height of a line: a gap between two numbers
LOW = 0.89  # confidence of a number in doubt: below 0.9


def print_and_scan(path: Path, grade: str) -> bytes:
    dpi, angle, noise, blur, quality = GRADES[grade]
    chance = numpy.random.default_rng(1)
    sheets = []
    for page in pypdfium2.PdfDocument(path):
        sheet = page.render(scale=dpi / 72).to_pil().convert("L")
        sheet = sheet.rotate(angle, resample=Image.BICUBIC, fillcolor=255)
        sheet = sheet.filter(ImageFilter.GaussianBlur(blur)) if blur else sheet
        grey = numpy.asarray(sheet).astype(float) + chance.normal(0, noise, (sheet.height, sheet.width))
        sheets.append(Image.fromarray(numpy.clip(grey, 0, 255).astype("uint8")))
    buffer = io.BytesIO()
    options = {"quality": quality} if quality else {}
    sheets[0].save(buffer, "PDF", save_all=True, append_images=sheets[1:], resolution=float(dpi), **options)
    return buffer.getvalue()


def shape(fact):
    return fact.value, fact.value_max, fact.unit, fact.kind, fact.measure


def printed_near(printed, number, box):
    """Numbers that the text layer has in and beside a box of a page, read from left to right."""
    left, top, right, bottom = box
    high = bottom - top
    found = []
    for offset, c in enumerate(printed.text):
        place = printed.layout.box(offset) if printed.layout.page(offset) == number and not c.isspace() else None
        if place is not None:
            x, y = (place[0] + place[2]) / 2, (place[1] + place[3]) / 2
            if left - high < x < right + high and abs(y - (top + bottom) / 2) < 0.45 * high:
                found.append((place[0], place[2], c))
    return [m.group().translate(PLAIN) for m in NUMBER.finditer(write_apart(sorted(found), high))], bool(found)


def write_apart(chars, high):
    """Characters with their left and right ends as text; a blank where cells part them."""
    text, end = "", None
    for left, right, c in chars:
        text += " " if end is not None and left - end > APART * high else ""
        text, end = text + c, right
    return text


def laid_straight(box, size, angle):
    """A box of the scan on the page as it was printed; ``angle`` -- degrees by which it was turned."""
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    x, y = (box[0] + box[2] - size[0]) / 2, (box[1] + box[3] - size[1]) / 2
    x, y = size[0] / 2 + cos * x - sin * y, size[1] / 2 + sin * x + cos * y
    wide, high = (box[2] - box[0]) / 2, (box[3] - box[1]) / 2
    return x - wide, y - high, x + wide, y + high


def compare_numbers(printed, scanned, sizes, angle):
    """Numbers of the scan that stand where the text layer has text: (number, right, confidence)."""
    compared = []
    for m in NUMBER.finditer(scanned.text):
        page = scanned.layout.page(m.start())
        boxes = [box for box in map(scanned.layout.box, range(*m.span())) if box is not None]
        if not boxes or max(b[1] for b in boxes) > min(b[3] for b in boxes):
            continue  # broken over two lines
        outer = (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))
        near, there = printed_near(printed, page, laid_straight(outer, sizes[page - 1], angle))
        if there:
            compared.append((m.group(), m.group().translate(PLAIN) in near, scanned.confidence(*m.span())))
    return compared


def measure(path: Path, grade: str) -> dict:
    printed = extract(path)
    data = print_and_scan(path, grade)
    start = time.process_time()
    scanned = extract(data)
    seconds = time.process_time() - start
    ours, theirs = Counter(map(shape, printed.facts)), Counter(map(shape, scanned.facts))
    hits = sum((ours & theirs).values())
    cells = {(t.table, c.key): c.value for t in printed.tables for c in t.cells}
    again = {(t.table, c.key): c for t in scanned.tables for c in t.cells}
    read = [(cell, cells[key]) for key, cell in again.items() if key in cells and cell.value is not None]
    misread = [cell for cell, value in read if cell.value != value]
    sizes = [page.get_size() for page in pypdfium2.PdfDocument(path)]
    numbers = compare_numbers(printed.document, scanned.document, sizes, GRADES[grade][1])
    wrong = [(number, sure) for number, right, sure in numbers if not right]
    extra = theirs - ours
    strange = [f for f in scanned.facts if extra[shape(f)] > 0]
    return {
        "file": path.name, "grade": grade, "pages": scanned.document.pages, "cpu_seconds": round(seconds, 1),
        "facts": len(printed.facts), "facts_scanned": len(scanned.facts), "hits": hits,
        "cells": len(cells), "cells_there": len(again.keys() & cells.keys()),
        "cells_equal": sum(key in again and again[key].value == value for key, value in cells.items()),
        "cells_doubted": sum(not cell.certain for cell, _ in read),
        "cells_wrong": len(misread), "cells_wrong_doubted": sum(not cell.certain for cell in misread),
        "cells_wrong_certain": [(c.key, c.raw, c.confidence) for c in misread if c.certain],
        "numbers": len(numbers), "numbers_low": sum(sure <= LOW for _, _, sure in numbers),
        "wrong": len(wrong), "wrong_flagged": sum(c <= LOW for _, c in wrong),
        "unflagged": [w for w in wrong if w[1] > LOW],
        "wrong_facts": len(strange), "wrong_facts_flagged": sum(f.confidence <= LOW for f in strange),
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--grade", default="office", help=f"{', '.join(GRADES)}; several with commas")
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    rows = []
    for grade in asked.grade.split(","):
        for path in asked.files or SAMPLES:
            rows.append(measure(path, grade))
            print(json.dumps(rows[-1], ensure_ascii=False), flush=True)
        total = Counter()
        for row in rows:
            if row["grade"] == grade:
                total.update({k: v for k, v in row.items() if isinstance(v, int | float)})
        f1 = 2 * total["hits"] / max(1, total["facts"] + total["facts_scanned"])
        print(
            f"{grade}: found F1 {f1:.3f}; cells {total['cells']}, there {total['cells_there']}, "
            f"equal {total['cells_equal']}, doubted {total['cells_doubted']}, wrong {total['cells_wrong']}, "
            f"of these doubted {total['cells_wrong_doubted']}; numbers {total['numbers']}, "
            f"low {total['numbers_low']}; wrong {total['wrong']}, flagged {total['wrong_flagged']}; wrong facts "
            f"{total['wrong_facts']}, flagged {total['wrong_facts_flagged']}; "
            f"{total['cpu_seconds'] / max(1, total['pages']):.1f} s CPU a page"
        )
    if asked.json:
        asked.json.write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
