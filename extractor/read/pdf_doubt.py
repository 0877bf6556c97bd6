"""Whether the text layer of a page can be trusted: missing, garbled, a few words over a scan, hidden from the eye."""

from __future__ import annotations

import ctypes
from typing import Any

from extractor.read.pdf_glyphs import LOST, Page
from extractor.record import record

TEXT, IMAGE = 1, 3  # object types of pdfium
INVISIBLE = 3  # text render mode
FEW = 40  # characters that may stand over a scan: a stamp, a running head
ENOUGH = 30  # characters from which garbled text can be told
COVERED = 0.4  # of the page that an image must take to be a scan
MAX_OBJECTS = 20_000  # of one page that are looked at
RADICALS = range(0x2E80, 0x2FE0)  # ordinary characters under odd codes, which normalising folds
COMPATIBLE = range(0xF900, 0xFB00)
FOREIGN = ((0xA1, 0xB6), (0xB8, 0xD6), (0xD8, 0x250), (0x370, 0x600), (0xAC00, 0xD7B0))  # letters of mojibake


@record
class PageLook:
    """What a page draws: share of its area under images (0 to 1), text objects in all and those that don't show."""

    images: float
    texts: int
    hidden: int


def look_at(raw: Any, handle: Any, page: Page) -> PageLook:
    """Objects of a page."""
    images = 0.0
    texts = hidden = 0
    for index in range(min(raw.FPDFPage_CountObjects(handle), MAX_OBJECTS)):
        item = raw.FPDFPage_GetObject(handle, index)
        kind = raw.FPDFPageObj_GetType(item)
        if kind == TEXT:
            texts += 1
            hidden += raw.FPDFTextObj_GetTextRenderMode(item) == INVISIBLE
        elif kind == IMAGE:
            images += area(raw, item)
    return PageLook(images / max(1.0, page.width * page.height), texts, hidden)


def area(raw: Any, item: Any) -> float:
    """Area that an object takes, in square points."""
    edges = [ctypes.c_float() for _ in range(4)]
    if not raw.FPDFPageObj_GetBounds(item, *map(ctypes.byref, edges)):
        return 0.0
    left, bottom, right, top = (edge.value for edge in edges)
    return abs((right - left) * (top - bottom))


def find_need(page: Page, look: PageLook) -> str:
    """Why the page's image should be read instead of its text layer: blank, garbled, sparse, or "" for no need."""
    ink = [c for c in page.chars if not c.isspace()]
    if not ink:
        return "blank"
    if is_garbled(ink):
        return "garbled"
    return "sparse" if len(ink) < FEW and look.images > COVERED else ""


def is_garbled(ink: list[str]) -> bool:
    """Whether characters (blanks left out) are glyph codes, mojibake, or ideographs that nobody writes."""
    if len(ink) < ENOUGH:
        return False
    codes = [ord(c) for c in ink]
    lost = sum(c == LOST for c in ink) + sum(0xE000 <= c < 0xF900 or c < 0x20 or 0x7F <= c < 0xA0 for c in codes)
    foreign = sum(any(low <= c < high for low, high in FOREIGN) for c in codes)
    ideographs = [c for c in ink if "\u3400" <= c <= "\u9fff"]
    symbols = sum(0x20 < c < 0x80 and not chr(c).isalnum() for c in codes)
    soup = not ideographs and len(ink) > 2 * ENOUGH and symbols * 5 > 2 * len(ink)
    rare = sum(is_rare(c) for c in ideographs)
    return soup or lost * 10 > 3 * len(ink) or foreign * 10 > 3 * len(ink) or rare * 2 > max(ENOUGH, len(ideographs))


def is_rare(char: str) -> bool:
    """Whether an ideograph is in neither of the two sets that reports are written with."""
    if ord(char) in RADICALS or ord(char) in COMPATIBLE:
        return False
    for charset in ("gb2312", "big5"):
        try:
            char.encode(charset)
        except UnicodeEncodeError:
            continue
        return False
    return True
