"""Whether a name tells a class of its own, or only says again what its indicator counts, where and by whom."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from extractor.facts.carriers import Mention
from extractor.facts.labels import words
from extractor.facts.link import lexicon
from extractor.facts.words import Affixes
from extractor.lexicon import table
from extractor.types import Span

SHORTEST = 2  # characters of a word that counts as one of the indicator's own


def is_plain(text: str, name: Span, code: str | None, mentions: Sequence[Mention]) -> bool:
    """Whether a name is made of nothing but general words, names of bodies and sites, and words of its indicator."""
    start, end = name
    own = lexicon().indicators[code].zh if code is not None else ""
    more = words().own_words.get(code or "", frozenset())
    published = code in words().published
    named = {mention.span[0]: mention.span[1] for mention in mentions if published or mention.span[1] < end}
    pieces = [_general(), _places()] if published else [_general()]
    reached = {start}
    for at in range(start, end):
        if at in reached:
            reached.update(at + len(word) for known in pieces for word in known.heads(text, at, end))
            reached.update(at + len(word) for word in more if text.startswith(word, at, end))
            reached.update(stop for stop in range(at + SHORTEST, end + 1) if _is_own(text[at:stop], own))
            reached.add(named.get(at, at))
    return end in reached


def _is_own(word: str, name: str) -> bool:
    """Whether a word is of the indicator's name, and makes no class."""
    return word in name and not any(known in word for known in words().classes)


@cache
def _general() -> Affixes:
    """The words that tell no class, read once."""
    return Affixes([*table("labels")["pieces"], *words().verbs, *words().particles])


@cache
def _places() -> Affixes:
    """The words that tell where something was published, read once."""
    channels = (word for entry in table("channels")["channels"] for word in entry["words"])
    return Affixes([*table("labels")["where"], *channels])
