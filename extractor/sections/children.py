"""Subsections: titled parts of a section."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from extractor.lexicon import matcher
from extractor.sections.forms import is_cell, is_form_line, lines
from extractor.sections.marks import Mark, read_mark
from extractor.types import Subsection

TITLE = matcher("([^。：；！？\n]{2,30}?)(?:[。：]|(?=\n)|\\Z)")
BOLD = matcher("([^，。：；、！？\\d“”（）\n]{4,16})。(?=[^\n])")
BARE = matcher("[^。：；！？，\\d\n]{3,22}")
INLINE = matcher("(?<=[。；])（[一二三四五六七八九十]{1,2}）(?=[^。；\n]{2,25}[。：])")
ITEM = matcher("(?:(?<=[。；：])|(?<=\n)|(?<=\\A))[一二三四五六七八九十]是([^，。；：、\\d\n]{4,18})。")
FIGURE = matcher(r"\d(?![\d年月日])")  # of no date
LIST_TITLE = 16  # characters of a title before a colon; a longer one announces a list
LIST_STYLES = ("circle", "item", "bracket_digit")


def find_children(text: str, start: int, end: int) -> tuple[Subsection, ...]:
    """Subsections of the body [start, end), each up to the next one."""
    found = sorted(_titled(text, start, end), key=lambda child: child.start)
    if not found:
        found = [Subsection(match[1], match.start(), end, match.end()) for match in ITEM.finditer(text, start, end)]
    stops = [*(child.start for child in found[1:]), end][: len(found)]
    return tuple(
        Subsection(child.heading, child.start, stop, min(child.body, stop))
        for child, stop in zip(found, stops, strict=True)
    )


def _titled(text: str, start: int, end: int) -> Iterator[Subsection]:
    spans = lines(text, start, end)
    seen: set[str] = set()
    for (line_start, line_end), following in zip_longest(spans, spans[1:], fillvalue=(end, end)):
        if is_cell(text, line_start, line_end) or is_form_line(text, line_start, line_end):
            continue
        mark = read_mark(text, line_start, line_end)
        child = _marked(text, line_start, line_end, mark) if mark else _unmarked(text, line_start, line_end, following)
        if child is not None:
            yield child
        elif mark is not None and mark.style in seen and mark.style not in LIST_STYLES:
            yield Subsection("", line_start, line_end, line_start)
        if mark is not None and child is not None:
            seen.add(mark.style)
        for match in INLINE.finditer(text, line_start, line_end):
            inner = read_mark(text, match.start(), line_end)
            child = _marked(text, match.start(), line_end, inner) if inner else None
            if child is not None:
                yield child


def _marked(text: str, start: int, end: int, mark: Mark) -> Subsection | None:
    """A numbered heading: a line of its own, or the first sentence of one."""
    if mark.style == "damaged":
        return Subsection(text[mark.end : end].strip("。 "), start, end, end) if end - start <= 30 else None
    if mark.style in LIST_STYLES and "。" in text[mark.end : end]:
        return None
    match = TITLE.match(text, mark.end, end)
    if match is None or (match[0].endswith("：") and len(match[1]) > LIST_TITLE) or FIGURE.search(match[1]):
        return None
    return Subsection(match[1].strip("， "), start, end, match.end())


def _unmarked(text: str, start: int, end: int, following: tuple[int, int]) -> Subsection | None:
    """A short line above a longer one, or a short first sentence of few words."""
    bare = BARE.fullmatch(text, start, end)
    if bare is not None:
        longer = following[1] - following[0] > end - start + 8
        return Subsection(bare[0], start, end, end) if longer else None
    match = BOLD.match(text, start, end)
    return Subsection(match[1], start, end, match.end()) if match else None
