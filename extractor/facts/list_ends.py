"""Where a list of parts is over, though numbers in its unit go on, and where it began."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.facts.channel_words import channel_of
from extractor.facts.cues import cues
from extractor.facts.drafts import Draft
from extractor.facts.lists import rules
from extractor.facts.vocabulary import vocabulary

GENERAL = frozenset(["online", "other"])  # channels that others may be kinds of


def is_over(text: str, draft: Draft, previous: Draft, known: Sequence[Draft]) -> bool:
    """Whether the list that the number before stands in is over: at a new point, another channel or another deed."""
    assert previous.total is not None
    between = text[previous.span[1] : draft.span[0]]
    parts = [other for other in known if other.total is previous.total]
    if any(point in between for point in cues().new_points) or _on_another_channel(
        text, draft, previous.total, "；" in between, parts
    ):
        return True
    if previous.total.code in rules().posts and text.startswith(cues().receiving, draft.own[0]):
        return True
    return "；" in between and (_is_of_year(text, draft) or _begins_anew(text, draft, previous.total, known))


def _is_of_year(text: str, draft: Draft) -> bool:
    """Whether a count tells of the whole year again, behind clauses of its own since the last semicolon.

    其中公告26条；完善解读制度，全年发布解读信息60条
    """
    since = text.rfind("；", draft.sentence.start, draft.own[0]) + 1
    return "，" in text[since : draft.own[0]] and text.startswith(cues().all_year, draft.own[0])


def _begins_anew(text: str, draft: Draft, total: Draft, known: Sequence[Draft]) -> bool:
    """Whether a count behind a semicolon tells what was done, in a list whose other parts are no such phrases."""
    verb = next((verb for verb in cues().actions if text.startswith(verb, *draft.own)), "")
    if channel_of(text, *draft.own) == "other":
        return False  # 通过其他渠道公开信息50条 is what is left of a list by channel
    told = (text.startswith(verb, *other.own) for other in known if other.total is total)
    return bool(verb) and not any(told)


def _on_another_channel(text: str, draft: Draft, total: Draft, apart: bool, parts: Sequence[Draft]) -> bool:
    """Whether a count names another channel than the list's total.

    apart -- whether a semicolon parts it from the list; else it is over only where it tells kinds of what a site has.
    """
    own, whole = channel_of(text, *draft.own), channel_of(text, *total.own)
    if own is None or whole is None or own == whole or whole in GENERAL:
        return False
    return apart or (own in vocabulary().family and not any(channel_of(text, *part.own) for part in parts))


def of_breakdown(text: str, parts: list[Draft]) -> list[Draft]:
    """The parts of a total since its last breakdown began (按载体分，…；按内容分，…。全部公开的信息中，…)."""
    begun = [at for at, part in enumerate(parts) if at and _opens_again(text, part, parts[at - 1])]
    return parts[begun[-1] :] if begun else parts


def closes(text: str, total: Draft, draft: Draft, known: Sequence[Draft]) -> bool:
    """Whether a count is exactly what two or more parts in its unit leave of a total."""
    parts = of_breakdown(text, [d for d in known if d.total is total and d.depth == draft.depth])
    units = {d.unit for d in (total, draft, *parts)}
    return len(parts) > 1 and len(units) == 1 and sum((d.value for d in parts), draft.value) == total.value


def _opens_again(text: str, part: Draft, before: Draft) -> bool:
    if part.item is None or "partition" in part.item.marks:
        return part.item is not None
    opened = any(word in text[slice(*part.item.gap)] for word in cues().parts_openers)
    return part.sentence is not before.sentence and not opened
