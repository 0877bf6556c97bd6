"""Ruled lines of a scanned page, laid straight first."""

from __future__ import annotations

import math
from typing import Any

from extractor.read.ocr import Scan
from extractor.read.pdf_rules import MAX_RULES, Rules
from extractor.types import Box

Line = tuple[float, float, float]  # place, from, to
STROKE = 1.15  # of the height of a character: shorter strokes are parts of characters
SHORTEST = 1.4  # of the height of a character: shorter lines are none
THICKEST = 14  # pixels of a line
GAP = 11  # pixels of a break in a line that are closed
FADED = 3.0  # sizes of a character: a longer break in a line that is faint is not mended
MENDED = 1000  # lines of a page; where there are more, it is a drawing
LEVEL = 1.0  # points by which two pieces of one line may differ
LETTER = 3.0  # sizes of the character that it crosses: a shorter stroke is part of one


def find_rules(image: Any, scan: Scan, scale: float) -> Rules:
    """Lines across and down of an image laid straight, in points; ``scale`` -- points in a pixel."""
    import cv2

    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    grey = cv2.GaussianBlur(lay_straight(grey, scan.angle), (3, 3), 0)
    ink = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 12)
    rules = Rules([], [])
    for x0, top, x1, bottom in drop_letters(strokes(ink, scan.size, across=True), scan.boxes):
        rules.across.append(((top + bottom) / 2 * scale, x0 * scale, x1 * scale))
    for x0, top, x1, bottom in drop_letters(strokes(ink, scan.size, across=False), scan.boxes):
        rules.down.append(((x0 + x1) / 2 * scale, top * scale, bottom * scale))
    reach = FADED * scan.size * scale
    return Rules(mend(rules.across, rules.down, reach), mend(rules.down, rules.across, reach))


def lay_straight(image: Any, angle: float) -> Any:
    """The image turned back by its slant (radians)."""
    import cv2

    if not angle:
        return image
    high, wide = image.shape[:2]
    turn = cv2.getRotationMatrix2D((wide / 2, high / 2), math.degrees(angle), 1.0)
    return cv2.warpAffine(image, turn, (wide, high), borderValue=(255, 255, 255))


def mend(lines: list[Line], crossing: list[Line], reach: float) -> list[Line]:
    """Lines without the breaks where print is faint: nearly straight on, short, and no crossing line ends there.

    A line that ends at the border of a cell ends at a line that crosses it.
    """
    if len(lines) + len(crossing) > MENDED:
        return lines
    mended: list[Line] = []
    for place, start, end in sorted(lines, key=lambda line: (line[1], line[0])):
        for index, (level, first, last) in enumerate(mended):
            broken = abs(level - place) < LEVEL and 0 < start - last < reach
            if broken and not any(
                last - 2 < at < start + 2 and low - 2 < place < high + 2 for at, low, high in crossing
            ):
                mended[index] = (level, first, end)
                break
        else:
            mended.append((place, start, end))
    return mended


def drop_letters(boxes: list[Box], chars: list[Box]) -> list[Box]:
    """Strokes without those that are parts of characters: short, and their middle lies in a character's box."""
    import numpy

    places = numpy.array(chars, dtype=float).reshape(-1, 4)
    sizes = places[:, 3] - places[:, 1]
    kept = []
    for box in boxes:
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        short = max(box[2] - box[0], box[3] - box[1]) < LETTER * sizes
        across = (places[:, 0] - 2 < x) & (x < places[:, 2] + 2)
        if not bool((short & across & (places[:, 1] < y) & (y < places[:, 3])).any()):
            kept.append(box)
    return kept


def strokes(ink: Any, size: float, *, across: bool) -> list[Box]:
    """Boxes of the straight strokes of an image in one direction; short breaks are closed."""
    import cv2

    def shape(length: int, breadth: int) -> Any:
        return cv2.getStructuringElement(cv2.MORPH_RECT, (length, breadth) if across else (breadth, length))

    lines = cv2.morphologyEx(ink, cv2.MORPH_OPEN, shape(max(16, int(STROKE * size)), 1))
    lines = cv2.morphologyEx(lines, cv2.MORPH_CLOSE, shape(GAP, 3))
    _, _, parts, _ = cv2.connectedComponentsWithStats(lines)
    boxes: list[Box] = []
    for x, y, wide, high, _ in parts[1 : MAX_RULES + 1]:
        thin, long = (high, wide) if across else (wide, high)
        if thin <= THICKEST and long >= SHORTEST * size:
            boxes.append((int(x), int(y), int(x + wide), int(y + high)))
    return boxes
