"""Lines of text from characters with boxes: paint order is not reading order, boxes decide."""

from __future__ import annotations

from collections.abc import Sequence
from operator import sub

from extractor.lexicon import matcher
from extractor.read.pdf_glyphs import Page
from extractor.read.pdf_grids import Order
from extractor.record import record

APART = 0.2  # of the height: gap between two latin words
LATIN_PAIR = matcher("[0-9A-Za-z](?=[0-9A-Za-z])")


@record(frozen=False)
class TextLine:
    """A line on paper: character indices from left to right, their text with blanks where they belong, its box.

    glyphs -- index of each character of ``text``, -1 for a blank that is not on paper.
    """

    page: int
    glyphs: Order
    text: str
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def size(self) -> float:
        """Height of the line in points."""
        return self.bottom - self.top


def find_lines(page: Page, pieces: list[Order]) -> list[TextLine]:
    """Lines of the given pieces, from top to bottom."""
    if len(pieces) == 1:
        line = make_line(page, pieces)
        return [] if line is None else [line]
    rows: list[list[Order]] = []
    edges: list[tuple[float, float]] = []
    for middle, height, _, piece in sorted((*measure(page, piece), piece[0], piece) for piece in pieces):
        if rows and abs(middle - edges[-1][0]) < 0.45 * max(height, edges[-1][1]):
            rows[-1].append(piece)
        else:
            rows.append([piece])
            edges.append((middle, height))
    lines = (make_line(page, row) for row in rows)
    return [line for line in lines if line is not None]


def measure(page: Page, piece: Order) -> tuple[float, float]:
    """Middle and height of the tallest character of a piece."""
    _, top, _, bottom = edges_of(page, piece)
    heights = list(map(sub, bottom, top))
    height = max(heights)
    return page.y[piece[heights.index(height)]], height


def make_line(page: Page, row: list[Order], sort: bool = True) -> TextLine | None:
    """One line of pieces side by side; None where all of it is blank."""
    order = row[0]
    if len(row) > 1:
        order = [index for piece in row for index in piece]
        if sort:  # by middle, because the pen may come back to fill a gap with a quotation mark of another font
            order.sort(key=page.x.__getitem__)
    text = text_of(page, order)
    ink = text.strip()
    if not ink:
        return None
    if len(ink) < len(text):
        start = len(text) - len(text.lstrip())
        order = order[start : start + len(ink)]
    glyphs, spaced = space_out(page, order, ink)
    left, top, right, bottom = edges_of(page, order)
    return TextLine(page.number, glyphs, spaced, min(left), min(top), max(right), max(bottom))


def edges_of(page: Page, order: Order) -> Sequence[list[float]]:
    """Left, top, right and bottom edges of some characters."""
    if isinstance(order, range):
        part = slice(order.start, order.stop)
        return page.left[part], page.top[part], page.right[part], page.bottom[part]
    return [[column[index] for index in order] for column in (page.left, page.top, page.right, page.bottom)]


def text_of(page: Page, order: Order) -> str:
    """Some characters."""
    chars = page.chars
    if isinstance(order, range) and isinstance(chars, str):
        return chars[order.start : order.stop]
    return "".join([chars[index] for index in order])


def space_out(page: Page, order: Order, text: str) -> tuple[Order, str]:
    """Characters of a line with a blank between latin words that stand apart without one."""
    gaps = []
    for pair in LATIN_PAIR.finditer(text):
        left, right = order[pair.end() - 1], order[pair.end()]
        if page.left[right] - page.right[left] > APART * (page.bottom[right] - page.top[right]):
            gaps.append(pair.end())
    if not gaps:
        return order, text
    glyphs, chars = list(order), list(text)
    for gap in reversed(gaps):
        glyphs.insert(gap, -1)
        chars.insert(gap, " ")
    return glyphs, "".join(chars)
