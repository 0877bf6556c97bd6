"""Channels and subjects: the sites, accounts, bodies and scopes that a sentence names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from extractor.facts.channel_words import CLOSED, QUOTE, channel_of
from extractor.facts.cues import cues
from extractor.facts.names import (
    MAX_NOUN,
    behind_time,
    closed_end,
    counts,
    holds_verb,
    name_start,
    quoted_end,
    with_titles,
)
from extractor.facts.vocabulary import stops_in, vocabulary
from extractor.record import record, replace
from extractor.types import Span

SEVERAL = "several"  # channel of what stands on channels of different kinds


@record
class Mention:
    """A named body, scope, site or account.

    span -- of the whole name; kind -- scope, body or carrier; channel -- of a carrier, else None;
    bare -- whether it only tells what kind of carrier it is (微信, 网站); leads -- whether it is a body or scope that
    opens a clause, so that later sentences speak of it; column -- whether it is a part of some site (信息公开专栏);
    collective -- whether it is several bodies that act as one; learned -- whether the trained part tells it.
    """

    span: Span
    kind: str
    channel: str | None
    bare: bool = False
    leads: bool = False
    column: bool = False
    collective: bool = False
    learned: bool = False


def find_mentions(text: str, start: int, end: int) -> list[Mention]:
    """Bodies, scopes, sites and accounts named in text[start:end], in order of the text."""
    found = _join_governments(text, start, end, list(find_names(text, start, end)))
    found = _join_collectives(text, start, end, found)
    taken = [mention.span for mention in found]
    for hit in vocabulary().site_by_means.finditer(text, start, end):
        if not any(a < hit.end() and hit.start() < b for a, b in taken) and not _names_no_actor(hit[0]):
            found.append(Mention(hit.span(), "carrier", "website"))
    for hit in vocabulary().in_name_of.finditer(text, start, end):
        found.append(Mention(hit.span(1), "body", None))
    for hit in vocabulary().actor.finditer(text, start, end):
        free = not any(a < hit.end() and hit.start() < b for a, b in taken)
        if free and not _names_no_actor(hit[0]):
            found.append(_actor(text, hit.span()))
    found = [replace(m, leads=m.kind != "carrier" and not m.collective and _leads(text, start, m.span)) for m in found]
    return _share_channels(text, sorted(found, key=lambda mention: mention.span))


def add_names(text: str, mentions: list[Mention], names: Sequence[Span]) -> list[Mention]:
    """The mentions of a sentence with those of names that no list of words knows; later sentences speak of none."""
    return (
        sorted([*mentions, *(replace(_actor(text, s), learned=True) for s in names)], key=lambda m: m.span)
        if names
        else mentions
    )


def _join_governments(text: str, start: int, end: int, found: list[Mention]) -> list[Mention]:
    """The mentions, with a government and its office or departments as one (县政府及县政府办公室)."""
    for hit in vocabulary().government_pair.finditer(text, start, end):
        begun = name_start(text, start, hit.start() + (text[hit.start()] == "）"))
        found = [m for m in found if m.kind == "carrier" or not begun < m.span[1] <= hit.end()]
        found.append(Mention((begun, hit.end()), "body", None))
    return found


def _join_collectives(text: str, start: int, end: int, found: list[Mention]) -> list[Mention]:
    """The mentions, with several bodies that act as one (全市各级各部门通过网站公开) for the names inside of theirs."""
    for hit in vocabulary().collective.finditer(text, start, end):
        span = hit.span(1) if hit[1] else hit.span()
        if hit[1] is None and _begins_with_verb(text, span):
            continue
        found = [m for m in found if m.span[0] == span[0] or not span[0] < m.span[0] < span[1]]
        found.append(Mention(span, "body", None, collective=True))
    return found


def _begins_with_verb(text: str, span: Span) -> bool:
    """Whether words up to several bodies are no name of whom they belong to (要求各部门, 在各乡镇)."""
    words = vocabulary()
    stops = (text[a:b] for a, b in stops_in(text, *span))
    known = (*words.some, *cues().coordinators)
    return any(stop not in known for stop in stops) or any(word in text[slice(*span)] for word in words.not_actor)


def _leads(text: str, start: int, name: Span) -> bool:
    """Whether a body opens a clause, maybe behind the time that it holds, or is a hall."""
    if _has_bracket(text, name[1]) or text.startswith(vocabulary().some, name[0]):
        return False
    before = text[max(start, name[0] - 4) : name[0]]
    free = not before[-1:].isalnum() or before.endswith(vocabulary().opens_after)
    return free or text.endswith(vocabulary().halls, *name)


def _has_bracket(text: str, end: int) -> bool:
    """Whether a figure stands in brackets right behind a name, as its own."""
    return text.startswith("（", end) and text[end + 1 : end + 2].isdigit()


@lru_cache(maxsize=256)
def find_names(text: str, start: int, end: int) -> tuple[Mention, ...]:
    """Mentions that their last word tells wherever they stand, and places, in order of the text."""
    found = _find_nouns(text, start, end)
    taken = [mention.span for mention in found]
    for hit in vocabulary().place.finditer(text, start, end):
        span = behind_time(text, hit.span())
        if not holds_verb(text, span) and not any(a < span[1] and span[0] < b for a, b in taken):
            found.append(Mention(span, "body", None))
    return tuple(sorted(found, key=lambda mention: mention.span))


def _names_no_actor(name: str) -> bool:
    """Whether words before a verb are a verb phrase themselves."""
    words, bare = vocabulary(), name.split(CLOSED)[-1]
    stops = list(stops_in(bare, 0, len(bare) - 1))
    acts = any(bare[at:end] not in words.in_names or (at == 0 and bare[end] in words.levels) for at, end in stops)
    return acts or any(word in name for word in words.not_actor)


def _actor(text: str, span: Span) -> Mention:
    """The mention of a body, or of an account or system: its name is in quotes or names a channel."""
    channel = channel_of(text, *span)
    carrier = text[span[0]] == QUOTE or channel not in {None, "hall", "archive"}
    return Mention(span, "carrier" if carrier else "body", channel if carrier else None)


def _share_channels(text: str, mentions: list[Mention]) -> list[Mention]:
    """Carriers named in one breath (微信、微博、抖音等平台) each get the channel that they are kinds of together.

    A name in quotes before the first is the name of all (“某某发布”微信、微博).
    """
    shared: list[Mention] = []
    first = 0
    for at, mention in enumerate(mentions):
        joint = text[mentions[at - 1].span[1] : mention.span[0]] if at else ""
        if at and mentions[at - 1].kind == mention.kind == "carrier" and _is_joint(joint, mentions[at - 1], mention):
            begun = mentions[first].span[0]
            channel = channel_of(text, begun, mention.span[1]) or SEVERAL
            named = text.find(CLOSED, begun, mention.span[0]) + 1 if mention.bare and text[begun] == QUOTE else 0
            shared[first:] = [replace(other, channel=channel) for other in shared[first:]]
            span = (begun, named) if named else mention.span
            shared.append(Mention(span, "carrier", channel, mention.bare and not named))
        else:
            first = at
            shared.append(mention)
    return shared


def _is_joint(joint: str, before: Mention, mention: Mention) -> bool:
    """Whether what stands between two carriers joins them; accounts need nothing between them (微博微信)."""
    family = vocabulary().family
    alike = family.get(before.channel or "", "") == family.get(mention.channel or "", "other")
    return joint in cues().coordinators or (not joint and alike)


def _find_nouns(text: str, start: int, end: int) -> list[Mention]:
    """Mentions told by the noun that they end in, in order of the text."""
    found: list[Mention] = []
    floor, nobody = start, -1
    for (left, right), kind in _whole_nouns(text, start, end):
        span = (left, right) if kind == "scope" else (name_start(text, floor, left), quoted_end(text, right, end))
        noun = text[left:right]
        if kind != "carrier":
            span = span if kind == "scope" else _join(found, with_titles(text, floor, span))
            if left == nobody or _names_nobody(text, start, end, Mention(span, kind, None), noun):
                begins = text.startswith(vocabulary().not_before, right)  # 省政府|文件库 names one thing
                object_of = not begins and (noun not in vocabulary().weak or _is_object(text, start, left))
                nobody = right if object_of else nobody  # what follows an object is part of it (公开|各县区|各部门信息)
                continue
            found.append(Mention(span, kind, None))
        elif text.endswith(vocabulary().ordinals, start, span[0]) or _is_no_site(text, right, end):
            continue
        elif noun not in vocabulary().named_only or QUOTE in text[span[0] : span[1]] or _by_means(text, start, span[0]):
            found.append(_carrier(text, found, span, noun))
        floor = span[1]
    return found


def _is_no_site(text: str, right: int, end: int) -> bool:
    """Whether a carrier's noun is what something is done to, or in the name of the account behind (政府网|微信)."""
    if text.startswith(vocabulary().not_sites, right):
        return True
    at = right + text.startswith(CLOSED, right, end)
    if at == right and text[right - 1] != vocabulary().web:
        return False
    behind = next(vocabulary().nouns.find(text, at, min(end, at + MAX_NOUN)), None)
    return behind is not None and behind[0][0] == at and behind[1] == "carrier"


