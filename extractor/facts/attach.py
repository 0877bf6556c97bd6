"""Attributes of claims: whose figure, on which channel, of which period, under which name."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from extractor.facts.advice import Adviser
from extractor.facts.beside import tell_apart
from extractor.facts.brackets import find_brackets, in_brackets
from extractor.facts.carriers import Mention, add_names, find_mentions
from extractor.facts.categories import category_of
from extractor.facts.channels import channel_of_claim
from extractor.facts.cues import cues
from extractor.facts.drafts import Draft
from extractor.facts.labels import label_of, trim
from extractor.facts.periods import Mark, find_marks, is_base, period_at, year_period
from extractor.facts.subjects import Surroundings, counted_halls, hall_of, reporter, subject_of
from extractor.facts.vocabulary import stops_in
from extractor.lexicon import matcher
from extractor.types import Period, Sentence, Span

WITHIN = 100  # names before and behind a number that can have to do with it
YEAR_ONLY = matcher(r"(?:19|20)\d\d")


def attach_attributes(
    text: str,
    sentence: Sentence,
    drafts: Sequence[Draft],
    around: Surroundings,
    year: int | None,
    adviser: Adviser | None = None,
) -> None:
    """Set label, category, channel, subject and period of a sentence's drafts; bring ``around`` up to date.

    adviser -- the trained part, which may know more names.
    """
    if around.heading != sentence.heading:
        around.body, around.carrier, around.heading = around.own, None, sentence.heading
    mentions = find_mentions(text, sentence.start, sentence.end)
    if adviser is not None and drafts:
        named = adviser.names(text, sentence.start, sentence.end, [mention.span for mention in mentions])
        mentions = add_names(text, mentions, named)
    if around.own is None:
        around.own = reporter(text, sentence, mentions)
    brackets = find_brackets(text, sentence.start, sentence.end)
    marks = find_marks(text, sentence.start, sentence.end, year)
    parts = _part_names(text, mentions, drafts)
    for at, draft in enumerate(drafts):
        draft.label = label_of(text, draft)
        draft.category = category_of(text, draft)
        near = [m for m in _near(mentions, draft) if not in_brackets(brackets, m.span, draft.span)]
        before = _before(near, draft, parts)
        draft.channel = channel_of_claim(text, draft, before, around, drafts[:at])
        counted = counted_halls(text, draft, near)
        draft.subject = hall_of(text, draft, [m for m in near if m not in counted]) or subject_of(
            text, draft, [m for m in before if m not in counted], around
        )
        draft.period = _period(text, sentence, draft, marks, year)
    tell_apart(text, drafts, mentions)
    _carry([m for m in mentions if not in_brackets(brackets, m.span, (sentence.end, sentence.end))], parts, around)


def _period(text: str, sentence: Sentence, draft: Draft, marks: list[Mark], year: int | None) -> Period:
    """When a claim holds; a change holds when the figure holds that it compares, not when that one's base did."""
    if draft.base is not None:
        return draft.base.period
    if draft.reading.measure in {"growth", "change"}:
        marks = [mark for mark in marks if not is_base(text, mark)]
        return period_at(text, marks, draft.span[0], draft.span[0], year) or year_period(year)
    at = draft.own[1] if draft.aligned else draft.span[0]
    named = text[draft.own[0] : draft.own[1]]
    if draft.aligned and YEAR_ONLY.fullmatch(named):
        return year_period(int(named), named)
    return _listed_period(text, draft, marks) or period_at(text, marks, sentence.start, at, year) or year_period(year)


def _listed_period(text: str, draft: Draft, marks: list[Mark]) -> Period | None:
    """The period in a list of as many as the values that it stands for (2022年、2023年，申请量分别为12件、15件)."""
    offset, length = draft.place
    listed = [mark for mark in marks if mark.end <= draft.own[0]][-length:]
    joints = (text[a.end : b.start] for a, b in pairwise(listed))
    if length < 2 or len(listed) < length or any(joint not in cues().coordinators for joint in joints):
        return None
    return listed[offset].period


def _part_names(text: str, mentions: Sequence[Mention], drafts: Sequence[Draft]) -> dict[Span, Draft]:
    """By its span, each mention that only names a part of some total (其中省级39万条), and the part that it names.

    A name that is followed by a verb (其中省政府办公厅收到…) goes on acting and is not among them.
    """
    held: dict[Span, Draft] = {}
    for part in drafts:
        if part.total is not None:
            first, last = (bisect_left(mentions, at, key=_start) for at in part.own)
            for mention in mentions[first:last]:
                held.setdefault(mention.span, part)
    return {span: part for span, part in held.items() if _only_names(text, part, span)}


def _only_names(text: str, part: Draft, name: Span) -> bool:
    """Whether a name ends the words of a part, or is told with nobody acting behind it (其中县政府重要文件5件)."""
    end = trim(text, part.own)[1]
    return end <= name[1] or not any(True for _ in stops_in(text, name[1], end))


def _start(mention: Mention) -> int:
    return mention.span[0]


def _near(mentions: Sequence[Mention], draft: Draft) -> Sequence[Mention]:
    """The mentions around a draft's number: all of them, but in sentences of hundreds of names."""
    at = bisect_left(mentions, draft.span[0], key=_start)
    return mentions[max(0, at - WITHIN) : at + WITHIN]


def _before(mentions: Sequence[Mention], draft: Draft, parts: dict[Span, Draft]) -> list[Mention]:
    """Mentions that can be the draft's own: those before its number, else those in the words right behind it."""
    free = [m for m in mentions if parts.get(m.span, draft) is draft]
    return [m for m in free if m.span[0] < draft.span[0]] or [m for m in free if m.span[0] < draft.right[1]]


def _carry(mentions: Sequence[Mention], parts: dict[Span, Draft], around: Surroundings) -> None:
    """Bring what is in force up to date with the mentions that are not the words of a part only."""
    for mention in mentions:
        if mention.span in parts:
            continue
        if mention.kind == "carrier":
            if not (mention.bare or mention.column) or around.carrier is None:
                around.carrier = mention
        elif mention.leads:
            around.body, around.carrier = mention.span, None
