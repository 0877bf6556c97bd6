"""Categories that some codes have by themselves: the medium, the programme, the column, whose suggestions."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from extractor.facts.carriers import find_names
from extractor.facts.cues import CLAUSE_ENDS
from extractor.facts.drafts import Draft
from extractor.facts.labels import trim, words
from extractor.facts.plain import is_plain
from extractor.facts.words import Affixes, WordPlaces, branches, index_words
from extractor.lexicon import fields_of, matcher, table
from extractor.record import record
from extractor.types import Span

SHORTEST = 2  # characters of a name
EXAMPLES = "等"


@record
class KindWords:
    """Codes with categories of their own, the words that these are found by, and what stands before a verb."""

    max_listed: int
    adverbs: Affixes
    carried: frozenset[str]
    carried_by: Affixes
    carried_at: Affixes
    taken_up: WordPlaces
    titled: frozenset[str]
    sides: dict[str, tuple[tuple[str, ...], ...]]
    told_apart: dict[str, tuple[tuple[str, ...], ...]]
    levels: tuple[str, ...]
    alone: dict[str, frozenset[str]]
    audience: re.Pattern[str]
    places: frozenset[str]


@cache
def kind_words() -> KindWords:
    """The words, read once."""
    raw: dict[str, Any] = table("labels")
    made: dict[str, Any] = {name: Affixes(raw[name]) for name in ("adverbs", "carried_by", "carried_at")}
    made |= {
        "taken_up": WordPlaces(index_words(raw["taken_up"])),
        "places": frozenset([*raw["where"], *raw["how"]]),
        "audience": matcher(branches(raw["audiences"])),
    }
    for name in ("sides", "told_apart"):
        made[name] = {code: tuple(tuple(words) for words in kinds) for code, kinds in raw[name].items()}
    return KindWords(**(fields_of(KindWords, raw) | made))


def named_kind(text: str, draft: Draft) -> Span | None:
    """Span of what a claim's own words name as codes of its kind are told apart; None where they name nothing."""
    start, end = trim(text, draft.own)
    if draft.code in kind_words().carried:
        return _carrier(text, draft, start, end)
    if draft.code in kind_words().titled:
        return _title(text, start, end) or _title(text, *draft.right)
    if draft.code in kind_words().sides:
        return _side(text, kind_words().sides[draft.code], (start, end))
    audience = _audience(text, draft, start)
    if audience is not None:
        return audience
    if text[start:end] in kind_words().alone.get(draft.code or "", ()):
        return start, end
    return _column(text, draft, start, end) if draft.code in words().published else None


def _carrier(text: str, draft: Draft, start: int, end: int) -> Span | None:
    """Who printed or took up what was sent: the words before the verb (被省级媒体采用, 在市级以上媒体刊发稿件)."""
    known = kind_words()
    places = [at for verb, found in known.taken_up.find(text, start, end).items() for at in found]
    acting = (m.span[1] for m in find_names(text, start, end) if m.span[0] == start and m.kind != "carrier")
    start = next((at for at in acting if known.carried_by.head(text, at, end)), start)  # 我局|在省级媒体发稿
    start += len(known.carried_by.head(text, start, end))
    stop = min((at for at in places if at > start), default=start if draft.total is None or places else end)
    if EXAMPLES in text[start:stop] and stop - text.rfind(EXAMPLES, start, stop) > SHORTEST:
        start = text.rfind(EXAMPLES, start, stop) + 1
    start, stop = trim(text, (start, stop))
    tail = known.carried_at.tail(text, start, stop)
    halved = text[stop - len(tail) - 1 : stop - len(tail) + 1] in words().whole  # 县级以|上
    name = start, stop if halved else stop - len(tail)
    fits = SHORTEST <= name[1] - name[0] <= words().max_category
    return name if fits and not is_plain(text, name, draft.code, ()) else None


def _title(text: str, start: int, end: int) -> Span | None:
    """The programme whose title the words hold (走进《行风热线》访谈)."""
    opened = text.find("《", start, end)
    closed = text.find("》", max(opened, start), end)
    return (opened, closed + 1) if start <= opened < closed else None


def _side(text: str, sides: tuple[tuple[str, ...], ...], own: Span) -> Span | None:
    """The one side whose word the words hold, with what stands before it (省人大代表建议办理结果)."""
    found = [[word for word in side if text.find(word, *own) >= 0] for side in sides]
    told = [side for side in found if side]
    if len(told) != 1:
        return None
    word = max(told[0], key=len)
    at = text.find(word, *own)
    start = next((at - len(level) for level in kind_words().levels if text.endswith(level, own[0], at)), at)
    return start, at + len(word)


def _audience(text: str, draft: Draft, start: int) -> Span | None:
    """For whom something was done, as the first words tell or a clause of its own before them (面向企业事项86项)."""
    first = draft.sentence.start
    for hit in kind_words().audience.finditer(text, first, draft.own[1]):
        alone = text[hit.end() : start] == "，" and (hit.start() == first or text[hit.start() - 1] in CLAUSE_ENDS)
        if hit.start() == start or alone:
            return hit.span()
    return None


def _column(text: str, draft: Draft, start: int, end: int) -> Span | None:
    """The column of a site that a part of its posts stands in (网站发布620条，其中公开栏目发布69条)."""
    if draft.total is None or draft.total.code not in words().published:
        return None
    named = (m for m in find_names(text, start, end) if m.kind == "carrier" and m.column and not m.bare)
    name = next((m.span for m in named), None)
    if name is None or not (draft.total.channel is not None or name[1] == end):
        return None
    return name if is_plain(text, (name[1], end), draft.code, ()) else None
