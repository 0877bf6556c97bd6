"""Everything read from one document."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from extractor.record import field, record
from extractor.types.facts import Fact, Finding, Table
from extractor.types.numbers import NonFact
from extractor.types.source import Document, Notice, Span
from extractor.types.structure import Metadata, Section


@record
class Coverage:
    """The account of all numbers of the narrative (source spans): every number is in exactly one list."""

    numbers: int
    facts: int
    non_facts: tuple[NonFact, ...]
    unexplained: tuple[Span, ...]
    blanks: tuple[Span, ...]


@record
class Versions:
    """What made a result: version of the program, digest of the patterns, name and version of the model or None."""

    extractor: str
    patterns: str
    model: str | None = None


@record
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
