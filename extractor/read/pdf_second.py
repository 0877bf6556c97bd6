"""Second opinion on tables whose lines leave doubt: pdfplumber, much slower, needs all four corners of a cell."""

from __future__ import annotations

import io
import logging

from extractor.read.pdf_grids import NEAR, PageGrid, Region, positions
from extractor.types import Box


def confirm_grids(data: bytes, number: int, grids: list[PageGrid]) -> list[PageGrid]:
    """``grids`` with those in doubt replaced where pdfplumber sees a table of the same extent on page ``number``."""
    if not any(grid.doubtful for grid in grids):
        return grids
    tables = find_cells(data, number)
    return [better(grid, tables) if grid.doubtful else grid for grid in grids]


def find_cells(data: bytes, number: int) -> list[list[Box]]:
    """Boxes of the cells of every table that pdfplumber finds; none where it fails."""
    import pdfplumber

    logging.getLogger("pdfminer").setLevel(logging.ERROR)
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


def nearest(borders: list[float], value: float) -> int:
    """Index of the border next to ``value``."""
    return min(range(len(borders)), key=lambda i: abs(borders[i] - value))
