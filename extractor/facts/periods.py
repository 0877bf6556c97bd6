"""When a claim holds: the report's year, unless the sentence says another year, a part of it, or a day."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache
from typing import Any

from extractor.facts.cues import longest_first
from extractor.lexicon import matcher, table
from extractor.record import record
from extractor.types import Period

YEAR = matcher(r"(?<![\d.])((?:19|20)\d\d)年?(?:度)?")
RANGE = matcher(
    r"(?:((?:19|20)\d\d)年)?(\d{1,2})月?(?:(\d{1,2})日)?[-—–~～至到](?:[^\d\W]年|((?:19|20)\d\d)年)?(\d{1,2})月(?:份)?(?:(\d{1,2})日)?"
)
AS_OF = matcher(r"(?:((?:19|20)\d\d)年?)?(\d{1,2})月(?:(\d{1,2})日|底|末)?")
AS_OF_LOST = matcher(r"((?:19|20)\d\d)(\d{2})(?!\d)")  # 截至202012: the marks were lost
AS_OF_YEAR = matcher(r"((?:19|20)\d\d)年(?:年?底|年?末)")
MONTH = matcher(r"(?<!\d)((?:19|20)\d\d)年(\d{1,2})月(?!\d{0,2}日)")


@record
class Words:
    """Period words, longest first."""

    as_of: tuple[str, ...]
    compare: tuple[str, ...]
    not_period: tuple[str, ...]
    since: tuple[str, ...]
    last_year: tuple[str, ...]
    last_year_level: tuple[str, ...]
    last_year_label: tuple[str, ...]
    from_words: tuple[str, ...]
    equals: tuple[str, ...]
    carried: tuple[str, ...]
    parts: tuple[tuple[str, str, str], ...]


@cache
def words() -> Words:
    """The words of ``patterns/fact_periods.yaml``."""
    raw: dict[str, Any] = table("fact_periods")
    parts = tuple(
        (part["word"], part["start"], part["end"]) for part in sorted(raw["parts"], key=lambda p: -len(p["word"]))
    )
    lists = {name: longest_first(raw[name]) for name in raw if name != "parts"}
    return Words(parts=parts, **lists)


@record
class Mark:
    """A period said in the text: where its wording stands (folded offsets), and the period."""

    start: int
    end: int
    period: Period


def year_period(year: int | None, raw: str = "") -> Period:
    """The whole calendar year, or a period without dates where the year is not known."""
    return Period(raw=raw) if year is None else Period(f"{year}-01-01", f"{year}-12-31", None, raw)


def find_marks(text: str, start: int, end: int, year: int | None) -> list[Mark]:
    """Periods said in text[start:end], in order of the text; ``year`` completes those that name none."""
    marks = [*_as_of(text, start, end, year), *_ranges(text, start, end, year), *_parts(text, start, end, year)]
    taken = [(mark.start, mark.end) for mark in marks]
    for hit in YEAR.finditer(text, start, end):
        if any(a < hit.end() and hit.start() < b for a, b in taken) or not _is_period(text, hit, end):
            continue
        marks.append(Mark(hit.start(), hit.end(), year_period(int(hit[1]), hit[0])))
    return sorted(marks, key=lambda mark: mark.start)


def _is_period(text: str, hit: re.Match[str], end: int) -> bool:
    """Whether a year tells when, and does not name a document or a beginning."""
    if "年" not in hit[0] or "〔" in text[max(0, hit.start() - 1) : hit.start()]:
        return False
    behind = text[hit.end() : min(end, hit.end() + 8)]
    if behind.startswith(words().not_period) or (behind[:1].isdigit() and "月" in behind[:3]):
        return False
    quoted = text.rfind("《", 0, hit.start()), text.rfind("》", 0, hit.start())
    if quoted[0] > quoted[1]:
        return False
    return not any(word in behind for word in words().since)


def _as_of(text: str, start: int, end: int, year: int | None) -> list[Mark]:
    marks: list[Mark] = []
    for word in words().as_of:
        at = text.find(word, start, end)
        while at >= 0:
            after = at + len(word)
            found = _day(text, after, end, year)
            if found is not None and not any(mark.start <= at < mark.end for mark in marks):
                marks.append(Mark(at, found[1], Period(None, None, found[0], text[at : found[1]])))
            at = text.find(word, after, end)
    return marks


def _day(text: str, at: int, end: int, year: int | None) -> tuple[str, int] | None:
    """ISO day and end of the wording of a day, month end or year end at ``at``."""
    hit = AS_OF_YEAR.match(text, at, end)
    if hit:
        return f"{hit[1]}-12-31", hit.end()
    hit = AS_OF.match(text, at, end)
    if hit:
        named = int(hit[1]) if hit[1] else year
        return _iso(named, int(hit[2]), int(hit[3]) if hit[3] else None, hit.end())
    hit = AS_OF_LOST.match(text, at, end)
    return _iso(int(hit[1]), int(hit[2]), None, hit.end()) if hit else None


def _iso(year: int | None, month: int, day: int | None, end: int) -> tuple[str, int] | None:
    if year is None or not 1 <= month <= 12:
        return None
    last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
    return f"{year}-{month:02d}-{min(day or last, last):02d}", end


def _ranges(text: str, start: int, end: int, year: int | None) -> list[Mark]:
    marks = []
    for hit in RANGE.finditer(text, start, end):
        first = int(hit[1]) if hit[1] else year
        last = int(hit[4]) if hit[4] else first
        opening = _iso(first, int(hit[2]), int(hit[3]) if hit[3] else 1, 0)
        closing = _iso(last, int(hit[5]), int(hit[6]) if hit[6] else None, 0)
        if opening and closing and opening[0] <= closing[0]:
            marks.append(Mark(hit.start(), hit.end(), Period(opening[0], closing[0], None, hit[0])))
    return marks


def _parts(text: str, start: int, end: int, year: int | None) -> list[Mark]:
    marks: list[Mark] = []
    if year is None:
        return marks
    for word, opening, closing in words().parts:
        at = text.find(word, start, end)
        if at >= 0 and not any(mark.start <= at < mark.end for mark in marks):
            marks.append(Mark(at, at + len(word), Period(f"{year}-{opening}", f"{year}-{closing}", None, word)))
    return marks


def period_at(text: str, marks: list[Mark], start: int, position: int, year: int | None) -> Period | None:
    """Period of a number at ``position``: the last mark before it, last year's where the words right before say so."""
    last = _last_year(text, start, position, year)
    if last is not None:
        return last
    for mark in reversed(marks):
        if mark.start < position and _reaches(text, mark, position):
            return mark.period
    return None


