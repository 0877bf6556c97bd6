"""Tables of a PDF: text of their cells, and parts on following pages joined to one table."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from operator import sub

from extractor.lexicon import matcher, table
from extractor.read.pdf_glyphs import Page
from extractor.read.pdf_grids import Order, PageGrid, nearest, positions
from extractor.read.pdf_lines import TextLine, find_lines, make_line, text_of
from extractor.record import field, record
from extractor.types import Box

EDGE = 5.0  # points that the outer borders of two parts may differ
MAX_HEADER = 6


@record(frozen=False)
class DraftCell:
    """A cell of a table that may run over pages: rows [top, bottom), columns [left, right), its lines.

    page, box -- the ruled cell on paper; of a cell that runs over a page end its first part.
    """

    top: int
    bottom: int
    left: int
    right: int
    page: int
    box: Box
    lines: list[TextLine] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Text without any blanks."""
        return "".join(line.text for line in self.lines).replace(" ", "")


@record(frozen=False)
class DraftTable:
    """A table: column borders in points, number of rows, cells, the place of its first part, the pages it takes."""

    xs: list[float]
    rows: int
    cells: list[DraftCell]
    top: float
    pages: list[int]


@cache
def cell_mark() -> re.Pattern[str]:
    """What opens the label of a new row."""
    return matcher("|".join(table("reading")["cell_marks"]))


def draft_table(page: Page, grid: PageGrid) -> DraftTable | None:
    """The table of a grid whose regions hold their characters; None where all are blank."""
    cells = []
    for region in grid.regions:
        place = (region.top, region.bottom, region.left, region.right)
        cells.append(DraftCell(*place, page.number, grid.box(region), cell_lines(page, region.pieces)))
    if not any(cell.lines for cell in cells):
        return None
    return DraftTable(grid.xs, len(grid.ys) - 1, cells, grid.ys[0], [page.number])


def cell_lines(page: Page, pieces: list[Order]) -> list[TextLine]:
    """Lines of a cell in reading order, also where they are set from top to bottom or turned."""
    if len(pieces) == 1 and len(pieces[0]) == 1:  # most cells of a table of figures
        index = pieces[0][0]
        char = page.chars[index]
        return [] if char.isspace() else [TextLine(page.number, pieces[0], char, *page.box(index))]
    if len(pieces) == 1 and is_level(page, pieces[0]):
        line = make_line(page, pieces)
        return [] if line is None else [line]
    if not may_stand(page, pieces):
        return find_lines(page, pieces) if pieces else []
    ink = [index for piece in pieces for index in piece if not page.chars[index].isspace()]
    direction = pen_direction(page, ink)
    return stand_up(page, ink, direction) if direction else find_lines(page, pieces)


def may_stand(page: Page, pieces: list[Order]) -> bool:
    """Whether text may be set downwards or upwards: the pen leaves the line at every other character."""
    if len(pieces) > 1:
        ink = "".join("".join([text_of(page, piece) for piece in pieces]).split())
        if 3 * (len(pieces) - 1) >= 2 * (len(ink) - 1):
            return True
    return not all([is_level(page, piece) for piece in pieces])


def is_level(page: Page, piece: Order) -> bool:
    """Whether no character of a piece stands higher or lower than the others by a tenth of the smallest of them."""
    first, last = piece[0], piece[-1] + 1
    middles = page.y[first:last]
    least = min(map(sub, page.bottom[first:last], page.top[first:last]))
    return bool(max(middles) - min(middles) <= 0.1 * least)


def pen_direction(page: Page, ink: list[int]) -> int:
    """1 where the pen goes down from character to character, -1 where up (turned text), 0 where neither."""
    down = up = 0
    for a, b in pairwise(ink):
        first, second = page.box(a), page.box(b)
        size = max(first[2] - first[0], first[3] - first[1], second[2] - second[0], second[3] - second[1])
        if abs(second[0] + second[2] - first[0] - first[2]) < 0.8 * size:
            step = (second[1] + second[3] - first[1] - first[3]) / 2
            down += 0.5 * size < step < 2.5 * size
            up += 0.2 * size < -step < 2.5 * size
    enough = 2 * (len(ink) - 1)
    if len(ink) > 3 and 3 * down >= enough:
        return 1
    return -1 if len(ink) > 1 and 3 * up >= enough else 0


