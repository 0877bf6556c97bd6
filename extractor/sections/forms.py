"""Lines of the standard tables, where the reader left them in the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from extractor import lexicon
from extractor.types import Span

CELL = lexicon.matcher(r"^[\s|]*+(?:[-+]?[\d.,/*]{1,20}(?:[（(][^\n]{0,6}[)）])?|)[\s|]*$")
ROW = lexicon.matcher(r"^[^，。；\n]{0,40}(?: [-+]?[\d./*]{1,20}){3,}[ |]*$")
FEW_FORM_LINES = 3
FEW_CELLS = 6
LITTLE_PROSE = 150
LONGEST_TITLE = 60  # characters of the line above a statistics table
LONGEST_ROW = 60  # characters of a row of it
LOOKED_AT = 20  # rows of it


@cache
def _form_line() -> re.Pattern[str]:
    return lexicon.matcher("|".join(re.escape(words) for words in lexicon.table("headings")["form_lines"]))


def is_form_line(text: str, start: int, end: int) -> bool:
    """Whether the line holds the wording of a standard table's cell."""
    return end - start <= 60 and _form_line().search(text, start, end) is not None and "。" not in text[start:end]


def is_cell(text: str, start: int, end: int) -> bool:
    """Whether the line is a number or nothing, or a row of numbers."""
    line = text[start:end]
    return len(line) <= 160 and (CELL.match(line) is not None or ROW.match(line) is not None)


def is_table_line(text: str, start: int, end: int) -> bool:
    """Whether the line is a cell that a reader left in the text: numbers alone, or wording of the form without any."""
    if is_cell(text, start, end):
        return True
    return is_form_line(text, start, end) and not any(char.isdecimal() for char in text[start:end])


def holds_table(text: str, start: int, end: int) -> bool:
    """Whether a table takes the stretch of text: wording of the form, or numbers one a line with hardly any prose."""
    forms = cells = prose = 0
    for line_start, line_end in lines(text, start, end):
        if is_cell(text, line_start, line_end):
            cells += 1
        elif is_form_line(text, line_start, line_end):
            forms += 1
        elif "。" in text[line_start:line_end] or line_end - line_start > 40:
            prose += line_end - line_start
    return forms >= FEW_FORM_LINES or (cells >= FEW_CELLS and prose < LITTLE_PROSE)


@cache
def _statistics() -> tuple[re.Pattern[str], re.Pattern[str]]:
    table = lexicon.table("headings")
    return lexicon.matcher(table["statistics_title"]), lexicon.matcher(table["statistics_words"])


def statistics_start(text: str, paragraphs: Sequence[Span]) -> int:
    """Where the statistics table of the older forms begins, which ends a report; ``len(text)`` where there is none."""
    title, words = _statistics()
    for at, (start, end) in enumerate(paragraphs):
        if end - start > LONGEST_TITLE or title.match(text[start:end]) is None:
            continue
        rows = paragraphs[at + 1 : at + 1 + LOOKED_AT]
        short = sum(stop - begin <= LONGEST_ROW and "。" not in text[begin:stop] for begin, stop in rows)
        if len(rows) >= FEW_CELLS and short >= 0.8 * len(rows) and words.search(text, end, rows[-1][1]):
            return start
    return len(text)


def lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Spans of the lines of [start, end) that hold something."""
    found = []
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        if start < stop:
            found.append((start, stop))
        start = stop + 1
    return found
