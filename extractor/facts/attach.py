"""Attributes of claims: whose figure, on which channel, of which period, under which name."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractor.facts.carriers import SEVERAL, Mention, find_brackets, find_mentions, in_brackets
from extractor.facts.categories import before_bracket, category_of
from extractor.facts.channel_words import CLOSED, channel_of, names_several
from extractor.facts.cues import cues
from extractor.facts.drafts import Draft
from extractor.facts.labels import label_of, trim
from extractor.facts.lists import rules
from extractor.facts.periods import Mark, find_marks, is_base, period_at, year_period
from extractor.facts.vocabulary import vocabulary
from extractor.lexicon import matcher
from extractor.record import record
from extractor.types import Period, Sentence, Span

WITHIN = 100  # names before and behind a number that can have to do with it
CLAUSE_ENDS = "，；。"
YEAR_ONLY = matcher(r"(?:19|20)\d\d")


@record(frozen=False)
class Surroundings:
    """What stays in force from one sentence to the next: the body, site or account named last, and where."""

    body: Span | None = None
    carrier: Mention | None = None
    heading: str = ""


def attach_attributes(
    text: str, sentence: Sentence, drafts: Sequence[Draft], around: Surroundings, year: int | None
) -> None:
    """Set label, category, channel, subject and period of a sentence's drafts; bring ``around`` up to date."""
    if around.heading != sentence.heading:
        around.body, around.carrier, around.heading = None, None, sentence.heading
    mentions = find_mentions(text, sentence.start, sentence.end)
    brackets = find_brackets(text, sentence.start, sentence.end)
    marks = find_marks(text, sentence.start, sentence.end, year)
    parts = _part_names(text, mentions, drafts)
    for draft in drafts:
        draft.label = label_of(text, draft)
        draft.category = category_of(text, draft)
        near = [m for m in _near(mentions, draft) if not in_brackets(brackets, m.span, draft.span)]
        before = _before(near, draft, parts)
        draft.channel = _channel(text, draft, before, around)
        counted = _counted(text, draft, near)
        draft.subject = _hall(text, draft, [m for m in near if m not in counted]) or _subject(
            text, draft, [m for m in before if m not in counted], around
        )
        draft.period = _period(text, sentence, draft, marks, year)
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
    return end <= name[1] or not any(True for _ in vocabulary().stops.find(text, name[1], end))


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
            if not mention.bare or around.carrier is None:
                around.carrier = mention
        elif mention.leads:
            around.body, around.carrier = mention.span, None


def _counted(text: str, draft: Draft, mentions: Sequence[Mention]) -> list[Mention]:
    """The halls in the claim's own words that are what it counts, not whose figure it is."""
    if draft.code not in vocabulary().counted:
        return []
    own = [m for m in mentions if _holds(draft.own, m) or _holds(draft.right, m)]
    return [m for m in own if m.kind == "body" and text.endswith(vocabulary().halls, *m.span)]


def _holds(span: Span, mention: Mention) -> bool:
    return span[0] <= mention.span[0] < span[1]


def _domain(draft: Draft) -> str:
    return draft.code.split(".")[0] if draft.code else ""


def _channel(text: str, draft: Draft, before: Sequence[Mention], around: Surroundings) -> str | None:
    """Channel of a claim: of its own words, else of its numerator or base, else of the site or account named last."""
    words = vocabulary()
    domain = _domain(draft)
    allowed = words.only.get(draft.code or "", words.only.get(domain))
    default = words.default.get(draft.code or "", words.default.get(domain))
    for channel in _candidates(text, draft, before, around):
        if channel == SEVERAL:
            return default
        if channel and (allowed is None or channel in allowed):
            return channel
    return default


def _candidates(text: str, draft: Draft, before: Sequence[Mention], around: Surroundings) -> Iterator[str | None]:
    """Channels that a claim may have, likeliest first."""
    words, domain = vocabulary(), _domain(draft)
    yield channel_of(text, *draft.own) or channel_of(text, *draft.right) or channel_of(text, *draft.way)
    for other in (draft.numerator, draft.base, draft.earlier):
        yield other.channel if other else None
    if draft.total is not None and draft.total.code in rules().posts:
        yield draft.total.channel
    if domain not in words.inherit or draft.rule == "rule:sum":
        return
    yield SEVERAL if names_several(text, *draft.own) else None
    if draft.total is not None:
        yield draft.total.channel or SEVERAL
    if draft.aligned and _own_name(text, draft) is not None:
        return
    own = text[slice(*draft.own)]
    if domain not in words.carry and (own.startswith(rules().other_carriers) or any(v in own for v in words.making)):
        return
    clause = draft.sentence.start if domain in words.carry else _clause(text, draft)
    named = (m.channel for m in reversed(before) if m.kind == "carrier" and m.span[0] >= clause)
    yield from (channel for channel in named if words.inherit_only.get(channel or "", domain) == domain)
    if domain in words.carry and around.carrier is not None:
        yield around.carrier.channel


def _clause(text: str, draft: Draft) -> int:
    """Where the clause of a claim begins: behind the last semicolon, or with the words that open its list."""
    if draft.item is not None and draft.item.lead is not None:
        return draft.item.lead[0]
    return text.rfind("；", draft.sentence.start, draft.span[0])


