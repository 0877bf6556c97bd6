"""Counts of published information: whether their words tell what is counted, or what the information is about."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.facts.channel_words import channel_of, names_several
from extractor.facts.cues import EDGE, cues
from extractor.facts.drafts import Draft
from extractor.facts.link import Match
from extractor.facts.lists import is_posted_kind, rules
from extractor.facts.told import match_words
from extractor.facts.vocabulary import vocabulary
from extractor.record import replace
from extractor.types import Span

MEDIA = "media.reports"
SEVERAL_KINDS = 2  # 、 in the words of a part that is more than one kind of things


def best_match(text: str, draft: Draft) -> Match | None:
    """What own words tell best; published information about a thing (公布审批事项信息41条) is no count of the thing."""
    best = draft.matches[0] if draft.matches else None
    if best is None or draft.unit not in rules().posted_units:
        return best
    if text.count("、", *draft.own) >= SEVERAL_KINDS and _lists_other_kinds(text, draft, best):
        kind = next((found for found in draft.matches if found.code in rules().posts), None)
        return kind or replace(best, code=rules().information)
    if best.code in rules().posted_as and is_published(text, draft):
        return replace(best, code=rules().posted_as[best.code])
    if best.code not in rules().told_of:
        return best
    own = text[draft.own[0] : draft.own[1]].rstrip()
    if not own.endswith((*cues().listed_nouns, *cues().announced)) or not is_published(text, draft):
        return best
    told = any(verb in own for verb in cues().listing_verbs)
    return next((found for found in draft.matches if is_posted_kind(found.code)), best if told else None)


def is_column_title(text: str, own: Span, code: str) -> bool:
    """Whether words that tell of the media are the title of a column (媒体河大 beside 校园快讯)."""
    title = text[slice(*own)].strip(EDGE)
    opener = next((word for word in rules().titled_by if title.startswith(word)), "")
    rest = title.removeprefix(opener)
    told = not rest or any(word in rest for word in (*rules().told_by_media, *cues().listing_verbs))
    return code == MEDIA and bool(opener) and not told


def _lists_other_kinds(text: str, draft: Draft, own: Match) -> bool:
    """Whether one of several names that 、 joins tells another kind: 政策法规、部门文件、政策解读30条."""
    if own.code not in {*rules().yields, *rules().posted_as} or not is_posted_kind(own.code):
        return False
    codes = set(_codes_of(text, draft, text[slice(*draft.own)].split("、")))
    return any(code is not None and is_posted_kind(code) for code in codes - {own.code, *rules().posts})


def _codes_of(text: str, draft: Draft, names: Sequence[str]) -> list[str | None]:
    """What each of several names of one count tells by itself, None where it tells nothing."""
    found = (match_words(text, draft, "", name, (draft.right[0], draft.right[0])) for name in names)
    return [told[0].code if told else None for told in found]


def is_published(text: str, draft: Draft) -> bool:
    """Whether the list that a count stands in is one of what was published: 公开公告12条、建议提案4条."""
    before = text[draft.sentence.start : draft.span[0]]
    return any(verb in before for verb in cues().listing_verbs)


def code_on(carriers: frozenset[str]) -> str:
    """Code of what was posted on the family of channels, that of information where there are several or others."""
    known, default = rules().mixed, vocabulary().default
    posts = (code for code in known if carriers == {default.get(code.split(".")[0])})
    return next(posts, rules().information)


def is_of_total(text: str, draft: Draft, own: Match) -> bool:
    """Whether own words name several kinds, no kind of posts, or a kind without the channel that it stands on.

    Decisions are counted as such, though a list tells that they were published (公开行政许可决定数51条).
    """
    if any(word in text[slice(*draft.own)] for word in rules().decisions.get(own.code, ())):
        return False
    if is_column_title(text, draft.own, own.code):
        return True
    posted = is_posted_kind(own.code) or own.code in rules().posted_alike
    if not posted or text.count("、", *draft.own) >= SEVERAL_KINDS:
        return True
    named = any(channel_of(text, *span) or names_several(text, *span) for span in (draft.own, draft.right))
    return own.code in rules().posts and not named


def names_other_kinds(text: str, draft: Draft, own: Match) -> bool:
    """Whether one of two names that 、 joins is of another kind than the code tells: 政策法规、政策解读20条."""
    start, end = draft.own
    at = text.find("、", start, end)
    if at < 0 or own.code not in rules().yields or "、" in own.head:
        return False
    return any(code != own.code for code in _codes_of(text, draft, (text[start:at], text[at + 1 : end])))