def _is_object(text: str, start: int, at: int) -> bool:
    """Whether words like 公开 stand right before a name."""
    return text.endswith(vocabulary().objects, start, at)


def _carrier(text: str, found: list[Mention], span: Span, noun: str) -> Mention:
    """The mention of a carrier; a part of the site named right before it is told together with it (网站|公开专栏)."""
    words = vocabulary()
    if noun in words.parts and found and found[-1].kind == "carrier" and found[-1].span[1] == span[0]:
        site = found.pop()
        return Mention((site.span[0], span[1]), "carrier", site.channel)
    span = _within(found, (span[0], closed_end(text, *span)))
    named = text[span[0] : span[1]]
    return Mention(span, "carrier", channel_of(text, *span), named in words.bare, column=noun in words.columns)


def _by_means(text: str, start: int, at: int) -> bool:
    """Whether words like 通过 stand right before a name."""
    return text.endswith(vocabulary().means, start, at)


def _whole_nouns(text: str, start: int, end: int) -> Iterator[tuple[Span, str]]:
    """Nouns of names; 办 ends one only where no other word begins with it (县政府办|公室, 县政府|办理)."""
    words = vocabulary()
    for (left, right), kind in words.nouns.find(text, start, end):
        if text[right - 1] == words.office[0] and text.startswith(words.office[1:], right, end):
            yield (left, right + len(words.office) - 1), kind
        elif text[right - 1] == words.office[0] and _is_verb(text, right, end):
            yield from words.nouns.find(text, left, right - 1)
        else:
            yield (left, right), kind


