"""Drafts become facts: spans mapped to the source, stable ids, boxes, confidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from extractor.facts.confidence import rule_confidence
from extractor.facts.drafts import Draft
from extractor.facts.link import lexicon
from extractor.hashing import sha256_hex
from extractor.types import Box, Document, Evidence, Fact, FoldedText, Span, in_hundredths

ID_DIGITS = 16


def assemble(document: Document, folded: FoldedText, drafts: Sequence[Draft]) -> tuple[Fact, ...]:
    """Facts of all drafts, in text order; links between drafts become ids."""
    spans = [folded.source(*draft.span) for draft in drafts]
    ids = _ids(document, folded, drafts, spans)
    known = {id(draft): name for draft, name in zip(drafts, ids, strict=True)}
    evidence = _evidence(document, folded, drafts, spans)
    return tuple(_fact(document, folded, draft, found, known) for draft, found in zip(drafts, evidence, strict=True))


def _ids(document: Document, folded: FoldedText, drafts: Sequence[Draft], spans: Sequence[Span]) -> list[str]:
    """First 16 hex digits of SHA-256 over document hash, value span, indicator or label, and ordinal on that span."""
    seen: Counter[tuple[Span, str]] = Counter()
    ids = []
    for draft, span in zip(drafts, spans, strict=True):
        name = draft.code or _label(document, folded, draft)
        ordinal = seen[span, name]
        seen[span, name] += 1
        key = f"{document.sha256}|{span[0]}|{span[1]}|{name}|{ordinal}"
        ids.append(sha256_hex(key.encode())[:ID_DIGITS])
    return ids


def _fact(document: Document, folded: FoldedText, draft: Draft, evidence: Evidence, known: dict[int, str]) -> Fact:
    unit = draft.unit
    if unit is None and draft.code is not None:
        unit = lexicon().indicators[draft.code].unit
    return Fact(
        id=known[id(draft)],
        indicator=draft.code,
        label=_label(document, folded, draft),
        value=draft.value,
        value_max=draft.value_max,
        unit=unit,
        low=draft.low,
        high=draft.high,
        raw=document.text[evidence.span[0] : evidence.span[1]],
        kind=draft.kind,
        measure=draft.reading.measure,
        per=draft.reading.per,
        modifier=draft.modifier,
        period=draft.period,
        subject=_words(document, folded, draft.subject),
        channel=draft.channel,
        category=_words(document, folded, draft.category),
        part_of=known.get(id(draft.total)),
        denominator=known.get(id(draft.denominator)),
        numerator=known.get(id(draft.numerator)),
        confidence=_confidence(draft) * _legibility(document, evidence.span),
        method=draft.rule,
        evidence=evidence,
    )


def _label(document: Document, folded: FoldedText, draft: Draft) -> str:
    """The report's own words of the label, on one line."""
    return "".join(_words(document, folded, span) or "" for span in draft.label)


def _words(document: Document, folded: FoldedText, span: Span | None) -> str | None:
    """Source words of a folded span, on one line."""
    if span is None:
        return None
    start, end = folded.source(*span)
    return "".join(document.text[start:end].split())


def _legibility(document: Document, span: Span) -> float:
    """How sure the recogniser is of the characters of a value; 1 for text that was not recognised from an image."""
    return document.confidence(*span)


def _confidence(draft: Draft) -> float:
    """Chance that the fact is right: as the trained part worked it out, else by how the rules found it."""
    return rule_confidence(draft) if draft.confidence is None else draft.confidence


def _evidence(
    document: Document, folded: FoldedText, drafts: Sequence[Draft], spans: Sequence[Span]
) -> Iterator[Evidence]:
    """Evidence of each draft; a sentence is copied, and its boxes are measured, once for all its claims."""
    shared: dict[tuple[Span, int | None], tuple[str, tuple[Box, ...]]] = {}
    for draft, span in zip(drafts, spans, strict=True):
        sentence = folded.source(draft.sentence.start, draft.sentence.end)
        page = document.layout.page(span[0]) if document.layout is not None else None
        if (sentence, page) not in shared:
            shared[sentence, page] = (document.text[sentence[0] : sentence[1]], line_boxes(document, sentence, page))
        words, boxes = shared[sentence, page]
        yield Evidence(
            section=draft.sentence.section,
            heading=draft.sentence.heading,
            sentence=words,
            sentence_span=sentence,
            span=span,
            page=page,
            boxes=boxes,
            value_boxes=line_boxes(document, span, page),
        )


def line_boxes(document: Document, span: Span, page: int | None) -> tuple[Box, ...]:
    """One box for each line fragment of the span on a page (from 1), in points; empty for formats without pages.

    A fragment ends where the text jumps back or down.
    """
    layout = document.layout
    if layout is None:
        return ()
    start, end = span
    sides = (layout.boxes[4 * start + side : 4 * end : 4] for side in range(4))
    lines: list[list[float]] = []
    for here, x0, top, x1, bottom in zip(layout.pages[start:end], *sides, strict=True):
        if here != page or (x1 <= x0 and bottom <= top):
            continue
        if not (lines and _continue(lines[-1], x0, top, x1, bottom)):
            lines.append([x0, top, x1, bottom])
    return tuple([in_hundredths((x0, top, x1, bottom)) for x0, top, x1, bottom in lines])


def _continue(line: list[float], x0: float, top: float, x1: float, bottom: float) -> bool:
    """Widen a line by a character that continues it: it overlaps it vertically and does not jump back to the left."""
    left, upper, right, lower = line
    overlap = (lower if lower < bottom else bottom) - (upper if upper > top else top)
    own, other = lower - upper, bottom - top
    if x0 < left - 1 or overlap <= 0.3 * (own if own < other else other):
        return False
    line[:] = (min(left, x0), top if top < upper else upper, max(right, x1), bottom if bottom > lower else lower)
    return True
