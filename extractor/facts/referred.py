"""Totals that words refer to: what was done with the whole, some or a share of it, what is excepted from the rest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from extractor.facts.channel_words import channel_of
from extractor.facts.cues import CLAUSE_ENDS, EDGE, cues
from extractor.facts.drafts import Draft
from extractor.facts.labels import words
from extractor.facts.lists import can_hold
from extractor.facts.words import branches
from extractor.lexicon import matcher, table

NOUN = 2  # characters of the noun that tells what is counted
MARKS = "，（"


def named_whole(text: str, draft: Draft, known: Sequence[Draft]) -> Draft | None:
    """The count that the words before a list name by what was done, or where (在办结的申请件中，不予公开3件).

    known -- level drafts before it, in order of the text.
    """
    gap = draft.item.gap if draft.item is not None else draft.own
    hit = _referring().search(text, *gap)
    if hit is None:
        return None
    fitting = [d for d in reversed(known) if can_hold(d, draft)]
    clause = max(gap[0], *(text.rfind(mark, gap[0], hit.start()) + 1 for mark in CLAUSE_ENDS))
    channel = channel_of(text, clause, hit.end(1))
    there = [d for d in fitting if channel is not None and channel_of(text, *d.own) == channel]
    named = there or [d for d in fitting if hit[1] in text[slice(*d.own)]]
    named = [d for d in named if d.unit == draft.unit] or named
    if text.endswith(cues().all_of, 0, hit.start()):  # 在全部公开的信息中
        named = [d for d in named if d.total is None]
    return next(iter(named), None)


def shared_out(text: str, draft: Draft, known: Sequence[Draft]) -> Draft | None:
    """Total of a part that opens a sentence, told with its share like the one before (公告5条，占4%。法规9条，占7%)."""
    last = known[-1] if known else None
    if last is None or last.total is None or last.unit != draft.unit or not can_hold(last.total, draft):
        return None
    follows = not text[last.sentence.end : draft.own[0]].strip(EDGE) and last.sentence is not draft.sentence
    return last.total if follows and _has_share(text, last) and _has_share(text, draft) else None


def _has_share(text: str, draft: Draft) -> bool:
    """Whether the share that a count has of its total is told right behind it."""
    behind = draft.span[1]
    return text.startswith(cues().share_of, behind + (text[behind : behind + 1] in MARKS))


@cache
def _referring() -> re.Pattern[str]:
    """Words that name a whole by what was done with it or where it stands; the deed or place is the group."""
    lists = table("lists")
    told = branches([*lists["referred_places"], *lists["referred_deeds"]])
    nouns, ends = (branches(lists[f"referred_{name}"]) for name in ("nouns", "ends"))
    return matcher(rf"({told})的?[^，；。：\d]{{0,12}}?(?:{nouns})(?:{ends})[，：]?")


def names_same(text: str, draft: Draft, whole: Draft) -> bool:
    """Whether a count is of the thing that another one names last (解读材料20个。其中，图解材料12篇)."""
    noun = text[slice(*(whole.right if whole.right[0] < whole.right[1] else whole.own))].strip(EDGE)[-NOUN:]
    names = text[slice(*draft.own)] + text[slice(*draft.right)]
    return len(noun) == NOUN and noun not in words().generic and noun in names


def excepted_of(text: str, draft: Draft, known: Sequence[Draft]) -> Draft | None:
    """The count right before what is excepted from the rest of it (收到留言52件，除3件正在办理外，其余均已办结)."""
    begun = text.rfind("，", draft.sentence.start, draft.span[0]) + 1
    ended = text.find("，", draft.span[1], draft.sentence.end)
    if not text.startswith(cues().excepting, begun) or not text.endswith(cues().excepted, draft.span[1], max(ended, 0)):
        return None
    whole = next(reversed(known), None)
    whole = whole.total or whole if whole is not None else None
    if whole is None or whole.sentence is not draft.sentence or not can_hold(whole, draft):
        return None
    return whole if text.startswith(cues().the_rest, ended + 1) else None


def whole_of(text: str, draft: Draft, known: Sequence[Draft]) -> Draft | None:
    """The whole that a count is told of in one breath: 86个部门中有81个公开了预算."""
    whole = next(reversed(known), None)
    if whole is None or whole.sentence is not draft.sentence or whole.unit != draft.unit or not can_hold(whole, draft):
        return None
    return whole if is_told_of(text, draft, whole) else None


def is_told_of(text: str, draft: Draft, whole: Draft) -> bool:
    """Whether the words between a whole and a count only say that this is some of it (86个部门中有|81个)."""
    between = text[whole.span[1] : draft.span[0]].rstrip("，")
    return between.endswith(cues().of_whole) and not between.endswith(cues().marks["total"])
