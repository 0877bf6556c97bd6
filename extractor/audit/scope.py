"""Which facts may be compared with a table cell: same body, same year, a level of the whole."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from extractor.audit.case import View
from extractor.lexicon import matcher, table
from extractor.types import Fact

OWN, WIDE, FOREIGN = "own", "wide", "foreign"
LEVELS = ("count", "amount")


def in_year(view: View, fact: Fact, year: int | None = None) -> bool:
    """Whether the fact's period is the whole of a year (the report's when none is given)."""
    year = year if year is not None else view.year
    period = fact.period
    if year is None:
        return False
    if period.as_of is not None:
        return period.as_of.startswith(f"{year}-12")
    return period.start in (None, f"{year}-01-01") and period.end in (None, f"{year}-12-31")


def begin_of(fact: Fact) -> int:
    """Offset at which the value of a fact begins, by which facts are sorted."""
    return fact.evidence.span[0]


def is_level(fact: Fact) -> bool:
    """Whether the fact says how many or how much there was, as one number."""
    return fact.measure in LEVELS and fact.per is None and fact.value_max is None


def subject_scope(view: View, fact: Fact) -> str:
    """Whether the figure is the body's own, that of the whole area or system, or another body's."""
    subject = fact.subject
    if not subject:
        return OWN
    words = table("audit")["words"]
    name = view.report.metadata.organization or ""
    if subject.startswith(tuple(words["own_subjects"])) or subject in name:
        return OWN
    if subject.startswith(tuple(words["wide_subjects"])):
        government = name.endswith(tuple(words["government_names"])) or not name
        return OWN if government else WIDE
    return FOREIGN


def is_plain(fact: Fact) -> bool:
    """Whether the fact is about all of its indicator, not about a channel or category of it."""
    return fact.channel is None and narrowing(fact) is None


def narrowing(fact: Fact) -> str | None:
    """The category of a fact where it says more than what is counted anyway (行政许可决定 of licences says no more)."""
    if fact.category is None or _plain_category().fullmatch(fact.category):
        return None
    return fact.category


@cache
def _plain_category() -> re.Pattern[str]:
    words = sorted(table("audit")["words"]["plain_category"], key=len, reverse=True)
    return matcher(rf"(?:20\d\d[^\W\d_]{{0,2}}|{'|'.join(map(re.escape, words))}){{1,12}}")


def agrees(fact: Fact, value: Decimal) -> bool:
    """Whether the value lies in the interval that the words and digits of the fact allow."""
    return fact.low <= value <= fact.high


def width(fact: Fact) -> Decimal:
    """How much the printed precision of a fact leaves open."""
    return fact.high - fact.low
