"""The sections of a report, in text order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from extractor.sections.children import find_children
from extractor.sections.choose import choose_headings
from extractor.sections.forms import holds_table, lines, statistics_start
from extractor.sections.headings import Heading, find_headings
from extractor.sections.surroundings import is_before_text, is_title_part, preamble_end, tail_start
from extractor.types import Document, FoldedText, Section, Span

NARRATIVE = ("overview", "problems", "other")
SOME_PROSE = 5  # characters of running text below a heading that wants a table


def find_sections(folded: FoldedText, document: Document | None = None) -> tuple[Section, ...]:
    """Sections in text order (folded offsets).

    A ``preface`` holds what is no narrative: title, site head, how the report was made, signature.  Such sentences
    right below a heading stand between its ``start`` and ``body`` and are a ``preface`` of their own there.  A section
    that the form gives a table, but which holds running text and no table, is an ``overview``.
    """
    paragraphs = lines(folded.text, 0, len(folded.text))
    table = statistics_start(folded.text, paragraphs)
    if table == len(folded.text):
        return tuple(_sections(folded.text, paragraphs))
    found = list(_sections(folded.text[:table], [span for span in paragraphs if span[0] < table]))
    title_end = folded.text.find("\n", table)
    heading = folded.text[table:title_end]
    return (*found, Section("disclosure_table", heading, None, table, title_end + 1, len(folded.text)))


def _sections(text: str, paragraphs: Sequence[Span]) -> Iterator[Section]:
    """Sections of a text that holds no statistics table."""
    headings = choose_headings(text, find_headings(text))
    first = headings[0].start if headings else len(text)
    tail = tail_start(text, headings[-1].body if headings else 0, paragraphs)
    if not headings and tail <= (paragraphs[0][0] if paragraphs else 0):
        tail = len(text)
    yield from _before(text, min(first, tail), paragraphs, bool(headings))
    ends = [*(heading.start for heading in headings[1:]), tail][: len(headings)]
    for heading, end in zip(headings, ends, strict=True):
        yield from _section(text, heading, max(end, heading.body))
    if tail < len(text):
        yield Section("preface", "", None, tail, tail, len(text))


def narrative(sections: Iterable[Section]) -> tuple[Section, ...]:
    """The sections whose text holds facts."""
    return tuple(section for section in sections if section.kind in NARRATIVE)


def _before(text: str, end: int, paragraphs: Sequence[Span], headed: bool) -> Iterator[Section]:
    """Sections of the text in front of the first heading: prefaces and, where it tells of the work, overviews."""
    pieces: list[tuple[str, int, int]] = []
    for start, stop in paragraphs:
        if start >= end:
            break
        pieces.extend(_pieces(text, start, min(stop, end), headed, bool(pieces and pieces[-1][0] == "overview")))
    at = 0
    while at < len(pieces):
        kind, start, stop = pieces[at]
        while at + 1 < len(pieces) and pieces[at + 1][0] == kind:
            at += 1
            stop = pieces[at][2]
        children = find_children(text, start, stop) if kind == "overview" else ()
        yield Section(kind, "", None, start, start, stop, children)
        at += 1


def _pieces(text: str, start: int, stop: int, headed: bool, begun: bool) -> Iterator[tuple[str, int, int]]:
    """A paragraph in front of the first heading as preface, overview, or one after the other."""
    if not headed:
        yield ("preface" if not begun and is_title_part(text[start:stop]) else "overview"), start, stop
        return
    if is_before_text(text[start:stop]) and not (begun and len(text[start:stop]) < 30):
        yield "preface", start, stop
        return
    cut = preamble_end(text, start, stop)
    if cut > start:
        yield "preface", start, cut
    if cut < stop:
        yield "overview", cut, stop


def _section(text: str, heading: Heading, end: int) -> Iterator[Section]:
    """The section below a heading, and the preface that stands at its beginning."""
    kind = _kind(text, heading, end)
    body = _body(text, heading.body, end) if kind == "overview" else heading.body
    children = find_children(text, body, end) if kind in NARRATIVE else ()
    yield Section(kind, heading.title, heading.raw or None, heading.start, body, end, children)
    if body > heading.body:
        yield Section("preface", "", None, heading.body, heading.body, body)


def _kind(text: str, heading: Heading, end: int) -> str:
    """Kind told by the title, and by what stands below it."""
    kind = heading.naming.kind
    table = holds_table(text, heading.body, end)
    if kind.endswith("_table"):
        body = text[heading.body : end].strip()
        return "overview" if "。" in body and len(body) >= SOME_PROSE and not table else kind
    return kind


def _body(text: str, start: int, end: int) -> int:
    """Where the text of a section begins after the sentences that tell how the report was made."""
    at = start
    for line_start, line_end in lines(text, start, end):
        cut = preamble_end(text, line_start, line_end)
        if cut > line_start:
            at = cut
        if cut < line_end:
            break
    return at
