"""Which indicator a claim belongs to: patterns of ``patterns/indicators`` scored against the words of the claim.

Those of ``patterns/uncoded.yaml`` stand against them: what they win has no code.

A pattern holds when one of its head words stands in the claim's own words and its other conditions are met; see
``docs/patterns.md`` for the conditions and the score.  Words are looked up through indexes of their first two
characters, so the cost does not grow with the number of patterns nor with that of the words they ask for.
"""

from __future__ import annotations

import marshal
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from extractor.facts.cues import cues
from extractor.facts.words import WordPlaces, WordSets, index_words
from extractor.lexicon import keep_made, table
from extractor.record import record, values_of
from extractor.types import Span

BASE = 10.0
HEAD_CHAR = 2.0
OWN_BONUS = 4.0
DISTANCE = 0.3
DISTANCE_CAP = 20
CONTEXT_DECAY = 0.02
BEHIND = 2  # characters that words behind the number count as farther away
LEVELS = frozenset({"count", "amount", "average", "change", "growth"})
NOTHING = ""  # the code of the patterns for claims that no code fits
UNCODED = {"code": NOTHING, "zh": "", "unit": "", "measure": "count", "units": ()}
REFERS = frozenset({"change", "growth"})  # claims about another figure, in its unit or in a relative one


@record
class Pattern:
    """One wording of an indicator, groups expanded; ``rule`` is the id that a fact carries as its method."""

    code: str
    rule: str
    own: tuple[frozenset[str], ...]
    context: tuple[frozenset[str], ...]
    without: frozenset[str]
    without_context: frozenset[str]
    units: frozenset[str]
    measures: frozenset[str]
    weight: float


@record
class Indicator:
    """A code of the vocabulary with its canonical unit and measure."""

    code: str
    zh: str
    unit: str
    measure: str
    units: frozenset[str]


@record
class Lexicon:
    """Indicators by code, the fields of their patterns, and what is looked up in a text.

    heads -- for each pair of leading characters the head words with the numbers of their patterns, as ``marshal`` has
    them; words -- those of all conditions.
    """

    indicators: dict[str, Indicator]
    patterns: tuple[tuple[Any, ...], ...]
    heads: dict[str, bytes]
    words: WordPlaces


@record(frozen=False)
class Context:
    """The stretch [start, end) of a text that may complete a claim, and what a word found in it is worth.

    decay -- what each character between the word and the end takes away; scope -- the stretch that is looked through
    once for all contexts of the sentence, None where it is this one; places -- what was found there, once looked for.
    """

    text: str
    start: int
    end: int
    bonus: float
    decay: float = 0.0
    scope: Span | None = None
    places: Mapping[str, Sequence[int]] | None = None

    @classmethod
    def of(cls, text: str, bonus: float) -> Context:
        """All of a text."""
        return cls(text, 0, len(text), bonus)

    def nearest(self, words: frozenset[str]) -> int | None:
        """Characters between the end and the last of the words; None where none of them stands here."""
        if self.places is None:
            self.places = places_of(self.text, *(self.scope or (self.start, self.end)))
        best: int | None = None
        places = self.places
        for word in words.intersection(places):
            found = places[word]
            behind = bisect_right(found, self.end - len(word))
            if behind and found[behind - 1] >= self.start:
                distance = self.end - found[behind - 1] - len(word)
                best = distance if best is None else min(best, distance)
        return best


@record
class Claim:
    """The words of one claim as the linker sees them.

    left, right -- own words before and behind the number; contexts -- nearest first; unit -- None if not written.
    """

    left: str
    right: str
    contexts: tuple[Context, ...]
    unit: str | None
    measure: str


@record
class Match:
    """An indicator that fits a claim: the rule, its score, and the head word that told it."""

    code: str
    rule: str
    score: float
    head: str = ""


@cache
def lexicon() -> Lexicon:
    """The indicators and their patterns, indexed."""
    indicators, patterns, heads, words = _read_lexicon()
    coded = {fields[0]: Indicator(*fields) for fields in indicators if fields[0] != NOTHING}
    return Lexicon(coded, patterns, heads, WordPlaces(words))


@keep_made
def _read_lexicon() -> tuple[Any, ...]:
    """The lexicon in plain values."""
    sets = WordSets(table("groups"))
    indicators: list[Indicator] = []
    patterns: list[Pattern] = []
    heads: dict[str, list[int]] = {}
    for entry in (*table("indicators"), {**UNCODED, "patterns": table("uncoded")}):
        units = sets.of(entry["units"])
        indicators.append(Indicator(entry["code"], entry["zh"], entry["unit"], entry["measure"], units))
        for number, raw in enumerate(entry["patterns"], 1):
            for head in dict.fromkeys(sets.expand(raw["head"])):
                heads.setdefault(head, []).append(len(patterns))
            patterns.append(_pattern(indicators[-1], f"rule:{entry['code'] or 'uncoded'}/{number}", raw, sets))
    index: dict[str, list[tuple[str, list[int]]]] = {}
    for head, numbers in heads.items():
        index.setdefault(head[:2], []).append((head, numbers))
    asked = [own for one in patterns for own in (*one.own, *one.context, one.without, one.without_context)]
    words = index_words(word for own in asked for word in own)
    packed = {key: marshal.dumps(found) for key, found in index.items()}
    return tuple(map(values_of, indicators)), tuple(map(values_of, patterns)), packed, words


