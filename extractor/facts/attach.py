"""Attributes of claims: whose figure, on which channel, of which period, under which name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractor.facts.carriers import Mention, channel_of, find_mentions, vocabulary
from extractor.facts.drafts import Draft
from extractor.facts.labels import category_of, label_of
from extractor.facts.periods import find_marks, period_at, year_period
from extractor.types import Sentence, Span


@dataclass(slots=True)
class Surroundings:
    """What stays in force from one sentence to the next: the body and the site or account that were named last, and where."""

    body: Span | None = None
    carrier: Mention | None = None
    heading: str = ""


def attach_attributes(
    text: str, sentence: Sentence, drafts: Sequence[Draft], around: Surroundings, year: int | None
) -> None:
    """Set label, category, channel, subject and period of the drafts of one sentence; ``around`` is brought up to date."""
    if around.heading != sentence.heading:
        around.body, around.carrier, around.heading = None, None, sentence.heading
    mentions = find_mentions(text, sentence.start, sentence.end)
    marks = find_marks(text, sentence.start, sentence.end, year)
    for draft in drafts:
        draft.label = label_of(text, draft)
        draft.category = category_of(text, draft)
        before = [m for m in mentions if m.span[0] < _reach(draft)]
        draft.channel = _channel(text, draft, before, around)
        draft.subject = _subject(text, sentence, draft, before, around)
        draft.period = period_at(text, marks, sentence.start, draft.span[0], year) or year_period(year)
    _carry(mentions, around)


def _reach(draft: Draft) -> int:
    """Offset up to which a mention can be the draft's own: words right behind the number count."""
    return max(draft.right[1], draft.span[0])


def _carry(mentions: Sequence[Mention], around: Surroundings) -> None:
    for mention in mentions:
        if mention.kind == "carrier":
            around.carrier = mention
        else:
            around.body, around.carrier = mention.span, None


def _domain(draft: Draft) -> str:
    return draft.code.split(".")[0] if draft.code else ""


def _channel(text: str, draft: Draft, before: Sequence[Mention], around: Surroundings) -> str | None:
    """Channel of a claim: of its own words, else of its numerator or base, else of the site or account named last."""
    words = vocabulary()
    domain = _domain(draft)
    allowed = words.only.get(domain)
    start = draft.own[0]
    own = channel_of(text, start, draft.own[1]) or channel_of(text, *draft.right)
    candidates = [own]
    for other in (draft.numerator, draft.base):
        candidates.append(other.channel if other else None)
    if domain in words.inherit or draft.code is None:
        candidates += [m.channel for m in reversed(before) if m.kind == "carrier"]
        candidates += [draft.total.channel if draft.total else None, around.carrier.channel if around.carrier else None]
    candidates.append(words.default.get(domain))
    return next((c for c in candidates if c and (allowed is None or c in allowed)), None)


def _subject(
    text: str, sentence: Sentence, draft: Draft, before: Sequence[Mention], around: Surroundings
) -> Span | None:
    """Span of the name whose figure it is: nearest fitting mention before the number, else the one in force."""
    linked = draft.numerator or draft.base
    if linked is not None and not any(m.span[0] >= linked.span[1] for m in before):
        return linked.subject
    carrier_fits = draft.channel is not None
    for mention in reversed(before):
        if mention.span[0] >= draft.span[1]:
            continue
        if mention.kind == "carrier":
            if carrier_fits and (mention.channel is None or mention.channel == draft.channel):
                return _with_number(text, sentence, mention.span)
            continue
        return _with_number(text, sentence, mention.span)
    if carrier_fits and around.carrier is not None and around.carrier.channel == draft.channel:
        return around.carrier.span
    return around.body


def _with_number(text: str, sentence: Sentence, span: Span) -> Span:
    """A name together with the count right before it (23个村级便民服务站)."""
    start = span[0]
    at = start
    if at > sentence.start and text[at - 1] in vocabulary().counters:
        at -= 1
        while at > sentence.start and text[at - 1].isdigit():
            at -= 1
        if text[at].isdigit():
            return at, span[1]
    return start, span[1]
