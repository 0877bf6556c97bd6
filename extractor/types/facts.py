"""What leaves the program: facts, table cells, findings."""

from __future__ import annotations

from decimal import Decimal

from extractor.record import record
from extractor.types.source import Box, Span
from extractor.types.structure import Period


@record
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


@record
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


@record
class TableCell:
    """One cell of a standard table: contract key (3.received.natural_person), printed text, value, semantics, place.

    confidence -- how sure the recogniser is of the least sure character, 1 for text that was not recognised.
    certain    -- whether two readings of the table agree on the cell and its characters were recognised for sure.
    """

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
    confidence: float = 1.0


@record
class Table:
    """A standard table of the official form: form ("2019" or "2021"), number (2, 3, 4), cells in form order."""

    form: str
    table: int
    cells: tuple[TableCell, ...]


@record
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