@cache
def _heads_at(pair: str) -> tuple[list[int], dict[str, list[int]]]:
    """The head words that begin with a pair of characters (or are one): their sizes, and numbers of their patterns."""
    found: dict[str, list[int]] = dict(marshal.loads(lexicon().heads[pair]))
    return sorted(set(map(len, found))), found


@cache
def _pattern_at(number: int) -> Pattern:
    """A pattern by its number; most of them wait for a report that speaks of them."""
    return Pattern(*lexicon().patterns[number])


def link(claim: Claim) -> list[Match]:
    """Indicators that fit the claim, best first; one entry a code, ties in the order of the codes."""
    best: dict[str, Match] = {}
    hits, own = _read_words(claim.left, claim.right)
    for pattern, head_score, head in hits:
        rest = _conditions(pattern, claim, own) if _fits(pattern, claim) else None
        if rest is None:
            continue
        score = BASE + head_score + rest + pattern.weight
        if pattern.code not in best or best[pattern.code].score < score:
            best[pattern.code] = Match(pattern.code, pattern.rule, score, head)
    return sorted(best.values(), key=lambda match: (-match.score, match.code))


@lru_cache(maxsize=256)
def places_of(text: str, start: int, end: int) -> Mapping[str, Sequence[int]]:
    """Ascending offsets of the words of all conditions in text[start:end]."""
    return lexicon().words.find(text, start, end)


@lru_cache(maxsize=256)
def _read_words(left: str, right: str) -> tuple[tuple[tuple[Pattern, float, str], ...], frozenset[str]]:
    """What the words before and behind a number hold.

    The patterns whose head words stand there, each with its best score and the word that gives it; and the words of
    conditions.
    """
    hits: dict[int, tuple[float, str]] = {}
    for head, numbers, distance in _heads(left, right):
        score = HEAD_CHAR * len(head) - DISTANCE * min(distance, DISTANCE_CAP)
        for number in numbers:
            if number not in hits or hits[number][0] < score:
                hits[number] = (score, head)
    text = left + "\n" + right
    words = frozenset(lexicon().words.find(text, 0, len(text)) if hits else ())
    return tuple([(_pattern_at(number), score, head) for number, (score, head) in hits.items()]), words


def _heads(left: str, right: str) -> Iterator[tuple[str, list[int], int]]:
    """Head words in the words before and behind a number: numbers of their patterns, distance in characters."""
    heads = lexicon().heads
    for text, behind in ((left, False), (right, True)):
        for at, first in enumerate(text):
            pair = text[at : at + 2]
            if pair in heads or first in heads:
                for start in dict.fromkeys((pair, first)):
                    for head, numbers in _heads_in(text, at, start) if start in heads else ():
                        yield head, numbers, at + BEHIND if behind else len(text) - at - len(head)


def _heads_in(text: str, at: int, start: str) -> list[tuple[str, list[int]]]:
    """Head words that stand in a text at a place, where they begin with ``start``, in the order of the patterns."""
    sizes, known = _heads_at(start)
    found = {head: known[head] for size in sizes if (head := text[at : at + size]) in known}
    return list(found.items()) if len(found) < 2 else [item for item in known.items() if item[0] in found]


def _conditions(pattern: Pattern, claim: Claim, own: frozenset[str]) -> float | None:
    """What the pattern's conditions add to its score, None where one is not met; ``own`` -- what its own words hold."""
    if _is_refused(pattern, claim, own):
        return None
    score = 0.0
    for group in pattern.own:
        if group.isdisjoint(own):
            return None
        score += OWN_BONUS
    for group in pattern.context:
        bonus = OWN_BONUS if not group.isdisjoint(own) else _context_bonus(group, claim.contexts)
        if bonus is None:
            return None
        score += bonus
    return score


def _is_refused(pattern: Pattern, claim: Claim, own: frozenset[str]) -> bool:
    """Whether a word stands in the claim's own words or in its sentence that the pattern excludes there."""
    if not (pattern.without.isdisjoint(own) and pattern.without_context.isdisjoint(own)):
        return True
    return bool(pattern.without_context) and any(
        context.nearest(pattern.without_context) is not None for context in claim.contexts if context.decay
    )


def _fits(pattern: Pattern, claim: Claim) -> bool:
    """Whether measure and unit of the claim are those of the pattern."""
    if claim.measure not in pattern.measures:
        return False
    unit = claim.unit
    if unit is None or unit in pattern.units or (claim.measure in REFERS and unit in cues().relative):
        return True
    return cues().bases.get(unit) in pattern.units


def _context_bonus(group: frozenset[str], contexts: Sequence[Context]) -> float | None:
    """Best bonus of any word of the group in any context; None where no word of it is found."""
    best: float | None = None
    for context in contexts:
        distance = context.nearest(group)
        if distance is not None:
            bonus = max(0.2, context.bonus - context.decay * distance)
            best = bonus if best is None else max(best, bonus)
    return best


def _pattern(indicator: Indicator, rule: str, raw: dict[str, Any], sets: WordSets) -> Pattern:
    measures = raw.get("measures")
    if measures is None:
        measures = LEVELS if indicator.measure in LEVELS else (indicator.measure,)
    units = raw.get("units")
    return Pattern(
        code=indicator.code,
        rule=rule,
        own=tuple(sets.of(group) for group in raw.get("own", [])),
        context=tuple(sets.of(group) for group in raw.get("context", [])),
        without=sets.of(raw.get("without", [])),
        without_context=sets.of(raw.get("without_context", [])),
        units=indicator.units if units is None else sets.of(units),
        measures=sets.of(tuple(measures)),
        weight=raw.get("weight", 0.0),
    )