def _is_verb(text: str, right: int, end: int) -> bool:
    """Whether the 办 that ends there begins another word (办|理), and not what an office does (办|公开)."""
    words = vocabulary()
    return text[right : min(right + 1, end)] in words.not_office and not text.startswith(words.publishing, right, end)


def _join(found: list[Mention], span: Span) -> Span:
    """The span, begun where the body or scope that ends right before it begins (省政府|办公厅, 全市|政务大厅)."""
    if found and found[-1].kind != "carrier" and found[-1].span[1] == span[0]:
        return found.pop().span[0], span[1]
    return span


def _within(found: list[Mention], span: Span) -> Span:
    """The span of a carrier, begun where the body or scope right before it begins; a scope stays (全省|政府网站)."""
    if not found or found[-1].kind == "carrier" or found[-1].span[1] != span[0]:
        return span
    begun = found[-1] if found[-1].kind == "scope" else found.pop()
    return begun.span[0], span[1]


def _hands_on(text: str, start: int, end: int, name: Span) -> bool:
    """Whether a body is only the one that what was taken came from (收到市政府系统公开信箱交办件)."""
    words = vocabulary()
    return text.endswith(words.taking, start, name[0]) and words.handing.match(text, name[1], end) is not None


def _names_nobody(text: str, start: int, end: int, mention: Mention, noun: str) -> bool:
    """Whether a body or scope is named as an object, in a list or in a label, and not as the one who acts."""
    words, span = vocabulary(), mention.span
    before = text[max(start, span[0] - 8) : span[0]].rstrip(words.count_marks)
    behind = text[span[1] : min(end, span[1] + 4)]
    if text.rfind(QUOTE, *span) > text.rfind(CLOSED, *span):
        return True  # the beginning of a longer name in quotes
    if _has_bracket(text, span[1]):
        return False
    if _hands_on(text, start, end, span):
        return True
    if (
        before.endswith(words.base_before)
        or before.endswith(
            words.not_after if mention.kind == "body" else () if counts(text, span[1]) else words.objects
        )
        or behind.startswith(words.not_before)
    ):
        return True
    if noun in words.weak and text[span[0] : span[1]] == noun:
        free = span[0] == start or not before[-1:].isalnum() or before.endswith(words.weak_after)
        return not (free and (behind[:1].isdigit() or behind.startswith(words.weak_before)))
    return False
