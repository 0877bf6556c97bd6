"""Confidence: what is learned of it, and how reliable it is."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from extractor.model import METHOD, NO_CODE, Margins, choose
from extractor.model.confidence import judge

FOLDS = 5
ITERATIONS = 300
SMALLEST_BIN = 25  # claims that a bin of confidence holds at least
PRIOR, PRIOR_SIZE = 0.7, 5  # what the rules' confidence is drawn to where few claims are alike

Row = dict[str, Any]


def fold_of(family: str) -> int:
    """Fold of a family: all its claims are left out together."""
    return int(hashlib.sha256(family.encode()).hexdigest()[:8], 16) % FOLDS


def observed(row: Row, chances: Mapping[str, float], margins: Margins) -> tuple[dict[str, float], bool]:
    """Traits of the decided claim, and whether the fact is strictly right."""
    opinion = choose(row["claim"], chances, margins)
    chance = min(max(opinion.chance, 1e-4), 1 - 1e-4)
    traits = {**row["traits"], "odds": math.log(chance / (1 - chance))}
    if row["claim"].kind == "implied":
        return {**row["traits"]}, row["gold"] == row["claim"].told and row["rest"]
    if opinion.revised:
        no_code = opinion.code == NO_CODE
        traits = {
            name: value for name, value in traits.items() if not name.startswith(("source ", "level ", "no code"))
        }
        traits |= {"revised": 1.0, "source open" if no_code else f"source {METHOD}": 1.0, "level -1": 1.0}
        traits |= {"no code": 1.0} if no_code else {}
    return traits, opinion.code == row["gold"] and row["rest"]


def learn_confidence(seen: Sequence[tuple[dict[str, float], bool]]) -> dict[str, Any]:
    """Weights, edges and shares of ``confidence.judge``."""
    names = sorted({name for traits, _ in seen for name in traits} - {"always"})
    matrix = np.array([[traits.get(name, 0.0) for name in names] for traits, _ in seen])
    right = np.array([ok for _, ok in seen])
    model = LogisticRegression(C=0.3, max_iter=ITERATIONS).fit(matrix, right)
    weights = {name: round(float(w), 3) for name, w in zip(names, model.coef_[0], strict=True)}
    weights["always"] = round(float(model.intercept_[0]), 3)
    sums = [sum(weights.get(name, 0.0) * value for name, value in traits.items()) for traits, _ in seen]
    edges, shares = isotonic_bins(sorted(zip(sums, right.tolist(), strict=True)))
    return {"weights": weights, "edges": edges, "shares": shares}


def isotonic_bins(pairs: Sequence[tuple[float, bool]]) -> tuple[list[float], list[float]]:
    """Edges between bins of ascending sums, and the share of right facts in each, never falling."""
    bins: list[list[float]] = []  # size, right ones, lowest sum
    for start in range(0, len(pairs), SMALLEST_BIN):
        part = pairs[start : start + SMALLEST_BIN]
        bins.append([len(part), sum(ok for _, ok in part), part[0][0]])
        while len(bins) > 1 and bins[-1][1] / bins[-1][0] <= bins[-2][1] / bins[-2][0]:
            size, good, _ = bins.pop()
            bins[-1][0] += size
            bins[-1][1] += good
    shares = [round((good + 1) / (size + 2), 3) for size, good, _ in bins]
    return [round(low, 3) for _, _, low in bins[1:]], shares


def rule_shares(rows: Sequence[Row]) -> list[tuple[str, int | None, float]]:
    """Share of right facts of the rules alone, by source and level, and by source."""
    counts: dict[tuple[str, int | None], list[int]] = {}
    for row in rows:
        right = row["claim"].told == row["gold"] and row["rest"]
        for level in (row["level"], None):
            entry = counts.setdefault((row["source"], level), [0, 0])
            entry[0] += 1
            entry[1] += right
    shares = []
    for (source, level), (size, right) in counts.items():
        if level is None or size >= SMALLEST_BIN:
            shares.append((source, level, round((right + PRIOR * PRIOR_SIZE) / (size + PRIOR_SIZE), 3)))
    return sorted(shares, key=lambda entry: (entry[0], entry[1] is None, entry[1] or 0))


def write_rule_shares(rows: Sequence[Row], path: Path) -> None:
    """Write ``patterns/confidence.yaml``."""
    whole = sum(row["claim"].told == row["gold"] and row["rest"] for row in rows) / len(rows)
    lines = [
        "# How often facts of the rules alone are strictly right, by how they found the indicator and how strong the",
        "# evidence was (levels as in extractor/facts/confidence.py); measured on the validation part",
        "# by models/scripts/train.py.",
        f'"rest": {whole:.3f}',
        '"shares":',
    ]
    for source, level, share in rule_shares(rows):
        lines.append(
            f'- {{"source": "{source}", ' + (f'"level": {level}, ' if level is not None else "") + f'"share": {share}}}'
        )
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def calibrate_apart(rows: Sequence[Row], seen: Sequence[tuple[dict[str, float], bool]]) -> dict[str, Any]:
    """Reliability of confidence on the validation part, each family judged by what the other families taught."""
    pairs = []
    for fold in range(FOLDS):
        learned = learn_confidence([s for row, s in zip(rows, seen, strict=True) if fold_of(row["family"]) != fold])
        pairs += [
            (judge(traits, learned), ok)
            for row, (traits, ok) in zip(rows, seen, strict=True)
            if fold_of(row["family"]) == fold
        ]
    return reliability(pairs)


def reliability(pairs: Sequence[tuple[float, bool]], bins: int = 10) -> dict[str, Any]:
    """Reliability table, expected calibration error, and the share right among facts at 0.9 and more."""
    table = []
    for at in range(bins):
        own = [(c, ok) for c, ok in pairs if at / bins <= c < (at + 1) / bins or (at == bins - 1 and c == 1)]
        if own:
            mean, share = sum(c for c, _ in own) / len(own), sum(ok for _, ok in own) / len(own)
            table.append({"from": at / bins, "facts": len(own), "confidence": round(mean, 4), "right": round(share, 4)})
    error = sum(row["facts"] * abs(row["confidence"] - row["right"]) for row in table) / max(len(pairs), 1)
    sure = [ok for c, ok in pairs if c >= 0.9]
    return {
        "facts": len(pairs),
        "expected_calibration_error": round(error, 4),
        "sure": len(sure),
        "sure_right": round(sum(sure) / len(sure), 4) if sure else None,
        "table": table,
    }
