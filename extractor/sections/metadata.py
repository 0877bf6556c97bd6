"""What a report says of itself: title, body, region, year, period, form."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import cache

from extractor import lexicon
from extractor.sections.forms import lines
from extractor.sections.surroundings import is_head_line, is_office_line, is_title_line
from extractor.types import Document, FoldedText, Metadata, Period, Section

HEAD = 3000  # characters in which a title and the statement of the period are looked for
HEAD_LINES = 40
HEADING_MARKS = "# "  # of Markdown, which is read as it stands
CHINESE_YEAR = str.maketrans("〇○零一二三四五六七八九", "000123456789")
YEAR = lexicon.matcher(r"(?<!\d)20\d{2}(?!\d)")
FORM_2021, FORM_2019 = 2021, 2019


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return lexicon.matcher(lexicon.table("metadata")[name])


def script(folded: FoldedText) -> str:
    """How the source is written: cloaked, traditional or simplified."""
    if folded.cloaked:
        return "cloaked"
    return "traditional" if folded.traditional else "simplified"


def find_metadata(folded: FoldedText, sections: Sequence[Section], document: Document | None = None) -> Metadata:
    """What the report says of itself; every field is None where it is not certain."""
    text = _with_digits(folded.text)
    first = next((s.start for s in sections if s.heading), len(text))
    title = _title(folded.text, first)
    period = _period(text)
    year = _year(text, title, period)
    if period is None and year is not None:
        period = Period(f"{year}-01-01", f"{year}-12-31")
    organization = _organization(text, title, first, sections)
    return Metadata(title, organization, _region(organization), year, period, _form(text, year))


def _with_digits(text: str) -> str:
    """The text with years in Chinese digits as Arabic ones, character for character."""
    return _pattern("chinese_year").sub(lambda match: match[0].translate(CHINESE_YEAR), text)


def _title(text: str, first: int) -> str | None:
    """The title, with the lines in front of it that are its first words or the body's name."""
    above: list[str] = []
    for start, end in lines(text, 0, min(first, HEAD))[:HEAD_LINES]:
        line = text[start:end].lstrip(HEADING_MARKS)
        if is_head_line(text, start, end) or line.startswith(("《", "“")):
            above = []
        elif is_title_line(line):
            for parts in (above[:0], above[-1:], above[-2:]):
                title = "".join(parts) + line
                if lexicon.table("metadata")["subject"] in title:
                    return title if len(parts) == 2 else _with_office(above[: len(above) - len(parts)], title)
            above = []
        elif _pattern("title_office").match(line):
            above.append(line)
        else:
            above = []
    return None


def _with_office(above: Sequence[str], title: str) -> str:
    """The title behind the name of the body, where it begins with its year or subject."""
    stops = _pattern("title_stops").search(title)
    return above[-1] + title if above and stops is not None and stops.start() == 0 else title


def _organization(text: str, title: str | None, first: int, sections: Sequence[Section]) -> str | None:
    """The reporting body: from the title, from the words about the report, from the signature."""
    if title is not None:
        parts = [part.strip(" 《“的") for part in _pattern("title_stops").split(title, maxsplit=2)]
        name = next((part for part in parts[:-1] if part), "")
        if len(name) > 1 and _pattern("organization").match(name):
            return name + lexicon.table("metadata")["government"] if _pattern("bare_region").match(name) else name
    for pattern in lexicon.table("metadata")["named"]:
        match = re.search(pattern, text[: min(first + 500, HEAD)])
        if match is not None:
            return str(match[1])
    last = sections[-1] if sections else None
    if last is not None and last.kind == "preface" and last.end == len(text) and len(sections) > 1:
        for start, end in lines(text, last.start, last.end):
            line = text[start:end].lstrip(HEADING_MARKS)
            if is_office_line(line):
                return line
    return None


def _region(organization: str | None) -> str | None:
    """The region that a body's name begins with, where it is written out."""
    if organization is None:
        return None
    match = _pattern("region").match(organization)
    if match is None or len(match[1]) < 2 or _pattern("region_not").search(match[1]):
        return None
    return match[1]


def _period(text: str) -> Period | None:
    """The period that the report says its figures cover."""
    match = _pattern("period").search(text[:HEAD]) or _pattern("period").search(text)
    if match is None:
        return None
    year, month, day, last_year, last_month, last_day = match.groups()
    try:
        start = date(int(year), int(month), int(day))
        end = date(int(last_year or year), int(last_month), int(last_day))
    except ValueError:
        return None
    return Period(start.isoformat(), end.isoformat(), raw=match[0][match.start(1) - match.start() :])


def _year(text: str, title: str | None, period: Period | None) -> int | None:
    """Year of the title, else of the period, else the one named most often, else the one before the signature."""
    found = YEAR.search(_with_digits(title or ""))
    if found is not None:
        return int(found[0])
    if period is not None and period.end is not None:
        return int(period.end[:4])
    stated = _pattern("period_year").search(text)
    if stated is not None:
        return int(stated[1])
    earliest = lexicon.table("metadata")["first_year"]
    years = Counter(year for match in _pattern("year").finditer(text) if (year := int(match[1])) >= earliest)
    if years:
        most = max(years.values())
        return max(year for year, count in years.items() if count == most)
    return None


def _form(text: str, year: int | None) -> str | None:
    """The form whose wording the tables use, else that of the year."""
    if _pattern("form_2021").search(text):
        return "2021"
    if _pattern("form_2019").search(text):
        return "2021" if year is not None and year > FORM_2021 else "2019"
    if year is None:
        return None
    return "2021" if year >= FORM_2021 else "2019" if year >= FORM_2019 else "legacy"
