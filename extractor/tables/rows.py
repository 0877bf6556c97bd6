"""The shape that grids and text dumps are brought into before labels are read: rows of slots."""

from __future__ import annotations

from collections.abc import Callable

from extractor.record import record, replace
from extractor.types import Box, Document, FoldedText, Span


@record
class Slot:
    """One printed cell of a row.

    text -- folded, without blanks, for matching; raw -- as printed; start, end -- span of raw in ``Document.text``.
    column, column_span -- place in a grid, or ordinal and 1 in a text dump.
    inherited -- a merged cell that began in a row above.
    """

    text: str
    raw: str
    start: int
    end: int
    column: int
    column_span: int = 1
    inherited: bool = False
    page: int | None = None
    box: Box | None = None


@record
class Row:
    """Slots from left to right; source tells rows of different grids and of text dumps apart.

    grid -- the slots' columns are places on paper, so that headers above can be looked up.
    """

    slots: tuple[Slot, ...]
    source: int
    grid: bool


def unmerge(slots: tuple[Slot, ...], count: int) -> tuple[Slot, ...]:
    """One slot for each column, where merged cells leave fewer than ``count`` but fill exactly ``count`` columns."""
    if len(slots) >= count or sum(slot.column_span for slot in slots) != count:
        return slots
    return tuple(
        replace(slot, column=slot.column + offset, column_span=1)
        for slot in slots
        for offset in range(slot.column_span)
    )


Fold = Callable[[int, int], str]


def make_fold(document: Document, folded: FoldedText) -> Fold:
    """A function from a source span to its folded text without blanks; source text where folding dropped it."""

    def fold(start: int, end: int) -> str:
        low, high = folded.folded(start, end)
        text = folded.text[low:high] if low < high else document.text[start:end]
        return "".join(text.split())

    return fold


def trim(text: str, start: int, end: int) -> Span:
    """The span without blanks at its ends; an all-blank span becomes empty at its start."""
    if start >= end or not (text[start].isspace() or text[end - 1].isspace()):
        return start, end
    piece = text[start:end]
    stripped = piece.strip()
    if not stripped:
        return start, start
    begin = start + piece.index(stripped)
    return begin, begin + len(stripped)
