"""Whether the text layer of a page can be trusted: missing, garbled, a few words over a scan, hidden from the eye."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Any

from extractor.lexicon import keep_made, matcher
from extractor.read.pdf_glyphs import LOST, Page
from extractor.read.pdfium import IMAGE, ask_all
from extractor.record import record

INVISIBLE = 3  # text render mode
FEW = 40  # characters that may stand over a scan: a stamp, a running head
ENOUGH = 30  # characters from which garbled text can be told
COVERED = 0.4  # of the page that an image must take to be a scan
IDEOGRAPHS = ("\u3400", "\u9fff")
CHARSETS = ("gb2312", "big5")
HAN = matcher(f"[{IDEOGRAPHS[0]}-{IDEOGRAPHS[1]}]")
FOREIGN = ((0xA1, 0xB6), (0xB8, 0xD6), (0xD8, 0x250), (0x370, 0x600), (0xAC00, 0xD7B0))  # letters of mojibake


@record
class PageLook:
    """What a page draws: share of its area under images (0 to 1), and how many text objects don't show."""

    images: float
    hidden: int


def look_at(raw: Any, objects: Sequence[tuple[Any, int]], modes: list[int], page: Page) -> PageLook:
    """What the objects of a page (each with its type) and its texts (by how each is rendered) draw."""
    images = [item for item, kind in objects if kind == IMAGE]
    edges = zip(*ask_all(raw.FPDFPageObj_GetBounds, 4, images), strict=True)
    covered = sum(abs((right - left) * (top - bottom)) for left, bottom, right, top in edges)
    return PageLook(covered / max(1.0, page.width * page.height), modes.count(INVISIBLE))


def find_need(page: Page, look: PageLook) -> str:
    """Why the page's image should be read instead of its text layer: blank, garbled, sparse, or "" for no need."""
    ink = "".join("".join(page.chars).split())
    if not ink:
        return "blank"
    if is_garbled(ink):
        return "garbled"
    return "sparse" if len(ink) < FEW and look.images > COVERED else ""


def is_garbled(ink: str) -> bool:
    """Whether characters (blanks left out) are glyph codes, mojibake, or ideographs that nobody writes."""
    total = len(ink)
    if total < ENOUGH:
        return False
    counts: Counter[str] = Counter()
    for char in set(ink) - known_as_usual():
        sort = sort_of(char)
        counts[sort] += ink.count(char)
        if not sort:
            known_as_usual().add(char)
    odd = max(counts["lost"], counts["foreign"]) * 10 > 3 * total
    soup = total > 2 * ENOUGH and counts["symbol"] * 5 > 2 * total and not HAN.search(ink)
    return odd or soup or (counts["rare"] * 2 > ENOUGH and counts["rare"] * 2 > len(HAN.findall(ink)))


@cache
def known_as_usual() -> set[str]:
    """Characters met so far that are of no sort which tells garbled text."""
    return set()


def sort_of(char: str) -> str:
    """What a character is, of what tells garbled text: lost, foreign, symbol, rare (an ideograph), "" for none."""
    code = ord(char)
    if IDEOGRAPHS[0] <= char <= IDEOGRAPHS[1]:
        return "" if _usual()[code - ord(IDEOGRAPHS[0])] else "rare"
    if char == LOST or 0xE000 <= code < 0xF900 or code < 0x20 or 0x7F <= code < 0xA0:
        return "lost"
    if any(low <= code < high for low, high in FOREIGN):
        return "foreign"
    return "symbol" if 0x20 < code < 0x80 and not char.isalnum() else ""


@keep_made
def _usual() -> bytes:
    """For each ideograph whether it is in one of the sets that reports are written with."""
    first, last = map(ord, IDEOGRAPHS)
    return bytes(any(chr(code).encode(charset, "ignore") for charset in CHARSETS) for code in range(first, last + 1))
