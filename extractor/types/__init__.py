"""The shapes that travel between the rooms.

Offsets are half-open code-point ranges.  Inside the rooms from ``sections`` to ``facts`` they point into
``FoldedText.text`` (the clean reading view); ``facts.assemble`` maps them to the source.  Everything that leaves the
program (``Fact``, ``TableCell``, ``Section`` in a ``Report``) points into ``Document.text``.
"""

from extractor.types.facts import Evidence, Fact, Finding, Table, TableCell
from extractor.types.folded import FoldedText
from extractor.types.numbers import NonFact, Numbers, Quantity
from extractor.types.report import Coverage, Report, Versions
from extractor.types.source import (
    Block,
    Box,
    Document,
    Grid,
    GridCell,
    Layout,
    Notice,
    ReaderInfo,
    Span,
    in_hundredths,
)
from extractor.types.structure import Metadata, Period, Section, Sentence, Subsection

__all__ = [
    "Block",
    "Box",
    "Coverage",
    "Document",
    "Evidence",
    "Fact",
    "Finding",
    "FoldedText",
    "Grid",
    "GridCell",
    "Layout",
    "Metadata",
    "NonFact",
    "Notice",
    "Numbers",
    "Period",
    "Quantity",
    "ReaderInfo",
    "Report",
    "Section",
    "Sentence",
    "Span",
    "Subsection",
    "Table",
    "TableCell",
    "Versions",
    "in_hundredths",
]