def stand_up(page: Page, ink: list[int], direction: int) -> list[TextLine]:
    """Lines of text set downwards (direction 1, next line to the left) or upwards (-1, next line to the right)."""
    width = max(min(page.right[i] - page.left[i], page.bottom[i] - page.top[i]) for i in ink)
    columns: list[list[int]] = []
    last = None
    for i in sorted(ink, key=lambda i: -direction * page.x[i]):
        middle = page.x[i]
        if last is None or abs(middle - last) > 0.6 * width:
            columns.append([])
            last = middle
        columns[-1].append(i)
    lines = []
    for column in columns:
        column.sort(key=lambda i: direction * page.top[i])
        line = make_line(page, [column], sort=False)
        if line is not None:
            lines.append(line)
    return lines


def join_tables(first: DraftTable, second: DraftTable) -> bool:
    """Append the part of the next page to ``first`` where their outer borders agree; whether it was done."""
    if abs(first.xs[0] - second.xs[0]) > EDGE or abs(first.xs[-1] - second.xs[-1]) > EDGE:
        return False
    drop_header(first, second)
    xs = positions([*first.xs, *second.xs], first.xs[0], first.xs[-1])
    for part in (first, second):
        move_columns(part, xs)
    if not second.rows:
        return True
    shift = first.rows - (1 if continues_row(first, second) else 0)
    for cell in second.cells:
        above = upper_cell(first, cell) if cell.top == 0 else None
        if above is not None and (shift < first.rows or same_cell(above, cell)):
            above.lines.extend(cell.lines)
            above.bottom = max(above.bottom, cell.bottom + shift)
        else:
            cell.top, cell.bottom = cell.top + shift, cell.bottom + shift
            first.cells.append(cell)
    first.rows = shift + second.rows
    first.pages.extend(second.pages)
    return True


def move_columns(part: DraftTable, xs: list[float]) -> None:
    """Count the columns of a part by the borders ``xs``."""
    to = [nearest(xs, x) for x in part.xs]
    for cell in part.cells:
        cell.left, cell.right = to[cell.left], max(to[cell.right], to[cell.left] + 1)
    part.xs = xs


def drop_header(first: DraftTable, second: DraftTable) -> None:
    """Take the rows off ``second`` that only repeat the head of ``first``."""
    same = 0
    while same < min(MAX_HEADER, first.rows, second.rows) and row_text(first, same) == row_text(second, same):
        if not any(row_text(second, same)) or any(t.isdigit() for t in row_text(second, same)):
            break
        same += 1
    while same and any(cell.top < same < cell.bottom for cell in second.cells):
        same -= 1
    if same:
        second.cells = [c for c in second.cells if c.top >= same]
        second.rows -= same
        for cell in second.cells:
            cell.top, cell.bottom = cell.top - same, cell.bottom - same


def row_text(part: DraftTable, row: int) -> list[str]:
    """Texts of the cells that start in a row."""
    return [c.text for c in sorted(part.cells, key=lambda c: c.left) if c.top == row]


def continues_row(first: DraftTable, second: DraftTable) -> bool:
    """Whether the first row of ``second`` is the rest of the last row of ``first``: labels go on, figures don't."""
    figures = goes_on = 0
    for cell in (c for c in second.cells if c.top == 0):
        above = upper_cell(first, cell)
        if above is None:
            return False
        if above.text.isdigit():
            if cell.text:
                return False
            figures += 1
        elif cell.text and cell.bottom == 1:
            if not above.text or cell_mark().match(cell.text):
                return False
            goes_on += 1
    return figures > 0 and goes_on > 0


def upper_cell(first: DraftTable, cell: DraftCell) -> DraftCell | None:
    """The cell at the lower end of ``first`` that takes the same columns."""
    for above in first.cells:
        if above.bottom == first.rows and above.left == cell.left and above.right == cell.right:
            return above
    return None


def same_cell(above: DraftCell, cell: DraftCell) -> bool:
    """Whether a page end cuts a tall merged cell: one part is tall, and the lower one opens nothing new."""
    tall = above.bottom - above.top > 1 or cell.bottom - cell.top > 1
    if not tall or not above.text or above.text.isdigit():
        return False
    return not cell_mark().match(cell.text)
