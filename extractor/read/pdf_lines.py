"""Lines of text from characters with boxes: paint order is not reading order, boxes decide."""

from __future__ import annotations

from extractor.lexicon import matcher
from extractor.read.build import glue
from extractor.read.pdf_glyphs import Page
from extractor.record import record

APART = 0.2  # of the height: gap between two latin words
LATIN_PAIR = matcher("[0-9A-Za-z]{2}")


@record(frozen=False)
class TextLine:
    """A line on paper: character indices from left to right, their text with blanks where they belong, its box.

    glyphs -- index of each character of ``text``, -1 for a blank that is not on paper.
    """

    page: int
    glyphs: list[int]
    text: str
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def size(self) -> float:
        """Height of the line in points."""
        return self.bottom - self.top


def find_lines(page: Page, indices: list[int]) -> list[TextLine]:
    """Lines of the given characters, from top to bottom."""
    pieces = split_pieces(page, indices)
    if len(pieces) == 1:
        line = make_line(page, pieces)
        return [] if line is None else [line]
    rows: list[list[list[int]]] = []
    edges: list[tuple[float, float]] = []
    for middle, height, piece in sorted((*measure(page, p), p) for p in pieces):
        if rows and abs(middle - edges[-1][0]) < 0.45 * max(height, edges[-1][1]):
            rows[-1].append(piece)
        else:
            rows.append([piece])
            edges.append((middle, height))
    lines = (make_line(page, row) for row in rows)
    return [line for line in lines if line is not None]


def split_pieces(page: Page, indices: list[int]) -> list[list[int]]:
    """Characters in paint order, cut where the pen leaves the line or goes back."""
    boxes = page.boxes
    pieces: list[list[int]] = []
    end = middle = height = -1e9
    for i in indices:
        x0, top, x1, bottom = boxes[i]
        here = (top + bottom) * 0.5
        if x0 < end - 0.5 * height or abs(here - middle) > 0.3 * height:
            pieces.append([])
            middle, height = here, max(bottom - top, 1.0)
        pieces[-1].append(i)
        end = x1
    return pieces


def measure(page: Page, piece: list[int]) -> tuple[float, float]:
    """Middle and height of the tallest character of a piece."""
    tallest = max(piece, key=lambda i: page.boxes[i][3] - page.boxes[i][1])
    _, top, _, bottom = page.boxes[tallest]
    return (top + bottom) * 0.5, bottom - top


def make_line(page: Page, row: list[list[int]], sort: bool = True) -> TextLine | None:
    """One line of pieces side by side; None where all of it is blank."""
    boxes = page.boxes
    order = [i for piece in row for i in piece]
    if (
        sort and len(row) > 1
    ):  # by middle, because the pen may come back to fill a gap with a quotation mark of another font
        order.sort(key=lambda i: boxes[i][0] + boxes[i][2])
    while order and page.chars[order[0]].isspace():
        order.pop(0)
    while order and page.chars[order[-1]].isspace():
        order.pop()
    if not order:
        return None
    glyphs, text = space_out(page, order)
    left, top, right, bottom = zip(*[boxes[i] for i in order], strict=True)
    return TextLine(page.number, glyphs, text, min(left), min(top), max(right), max(bottom))


def space_out(page: Page, order: list[int]) -> tuple[list[int], str]:
    """Characters of a line with a blank between latin words that stand apart without one."""
    plain = "".join([page.chars[i] for i in order])
    if not LATIN_PAIR.search(plain):
        return order, plain
    glyphs: list[int] = []
    chars: list[str] = []
    last, end = "", 0.0
    for i in order:
        char = page.chars[i]
        x0, top, x1, bottom = page.boxes[i]
        if last and char < "\x80" and x0 - end > APART * (bottom - top) and glue(last, char):
            glyphs.append(-1)
            chars.append(" ")
        glyphs.append(i)
        chars.append(char)
        last, end = char, x1
    return glyphs, "".join(chars)
