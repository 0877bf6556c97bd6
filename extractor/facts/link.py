"""Which indicator a claim belongs to: patterns of ``patterns/indicators`` scored against the words of the claim.

A pattern holds when one of its head words stands in the claim's own words and its other conditions are met; see
``docs/patterns.md`` for the conditions and the score.  Head words are looked up through an index of their first two
characters, so the cost does not grow with the number of patterns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from extractor.facts.cues import cues
from extractor.lexicon import table
from extractor.record import record

BASE = 10.0
HEAD_CHAR = 2.0
OWN_BONUS = 4.0
DISTANCE = 0.3
DISTANCE_CAP = 20
CONTEXT_DECAY = 0.02
BEHIND = 2  # characters that words behind the number count as farther away
LEVELS = frozenset({"count", "amount", "average", "change", "growth"})
REFERS = frozenset({"change", "growth"})  # claims about another figure, in its unit or in a relative one


@record
class Pattern:
    """One wording of an indicator, groups expanded; ``rule`` is the id that a fact carries as its method."""

    code: str
    rule: str
    own: tuple[tuple[str, ...], ...]
    context: tuple[tuple[str, ...], ...]
    without: tuple[str, ...]
    without_context: tuple[str, ...]
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
    """Indicators by code, and for each pair of leading characters the head words with their patterns."""

    indicators: dict[str, Indicator]
    heads: dict[str, tuple[tuple[str, tuple[Pattern, ...]], ...]]


@record
class Context:
    """A stretch of text that may complete a claim, and what a word found in it is worth."""

    text: str
    bonus: float
    decay: float = 0.0


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
    groups: dict[str, list[str]] = table("groups")
    indicators: dict[str, Indicator] = {}
    heads: dict[str, list[Pattern]] = {}
    for entry in table("indicators"):
        code = entry["code"]
        indicators[code] = Indicator(
            code, entry["zh"], entry["unit"], entry["measure"], frozenset(_expand(entry["units"], groups))
        )
        for number, raw in enumerate(entry["patterns"], 1):
            pattern = _pattern(indicators[code], f"rule:{code}/{number}", raw, groups)
            for head in _expand(raw["head"], groups):
                heads.setdefault(head, []).append(pattern)
    index: dict[str, list[tuple[str, tuple[Pattern, ...]]]] = {}
    for head, patterns in heads.items():
        index.setdefault(head[:2], []).append((head, tuple(patterns)))
    return Lexicon(indicators, {key: tuple(found) for key, found in index.items()})


def link(claim: Claim) -> list[Match]:
    """Indicators that fit the claim, best first; one entry a code, ties in the order of the codes."""
    best: dict[str, Match] = {}
    hits: dict[int, tuple[Pattern, float, str]] = {}
    for head, patterns, distance in _heads(claim):
        for pattern in patterns:
            score = HEAD_CHAR * len(head) - DISTANCE * min(distance, DISTANCE_CAP)
            known = hits.get(id(pattern))
            if known is None or known[1] < score:
                hits[id(pattern)] = (pattern, score, head)
    own = claim.left + "\n" + claim.right
    for pattern, head_score, head in hits.values():
        rest = _conditions(pattern, claim, own)
        if rest is None:
            continue
        score = BASE + head_score + rest + pattern.weight
        if pattern.code not in best or best[pattern.code].score < score:
            best[pattern.code] = Match(pattern.code, pattern.rule, score, head)
    return sorted(best.values(), key=lambda match: (-match.score, match.code))


def _heads(claim: Claim) -> Iterator[tuple[str, tuple[Pattern, ...], int]]:
    """Head words in the claim's own words with their distance from the number in characters."""
    index = lexicon().heads
    for text, behind in ((claim.left, False), (claim.right, True)):
        for at in range(len(text)):
            for key in (text[at : at + 2], text[at]):
                for head, patterns in index.get(key, ()) if len(key) <= len(text) - at else ():
                    if text.startswith(head, at):
                        yield head, patterns, at + BEHIND if behind else len(text) - at - len(head)
                if len(key) == 1:
                    break


def _conditions(pattern: Pattern, claim: Claim, own: str) -> float | None:
    """What the pattern's conditions add to its score, None where one is not met."""
    if not _fits(pattern, claim):
        return None
    if any(word in own for word in pattern.without):
        return None
    if any(word in own for word in pattern.without_context) or any(
        word in context.text for context in claim.contexts if context.decay for word in pattern.without_context
    ):
        return None
    score = 0.0
    for group in pattern.own:
        if not any(word in own for word in group):
            return None
        score += OWN_BONUS
    for group in pattern.context:
        bonus = _group_bonus(group, claim.contexts, own)
        if bonus is None:
            return None
        score += bonus
    return score


def _fits(pattern: Pattern, claim: Claim) -> bool:
    """Whether measure and unit of the claim are those of the pattern."""
    if claim.measure not in pattern.measures:
        return False
    return (
        claim.unit is None or claim.unit in pattern.units or (claim.measure in REFERS and claim.unit in cues().relative)
    )


def _group_bonus(group: tuple[str, ...], contexts: Sequence[Context], own: str) -> float | None:
    """Best bonus of any word of the group, own words first; None where no word of it is found."""
    if any(word in own for word in group):
        return OWN_BONUS
    best: float | None = None
    for context in contexts:
        for word in group:
            at = context.text.rfind(word)
            if at >= 0:
                bonus = max(0.2, context.bonus - context.decay * (len(context.text) - at - len(word)))
                best = bonus if best is None else max(best, bonus)
    return best


def _pattern(indicator: Indicator, rule: str, raw: dict[str, Any], groups: dict[str, list[str]]) -> Pattern:
    measures = raw.get("measures")
    if measures is None:
        measures = LEVELS if indicator.measure in LEVELS else {indicator.measure}
    units = raw.get("units")
    return Pattern(
        code=indicator.code,
        rule=rule,
        own=tuple(_expand(group, groups) for group in raw.get("own", [])),
        context=tuple(_expand(group, groups) for group in raw.get("context", [])),
        without=_expand(raw.get("without", []), groups),
        without_context=_expand(raw.get("without_context", []), groups),
        units=indicator.units if units is None else frozenset(_expand(units, groups)),
        measures=frozenset(measures),
        weight=raw.get("weight", 0.0),
    )


def _expand(words: Sequence[str], groups: dict[str, list[str]]) -> tuple[str, ...]:
    """Words with every @group replaced by its words, without doubles, in order."""
    plain = (word for name in words for word in (groups[name[1:]] if name.startswith("@") else (name,)))
    return tuple(dict.fromkeys(plain))