def _reaches(text: str, mark: Mark, position: int) -> bool:
    """Whether a period holds for a number behind it; a year that another figure is told of holds for that one only."""
    before, between = text[max(0, mark.start - 4) : mark.start], text[mark.end : position]
    if before.endswith(words().carried) or between.startswith(words().carried):
        return False
    if is_base(text, mark):
        return position <= mark.end + 2
    if before.endswith("（"):
        return "）" not in between
    if before.endswith((*words().from_words, *words().equals)):
        return "，" not in between and not any(char.isdigit() for char in between)
    return True


def is_base(text: str, mark: Mark) -> bool:
    """Whether a period is what something is compared with (较2021年): it only holds for a number right behind it."""
    return text[max(0, mark.start - 2) : mark.start].endswith(words().compare)


def _last_year(text: str, start: int, position: int, year: int | None) -> Period | None:
    """Last year's period where a last-year word right before the number says that the figure is its own."""
    if year is None:
        return None
    window = text[max(start, position - 14) : position]
    for word in words().last_year:
        at = window.rfind(word)
        if at < 0:
            continue
        rest = window[at + len(word) :]
        if "，" in rest or any(char.isdigit() for char in rest) or rest.startswith(words().last_year_label):
            return None
        before = window[:at]
        if before.endswith(words().from_words) or rest.startswith(words().last_year_level) or not rest:
            return year_period(year - 1, word)
        return None
    return None
