"""Lays a report out on A4 pages: wrapped lines, ruled tables that run over page ends, running heads, page numbers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from source import Cell, Form, Part

FONT = "WQY"
FONT_FILE = Path(__file__).resolve().parent / "fonts" / "wqy-microhei-subset.ttf"
WIDTH, HEIGHT = A4
NO_LINE_START = "，。、；：！？）》”％%"
WORD = re.compile(r"[0-9A-Za-z.,%+-]+|.", re.DOTALL)


@dataclass(frozen=True)
class Style:
    """How a sample is printed; sizes in points.

    breaks_words -- lines may end inside a number; spaced -- blanks between Chinese and digits; justified -- lines are
    stretched to the margin; rotated -- the narrow label of table 3 is turned, otherwise stacked; boxed -- cells are
    drawn as rectangles, otherwise as lines; head -- the running head.
    """

    size: float = 14
    margin: float = 72
    leading: float = 1.7
    breaks_words: bool = False
    spaced: bool = False
    justified: bool = False
    rotated: bool = False
    boxed: bool = False
    head: str = ""
    numbers: str = "- {} -"


class Paper:
    """A canvas with a cursor that moves down and turns pages."""

    def __init__(self, target: Path, style: Style) -> None:
        if FONT not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(FONT, str(FONT_FILE)))
        self.canvas = Canvas(str(target), pagesize=A4, invariant=1)
        self.style = style
        self.page = 0
        self.left = style.margin
        self.width = WIDTH - 2 * style.margin
        self.turn_page()

    def turn_page(self) -> None:
        """Begin the next page with its running head and its number."""
        if self.page:
            self.canvas.showPage()
        self.page += 1
        self.y = HEIGHT - 72
        self.canvas.setFont(FONT, 9)
        if self.style.head:
            self.canvas.drawCentredString(WIDTH / 2, HEIGHT - 42, self.style.head)
            self.canvas.line(self.left, HEIGHT - 48, self.left + self.width, HEIGHT - 48)
        self.canvas.drawCentredString(WIDTH / 2, 36, self.style.numbers.format(self.page))

    def need(self, height: float) -> None:
        """Turn the page when less than ``height`` points are left."""
        if self.y - height < 60:
            self.turn_page()

    def print_title(self, text: str) -> None:
        """Print a centred title."""
        size = self.style.size + 4
        for line in wrap(text, self.width, size, 0, False):
            self.need(size * 1.8)
            self.y -= size * 1.8
            self.canvas.setFont(FONT, size)
            self.canvas.drawCentredString(WIDTH / 2, self.y, line)
        self.y -= size

    def print_paragraph(self, text: str) -> None:
        """Print a paragraph with an indent of two characters."""
        size = self.style.size
        lines = list(wrap(space_out(text) if self.style.spaced else text, self.width, size, 2, self.style.breaks_words))
        for at, line in enumerate(lines):
            self.need(size * self.style.leading)
            self.y -= size * self.style.leading
            indent = 2 * size if at == 0 else 0
            room = self.width - indent - pdfmetrics.stringWidth(line, FONT, size)
            stretched = self.style.justified and at < len(lines) - 1 and len(line) > 1
            gap = room / (len(line) - 1) if stretched else 0
            self.canvas.setFont(FONT, size)
            self.canvas.drawString(self.left + indent, self.y, line, charSpace=gap)

    def print_table(self, form: Form) -> None:
        """Print a form; where the page ends between two rows, it goes on at the head of the next page."""
        widths = [self.width * share / sum(form.widths) for share in form.widths]
        heights = row_heights(form, widths)
        first = 0
        self.y -= 9
        self.need(sum(heights[:4]))
        while first < form.rows:
            last = first
            room = self.y - 60
            while last < form.rows and heights[last] <= room:
                room -= heights[last]
                last += 1
            self.draw_rows(form, widths, heights, first, last)
            first = last
            if first < form.rows:
                self.turn_page()
        self.y -= 8

    def draw_rows(self, form: Form, widths: list[float], heights: list[float], first: int, last: int) -> None:
        """Draw the rows [first, last) of a form, cutting cells that reach over the page end."""
        top = self.y
        for cell in form.cells:
            start, end = max(cell.row, first), min(cell.row + cell.rows, last)
            if start >= end:
                continue
            continued = cell.row < first
            x = self.left + sum(widths[: cell.column])
            width = sum(widths[cell.column : cell.column + cell.columns])
            y = top - sum(heights[first:start])
            height = sum(heights[start:end])
            self.draw_rules(x, y, width, height)
            self.draw_cell(replace(cell, text="" if continued else cell.text), x, y, width, height)
        self.y = top - sum(heights[first:last])

    def draw_rules(self, x: float, top: float, width: float, height: float) -> None:
        """Draw the four rules of a cell."""
        self.canvas.setLineWidth(0.6)
        if self.style.boxed:
            self.canvas.rect(x, top - height, width, height)
            return
        self.canvas.line(x, top, x + width, top)
        self.canvas.line(x, top - height, x + width, top - height)
        self.canvas.line(x, top, x, top - height)
        self.canvas.line(x + width, top, x + width, top - height)

    def draw_cell(self, cell: Cell, x: float, top: float, width: float, height: float) -> None:
        """Draw the text of a cell in its middle, upright where the column is narrow."""
        size = cell_size(cell)
        self.canvas.setFont(FONT, size)
        middle = top - height / 2
        if cell.upright and self.style.rotated:
            self.canvas.saveState()
            self.canvas.translate(x + width / 2 + size * 0.35, middle)
            self.canvas.rotate(90)
            self.canvas.drawCentredString(0, 0, cell.text)
            self.canvas.restoreState()
            return
        lines = list(cell.text) if cell.upright else list(wrap(cell.text, width - 4, size, 0, False))
        y = middle + size * 1.2 * len(lines) / 2 - size
        for line in lines:
            self.canvas.drawCentredString(x + width / 2, y, line)
            y -= size * 1.2

    def close(self) -> None:
        """Write the file."""
        self.canvas.showPage()
        self.canvas.save()


def wrap(text: str, width: float, size: float, indent: int, breaks_words: bool) -> Iterator[str]:
    """Lines of ``text`` no wider than ``width``; no line starts with a closing mark."""
    words = list(text) if breaks_words else WORD.findall(text)
    line, room = "", width - indent * size
    for word in words:
        length = pdfmetrics.stringWidth(word, FONT, size)
        used = pdfmetrics.stringWidth(line, FONT, size)
        if line and used + length > room + 0.01:
            carried = line[-1] if word in NO_LINE_START else ""
            yield line[: len(line) - len(carried)]
            line, room = carried, width
        line += word
    if line:
        yield line


def space_out(text: str) -> str:
    """Put a blank between Chinese and digits, as word processors do."""
    text = re.sub(r"(?<=[一-鿿])(?=[0-9])", " ", text)
    return re.sub(r"(?<=[0-9%])(?=[一-鿿])", " ", text)


def cell_size(cell: Cell) -> float:
    """Type size of a cell."""
    return 8 if len(cell.text) > 12 else 9


def row_heights(form: Form, widths: list[float]) -> list[float]:
    """Height of each row so that every cell that stands in one row has room for its lines."""
    heights = [20.0] * form.rows
    for cell in form.cells:
        width = sum(widths[cell.column : cell.column + cell.columns]) - 4
        lines = 1 if cell.upright else len(list(wrap(cell.text, width, cell_size(cell), 0, False)))
        if cell.rows == 1:
            heights[cell.row] = max(heights[cell.row], lines * cell_size(cell) * 1.2 + 6)
    return heights


def write_pdf(parts: list[Part], target: Path, style: Style) -> None:
    """Write a report as PDF; the same parts and style give the same bytes."""
    paper = Paper(target, style)
    for part in parts:
        if part.kind == "title":
            paper.print_title(part.text)
        elif part.form is not None:
            paper.print_table(part.form)
        else:
            paper.print_paragraph(part.text)
    paper.close()
