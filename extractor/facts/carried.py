"""Applications carried over, by the years that the words name: into the report's year or out of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache

from extractor.facts.drafts import Draft
from extractor.facts.lists import STRONG, can_hold, rules
from extractor.facts.words import branches
from extractor.lexicon import matcher, table

IN, OUT, ANSWERED = "application.carried_in", "application.carried_out", "application.answered"
YEAR = r"((?:19|20)\d\d)年"


def settle_carried(text: str, drafts: Sequence[Draft], year: int | None) -> None:
    """Set which way applications were carried where their words name a year (2023年结转9件, 结转至2025年3件).

    year -- the report's year, None where it is not known.
    """
    for draft in drafts:
        if year is None or draft.code not in {IN, OUT} or draft.kind != "explicit":
            continue
        code = _way(f"{text[slice(*draft.own)]}，{text[slice(*draft.right)]}", year)
        if code is not None and code != draft.code:
            draft.code, draft.rule, draft.score, draft.inherited = code, "rule:year", STRONG, False


def _way(words: str, year: int) -> str | None:
    """The code that the years tell, None where they leave it open."""
    begun, ended = (pattern.search(words) for pattern in _patterns())
    if ended is not None and int(ended[1]) > year:
        return OUT
    past = (begun is not None and int(begun[1]) < year) or (ended is not None and int(ended[1]) < year)
    return IN if past else None


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The year that applications were carried over from, and the one that they were carried over to."""
    verbs = branches(table("flows")["carrying"])
    return matcher(rf"{YEAR}度?(?:{verbs})"), matcher(rf"(?:{verbs})[至到入]?{YEAR}")


def attach_carried(text: str, drafts: Sequence[Draft]) -> None:
    """What is carried out is no part of what was answered, but of the whole that outcomes and it add up to exactly.

    收到25件，办理结果为：不予公开8件，无法提供13件，结转下年4件
    """
    for at, draft in enumerate(drafts):
        if draft.code != OUT or not draft.is_told_level:
            continue
        if draft.total is not None and draft.total.code == ANSWERED:
            draft.total = draft.total.total
        elif draft.total is None and at and text[slice(*draft.own)].startswith(tuple(table("flows")["carrying"])):
            draft.total = _closed_by(draft, drafts, drafts[at - 1].total)


def _closed_by(draft: Draft, drafts: Sequence[Draft], total: Draft | None) -> Draft | None:
    """The total of the outcomes before, where a count is exactly what these leave of it."""
    if total is None or total.code == ANSWERED or not can_hold(total, draft):
        return None
    outcomes = [d for d in drafts if d.total is total and d.code in rules().totals_of]
    told = sum((d.value for d in outcomes), Decimal(0)) + draft.value
    return total if len(outcomes) > 1 and told == total.value else None
