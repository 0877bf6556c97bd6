"""How far the rules alone can be trusted: shares of right facts by how the indicator was found."""

from __future__ import annotations

from bisect import bisect_right
from functools import cache
from typing import Any

from extractor.facts.drafts import Draft
from extractor.lexicon import table

UNCODED = "uncoded"  # own words tell that no code fits
LEVELS = (12.0, 16.0, 20.0, 25.0)  # scores at which the evidence of own words is told apart


def source_of(draft: Draft) -> str:
    """How the rules came to the code: by own words (with the kind of claim), or by which rule on figures nearby."""
    if draft.kind != "explicit":
        return draft.kind
    if draft.code is None:
        return UNCODED if draft.uncoded else "open"
    if "/" not in draft.rule:
        return draft.rule.removeprefix("rule:")
    if draft.inherited:
        return "wider"
    if draft.reading.measure in {"growth", "change", "share"}:
        return f"own-{draft.reading.measure}"
    return "own-part" if draft.total is not None else "own"


def level_of(score: float) -> int:
    """How strong the evidence is, from 0; -1 for none."""
    return bisect_right(LEVELS, score) if score > 0 else -1


def rule_confidence(draft: Draft) -> float:
    """Share of facts like this one that are right; of all facts where there are too few like it."""
    shares, rest = _shares()
    return shares.get((source_of(draft), level_of(draft.score)), shares.get((source_of(draft), None), rest))


@cache
def _shares() -> tuple[dict[tuple[str, int | None], float], float]:
    raw: dict[str, Any] = table("confidence")
    return {(entry["source"], entry.get("level")): entry["share"] for entry in raw["shares"]}, raw["rest"]
