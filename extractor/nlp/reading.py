"""The rooms from text to sentences and numbers, for texts that come from a spaCy doc and not from a file."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from extractor.facts import Adviser, assemble, find_drafts
from extractor.normalise import fold
from extractor.quantities import find_numbers
from extractor.sections import NARRATIVE, find_metadata, find_sections
from extractor.sentences import split_sentences
from extractor.types import Document, Fact, FoldedText, Numbers, ReaderInfo, Section, Sentence


@dataclass(frozen=True, slots=True)
class TextView:
    """A text as the rooms see it; offsets of sentences and numbers are folded ones."""

    document: Document
    folded: FoldedText
    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...]
    numbers: tuple[Numbers, ...]


def read_text(text: str) -> TextView:
    """Sections, narrative sentences and the numbers of each sentence of ``text``."""
    data = text.encode("utf-8", "surrogatepass")
    document = Document(
        text=text,
        blocks=(),
        grids=(),
        source="",
        name="",
        media_type="text/plain",
        sha256=hashlib.sha256(data).hexdigest(),
        bytes=len(data),
        pages=None,
        reader=ReaderInfo("spacy", "3"),
    )
    folded = fold(document)
    sections = find_sections(folded, document)
    sentences = tuple(s for s in split_sentences(folded, sections) if s.section in NARRATIVE)
    numbers = tuple(find_numbers(folded.text, sentence.start, sentence.end) for sentence in sentences)
    return TextView(document, folded, tuple(sections), sentences, numbers)


def find_facts(text: str, adviser: Adviser | None = None) -> tuple[Fact, ...]:
    """Facts of ``text``, offsets into ``text`` itself; ``adviser`` -- the trained part, None for rules alone."""
    view = read_text(text)
    year = find_metadata(view.folded, view.sections, view.document).year
    drafts = find_drafts(view.folded.text, zip(view.sentences, view.numbers, strict=True), year, adviser)
    return assemble(view.document, view.folded, drafts)
