"""Which gold fact a predicted fact stands for, and in which attributes the two agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from extractor.evaluate.gold import GoldFact
from extractor.evaluate.places import fold_words
from extractor.types import Span

Predicted = Mapping[str, Any]  # a fact of the JSON contract

ATTRIBUTES = ("unit", "kind", "measure", "modifier", "indicator", "channel", "period", "category", "subject")
STRICT = ("unit", "kind", "measure", "modifier", "indicator")
DEFAULTS = {"kind": "explicit", "measure": "count", "modifier": "exact"}
TOLERANCE = 1e-6


def overlap(a: Span, b: Span) -> int:
    """Characters that two spans share; negative where they lie apart."""
    return min(a[1], b[1]) - max(a[0], b[0])


def span_of(fact: Predicted) -> Span:
    """Span of a predicted value expression."""
    start, end = fact["evidence"]["span"]
    return start, end


def match(golds: Sequence[GoldFact], facts: Sequence[Predicted], spans: Sequence[Span | None]) -> dict[int, int]:
    """One-to-one pairs: index of the gold fact to index of the predicted one.

    Explicit facts pair by place and value, claims without a number by sentence, kind and indicator; among several
    candidates the same indicator goes first, then the longer common stretch.
    """
    pairs: dict[int, int] = {}
    used: set[int] = set()
    for _, _, i, j in sorted(_candidates(golds, facts, spans)):
        if i not in pairs and j not in used:
            pairs[i] = j
            used.add(j)
    return pairs


def _candidates(
    golds: Sequence[GoldFact], facts: Sequence[Predicted], spans: Sequence[Span | None]
) -> list[tuple[bool, int, int, int]]:
    found = []
    for i, (gold, span) in enumerate(zip(golds, spans, strict=True)):
        if span is None:
            continue
        for j, fact in enumerate(facts):
            rank = _rank_explicit(gold, fact, span) if gold.kind == "explicit" else _rank_claim(gold, fact, span)
            if rank is not None:
                found.append((*rank, i, j))
    return found


def _rank_explicit(gold: GoldFact, fact: Predicted, span: Span) -> tuple[bool, int] | None:
    shared = overlap(span, span_of(fact))
    if shared <= 0 or not _same_value(gold.value, fact.get("value")):
        return None
    return fact.get("indicator") != gold.indicator, -shared


def _rank_claim(gold: GoldFact, fact: Predicted, span: Span) -> tuple[bool, int] | None:
    start, end = fact["evidence"]["sentence_span"]
    if fact.get("kind") != gold.kind or fact.get("indicator") != gold.indicator or overlap(span, (start, end)) <= 0:
        return None
    return False, abs(span[0] - span_of(fact)[0])


def _same_value(wanted: float, got: float | None) -> bool:
    if got is None:
        return False
    a, b = float(wanted), float(got)
    return abs(a - b) <= TOLERANCE * max(1.0, abs(a), abs(b))


def agree(name: str, gold: GoldFact, fact: Predicted) -> bool:
    """Whether the attribute ``name`` of a matched pair agrees; what gold does not say is not asked."""
    wanted, got = getattr(gold, name), fact.get(name)
    if name == "period":
        return wanted is None or wanted == _period_key(got)
    if name in ("category", "subject"):
        return wanted is None or _similar(wanted, got)
    if name == "unit":
        return (wanted or "").replace("％", "%") == (got or "").replace("％", "%")
    return bool(wanted == (got or DEFAULTS.get(name)))


def _similar(wanted: str, got: str | None) -> bool:
    """Whether one contains the other, or both are empty."""
    a, b = fold_words(wanted), fold_words(got)
    return a == b or (bool(a) and bool(b) and (a in b or b in a))


def _period_key(period: Mapping[str, Any] | None) -> str | None:
    if not period:
        return None
    return f"@{period['as_of']}" if period.get("as_of") else f"{period.get('start')}/{period.get('end')}"
