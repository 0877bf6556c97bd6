"""Writes paragraphs and tables of a PDF as text, with page and box of every character."""

from __future__ import annotations

from array import array
from itertools import chain, pairwise

from extractor.read.build import Builder, glue
from extractor.read.pdf_cells import DraftCell, DraftTable
from extractor.read.pdf_flow import Paragraph
from extractor.read.pdf_glyphs import Page
from extractor.read.pdf_lines import TextLine
from extractor.types import Block, Box, Grid, GridCell, Layout, in_hundredths

NOWHERE = bytes(16)  # the box of a character that is not on paper


class PdfBuilder(Builder):
    """A builder that keeps the place of every character."""

    def __init__(self, pages: list[Page]) -> None:
        super().__init__()
        self.pages = {page.number: page for page in pages}
        self.boxes = {page.number: flat_boxes(page) for page in pages}
        self.turns = [(0, 1)]  # where in the text each page begins
        self.places: list[bytes] = []
        self.scanned = any(page.confidences is not None for page in pages)
        self.confidences: array[float] = array("d")

    def put(self, piece: str) -> tuple[int, int]:
        """Append characters that are not on paper."""
        start = self.length
        self.places.append(NOWHERE * len(piece))
        if self.scanned:
            self.confidences.extend([1.0] * len(piece))
        self.parts.append(piece)
        self.length += len(piece)
        return start, self.length

    def put_line(self, line: TextLine) -> None:
        """Append a line with its places."""
        boxes, glyphs = self.boxes[line.page], line.glyphs
        if line.page != self.turns[-1][1]:
            self.turns.append((self.length, line.page))
        if isinstance(glyphs, range):
            self.places.append(boxes[16 * glyphs.start : 16 * glyphs.stop])
        else:
            self.places += [boxes[16 * i : 16 * i + 16] if i >= 0 else NOWHERE for i in glyphs]
        if self.scanned:
            sure = self.pages[line.page].confidences
            self.confidences.extend(sure[i] if sure is not None and i >= 0 else 1.0 for i in glyphs)
        self.parts.append(line.text)
        self.length += len(line.text)

    def put_lines(self, lines: list[TextLine]) -> tuple[int, int]:
        """Append lines as one run of text and return its span."""
        start = self.length
        last = ""
        for line in lines:
            if last and (blank := join_words(last, line.text[0])):
                self.put(blank)
            self.put_line(line)
            last = line.text[-1]
        return start, self.length

    def add_paragraph(self, paragraph: Paragraph) -> None:
        """Append a paragraph as a block."""
        start, end = self.put_lines(paragraph.lines)
        self.blocks.append(Block("paragraph", start, end, page=paragraph.lines[0].page))
        self.put("\n")

    def add_table(self, draft: DraftTable) -> None:
        """Append a table: a row a line, cells parted by tabs."""
        start = self.length
        cells: list[GridCell] = []
        rows: list[list[DraftCell]] = [[] for _ in range(draft.rows)]
        for cell in sorted(draft.cells, key=lambda c: c.left):
            rows[cell.top].append(cell)
        for row in rows:
            for i, cell in enumerate(row):
                self.put("\t" if i else "")
                cells.append(self.put_cell(cell))
            self.put("\n")
        self.grids.append(Grid(draft.rows, len(draft.xs) - 1, tuple(cells), start, self.length - 1, tuple(draft.pages)))
        self.blocks.append(Block("table", start, self.length - 1, page=draft.pages[0]))

    def put_cell(self, cell: DraftCell) -> GridCell:
        """Append the text of a cell; its place is that of the print, of an empty cell that of its rules."""
        first, lines = len(self.parts), cell.lines
        page, box = cell.page, cell.box
        start, end = self.put_lines(lines)
        if lines:
            page = lines[0].page
            box = surround(lines if len(lines) == 1 else [line for line in lines if line.page == page])
        text = "".join(self.parts[first:])
        height, width = cell.bottom - cell.top, cell.right - cell.left
        return GridCell(cell.top, cell.left, height, width, text, start, end, page, in_hundredths(box))

    def layout(self) -> Layout:
        """Places of all characters."""
        pages: array[int] = array("I")
        for (start, page), (end, _) in pairwise([*self.turns, (self.length, 0)]):
            pages.extend(array("I", [page]) * (end - start))
        confidences = self.confidences if self.scanned else None
        return Layout(pages, array("f", b"".join(self.places)), confidences)


def flat_boxes(page: Page) -> bytes:
    """Places of all characters of a page in single precision: left, top, right, bottom of one after the other."""
    if page.places is not None:
        return array("f", chain.from_iterable(page.places)).tobytes()
    flat = array("f", bytes(16 * len(page.left)))
    for side, edges in enumerate((page.left, page.top, page.right, page.bottom)):
        flat[side::4] = array("f", edges)
    return flat.tobytes()


def join_words(left: str, right: str) -> str:
    """What stands between two joined lines; a number that a line end cut in two is one number again."""
    return "" if left.isdigit() and right.isdigit() else glue(left, right)


def surround(lines: list[TextLine]) -> Box:
    """The box around lines."""
    if len(lines) == 1:
        return lines[0].x0, lines[0].top, lines[0].x1, lines[0].bottom
    left, top = min(line.x0 for line in lines), min(line.top for line in lines)
    return left, top, max(line.x1 for line in lines), max(line.bottom for line in lines)
