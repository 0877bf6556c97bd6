"""What a report says of itself."""

from __future__ import annotations

from extractor.types import Document, FoldedText, Metadata, Section


def script(folded: FoldedText) -> str:
    """How the source is written: cloaked, traditional or simplified."""
    if folded.cloaked:
        return "cloaked"
    return "traditional" if folded.traditional else "simplified"


def find_metadata(folded: FoldedText, sections: tuple[Section, ...], document: Document) -> Metadata:
    """Title, organization, region, year, period and form; None where not certain."""
    return Metadata(None, None, None, None, None, None)
