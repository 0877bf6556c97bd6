"""Puts a document's text together block by block, and keeps the promise that every span points at its own text."""

from __future__ import annotations

from extractor.lexicon import matcher
from extractor.record import record
from extractor.types import Block, Grid, GridCell

BREAKS = matcher(r"(?<![^\S\n])[^\S\n]*\n\s*")
MAX_COLUMNS = 100  # that one cell may take
MAX_PLACES = 500_000  # of one table; behind them no cell is taller than a row
FORBIDDEN = matcher("[\x00\ud800-\udfff]")


@record
class CellDraft:
    """A table cell before it has a place: text (may hold line ends), extent in rows and columns."""

    text: str
    row_span: int = 1
    column_span: int = 1


def clean(text: str) -> str:
    """``text`` without NUL and lone surrogates (they break JSON, UTF-8 and PostgreSQL)."""
    return FORBIDDEN.sub("", text)


def join_lines(text: str) -> str:
    """One line of several: line ends vanish beside ideographs and become a blank between two latin words."""
    flat = text.replace("\t", " ").strip()
    return BREAKS.sub(lambda m: glue(flat[m.start() - 1], flat[m.end()]), flat) if "\n" in flat else flat


def glue(left: str, right: str) -> str:
    """What stands between two characters when a line end between them is taken away: a blank or nothing."""
    return " " if left.isascii() and right.isascii() and left.isalnum() and right.isalnum() else ""


class Builder:
    """Collects blocks and grids in reading order; ``text`` is what every span points into."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.blocks: list[Block] = []
        self.grids: list[Grid] = []

    @property
    def text(self) -> str:
        """The text so far."""
        return "".join(self.parts)

    def put(self, piece: str) -> tuple[int, int]:
        """Append ``piece`` as it is and return its span."""
        start = self.length
        self.parts.append(piece)
        self.length += len(piece)
        return start, self.length

    def add_block(self, kind: str, text: str, level: int | None = None) -> None:
        """Append one block and its line end; a text that is blank adds nothing."""
        text = clean(text).strip()
        if text:
            start, end = self.put(text)
            self.blocks.append(Block(kind, start, end, level=level))
            self.put("\n")

    def add_grid(self, rows: list[list[CellDraft]]) -> None:
        """Append a table: cells parted by a tab, a row a line; tall cells keep their columns free further down."""
        start = self.length
        taken: set[tuple[int, int]] = set()
        cells: list[GridCell] = []
        for r, row in enumerate(rows):
            column = 0
            for i, draft in enumerate(row):
                while (r, column) in taken:
                    column += 1
                self.put("\t" if i else "")
                room = len(rows) - r if len(taken) < MAX_PLACES else 1
                cells.append(self._place(draft, r, column, room))
                taken.update(covered(cells[-1]))
                column += cells[-1].column_span
            self.put("\n")
        self._close_grid(cells, len(rows), start)

    def _place(self, draft: CellDraft, row: int, column: int, room: int) -> GridCell:
        """Write one cell and say where it stands; ``room`` -- rows that it may take."""
        text = join_lines(clean(draft.text))
        start, end = self.put(text)
        height, width = max(1, min(draft.row_span, room)), max(1, min(draft.column_span, MAX_COLUMNS))
        return GridCell(row, column, height, width, text, start, end)

    def _close_grid(self, cells: list[GridCell], rows: int, start: int) -> None:
        """Keep a grid that holds text; the span of grid and block ends before the last line end."""
        if any(cell.text for cell in cells):
            columns = max(cell.column + cell.column_span for cell in cells)
            self.grids.append(Grid(rows, columns, tuple(cells), start, self.length - 1))
            self.blocks.append(Block("table", start, self.length - 1))


def covered(cell: GridCell) -> list[tuple[int, int]]:
    """All grid positions that ``cell`` takes."""
    rows = range(cell.row, cell.row + cell.row_span)
    return [(r, c) for r in rows for c in range(cell.column, cell.column + cell.column_span)]
