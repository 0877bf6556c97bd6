"""Lines, and places inside lines, that may be the heading of a section."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from extractor import lexicon
from extractor.record import record
from extractor.sections.forms import holds_table, is_form_line, lines
from extractor.sections.marks import Mark, read_mark
from extractor.sections.surroundings import is_head_line
from extractor.sections.titles import ALIAS, OFFICIAL, UNKNOWN, Naming, name_exactly, name_title, opening

LONGEST = 45  # characters of a heading line after its mark
SHORTEST_ALIAS = 4  # characters of a title that may be run into a sentence
TOP = ("chinese", "part", "ordinal", "bracket", "digit", "bare")  # styles that may number sections
FIRST_CLAUSE = lexicon.matcher("[^。：；！？\n]{2,30}")
AFTER = lexicon.matcher("[。：，、:. ]*\n?")
STOPS = "。：；！？，"


@record
class Heading:
    """A candidate: where it starts, where its body starts, its mark, its title, what the title names."""

    start: int
    body: int
    style: str
    raw: str
    number: int | None
    title: str
    naming: Naming


@cache
def _inline() -> re.Pattern[str]:
    """A numbered known title right after the end of a sentence."""
    return lexicon.matcher(f"{lexicon.table('headings')['run_in']}({opening().pattern})")


@cache
def _statement() -> re.Pattern[str]:
    """What a line says that tells a result, and names no section."""
    return lexicon.matcher(lexicon.table("headings")["statement"])


def find_headings(text: str) -> list[Heading]:
    """All candidates in text order."""
    found = [heading for start, end in lines(text, 0, len(text)) for heading in _in_line(text, start, end)]
    return sorted(found, key=lambda heading: heading.start)


def _in_line(text: str, start: int, end: int) -> Iterator[Heading]:
    heading = _at_start(text, start, end)
    if heading is not None:
        yield heading
    if end - start > SHORTEST_ALIAS + 3:
        for match in _inline().finditer(text, start, end):
            naming = name_exactly(match[2])
            mark = read_mark(text, match.start(), end)
            if naming and mark and len(match[2]) >= SHORTEST_ALIAS:
                yield _heading(text, match.start(), mark, match.end(), match[2], naming)


def _at_start(text: str, start: int, end: int) -> Heading | None:
    """The heading that the line is or begins with."""
    if is_form_line(text, start, end) or is_head_line(text, start, end):
        return None
    mark = read_mark(text, start, end)
    if mark is None:
        return _unnumbered(text, start, end)
    if mark.style not in TOP or _statement().search(text[mark.end : end]):
        return None
    title = text[mark.end : end].strip(STOPS + " ")
    if len(title) <= LONGEST and not any(stop in title for stop in "。；！？"):
        naming = name_title(title.partition("：")[0]) if title else Naming("overview", UNKNOWN)
        if naming.trust > UNKNOWN and "：" in title:
            return _heading(
                text, start, mark, mark.end + text[mark.end : end].index("："), title.partition("：")[0], naming
            )
        return _heading(text, start, mark, end, title, naming) if title else None
    return _run_in(text, start, mark, end)


def _run_in(text: str, start: int, mark: Mark, end: int) -> Heading | None:
    """A heading with its text on the same line."""
    at = mark.end + (len(text[mark.end : end]) - len(text[mark.end : end].lstrip()))
    known = opening().match(text, at, end)
    clause = FIRST_CLAUSE.match(text, at, end)
    if clause is not None and text[clause.end() : clause.end() + 1] in "。：" and "，" not in clause[0]:
        return _heading(text, start, mark, clause.end(), clause[0].strip(), name_title(clause[0]))
    if known is not None and len(known[0]) >= SHORTEST_ALIAS and mark.style != "bracket":
        naming = name_exactly(known[0])
        return _heading(text, start, mark, known.end(), known[0], naming) if naming else None
    return None


def _unnumbered(text: str, start: int, end: int) -> Heading | None:
    """A line that is nothing but a known title, or an official title that its text runs on from."""
    if end - start <= LONGEST:
        title = text[start:end].strip(STOPS + " ")
        naming = name_exactly(title)
        if naming is not None and naming.trust >= ALIAS and len(title) >= 2:
            return _heading(text, start, Mark("none", "", None, start), end, title, naming)
    return None


def _heading(text: str, start: int, mark: Mark, end: int, title: str, naming: Naming) -> Heading:
    after = AFTER.match(text, end)
    return Heading(start, after.end() if after else end, mark.style, mark.raw, mark.number, title, naming)


def is_official(heading: Heading) -> bool:
    """Whether the title stands as the form prints it."""
    return heading.naming.trust >= OFFICIAL


def table_follows(text: str, heading: Heading, end: int) -> bool:
    """Whether a standard table stands between the heading and ``end``."""
    return holds_table(text, heading.body, end)
