"""The order of the rooms; nothing else knows it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence

from extractor.audit import audit
from extractor.errors import ExtractorError, ReadError
from extractor.facts import assemble, find_drafts
from extractor.lexicon import digest
from extractor.model import find_adviser
from extractor.normalise import fold
from extractor.quantities import find_numbers
from extractor.read import read
from extractor.record import record, replace
from extractor.sections import find_metadata, find_sections, script
from extractor.sentences import split_sentences
from extractor.settings import VERSION, Settings
from extractor.tables import find_tables
from extractor.types import (
    Coverage,
    Document,
    Fact,
    FoldedText,
    NonFact,
    Notice,
    Numbers,
    Report,
    Section,
    Sentence,
    Span,
    Subsection,
    Versions,
)

Source = str | os.PathLike[str] | bytes
NARRATIVE = frozenset({"overview", "problems", "other"})


@record
class Failure:
    """An input that could not be read: its name as given, the reason (see ``errors.REASONS``), a one-line message."""

    source: str
    reason: str
    message: str


def extract(source: Source, settings: Settings | None = None, *, name: str | None = None) -> Report:
    """Read one report and return everything found in it.

    source -- a path, or the bytes of a file; name -- what to call bytes in the result.
    Raises ReadError when the input can't be read.
    """
    settings = settings or Settings()
    document = read(source, name=name, max_bytes=settings.max_bytes)
    return analyse(document, settings)


def extract_many(sources: Iterable[Source], settings: Settings | None = None) -> Iterator[Report | Failure]:
    """Read reports one after the other; an input that can't be read becomes a Failure and the rest go on."""
    for source in sources:
        try:
            yield extract(source, settings)
        except ExtractorError as error:
            shown = "<bytes>" if isinstance(source, bytes) else os.fspath(source)
            yield Failure(shown, error.reason if isinstance(error, ReadError) else "crash", str(error))


def analyse(document: Document, settings: Settings) -> Report:
    """Everything behind reading: a document in, a report out."""
    folded = fold(document)
    sections = find_sections(folded, document)
    metadata = find_metadata(folded, sections, document)
    skip = [folded.folded(grid.start, grid.end) for grid in document.grids]
    sentences = [s for s in split_sentences(folded, sections, skip) if s.section in NARRATIVE]
    numbers = [find_numbers(folded.text, sentence.start, sentence.end) for sentence in sentences]
    adviser = find_adviser() if settings.model else None
    drafts = find_drafts(folded.text, zip(sentences, numbers, strict=True), metadata.year, adviser)
    facts = assemble(document, folded, drafts)
    report = Report(
        document=document,
        metadata=metadata,
        script=script(folded),
        sections=tuple(_to_source(folded, section) for section in sections),
        facts=facts,
        tables=find_tables(document, folded, sections, metadata),
        findings=(),
        coverage=_coverage(folded, numbers, facts, _grid_numbers(folded, sections, skip)),
        warnings=(*document.warnings, *_warnings(sections, sentences, facts)),
        versions=Versions(VERSION, digest(), adviser.version if adviser else None),
    )
    return replace(report, findings=audit(report, folded=folded)) if settings.audit else report


def _grid_numbers(folded: FoldedText, sections: Sequence[Section], skip: Sequence[Span]) -> list[NonFact]:
    """Numbers in tables that stand inside narrative sections: told apart from the narrative, but accounted for."""
    inside = [(a, b) for a, b in skip if any(s.kind in NARRATIVE and s.body <= a < s.end for s in sections)]
    found: list[NonFact] = []
    for start, end in inside:
        numbers = find_numbers(folded.text, start, end)
        spans = [(q.start, q.end) for q in numbers.quantities] + [(n.start, n.end) for n in numbers.non_facts]
        found += [NonFact(a, b, "table_cell") for a, b in (*spans, *numbers.unexplained)]
    return found


def _coverage(
    folded: FoldedText, numbers: Sequence[Numbers], facts: Sequence[Fact], in_tables: Sequence[NonFact]
) -> Coverage:
    """The account of every number of the narrative, in source offsets and text order."""
    non_facts = [n for found in numbers for n in found.non_facts] + list(in_tables)
    mapped = sorted(
        (NonFact(*folded.source(n.start, n.end), n.reason) for n in non_facts), key=lambda n: (n.start, n.end)
    )
    unexplained = tuple(folded.source(*span) for found in numbers for span in found.unexplained)
    blanks = tuple(folded.source(*span) for found in numbers for span in found.blanks)
    values = {fact.evidence.span for fact in facts if fact.kind == "explicit"}
    return Coverage(
        numbers=len(values) + len(mapped) + len(unexplained),
        facts=len(values),
        non_facts=tuple(mapped),
        unexplained=unexplained,
        blanks=blanks,
    )


def _warnings(sections: Sequence[Section], sentences: Sequence[Sentence], facts: Sequence[Fact]) -> list[Notice]:
    """What a reader of the result should know: not a report, no numbers."""
    kinds = {section.kind for section in sections}
    if kinds <= {"preface", "overview"} and not any(section.heading for section in sections):
        return [
            Notice("not_a_report", "no section of an annual report was found; the whole text was read as one narrative")
        ]
    if not facts and sentences:
        return [Notice("no_facts", "the narrative holds no statistical claim")]
    return []


def _to_source(folded: FoldedText, section: Section) -> Section:
    """The section with source offsets in place of folded ones."""
    start, end = folded.source(section.start, section.end)
    children = []
    for child in section.children:
        first, last = folded.source(child.start, child.end)
        children.append(Subsection(child.heading, first, last, folded.source(child.body, child.body)[0]))
    body = folded.source(section.body, section.body)[0]
    return Section(
        section.kind, section.heading, section.number, start, max(start, min(body, end)), end, tuple(children)
    )
