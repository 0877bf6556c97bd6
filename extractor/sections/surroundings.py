"""What stands around the text: title, site head, contents, how the report was made, signature."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from extractor import lexicon
from extractor.types import Span

SHORT = 40  # characters of a line before the text that may be a title or an office
SENTENCE = lexicon.matcher("[^。！？\n]{1,2000}+(?:[。！？]++[”’）]*+)?|[。！？]++")
LOOKED_AT = 400  # characters of a sentence


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    table = lexicon.table("headings")
    joined = {name: lexicon.matcher("|".join(table[name])) for name in ("head_lines", "tail_lines", "preamble")}
    single = {name: lexicon.matcher(table[name]) for name in ("title_line", "date_line", "office_line", "preamble_not")}
    return joined | single


def is_title_line(line: str) -> bool:
    """Whether the line is the title of a report."""
    return _patterns()["title_line"].match(line) is not None


def is_office_line(line: str) -> bool:
    """Whether the line is nothing but the name of an office."""
    return _patterns()["office_line"].match(line) is not None


def is_head_line(text: str, start: int, end: int) -> bool:
    """Whether the line belongs to the site, an information card or the contents."""
    return end - start <= 120 and _patterns()["head_lines"].match(text[start:end]) is not None


def is_before_text(line: str) -> bool:
    """Whether a line in front of the first section is no text: title, office, date, site head."""
    patterns = _patterns()
    if any(patterns[name].match(line) for name in ("title_line", "head_lines", "tail_lines", "date_line")):
        return True
    return len(line) <= SHORT and not re.search("[。；，：]", line.rstrip("："))


def is_title_part(line: str) -> bool:
    """Whether a line in front of a text without headings is its title, the office or part of the site."""
    names = ("title_line", "head_lines", "tail_lines", "date_line", "office_line")
    return any(_patterns()[name].match(line) for name in names)


def preamble_end(text: str, start: int, end: int) -> int:
    """Where the leading sentences end that tell how the report was made; ``start`` where there are none."""
    patterns = _patterns()
    last = start
    for match in SENTENCE.finditer(text, start, end):
        sentence = match[0][:LOOKED_AT]
        if patterns["preamble_not"].search(sentence) or patterns["preamble"].search(sentence) is None:
            break
        last = match.end()
    return last


def tail_start(text: str, start: int, paragraphs: Sequence[Span]) -> int:
    """Where signature, date and site foot begin at the end of the text; ``len(text)`` where there is no such thing."""
    patterns = _patterns()
    at = len(text)
    dated = False
    for line_start, line_end in reversed(paragraphs):
        line = text[line_start:line_end]
        if line_start < start or len(line) > 120:
            break
        date = patterns["date_line"].match(line) is not None
        office = patterns["office_line"].match(line) is not None and (dated or at == len(text))
        if not (date or office or patterns["tail_lines"].match(line)):
            break
        dated = dated or date
        at = line_start
    return at
