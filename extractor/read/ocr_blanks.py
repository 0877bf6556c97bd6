"""A second look at the blank cells of a scanned table: a figure whose ink was overlooked must not pass for a blank."""

from __future__ import annotations

import math
from typing import Any

from extractor.read.ocr import Scan, engine, guarded
from extractor.read.ocr_digits import DOUBT, NUMBER, enlarge, read_again
from extractor.read.ocr_rules import lay_straight
from extractor.read.pdf_glyphs import Page
from extractor.read.pdf_grids import PageGrid, Region
from extractor.types import Box

INSET = 0.25  # of the height of a character: what the borders of a cell take
AROUND = 0.2  # of the height of a character: paper around the ink that is read
DARKER = 40  # levels of grey by which ink is darker than the paper of its cell
LOW, HIGH = 0.4, 1.8  # of the height of a character: ink of less is dust, ink of more no figure
MAX_CELLS = 400  # of a page


def read_blanks(image: Any, scan: Scan, page: Page, grids: list[PageGrid], scale: float) -> None:
    """Add the numbers that stand in blank cells to the page and to their cells, all of them in doubt.

    image -- the page upright; scale -- points in a pixel.
    """
    blank = [(grid, region) for grid in grids for region in grid.regions if not region.pieces][:MAX_CELLS]
    straight = lay_straight(image, scan.angle) if blank else image
    inked = []
    for grid, region in blank:
        box = find_ink(straight, inside(grid, region, scan, scale), scan.size)
        if box is not None:
            inked.append((region, box))
    if not inked:
        return
    pictures = [enlarge(straight[top:bottom, left:right]) for _, (left, top, right, bottom) in inked]
    looks = guarded(lambda: read_again(engine(), pictures))
    middle = (image.shape[1] / 2, image.shape[0] / 2)
    for (region, box), (text, score) in zip(inked, looks, strict=True):
        if NUMBER.fullmatch(text):
            spots = share(box, len(text))
            places = [in_points(lay_back(spot, scan.angle, middle), scale) for spot in spots]
            region.pieces.append(range(len(page.chars), len(page.chars) + len(text)))
            page.append(text, [in_points(spot, scale) for spot in spots])
            (page.places or []).extend(places)
            (page.confidences or []).extend([round(min(DOUBT, score), 3)] * len(text))


def inside(grid: PageGrid, region: Region, scan: Scan, scale: float) -> tuple[int, int, int, int]:
    """The pixels of a cell without its borders: left, top, right, bottom."""
    inset = INSET * scan.size
    left, right = grid.xs[region.left] / scale + inset, grid.xs[region.right] / scale - inset
    top, bottom = grid.ys[region.top] / scale + inset, grid.ys[region.bottom] / scale - inset
    return max(0, int(left)), max(0, int(top)), max(0, int(right)), max(0, int(bottom))


def find_ink(straight: Any, cell: tuple[int, int, int, int], size: float) -> tuple[int, int, int, int] | None:
    """The box of the ink in a cell, with some paper around it, where it is as high as one line; ``size`` -- of that."""
    import cv2
    import numpy

    left, top, right, bottom = cell
    if straight[top:bottom, left:right].size == 0:
        return None
    grey = cv2.GaussianBlur(cv2.cvtColor(straight[top:bottom, left:right], cv2.COLOR_BGR2GRAY), (5, 5), 0)
    ink = (grey < numpy.median(grey) - DARKER).astype(numpy.uint8)
    _, _, found, _ = cv2.connectedComponentsWithStats(ink)
    pieces = [piece for piece in found[1:].tolist() if LOW * size < piece[3]]
    if not pieces:
        return None
    x0, y0 = min(p[0] for p in pieces), min(p[1] for p in pieces)
    x1, y1 = max(p[0] + p[2] for p in pieces), max(p[1] + p[3] for p in pieces)
    if y1 - y0 > HIGH * size:
        return None
    more = int(AROUND * size)
    return max(0, left + x0 - more), max(0, top + y0 - more), left + x1 + more, top + y1 + more


def share(box: tuple[int, int, int, int], count: int) -> list[Box]:
    """A box cut into ``count`` of equal width."""
    left, top, right, bottom = box
    step = (right - left) / count
    return [(left + step * at, top, left + step * (at + 1), bottom) for at in range(count)]


def lay_back(box: Box, angle: float, middle: tuple[float, float]) -> Box:
    """A box of the page laid straight on the page as it lies."""
    x, y = (box[0] + box[2]) / 2 - middle[0], (box[1] + box[3]) / 2 - middle[1]
    cos, sin = math.cos(angle), math.sin(angle)
    x, y = middle[0] + x * cos - y * sin, middle[1] + x * sin + y * cos
    wide, high = (box[2] - box[0]) / 2, (box[3] - box[1]) / 2
    return (x - wide, y - high, x + wide, y + high)


def in_points(box: Box, scale: float) -> Box:
    """A box of pixels in points."""
    return (box[0] * scale, box[1] * scale, box[2] * scale, box[3] * scale)
