"""Shares the characters of a page out to its cells and the text around them, in pieces that the pen drew at one go."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.read.pdf_glyphs import Page
from extractor.read.pdf_grids import FAR, Order, PageGrid, Region
from extractor.types import Box

BACK = 0.5  # of the height: how far the pen may go back
LEVEL = 0.3  # of the height: how far it may leave the line


def share_out(page: Page, grids: list[PageGrid]) -> list[Order]:
    """Give the pieces inside grids to their cells; the pieces of the text outside, in paint order."""
    outside: list[Order] = []
    for region, start, stop in find_stretches(page, grids):
        cut(page, outside if region is None else region.pieces, start, stop)
    return outside


def find_stretches(page: Page, grids: list[PageGrid]) -> Iterator[tuple[Region | None, int, int]]:
    """Characters painted one after the other in one cell or (None) outside of all grids, each stretch from, to."""
    start, here = 0, None
    west = north = east = south = FAR
    for index, (x, y) in enumerate(zip(page.x, page.y, strict=True)) if grids else ():
        if west <= x < east and north <= y < south:
            continue
        region, (west, north, east, south) = look_up(grids, x, y)
        if region is not here:
            if index > start:
                yield here, start, index
            start, here = index, region
    if len(page.x) > start:
        yield here, start, len(page.x)


def look_up(grids: list[PageGrid], x: float, y: float) -> tuple[Region | None, Box]:
    """The cell at a point, None outside; and an area around it with the same answer, empty where unsure."""
    north, south = -FAR, FAR
    for grid in grids:
        region = grid.cell_at(x, y)
        if region is not None:
            x0, top, x1, bottom = grid.box(region)
            return region, (x0, max(top, north), x1, min(bottom, south))
        if y < grid.ys[0]:
            south = min(south, grid.ys[0])
        else:  # below a grid, or beside it, where the area is empty: the answer changes with every step
            north = max(north, grid.ys[-1])
    return None, (-FAR, north, FAR, south)


def cut(page: Page, pieces: list[Order], start: int, stop: int) -> None:
    """Add a stretch of characters to pieces, cut where the pen leaves the line or goes back."""
    begin, joins = start, bool(pieces)
    end, middle, back, reach = pen_at(page, pieces[-1]) if joins else (FAR, 0.0, 0.0, 0.0)
    stretch = zip(page.left[start:stop], page.y[start:stop], page.right[start:stop], strict=True)
    for index, (x0, y, x1) in enumerate(stretch, start):
        if x0 < end - back or not -reach <= y - middle <= reach:
            if index > begin:
                add(pieces, begin, index, joins)
            begin, joins = index, False
            height = max(page.bottom[index] - page.top[index], 1.0)
            middle, back, reach = y, BACK * height, LEVEL * height
        end = x1
    add(pieces, begin, stop, joins)


def pen_at(page: Page, piece: Order) -> tuple[float, float, float, float]:
    """Where a piece ends, the middle of its line, how far the pen may go back and how far from the middle."""
    first = piece[0]
    height = max(page.bottom[first] - page.top[first], 1.0)
    return page.right[piece[-1]], page.y[first], BACK * height, LEVEL * height


def add(pieces: list[Order], start: int, stop: int, joins: bool) -> None:
    """Add characters as a piece, or to the last piece."""
    if not joins:
        pieces.append(range(start, stop))
        return
    last = pieces[-1]
    if isinstance(last, range):
        pieces[-1] = last = list(last)
    last.extend(range(start, stop))
