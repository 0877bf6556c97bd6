"""The shapes that travel between the rooms.

Offsets are half-open code-point ranges.  Inside the rooms from ``sections`` to ``facts`` they point into
``FoldedText.text`` (the clean reading view); ``facts.assemble`` maps them to the source.  Everything that leaves the
program (``Fact``, ``TableCell``, ``Section`` in a ``Report``) points into ``Document.text``.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from importlib import import_module
from typing import Any

Span = tuple[int, int]
Box = tuple[float, float, float, float]  # x0, top, x1, bottom in PDF points, origin top-left


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
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
    """

    __slots__ = ("boxes", "pages")

    def __init__(self, pages: Sequence[int], boxes: Sequence[float]) -> None:
        if len(boxes) != 4 * len(pages):
            raise ValueError(f"{len(boxes)} box values for {len(pages)} characters")
        self.pages = pages
        self.boxes = boxes

    def page(self, offset: int) -> int:
        """1-based page of the character at ``offset``."""
        return self.pages[offset]

    def box(self, offset: int) -> Box | None:
        """Box of the character at ``offset``, None for a character that is not on paper."""
        x0, top, x1, bottom = self.boxes[4 * offset : 4 * offset + 4]
        return None if x1 <= x0 and bottom <= top else (x0, top, x1, bottom)


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that the reader could not do: a stable code, a sentence, the page where it applies."""

    code: str
    message: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class ReaderInfo:
    """Which reader made a document: name and version of the engine, and whether characters were recognised from images."""

    name: str
    version: str
    ocr: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """One report as read: the source text that every offset points into, its blocks, tables and layout.

    source -- the name as given by the caller; name -- last part of it; media_type -- told by content.
    sha256, bytes -- of the input bytes; pages -- number of pages, None for formats without pages.
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


class FoldedText:
    """The clean reading view of a source text, and where each of its characters came from.

    text   -- simplified script, half-width digits and latin letters, no hard wraps, no page furniture;
              paragraphs are parted by one line end each.
    starts, ends -- for each folded character the source range it stands for; both never fall.
    cloaked, traditional -- whether pinyin cloaking was removed, whether the source is in traditional script.
    """

    __slots__ = ("cloaked", "ends", "starts", "text", "traditional")

    def __init__(
        self, text: str, starts: Sequence[int], ends: Sequence[int], cloaked: bool = False, traditional: bool = False
    ) -> None:
        if not len(text) == len(starts) == len(ends):
            raise ValueError("one start and one end for each folded character")
        self.text = text
        self.starts = starts
        self.ends = ends
        self.cloaked = cloaked
        self.traditional = traditional

    def source(self, start: int, end: int) -> Span:
        """Source span of the folded span [start, end); an empty span maps to an empty span."""
        if start >= end:
            at = self.starts[start] if start < len(self.starts) else (self.ends[-1] if self.ends else 0)
            return at, at
        return self.starts[start], self.ends[end - 1]

    def folded(self, start: int, end: int) -> Span:
        """Smallest folded span that holds every folded character made from the source span [start, end)."""
        return bisect_right(self.ends, start), bisect_left(self.starts, end)


