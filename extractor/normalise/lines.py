"""Line ends: page furniture goes, hard wraps are joined, paragraphs are parted by one line end each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from math import inf

from extractor import lexicon
from extractor.normalise.chars import HAN
from extractor.normalise.draft import Draft, Edit
from extractor.record import record
from extractor.types import Span

PROSE = 15.0  # ideographs; shorter lines tell nothing about the width of the page
WIDEST = 75.0  # no page sets longer lines; a longer one is a whole paragraph
MANY = 4  # broken lines that tell the width of the page for sure
NEAR = 3.5  # how far from the margin a line may end because the next word did not fit
NARROWEST = 20.0  # no page sets shorter lines
SHARE = 0.3  # of the lines that reach the margin and end in the middle of a sentence, in a wrapped text

INNER = lexicon.matcher("[，；。]")
OPENED = lexicon.matcher("《[^》]{0,60}$")
NUMBER_START = lexicon.matcher(rf"[\d.,]{{0,15}} ?[%{HAN}]")
WORD_START = lexicon.matcher(rf"[\d{HAN}A-Za-z“《（]")
TAIL_START = lexicon.matcher("[，。、；：）》”,;:)]")
PAGE_END = lexicon.matcher(
    r"(?<=\n)[ \t]{0,80}\d{1,3}[ \t]*\n?(?=\f)|(?<=\n)\f"
)  # a bare number counts as furniture only there
LINE_OR_GAP = lexicon.matcher(r"[^\n]+|\n(?=\n|\Z)")
LATIN_JOINT = lexicon.matcher(r"[A-Za-z,.]\n[A-Za-z]")


@record
class Line:
    """A line without its outer blanks: span, whether a blank line stands before it, indent, width in ideographs.

    Of the three bytes of an ideograph and the one of a letter follows the width: a letter is half as wide.
    """

    start: int
    end: int
    after_gap: bool
    indent: int
    width: float


@cache
def _furniture() -> re.Pattern[str]:
    inner = "|".join(lexicon.table("chars")["furniture"])
    return lexicon.matcher(rf"(?:\A|(?<=[\n\f]))[ \t\f]*(?:{inner})[ \t]*(?:[\n\f]\s*|\Z)")


@cache
def _marks() -> re.Pattern[str]:
    return lexicon.matcher("|".join(lexicon.table("chars")["lines"]["marks"]))


@cache
def _ends() -> tuple[str, str]:
    lines = lexicon.table("chars")["lines"]
    return lines["open_ends"], lines["closed_ends"]


def drop_furniture(draft: Draft, spans: Sequence[Span]) -> None:
    """Drop page headers, footers and page numbers: what the reader marked and what a line tells by itself."""
    draft.edit((start, end, "") for start, end in _merged(spans, len(draft.text)))
    draft.replace(_furniture(), "")
    if "\f" in draft.text:
        draft.replace(PAGE_END, "")


def _merged(spans: Sequence[Span], size: int) -> Iterator[Span]:
    at = 0
    for start, end in sorted(spans):
        start, end = max(start, at), min(end, size)
        if start < end:
            yield start, end
            at = end


def join_lines(draft: Draft) -> None:
    """Join lines that were broken by the width of the page; leave one line end between paragraphs."""
    text = draft.text
    if "\n" not in text:
        return
    lines = list(_lines(text))
    page = _page(lines, text)
    edits: list[Edit] = []
    if lines and lines[0].start > 0:
        edits.append((0, lines[0].start, ""))
    reach = 0.0
    for line, following in pairwise(lines):
        reach += line.width
        wraps = _is_full(page, reach, following) and _wraps(text, line, following, page.sure)
        joined = wraps or _goes_on(text, line, following)
        if not joined or reach >= page.margin:
            reach = 0.0
        new = _joint(text, line, following) if joined else "\n"
        if text[line.end : following.start] != new:
            edits.append((line.end, following.start, new))
    last = lines[-1].end if lines else 0
    if last < len(text):
        edits.append((last, len(text), ""))
    draft.edit(edits)


def _lines(text: str) -> Iterator[Line]:
    """Lines that hold something."""
    gap = False
    for match in LINE_OR_GAP.finditer(text):
        raw = match[0]
        line = raw.strip(" \t")
        if not line or raw == "\n":
            gap = True
            continue
        indent = len(raw) - len(raw.lstrip(" \t"))
        start = match.start() + indent
        size = len(line.encode("utf-8", "surrogatepass"))
        yield Line(start, start + len(line), gap, indent, min(indent, 2) + (size + len(line)) / 4)
        gap = False


@record
class Page:
    """How wide a page is set.

    margin -- width that a line reaches where the page breaks it, infinite for a text with one paragraph a line.
    sure   -- the same, infinite where few lines tell it.
    """

    margin: float
    sure: float


def _page(lines: Sequence[Line], text: str) -> Page:
    """How wide the lines tell the page to be."""
    prose = [line for line in lines if line.width >= PROSE]
    widths = sorted(line.width for line in prose if line.width <= WIDEST)
    if not widths or (len(prose) - len(widths)) * 10 > len(prose):
        return Page(inf, inf)
    widest = widths[int(len(widths) * 0.95)] if len(widths) > 20 else widths[-1]
    margin = widest - NEAR
    _, closed_ends = _ends()
    broken = sum(margin <= line.width <= WIDEST and text[line.end - 1] not in closed_ends for line in prose)
    if widest < NARROWEST or broken < max(1.0, SHARE * len(prose)):
        return Page(inf, inf)
    return Page(margin, margin if broken >= MANY else inf)


def _is_full(page: Page, reach: float, following: Line) -> bool:
    """Whether the row that is ``reach`` wide so far reaches the margin, alone or with the next piece of it."""
    return reach >= page.margin or page.margin <= reach + following.width <= page.margin + NEAR + 2


def _goes_on(text: str, line: Line, following: Line) -> bool:
    """Whether the line can't end here, whatever the width of the page."""
    if following.start >= len(text) or line.width < 4:
        return False
    open_ends, _ = _ends()
    last = text[line.end - 1]
    if last in open_ends:
        joins = WORD_START.match(text, following.start) is not None
    elif TAIL_START.match(text, following.start):
        joins = line.width >= 6 and last not in "。！？；"
    elif last.isdecimal() and not (line.after_gap and following.after_gap):
        joins = (
            (text[following.start].isdecimal() or INNER.search(text, line.start, line.end) is not None)
            and NUMBER_START.match(text, following.start, following.end) is not None
            and INNER.search(text, following.start, following.end) is not None
        )
    else:
        joins = False
    return joins and _marks().match(text, following.start, following.end) is None


def _wraps(text: str, line: Line, following: Line, sure: float) -> bool:
    """Whether a line that reaches the margin goes on in the next; without inner signs only one as wide as ``sure``."""
    _, closed_ends = _ends()
    if following.indent >= 2 or following.after_gap or _marks().match(text, following.start, following.end):
        return False
    if (
        line.width < sure
        and _marks().match(text, line.start, line.end)
        and not INNER.search(text, line.start, line.end)
    ):
        return False  # a heading
    last = text[line.end - 1]
    if last in closed_ends and last not in "；;”》）)" and not (last in "：:" and text[following.start].isascii()):
        return False
    if line.width < sure and not any(INNER.search(text, part.start, part.end) for part in (line, following)):
        return (
            text[following.start] == "《" or OPENED.search(text, max(line.start, line.end - 60), line.end) is not None
        )
    return WORD_START.match(text, following.start) is not None


def _joint(text: str, line: Line, following: Line) -> str:
    """What stands between two joined lines: nothing, or a blank between latin words."""
    around = text[line.end - 1] + "\n" + text[following.start]
    return " " if LATIN_JOINT.fullmatch(around) else ""
