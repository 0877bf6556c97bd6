"""Rows from tables that the text only tells by its layout.

Four layouts are read: one cell a line behind a tab, rows closed by an empty line; cells parted by tabs; pipe rows, or
one cell a line closed by a pipe; and lines whose numbers stand in columns parted by blanks.
"""

from __future__ import annotations

from collections.abc import Iterator

from extractor.lexicon import matcher
from extractor.record import field, record
from extractor.tables.rows import Fold, Row, Slot, trim
from extractor.tables.values import read_value
from extractor.types import Box, Document, Layout, Span

FURNITURE = matcher(r"[-—–－]\s{0,3}\d{1,4}\s{0,3}[-—–－]")
RULE = matcher(r"[|+\s:=-]{3,}")
TOKEN = matcher(r"\S{1,400}")
MAX_LINE = 400  # no line of a table is longer
MAX_RUN = 20_000  # nor a table whose line ends were lost
MANY = 7  # numbers in one line
MAX_CELL = 40  # nor a wrapped piece of one cell
SOURCE = -1


@record(frozen=False)
class _Reader:
    """Collects cells into rows; cells are source spans."""

    document: Document
    fold: Fold
    rows: list[Row] = field(default_factory=list)
    cells: list[Span] = field(default_factory=list)
    label: Span | None = None  # text of a free line that waits for its numbers
    numbers: bool = False  # whether the free row in hand already has numbers
    stacked: bool = False  # whether the row in hand comes one cell a line

    def flush(self) -> None:
        """Close the row in hand."""
        if self.label is not None:
            self.cells.insert(0, self.label)
        if self.cells:
            slots = tuple(self._slot(span, place) for place, span in enumerate(self.cells))
            self.rows.append(Row(slots, SOURCE, False))
        self.cells, self.label, self.numbers, self.stacked = [], None, False, False

    def stack(self, cell: Span) -> None:
        """Add a cell that has a line of its own."""
        if not self.stacked:
            self.flush()
        self.stacked = True
        self.cells.append(cell)

    def _slot(self, span: Span, place: int) -> Slot:
        start, end = trim(self.document.text, *span)
        content = self.fold(start, end) if start < end else ""
        page, box = locate(self.document.layout, start, end)
        return Slot(content, self.document.text[start:end], start, end, place, page=page, box=box)


def read_text(document: Document, fold: Fold) -> tuple[Row, ...]:
    """Rows of everything in ``document.text`` that may be a table; running text becomes rows without numbers."""
    reader = _Reader(document, fold)
    skip = [(block.start, block.end) for block in document.blocks if block.kind in ("header", "footer")]
    for start, end in _lines(document.text, skip):
        line = document.text[start:end]
        if "|" in line:
            _read_pipes(reader, start, end)
        elif "\t" in line:
            _read_tabs(reader, start, end)
        elif not reader.stacked:
            _read_free(reader, start, end)
        elif line.strip() and document.text[reader.cells[-1][0] - 1] == "\t" and len(line) <= MAX_CELL:
            reader.cells[-1] = (reader.cells[-1][0], end)  # a wrapped cell
        else:
            reader.flush()
            _read_free(reader, start, end)
    reader.flush()
    return tuple(reader.rows)


def _lines(text: str, skip: list[Span]) -> Iterator[Span]:
    """Spans of lines without their ends; page furniture is left out."""
    start = 0
    while start <= len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        stop = end - 1 if end > start and text[end - 1] == "\r" else end
        inside = any(low <= start and stop <= high for low, high in skip) and stop > start
        if not inside and not (stop - start < 12 and FURNITURE.fullmatch(text[start:stop].strip())):
            yield start, stop
        start = end + 1


def _read_tabs(reader: _Reader, start: int, end: int) -> None:
    """One cell a line behind a tab, or a row of cells parted by tabs."""
    text = reader.document.text
    inner = text.find("\t", start + 1, end)
    if text[start] == "\t" and (inner < 0 or not text[start:end].strip()):
        reader.stack((start + 1, end))
        return
    reader.flush()
    reader.cells = _split(text, start, end, "\t")
    reader.flush()


def _read_pipes(reader: _Reader, start: int, end: int) -> None:
    """A row of cells between pipes, or one cell a line closed by a pipe; lines of pipes alone close the row."""
    text = reader.document.text
    line = text[start:end].strip()
    if not line.strip("| "):
        reader.flush()
        return
    if RULE.fullmatch(line):
        return
    if line.count("|") == 1 and line.endswith("|"):
        reader.stack((start, text.rindex("|", start, end)))
        return
    reader.flush()
    cells = _split(text, start, end, "|")
    if not text[cells[0][0] : cells[0][1]].strip():
        cells = cells[1:]
    if cells and not text[cells[-1][0] : cells[-1][1]].strip() and line.endswith("|"):
        cells = cells[:-1]
    reader.cells = cells
    reader.flush()


def _split(text: str, start: int, end: int, mark: str) -> list[Span]:
    spans = []
    while start <= end:
        stop = text.find(mark, start, end)
        stop = end if stop < 0 else stop
        spans.append((start, stop))
        start = stop + 1
    return spans


def _read_free(reader: _Reader, start: int, end: int) -> None:
    """A line of running text: words and then numbers in columns, or a whole table with its line ends lost."""
    text = reader.document.text
    if end - start > MAX_RUN:
        reader.flush()
        return
    tokens = [(start + found.start(), start + found.end()) for found in TOKEN.finditer(text[start:end])]
    kinds = [read_value(text[low:high]).semantics != "text" for low, high in tokens]
    if sum(kinds) >= MANY:
        _read_run(reader, tokens, kinds)
        return
    if end - start > MAX_LINE:
        reader.flush()
        return
    first = len(tokens)
    while first and kinds[first - 1]:
        first -= 1
    if first:
        _take_words(reader, (tokens[0][0], tokens[first - 1][1]))
    if tokens[first:]:
        reader.cells.extend(tokens[first:])
        reader.numbers = True


def _read_run(reader: _Reader, tokens: list[Span], kinds: list[bool]) -> None:
    """Words open a row, the numbers behind them are its cells."""
    for token, is_number in zip(tokens, kinds, strict=True):
        if is_number:
            reader.cells.append(token)
            reader.numbers = True
        else:
            _take_words(reader, token)


def _take_words(reader: _Reader, words: Span) -> None:
    if reader.numbers:
        reader.flush()
    if reader.label is not None and words[1] - reader.label[0] > MAX_LINE:
        reader.flush()
    reader.label = words if reader.label is None else (reader.label[0], words[1])


def locate(layout: Layout | None, start: int, end: int) -> tuple[int | None, Box | None]:
    """Page and box of a source span."""
    if layout is None or start >= end:
        return None, None
    boxes = [box for at in range(start, end) if (box := layout.box(at)) is not None]
    if not boxes:
        return layout.page(start), None
    lows, highs = list(zip(*boxes, strict=True))[:2], list(zip(*boxes, strict=True))[2:]
    return layout.page(start), (min(lows[0]), min(lows[1]), max(highs[0]), max(highs[1]))