@dataclass(frozen=True, slots=True)
class Subsection:
    """A titled part of a section; span from its heading to the next one (folded offsets inside the rooms)."""

    heading: str
    start: int
    end: int
    body: int


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the report.

    kind -- preface, overview, disclosure_table, application_table, review_table, problems, other.
    heading, number -- as printed ("" and None where there is none); start -- of the heading; body -- after it; end.
    children -- subsections in text order.
    """

    kind: str
    heading: str
    number: str | None
    start: int
    body: int
    end: int
    children: tuple[Subsection, ...] = ()


@dataclass(frozen=True, slots=True)
class Period:
    """When a fact holds: ISO dates, either from start to end or as_of; raw is the wording, "" where none is written."""

    start: str | None = None
    end: str | None = None
    as_of: str | None = None
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the report says of itself; every field is None where it is not certain.

    form -- "2021", "2019" or "legacy".  title_span -- folded span of the title line.
    """

    title: str | None
    organization: str | None
    region: str | None
    year: int | None
    period: Period | None
    form: str | None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a narrative section: folded span, kind of its section, the subsection's heading ("" where none)."""

    start: int
    end: int
    section: str
    heading: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that measures something, pinned to the characters it was read from (folded offsets).

    start, end -- the whole value expression: modifier, number, unit (近45.9万人, 65%以上, 第4位).
    number     -- span of the number alone.
    value, value_max -- Decimal, magnitude words applied, money in 元, tenths (成) and fractions in %; value_max for ranges.
    unit       -- measure word as written in folded form, 元 for money, % for shares; None where none is written.
    modifier   -- exact, approx, over, under, at_least, at_most.
    low, high  -- the interval that the words and the printed digits allow.
    form       -- how it is written: plain, percent, money, rank, fraction, tenths, multiple, chinese.
    """

    start: int
    end: int
    number: Span
    value: Decimal
    value_max: Decimal | None
    unit: str | None
    modifier: str
    low: Decimal
    high: Decimal
    form: str = "plain"


@dataclass(frozen=True, slots=True)
class NonFact:
    """A number that measures nothing: folded or source span, and the reason from a closed list (see patterns/nonfacts.yaml)."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Numbers:
    """Everything that looks like a number in one stretch of text, each in exactly one list, in text order (folded offsets).

    quantities -- what measures something; non_facts -- what measures nothing, with its reason;
    unexplained -- numbers that neither list could take; blanks -- counters whose number is missing.
    """

    quantities: tuple[Quantity, ...]
    non_facts: tuple[NonFact, ...]
    unexplained: tuple[Span, ...] = ()
    blanks: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a fact stands in ``Document.text``: spans in code points, page from 1, boxes in PDF points."""

    section: str
    heading: str
    sentence: str
    sentence_span: Span
    span: Span
    page: int | None = None
    boxes: tuple[Box, ...] = ()
    value_boxes: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """One statistical claim with its evidence; the fields are those of the public contract (``extract schema``)."""

    id: str
    indicator: str | None
    label: str
    value: Decimal
    value_max: Decimal | None
    unit: str | None
    low: Decimal
    high: Decimal
    raw: str
    kind: str
    measure: str
    per: str | None
    modifier: str
    period: Period
    subject: str | None
    channel: str | None
    category: str | None
    part_of: str | None
    denominator: str | None
    numerator: str | None
    confidence: float
    method: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class TableCell:
    """One cell of a standard table: contract key (3.received.natural_person), printed text, value, semantics, place."""

    key: str
    row: str
    column: str
    raw: str
    value: Decimal | None
    semantics: str
    span: Span
    page: int | None = None
    box: Box | None = None
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Table:
    """A standard table of the official form: form ("2019" or "2021"), number (2, 3, 4), cells in form order."""

    form: str
    table: int
    cells: tuple[TableCell, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """The outcome of one audit check; see the audit contract for the fields."""

    rule: str
    severity: str
    outcome: str
    message: str
    message_zh: str
    calculation: tuple[dict[str, str | None], ...] = ()
    facts: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()
    cause: str = "unclear"
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """The account of all numbers of the narrative (source spans): every number is in exactly one list."""

    numbers: int
    facts: int
    non_facts: tuple[NonFact, ...]
    unexplained: tuple[Span, ...]
    blanks: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Versions:
    """What made a result: version of the program, digest of the patterns, name and version of the model or None."""

    extractor: str
    patterns: str
    model: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """Everything read from one document; ``outputs.json.to_dict`` gives the public JSON object."""

    document: Document
    metadata: Metadata
    script: str
    sections: tuple[Section, ...]
    facts: tuple[Fact, ...]
    tables: tuple[Table, ...]
    findings: tuple[Finding, ...]
    coverage: Coverage
    warnings: tuple[Notice, ...]
    versions: Versions
    extra: dict[str, str] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """The public JSON object (see ``extract schema``)."""
        # by name: the shapes lie below the outputs and must not import them
        result: dict[str, Any] = import_module("extractor.outputs.json").to_dict(self)
        return result
