"""Characters of a PDF page with their boxes, straight from pdfium."""

from __future__ import annotations

import ctypes
import math
from dataclasses import dataclass, field
from typing import Any

from extractor.types import Box

HYPHENS = (0x02, 0xFFFE)  # what pdfium puts for a hyphen at a line end
FINE = 0.5  # cells of two points: finds doubles of fake bold
LARGE = 40.0  # points from which a loose box is compared with the ink


@dataclass(slots=True)
class Page:
    """One page: size in points as displayed, and its characters in paint order.

    chars, boxes -- one for each character; boxes in points, origin top-left, as displayed.
    turned -- angle in degrees (counter-clockwise) of characters that do not stand upright, by index.
    """

    number: int
    width: float
    height: float
    chars: list[str] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    turned: dict[int, int] = field(default_factory=dict)


class Frame:
    """Maps page space (origin bottom-left, unturned) to the page as displayed (origin top-left)."""

    def __init__(self, raw: Any, handle: Any) -> None:
        rotation = raw.FPDFPage_GetRotation(handle) % 4
        box = raw.FS_RECTF()
        if not raw.FPDF_GetPageBoundingBox(handle, ctypes.byref(box)):
            box.right, box.top = raw.FPDF_GetPageWidthF(handle), raw.FPDF_GetPageHeightF(handle)
        self.rotation = rotation
        self.edges = (box.left, box.bottom, box.right, box.top)
        wide, high = box.right - box.left, box.top - box.bottom
        self.size = (wide, high) if rotation % 2 == 0 else (high, wide)

    def place(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """The displayed box of a box in page space (left, bottom, right, top)."""
        left, bottom, right, top = self.edges
        if self.rotation == 0:
            return (x0 - left, top - y1, x1 - left, top - y0)
        if self.rotation == 1:
            return (y0 - bottom, x0 - left, y1 - bottom, x1 - left)
        if self.rotation == 2:
            return (right - x1, y0 - bottom, right - x0, y1 - bottom)
        return (top - y1, right - x1, top - y0, right - x0)


def read_glyphs(raw: Any, handle: Any, number: int, frame: Frame) -> Page:
    """Characters of the page behind ``handle``; pdfium's own blanks, line ends and doubles are left out."""
    page = Page(number, *frame.size)
    text = raw.FPDFText_LoadPage(handle)
    if not text:
        return page
    try:
        collect(raw, text, page, frame)
    finally:
        raw.FPDFText_ClosePage(text)
    return page


def collect(raw: Any, text: Any, page: Page, frame: Frame) -> None:
    """Fill ``page`` with the characters of a text page."""
    rect = raw.FS_RECTF()
    reference = ctypes.byref(rect)
    unicode_of, box_of, generated = raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox, raw.FPDFText_IsGenerated
    doubles = Doubles()
    high = 0
    for index in range(raw.FPDFText_CountChars(text)):
        code = unicode_of(text, index)
        if code <= 0x20:
            if code != 0x20 and code not in HYPHENS or generated(text, index):
                continue
        elif 0xD800 <= code <= 0xDFFF:
            high, code = pair(high, code)
        if not code:
            continue
        char = printed(raw, text, index, code)
        box_of(text, index, reference)
        x0, y0, x1, y1 = rect.left, rect.bottom, rect.right, rect.top
        if not 0.05 < x1 - x0 < LARGE or not 0.05 < y1 - y0 < LARGE:
            x0, y0, x1, y1 = safe_box(raw, text, index, (x0, y0, x1, y1))
            turn = round(math.degrees(raw.FPDFText_GetCharAngle(text, index))) % 360
            if turn and char != " ":
                page.turned[len(page.chars)] = turn
        box = frame.place(x0, y0, x1, y1)
        if not doubles.seen(char, box):
            page.chars.append(char)
            page.boxes.append(box)


def pair(high: int, code: int) -> tuple[int, int]:
    """Joins surrogates: the half that waits and the code to print now (0 for none yet)."""
    if code < 0xDC00:
        return code, 0
    return 0, 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0xFFFD


def printed(raw: Any, text: Any, index: int, code: int) -> str:
    """The character of a code: hyphens at line ends restored, what is no character replaced."""
    if code in HYPHENS:
        return "-" if raw.FPDFText_IsHyphen(text, index) == 1 or code == 0x02 else "�"
    return "�" if code == 0xFFFF or code > 0x10FFFF else chr(code)


def safe_box(raw: Any, text: Any, index: int, loose: Box) -> Box:
    """The loose box where it is in keeping with the ink, else the ink box (turned text, vertical fonts of pdfium)."""
    tight = tight_box(raw, text, index)
    ink = max(tight[2] - tight[0], tight[3] - tight[1])
    wide, high = loose[2] - loose[0], loose[3] - loose[1]
    return loose if min(wide, high) >= 0.05 and max(wide, high) <= 3 * ink else tight


def tight_box(raw: Any, text: Any, index: int) -> Box:
    """The ink box of a character in page space, for fonts and turns that have no loose one."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    raw.FPDFText_GetCharBox(text, index, *map(ctypes.byref, (left, right, bottom, top)))
    return (left.value, bottom.value, right.value, top.value)


class Doubles:
    """Finds characters printed twice at nearly one place, as programs do for want of a bold font."""

    def __init__(self) -> None:
        self.places: set[tuple[str, int, int, int]] = set()

    def seen(self, char: str, box: Box) -> bool:
        """Whether the same character stands there already; remembers it if not."""
        x, y = (box[0] + box[2]) * 0.5 * FINE, (box[1] + box[3]) * 0.5 * FINE
        first = (char, int(x), int(y), 0)
        second = (char, int(x + 0.5), int(y + 0.5), 1)
        places = self.places
        if first in places or second in places:
            return True
        places.add(first)
        places.add(second)
        return False
