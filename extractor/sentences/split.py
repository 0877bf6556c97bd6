"""Where sentences begin and end."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from extractor import lexicon
from extractor.sections import NARRATIVE, is_table_line
from extractor.types import FoldedText, Section, Sentence, Span

SPOKEN = (*NARRATIVE, "preface")
NESTING = "（("


@cache
def _marks() -> tuple[re.Pattern[str], str, dict[str, str], int]:
    """Pattern of all marks that matter, terminators, closing mark by opening mark, longest pair."""
    table = lexicon.table("sentences")
    pairs: dict[str, str] = table["pairs"]
    signs = table["terminators"] + "".join(pairs) + "".join(pairs.values())
    return lexicon.matcher(f"[{re.escape(signs)}]"), table["terminators"], pairs, table["longest_pair"]


def split_sentences(folded: FoldedText, sections: Sequence[Section], skip: Sequence[Span] = ()) -> list[Sentence]:
    """Sentences of narrative and preface sections in text order (folded offsets), without outer blanks.

    skip -- folded spans that hold no sentences (tables inside the narrative); no sentence reaches into one.
    A sentence ends at 。！？ outside of brackets and quotes and at the end of its paragraph; ； does not end it.
    A heading is a sentence of its own.
    """
    found: list[Sentence] = []
    holes = sorted(skip)
    for section in sections:
        if section.kind not in SPOKEN:
            continue
        starts = [child.start for child in section.children]
        for start, end in _stretches(folded.text, section, holes):
            for one, other in _sentences(folded.text, start, end):
                at = bisect_right(starts, one) - 1
                heading = section.children[at].heading if at >= 0 else ""
                found.append(Sentence(one, other, section.kind, heading))
    return sorted(found, key=lambda sentence: sentence.start)


def _stretches(text: str, section: Section, holes: Sequence[Span]) -> Iterator[Span]:
    """Runs of text in which a sentence may lie: parted by headings, ends of paragraphs and holes."""
    cuts = {section.start, section.body, section.end}
    for child in section.children:
        cuts.update((child.start, child.body))
    bounds = sorted(cut for cut in cuts if section.start <= cut <= section.end)
    inner = _inner_preface(section, text)
    for start, end in pairwise(bounds):
        stop = min(end, inner) if start == section.start else end
        for low, high in _without(start, stop, holes):
            yield from _paragraphs(text, low, high)


def _inner_preface(section: Section, text: str) -> int:
    """End of the heading's own line: what stands between it and the body is a preface of its own."""
    if section.kind == "preface" or section.body == section.start:
        return section.end
    title = text.find(section.heading, section.start, section.body)
    return section.body if title < 0 else title + len(section.heading)


def _without(start: int, end: int, holes: Sequence[Span]) -> Iterator[Span]:
    """[start, end) without the holes."""
    first = max(bisect_right(holes, (start, -1)) - 1, 0)
    for low, high in holes[first:]:
        if low >= end:
            break
        if high <= start:
            continue
        if start < low:
            yield start, low
        start = max(start, high)
    if start < end:
        yield start, end


def _paragraphs(text: str, start: int, end: int) -> Iterator[Span]:
    """Lines that hold text; cells of a table that the reader left between them are none."""
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        if start < stop and not is_table_line(text, start, stop):
            yield start, stop
        start = stop + 1


def _sentences(text: str, start: int, end: int) -> Iterator[Span]:
    """Sentences of one paragraph."""
    at = start
    for stop in _ends(text, start, end):
        yield from _trimmed(text, at, stop)
        at = stop
    yield from _trimmed(text, at, end)


def _ends(text: str, start: int, end: int) -> Iterator[int]:
    """Offsets after terminators, and the closing marks that follow them, outside of brackets and quotes."""
    pattern, terminators, pairs, _ = _marks()
    waiting: list[str] = []
    ended = 0  # offset after the last terminator that may still be followed by closing marks
    for match in pattern.finditer(text, start, end):
        sign = match[0]
        if ended and (ended < match.start() or sign in pairs):
            yield ended
            ended = 0
        if sign in terminators:
            ended = 0 if waiting else match.end()
        elif ended:
            ended = match.end()
        else:
            _follow(waiting, sign, sign in pairs and _closes(text, match.start(), end, pairs[sign]))
    if ended:
        yield ended


def _follow(waiting: list[str], sign: str, opens: bool) -> None:
    """Keep account of the closing marks that are still to come."""
    if opens:
        waiting.append(_marks()[2][sign])
    elif sign in waiting:
        del waiting[waiting.index(sign) :]


def _closes(text: str, start: int, end: int, sign: str) -> bool:
    """Whether the pair that opens at ``start`` is closed in reach; a quote that opens twice is a slip."""
    stop = text.find(sign, start + 1, min(end, start + _marks()[3]))
    return stop >= 0 and (text[start] in NESTING or text.find(text[start], start + 1, stop) < 0)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    """The span without outer blanks, if anything is left."""
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    right = len(piece.rstrip())
    if left < right:
        yield start + left, start + right
