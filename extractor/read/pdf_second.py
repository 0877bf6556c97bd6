"""Second opinion: pdfplumber, much slower, on tables whose lines leave doubt and on files that may have two faces."""

from __future__ import annotations

import io
from typing import Any

from extractor.read.pdf_glyphs import Page
from extractor.read.pdf_grids import NEAR, PageGrid, Region, nearest, positions
from extractor.types import Box, Notice

MAX_COMPARED = 3  # pages
MAX_COMPARED_BYTES = 20_000_000
FEW = 20  # characters below which a page tells nothing


def confirm_grids(data: bytes, number: int, grids: list[PageGrid]) -> list[PageGrid]:
    """``grids`` with those in doubt replaced where pdfplumber sees a table of the same extent on page ``number``."""
    if not any(grid.doubtful for grid in grids):
        return grids
    tables = find_cells(data, number)
    return [better(grid, tables) if grid.doubtful else grid for grid in grids]


def load_quietly() -> Any:
    """pdfplumber; what its parser says of odd fonts is nothing that a reader of reports can use."""
    import logging

    import pdfplumber

    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    return pdfplumber


def find_cells(data: bytes, number: int) -> list[list[Box]]:
    """Boxes of the cells of every table that pdfplumber finds; none where it fails."""
    pdfplumber = load_quietly()
    try:
        with pdfplumber.open(io.BytesIO(data), pages=[number]) as document:
            return [[cell for cell in found.cells if cell] for found in document.pages[0].find_tables()]
    except Exception:  # it lets errors of every kind escape; the first reading stands
        return []


def better(grid: PageGrid, tables: list[list[Box]]) -> PageGrid:
    """The grid of the table with the same extent, else ``grid``."""
    for cells in tables:
        if not cells:
            continue
        xs = positions([x for c in cells for x in (c[0], c[2])], grid.xs[0], grid.xs[-1])
        ys = positions([y for c in cells for y in (c[1], c[3])], grid.ys[0], grid.ys[-1])
        same = abs(xs[0] - grid.xs[0]) + abs(xs[-1] - grid.xs[-1]) + abs(ys[0] - grid.ys[0]) + abs(ys[-1] - grid.ys[-1])
        if same < 4 * NEAR and len(xs) > 2 and len(ys) > 1:
            return fill(xs, ys, cells)
    return grid


def fill(xs: list[float], ys: list[float], cells: list[Box]) -> PageGrid:
    """Grid of boxes; places that no box takes are cells of their own."""
    grid = PageGrid(xs, ys, [], [[-1] * (len(xs) - 1) for _ in ys[1:]], doubtful=True)
    for x0, top, x1, bottom in cells:
        region = Region(nearest(ys, top), nearest(xs, x0), nearest(ys, bottom), nearest(xs, x1))
        taken = any(o >= 0 for row in grid.owner[region.top : region.bottom] for o in row[region.left : region.right])
        if not taken and region.top < region.bottom and region.left < region.right:
            grid.add(region)
    for r, row in enumerate(grid.owner):
        for c, owner in enumerate(row):
            if owner < 0:
                grid.add(Region(r, c, r + 1, c + 1))
    return grid


def warn_of_two_faces(data: bytes, pages: list[Page], recognised: list[int]) -> list[Notice]:
    """Warnings for pages of which pdfplumber reads less than half or more than twice the characters.

    Looked at are pages without text and the first pages of files that were changed by an appended update.
    """
    changed = data.count(b"startxref") > (2 if b"/Linearized" in data[:2048] else 1)
    own = [page for page in pages if page.number not in recognised]
    doubtful = [page for page in own if changed or not "".join(page.chars).strip()][:MAX_COMPARED]
    if not doubtful or len(data) > MAX_COMPARED_BYTES:
        return []
    read = {page.number: sum(not c.isspace() for c in page.chars) for page in doubtful}
    warnings = []
    for number, other in count_characters(data, list(read)).items():
        mine = read[number]
        if max(mine, other) > FEW and min(mine, other) * 2 < max(mine, other):
            message = f"two engines read page {number} differently ({mine} and {other} characters); look at it yourself"
            warnings.append(Notice("engines_differ", message, number))
    return warnings


def count_characters(data: bytes, numbers: list[int]) -> dict[int, int]:
    """Characters that pdfplumber reads on the pages; none where it fails."""
    pdfplumber = load_quietly()
    counts: dict[int, int] = {}
    try:
        with pdfplumber.open(io.BytesIO(data), pages=numbers) as document:
            for page in document.pages:
                chars = page.dedupe_chars().chars
                counts[page.page_number] = sum(len("".join(c["text"].split())) for c in chars)
                page.close()
    except Exception:  # it lets errors of every kind escape; the first reading stands
        return {}
    return counts
