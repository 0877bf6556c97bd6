"""Channels and subjects: the sites, accounts, bodies and scopes that a sentence names, and which of them a fact belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from extractor.facts.words import WordIndex
from extractor.lexicon import table
from extractor.types import Span

MAX_NAME = 18  # characters a name may reach to the left of its noun
CJK = ("\u4e00", "\u9fff")


@dataclass(frozen=True, slots=True)
class Mention:
    """A named body, scope, site or account: span of the whole name, kind (scope, body, carrier), channel or None."""

    span: Span
    kind: str
    channel: str | None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Indexes over the words of channels and subjects."""

    channels: WordIndex
    nouns: WordIndex
    stops: WordIndex
    family: dict[str, str]
    default: dict[str, str]
    inherit: frozenset[str]
    only: dict[str, frozenset[str]]
    counters: frozenset[str]


@cache
def vocabulary() -> Vocabulary:
    """The words, read once."""
    channels, subjects = table("channels"), table("subjects")
    nouns = [(word, "scope") for word in subjects["scopes"]]
    nouns += [(word, "body") for word in subjects["bodies"] if word not in subjects["scopes"]]
    nouns += [(word, "carrier") for word in subjects["carriers"]]
    return Vocabulary(
        channels=WordIndex((word, entry["channel"]) for entry in channels["channels"] for word in entry["words"]),
        nouns=WordIndex(nouns),
        stops=WordIndex((word, "") for word in subjects["stops"]),
        family={channel: family for family, members in channels["families"].items() for channel in members},
        default=channels["domain_default"],
        inherit=frozenset(channels["inherit"]),
        only={domain: frozenset(known) for domain, known in channels["only"].items()},
        counters=frozenset(subjects["counters"]),
    )


def find_mentions(text: str, start: int, end: int) -> list[Mention]:
    """Bodies, scopes, sites and accounts named in text[start:end], in order of the text."""
    found: list[Mention] = []
    floor = start
    for (left, right), kind in vocabulary().nouns.find(text, start, end):
        if kind == "scope":
            span = (left, right)
        else:
            span = (_name_start(text, floor, left), _quoted_end(text, right, end))
        found.append(Mention(span, kind, channel_of(text, *span) if kind == "carrier" else None))
        floor = right
    return found


def channel_of(text: str, start: int, end: int) -> str | None:
    """The one channel that text[start:end] names; a family where it names several of one; None where they differ."""
    words = vocabulary()
    seen = {channel for _, channel in words.channels.find(text, start, end)}
    if "other" in seen:
        return "other"
    specific = {channel for channel in seen if channel not in words.family.values()}
    if len(specific) == 1 and all(words.family.get(next(iter(specific))) == c for c in seen - specific):
        return next(iter(specific))
    families = {words.family.get(channel, channel) for channel in seen}
    return families.pop() if len(families) == 1 else None


def _name_start(text: str, floor: int, noun: int) -> int:
    """Where the name that ends in the noun at ``noun`` begins: back to a delimiter, a digit, a stop word or its opening quote."""
    if noun > floor and text[noun - 1] == "”":
        opening = text.rfind("“", floor, noun)
        if opening >= 0:
            return opening
    at = noun
    while at > floor and noun - at < MAX_NAME and CJK[0] <= text[at - 1] <= CJK[1]:
        at -= 1
    for (_, right), _ in vocabulary().stops.find(text, at, noun):
        at = right
    return at


def _quoted_end(text: str, end: int, limit: int) -> int:
    """End of the name in quotes right behind a noun (微信公众号“…”), else ``end``."""
    if end < limit and text[end] == "“":
        closing = text.find("”", end, min(limit, end + MAX_NAME + 8))
        if closing >= 0:
            return closing + 1
    return end
