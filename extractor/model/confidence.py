"""Chance that a fact is right, worked out from what the combining decision was sure of and the kind of claim."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Any

from extractor.facts import Draft, level_of, source_of

CLOSE = 1e-4  # probabilities are kept this far from 0 and 1
PLACES = 3


def observe(draft: Draft, chance: float, revised: bool) -> dict[str, float]:
    """Traits of a decided claim: ``chance`` is the probability of its code, ``revised`` whether the rules had another.

    Shapes: logarithmic odds as a number, everything else as 1 where it holds.
    """
    chance = min(max(chance, CLOSE), 1 - CLOSE)
    traits = {
        "always": 1.0,
        "odds": math.log(chance / (1 - chance)),
        f"kind {draft.kind}": 1.0,
        f"measure {draft.reading.measure}": 1.0,
        f"source {source_of(draft)}": 1.0,
        f"level {level_of(draft.score)}": 1.0,
    }
    for name, holds in (
        ("no code", draft.code is None),
        ("no unit", draft.unit is None),
        ("not exact", draft.modifier != "exact"),
        ("chinese", draft.quantity is not None and draft.quantity.form == "chinese"),
        ("revised", revised),
    ):
        if holds:
            traits[name] = 1.0
    return traits


def judge(traits: Mapping[str, float], learned: Mapping[str, Any]) -> float:
    """Calibrated probability of being right.

    learned -- ``weights`` by trait, and ``edges`` and ``shares``: shares of right facts between edges of the sum.
    """
    weights: Mapping[str, float] = learned["weights"]
    total = sum(weights.get(name, 0.0) * value for name, value in traits.items())
    return look_up(total, learned["edges"], learned["shares"])


def look_up(total: float, edges: Sequence[float], shares: Sequence[float]) -> float:
    """The share of the bin that ``total`` falls in; one more share than edges."""
    return round(shares[bisect_right(edges, total)], PLACES)