def _subject(text: str, draft: Draft, mentions: Sequence[Mention], around: Surroundings) -> Span | None:
    """Span of the name whose figure it is: a fitting site or account, else a body, else what is in force."""
    named = _own_name(text, draft)
    if named is not None:
        return named
    linked = draft.numerator or draft.base or draft.earlier
    if linked is not None and not any(m.kind != "carrier" and m.span[0] >= linked.span[1] for m in mentions):
        return linked.subject
    if draft.total is not None and not any(m.span[0] >= draft.total.span[1] for m in mentions):
        return draft.total.subject
    if draft.reading.measure in vocabulary().ranking:
        mentions = [m for m in mentions if m.kind != "scope" or not text.startswith(vocabulary().whole, m.span[0])]
    found = _carrier(draft, mentions, around)
    if found is None or found.bare:
        body = next((m for m in reversed(mentions) if m.kind != "carrier"), None)
        if body is not None and not (found is not None and _apart(text, draft, body, found)):
            return _with_number(text, draft.sentence, body.span)
    found = found or _site(text, draft, mentions)
    if found is not None:
        return _with_number(text, draft.sentence, found.span)
    return around.body


def _apart(text: str, draft: Draft, body: Mention, carrier: Mention) -> bool:
    """Whether a carrier is named in a later clause than a body, or alone in a claim's own words: it is the subject."""
    if _holds(draft.own, carrier) and not _holds(draft.own, body) and draft.total is not None:
        return True
    between = text[body.span[1] : carrier.span[0]]
    return any(mark in between for mark in CLAUSE_ENDS)


def _own_name(text: str, draft: Draft) -> Span | None:
    """The body or place that a value of a 分别 list or in a bracket is told of (东区、西区分别…; 东区（86件）)."""
    part = draft.total is not None and (draft.item is None or draft.item.depth == draft.total.depth)
    name = trim(text, draft.own) if draft.aligned or part else before_bracket(text, draft)
    if name is None or name[0] == name[1] or not text.endswith(vocabulary().own_names, *name):
        return None
    quoted = text.endswith(CLOSED, *name) and draft.total is not None and _domain(draft) != "newmedia"
    return None if quoted else name


def _site(text: str, draft: Draft, mentions: Sequence[Mention]) -> Mention | None:
    """The named site or system that the clause of a claim of any kind is about; checks are about others' sites."""
    judged = draft.reading.measure in vocabulary().ranking
    if not judged and (draft.code in vocabulary().no_carrier or _domain(draft) in vocabulary().no_carrier):
        return None
    clause = _clause(text, draft)
    named = [m for m in mentions if m.kind == "carrier" and not m.bare and clause <= m.span[0] < draft.span[0]]
    named = [m for m in named if draft.channel in {None, m.channel} or m.channel is None]
    named = [m for m in named if draft.channel is not None or not _among_others(text, m)]
    if judged:  # in another one's contest (在全省网站考评中)
        named = [m for m in named if text[m.span[0] - 1 : m.span[0]] != vocabulary().inside]
    return next(reversed(named), None)


def _among_others(text: str, mention: Mention) -> bool:
    """Whether a site is only one of several that are told in one breath (通过网站、报刊等)."""
    return text.startswith(vocabulary().others, mention.span[1]) or text[mention.span[0] - 1] == vocabulary().others[0]


def _hall(text: str, draft: Draft, mentions: Sequence[Mention]) -> Span | None:
    """The hall or centre that a claim about one is told of: the last before its number, else the first behind it."""
    words = vocabulary()
    if _domain(draft) not in words.hall_domains:
        return None
    halls = [m.span for m in mentions if m.kind == "body" and text.endswith(words.halls, *m.span)]
    before = [span for span in halls if span[1] <= draft.span[0]]
    behind = [span for span in halls if span[0] >= max(draft.right[1], draft.span[1])]
    found = before[-1:] or behind[:1]
    return _with_number(text, draft.sentence, found[0]) if found else None


def _carrier(draft: Draft, mentions: Sequence[Mention], around: Surroundings) -> Mention | None:
    """The nearest site or account on the claim's channel; one with a name before one that only tells its kind."""
    if draft.channel is None or draft.code in vocabulary().no_carrier or _domain(draft) not in vocabulary().inherit:
        return None
    fitting: set[str | None] = {draft.channel, vocabulary().family.get(draft.channel, draft.channel)}
    if _domain(draft) in {"website", "newmedia"}:
        fitting.add(None)
    near = [m for m in reversed(mentions) if m.kind == "carrier" and m.channel in fitting]
    if _domain(draft) in vocabulary().carry and around.carrier is not None and around.carrier.channel in fitting:
        near.append(around.carrier)
    named = [m for m in near if not m.bare]
    if draft.total is None and not any(m.channel in {draft.channel, None} for m in named):
        named = [m for m in near if m.channel == draft.channel and _holds(draft.own, m)] or named
    return next(iter(named or near), None)


def _with_number(text: str, sentence: Sentence, span: Span) -> Span:
    """A name together with the count right before it, and the scope of that (全县23个村级便民服务站)."""
    at = span[0]
    if at > sentence.start and text[at - 1] in vocabulary().counters:
        at -= 1
        while at > sentence.start and text[at - 1].isdigit():
            at -= 1
        if text[at].isdigit():
            scope = next((word for word in vocabulary().scopes if text.endswith(word, sentence.start, at)), "")
            return at - len(scope), span[1]
    return span
