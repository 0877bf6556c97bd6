"""Numbers in front of headings: （一）, 1、, 第三部分."""

from __future__ import annotations

import re
from functools import cache

from extractor import lexicon
from extractor.record import record

DIGITS = "零一二三四五六七八九"


@record
class Mark:
    """style -- name in headings.yaml; raw -- as printed, without brackets; number -- its value or None; end."""

    style: str
    raw: str
    number: int | None
    end: int


@cache
def _styles() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((style, lexicon.matcher(pattern)) for style, pattern in lexicon.table("headings")["marks"].items())


@cache
def _first() -> re.Pattern[str]:
    """One pattern for all styles, so that most lines cost one look."""
    return lexicon.matcher("|".join(pattern.pattern for _, pattern in _styles()))


def read_mark(text: str, start: int, end: int) -> Mark | None:
    """The mark that the line [start, end) begins with, or None."""
    if _first().match(text, start, end) is None:
        return None
    for style, pattern in _styles():
        match = pattern.match(text, start, end)
        if match is not None:
            raw = next((group for group in match.groups() if group), "")
            return Mark(style, raw, _value(raw), match.end())
    return None


def _value(raw: str) -> int | None:
    """Value of a mark of at most two digits, in Chinese or Arabic numerals."""
    if raw.isdecimal():
        return int(raw)
    if not raw or any(char not in DIGITS + "十" for char in raw):
        return None
    if "十" not in raw:
        return DIGITS.index(raw[-1])
    tens, _, ones = raw.partition("十")
    return 10 * (DIGITS.index(tens) if tens else 1) + (DIGITS.index(ones) if ones in DIGITS and ones else 0)
