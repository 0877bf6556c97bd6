"""Totals that words refer to: what was done with the whole, or what is excepted from the rest of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from extractor.facts.cues import cues
from extractor.facts.drafts import Draft
from extractor.facts.lists import can_hold
from extractor.facts.words import branches
from extractor.lexicon import matcher, table


def named_whole(text: str, draft: Draft, known: Sequence[Draft]) -> Draft | None:
    """The count that the words before a list name by what was done: 在已答复的信件中，予以公开7件 is of those answered.

    known -- level drafts before it, in order of the text.
    """
    hit = _referring().search(text, *draft.item.gap) if draft.item is not None else None
    if hit is None:
        return None
    return next((d for d in reversed(known) if hit[1] in text[slice(*d.own)] and can_hold(d, draft)), None)


@cache
def _referring() -> re.Pattern[str]:
    """Words that name a whole by what was done with it; the deed is the group."""
    deeds, nouns = (branches(table("lists")[name]) for name in ("referred_deeds", "referred_nouns"))
    return matcher(rf"({deeds})的[^，；。：\d]{{0,12}}?(?:{nouns})(?:当|之)?中[，：]")


def excepted_of(text: str, draft: Draft, known: Sequence[Draft]) -> Draft | None:
    """The count right before what is excepted from the rest of it (收到留言52件，除3件正在办理外，其余均已办结)."""
    begun = text.rfind("，", draft.sentence.start, draft.span[0]) + 1
    ended = text.find("外，", draft.span[1], draft.sentence.end)
    if not text.startswith(cues().excepting, begun) or ended < 0 or _has_stop(text[draft.span[1] : ended]):
        return None
    whole = next(reversed(known), None)
    whole = whole.total or whole if whole is not None else None
    if whole is None or whole.sentence is not draft.sentence or not can_hold(whole, draft):
        return None
    return whole if text.startswith(cues().the_rest, ended + 2) else None


def _has_stop(words: str) -> bool:
    return any(mark in words for mark in "，；")
