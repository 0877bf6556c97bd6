"""What a reader makes of an input: text, blocks, tables, places on paper."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.record import record

Span = tuple[int, int]
Box = tuple[float, float, float, float]  # x0, top, x1, bottom in PDF points, origin top-left


def in_hundredths(box: Box) -> Box:
    """A box in hundredths of a point; an edge that is no finite number stays as it is."""
    x0, top, x1, bottom = box
    try:  # a quarter of what rounding to two places takes
        return round(x0 * 100) / 100, round(top * 100) / 100, round(x1 * 100) / 100, round(bottom * 100) / 100
    except (OverflowError, ValueError):
        return round(x0, 2), round(top, 2), round(x1, 2), round(bottom, 2)


@record
class Block:
    """A layout unit of the source.

    kind  -- title, heading, paragraph, list_item, table, caption, header, footer (page furniture).
    start, end -- span in ``Document.text``.
    page  -- 1-based page the block starts on, or None.
    level -- heading level where the format tells one, else None.
    """

    kind: str
    start: int
    end: int
    page: int | None = None
    level: int | None = None


@record
class GridCell:
    """One cell of a table as the reader saw it; merged cells carry their spans and stand once.

    row, column -- 0-based position of the upper left corner; row_span, column_span -- extent.
    text -- printed text as it stands in the source; start, end -- its span in ``Document.text`` (equal when empty).
    page, box -- place on paper, or None.
    """

    row: int
    column: int
    row_span: int
    column_span: int
    text: str
    start: int
    end: int
    page: int | None = None
    box: Box | None = None


@record
class Grid:
    """A table found by the reader: its cells, its extent, and the span that it takes in ``Document.text``."""

    rows: int
    columns: int
    cells: tuple[GridCell, ...]
    start: int
    end: int
    pages: tuple[int, ...] = ()


class Layout:
    """Page and box of every character of a paged document.

    pages -- sequence of 1-based page numbers, one for each character of ``Document.text``.
    boxes -- flat sequence of floats, four for each character (x0, top, x1, bottom in points);
             characters that the reader made (joins, line ends) have a box of zeros.
    confidences -- how sure the recogniser is of each character (0 to 1), None where none was recognised from an image.
    """

    __slots__ = ("boxes", "confidences", "pages")

    def __init__(
        self, pages: Sequence[int], boxes: Sequence[float], confidences: Sequence[float] | None = None
    ) -> None:
        if len(boxes) != 4 * len(pages):
            raise ValueError(f"{len(boxes)} box values for {len(pages)} characters")
        if confidences is not None and len(confidences) != len(pages):
            raise ValueError(f"{len(confidences)} confidences for {len(pages)} characters")
        self.pages = pages
        self.boxes = boxes
        self.confidences = confidences

    def page(self, offset: int) -> int:
        """1-based page of the character at ``offset``."""
        return self.pages[offset]

    def box(self, offset: int) -> Box | None:
        """Box of the character at ``offset``, None for a character that is not on paper."""
        x0, top, x1, bottom = self.boxes[4 * offset : 4 * offset + 4]
        return None if x1 <= x0 and bottom <= top else (x0, top, x1, bottom)


@record
class Notice:
    """Something that the reader could not do: a stable code, a sentence, the page where it applies."""

    code: str
    message: str
    page: int | None = None


@record
class ReaderInfo:
    """Which reader made a document: engine, its version, whether characters were recognised from images."""

    name: str
    version: str
    ocr: bool = False


@record
class Document:
    """One report as read: the source text that every offset points into, its blocks, tables and layout.

    source -- the name as given by the caller; name -- last part of it; media_type -- told by content.
    sha256, bytes -- of the input bytes; pages -- number of pages, None for formats without pages.
    confidences -- of each character where pictures of a document without pages were recognised; else see ``layout``.
    """

    text: str
    blocks: tuple[Block, ...]
    grids: tuple[Grid, ...]
    source: str
    name: str
    media_type: str
    sha256: str
    bytes: int
    pages: int | None
    reader: ReaderInfo
    layout: Layout | None = None
    warnings: tuple[Notice, ...] = ()
    confidences: Sequence[float] | None = None

    def confidence(self, start: int, end: int) -> float:
        """How sure the recogniser is of the least sure character of a span, 1 for text that was not recognised."""
        sure = self.confidences if self.layout is None else self.layout.confidences
        return 1.0 if sure is None or start >= end else round(min(sure[start:end]), 3)
