"""Trains the claims model from what claims.py wrote.

    python models/scripts/train.py CLAIMS OUT         writes OUT/weights.json and patterns/confidence.yaml

Three steps, all seeded.  Words: multinomial logistic regression over the features of a claim, on the training part and
on examples made of the lexicon, pruned and rounded.  Combining: a conditional logit over the candidates of a claim, on
the training part (with word scores of models that did not see the claim's family) and on the validation part.
Confidence: logistic regression and isotonic bins on the validation part.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import os
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

for _variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_variable] = "1"  # the order of sums, and so the last digit, must not depend on the machine

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from wordings import make_examples

from extractor.model import FORMAT, Claim, Weights, choose, encode, group, list_candidates, weigh_candidate
from extractor.model.claims import Neighbour
from extractor.model.weights import LARGEST

SCALES = {
    "bias": 1.0, "l": 1.0, "n": 1.0, "e": 2.0, "r": 0.7, "b": 1.4, "s": 0.4, "c": 0.3, "h": 0.6, "p": 0.2, "d": 0.5,
    "u=": 1.5, "m": 2.0, "k": 1.0, "t": 0.7, "t=": 0.7, "a=": 1.0, "w": 0.7, "y": 0.5,
}  # fmt: skip
STRENGTH = 5.0  # inverse of the penalty on word weights
FROM_LEXICON = 0.1  # what an example made of the lexicon counts
SEEN = 2  # times a feature must occur
STEP, LEAST = 0.05, 0.15  # rounding of word weights, and the smallest kept
PENALTY = 3.0  # on combining weights
FOLDS = 5
MARGINS = (0.0, 0.05, 0.1, 0.15, 0.2, 0.3)
ITERATIONS = 300
SMALLEST_BIN = 25  # claims that a bin of confidence holds at least
PRIOR, PRIOR_SIZE = 0.7, 5  # what the rules' confidence is drawn to where few claims are alike

Row = dict[str, Any]


def read_rows(path: Path) -> list[Row]:
    """Claims of one part; ``claim`` as the dataclass."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for row in rows:
        raw = row["claim"]
        raw["recent"] = tuple(Neighbour(**other) for other in raw["recent"])
        raw["own"] = tuple((code, score) for code, score in raw["own"])
        row["claim"] = Claim(**raw)
    return rows


def fold_of(family: str) -> int:
    """Fold of a family: all its claims are left out together."""
    return int(hashlib.sha256(family.encode()).hexdigest()[:8], 16) % FOLDS


def learn_words(samples: Sequence[tuple[Sequence[str], str]], counts: Sequence[float]) -> dict[str, Any]:
    """Classes and packed weights of the words."""
    seen = Counter(name for names, _ in samples for name in names)
    index = {name: at for at, name in enumerate(sorted(name for name, times in seen.items() if times >= SEEN))}
    rows, columns, values = [], [], []
    for at, (names, _) in enumerate(samples):
        known = [name for name in names if name in index]
        sizes = Counter(group(name) for name in known)
        for name in known:
            rows.append(at)
            columns.append(index[name])
            values.append(SCALES.get(group(name), 1.0) / math.sqrt(sizes[group(name)]))
    matrix = csr_matrix((values, (rows, columns)), shape=(len(samples), len(index)))
    model = LogisticRegression(C=STRENGTH, max_iter=ITERATIONS, tol=1e-3)
    model.fit(matrix, [code for _, code in samples], sample_weight=np.asarray(counts))
    model.coef_[:, index["bias"]] += model.intercept_ / SCALES["bias"]
    return {"classes": [str(name) for name in model.classes_], "features": pack(index, model.coef_)}


def pack(index: Mapping[str, int], weights: Any) -> dict[str, str]:
    """Weights rounded to steps, small ones dropped, as characters."""
    packed = {}
    for name, column in index.items():
        least = 0.0 if name == "bias" else LEAST
        kept = [(int(c), round(float(w) / STEP)) for c, w in enumerate(weights[:, column]) if abs(w) >= least]
        kept = [(c, max(-LARGEST, min(LARGEST, steps))) for c, steps in kept if steps]
        if kept:
            packed[name] = encode(kept)
    return packed


def make_weights(words: Mapping[str, Any], **learned: Any) -> dict[str, Any]:
    """Content of a weights file."""
    empty = {"combining": {}, "margin": 0.0, "confidence": {"weights": {}, "edges": [], "shares": [PRIOR]}}
    return {"format": FORMAT, "version": "", "scales": SCALES, "step": STEP, **empty, **words, **learned}


def score_apart(rows: Sequence[Row], made: Sequence[tuple[Sequence[str], str]]) -> list[dict[str, float]]:
    """Word scores of the training part, each family scored by a model that did not see it."""
    scored: list[dict[str, float]] = [{}] * len(rows)
    for fold in range(FOLDS):
        others = [(row["features"], row["gold"]) for row in rows if fold_of(row["family"]) != fold]
        model = Weights(make_weights(learn_words([*others, *made], [1.0] * len(others) + [FROM_LEXICON] * len(made))))
        for at, row in enumerate(rows):
            if fold_of(row["family"]) == fold:
                scored[at] = model.score_words(row["features"])
    return scored


def learn_combining(rows: Sequence[Row], scored: Sequence[dict[str, float]]) -> dict[str, float]:
    """Weights of the traits of candidates: a conditional logit, claims whose code is no candidate left out."""
    traits, chosen, groups = [], [], []
    for row, worded in zip(rows, scored, strict=True):
        codes = list_candidates(row["claim"], worded)
        if row["gold"] in codes:
            chosen.append(len(traits) + codes.index(row["gold"]))
            groups += [len(chosen) - 1] * len(codes)
            traits += [weigh_candidate(row["claim"], code, worded) for code in codes]
    names = sorted({name for found in traits for name in found})
    index = {name: at for at, name in enumerate(names)}
    triples = [(row, index[name], value) for row, found in enumerate(traits) for name, value in found.items()]
    at, columns, values = zip(*triples, strict=True)
    matrix = csr_matrix((values, (at, columns)), shape=(len(traits), len(names)))
    loss = conditional_loss(matrix, np.asarray(groups), np.asarray(chosen))
    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 500})
    return {name: round(float(weight), 4) for name, weight in zip(names, found.x, strict=True) if abs(weight) >= 5e-4}


def conditional_loss(matrix: Any, groups: Any, chosen: Any) -> Callable[[Any], tuple[float, Any]]:
    """Penalised negative likelihood of the chosen candidates, with its gradient."""
    starts = np.searchsorted(groups, np.arange(groups[-1] + 1))

    def loss(weights: Any) -> tuple[float, Any]:
        sums = matrix @ weights
        top = np.maximum.reduceat(sums, starts)
        shares = np.exp(sums - top[groups])
        whole = np.add.reduceat(shares, starts)
        value = -(sums[chosen] - top - np.log(whole)).sum() + PENALTY * (weights @ weights) / 2
        slope = shares / whole[groups]
        slope[chosen] -= 1
        return value, matrix.T @ slope + PENALTY * weights

    return loss


def weigh_apart(
    rows: Sequence[Row], scored: Sequence[dict[str, float]], also: tuple[Sequence[Row], Sequence[dict[str, float]]], words: Mapping[str, Any]
) -> list[dict[str, float]]:
    """Probabilities of candidates, each family weighed with combining weights that did not see it."""
    found: list[dict[str, float]] = [{}] * len(rows)
    for fold in range(FOLDS):
        kept = [at for at, row in enumerate(rows) if fold_of(row["family"]) != fold]
        combining = learn_combining([*also[0], *(rows[a] for a in kept)], [*also[1], *(scored[a] for a in kept)])
        model = Weights(make_weights(words, combining=combining))
        for at, row in enumerate(rows):
            if fold_of(row["family"]) == fold:
                found[at] = weigh(model, row, scored[at])
    return found


def weigh(model: Weights, row: Row, worded: dict[str, float]) -> dict[str, float]:
    """Probability of every candidate of a claim."""
    codes = list_candidates(row["claim"], worded)
    return model.combine({code: weigh_candidate(row["claim"], code, worded) for code in codes})


def choose_margin(rows: Sequence[Row], chances: Sequence[dict[str, float]]) -> float:
    """The margin with most codes right; the largest of equals, which touches the rules least."""
    right = {
        margin: sum(choose(row["claim"], own, margin).code == row["gold"] for row, own in zip(rows, chances, strict=True))
        for margin in MARGINS
    }
    return max(MARGINS, key=lambda margin: (right[margin], margin))


def observed(row: Row, chances: Mapping[str, float], margin: float) -> tuple[dict[str, float], bool]:
    """Traits of the decided claim, and whether the fact is strictly right."""
    opinion = choose(row["claim"], chances, margin)
    chance = min(max(opinion.chance, 1e-4), 1 - 1e-4)
    traits = {**row["traits"], "odds": math.log(chance / (1 - chance))}
    if row["claim"].kind == "implied":
        return {**row["traits"]}, row["gold"] == row["claim"].told and row["rest"]
    if opinion.revised:
        traits = {name: value for name, value in traits.items() if not name.startswith(("source ", "level ", "no code"))}
        traits |= {"revised": 1.0, "source indicator": 1.0, "level -1": 1.0}
        traits |= {"no code": 1.0} if opinion.code == "none" else {}
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
    """Edges between bins of ascending sums, and the share of right facts in each, never falling; few claims are joined."""
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
        "# evidence was (levels as in extractor/facts/confidence.py); measured on the validation part by models/scripts/train.py.",
        f'"rest": {whole:.3f}',
        '"shares":',
    ]
    for source, level, share in rule_shares(rows):
        lines.append(f'- {{"source": "{source}", ' + (f'"level": {level}, ' if level is not None else "") + f'"share": {share}}}')
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def train(claims: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """Content of the weights file, and what was measured on the validation part without having seen it."""
    train_rows, rows = (read_rows(claims / f"{part}.jsonl") for part in ("train", "validation"))
    made = make_examples()
    samples = [*((row["features"], row["gold"]) for row in train_rows), *made]
    words = learn_words(samples, [1.0] * len(train_rows) + [FROM_LEXICON] * len(made))
    model = Weights(make_weights(words))
    apart, scored = score_apart(train_rows, made), [model.score_words(row["features"]) for row in rows]
    chances = weigh_apart(rows, scored, (train_rows, apart), words)
    margin = choose_margin(rows, chances)
    combining = learn_combining([*train_rows, *rows], [*apart, *scored])
    seen = [observed(row, own, margin) for row, own in zip(rows, chances, strict=True)]
    content = make_weights(words, combining=combining, margin=margin, confidence=learn_confidence(seen))
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    content["version"] = hashlib.sha256(text.encode()).hexdigest()[:16]
    return content, measure(rows, scored, chances, seen, margin)


def measure(rows: Sequence[Row], scored: Sequence[dict[str, float]], chances: Sequence[dict[str, float]], seen: Sequence[tuple[dict[str, float], bool]], margin: float) -> dict[str, Any]:
    """Figures on the validation part: codes right by rules, words alone, both; what was changed and how well."""
    opinions = [choose(row["claim"], own, margin) for row, own in zip(rows, chances, strict=True)]
    changed = [(row, opinion) for row, opinion in zip(rows, opinions, strict=True) if opinion.revised]
    size = len(rows)
    return {
        "claims": size,
        "rules": round(sum(row["claim"].told == row["gold"] for row in rows) / size, 4),
        "words": round(sum(next(iter(own)) == row["gold"] for row, own in zip(rows, scored, strict=True)) / size, 4),
        "both": round(sum(o.code == row["gold"] for row, o in zip(rows, opinions, strict=True)) / size, 4),
        "changed": len(changed),
        "changed_right": sum(opinion.code == row["gold"] for row, opinion in changed),
        "changed_rules_right": sum(row["claim"].told == row["gold"] for row, _ in changed),
        "margin": margin,
        "calibration_apart": calibrate_apart(rows, seen),
    }


def calibrate_apart(rows: Sequence[Row], seen: Sequence[tuple[dict[str, float], bool]]) -> dict[str, Any]:
    """Reliability of confidence on the validation part, each family judged by what the other families taught."""
    from extractor.model.confidence import judge

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


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("claims", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--rules", type=Path, help="where to write the confidence of the rules alone")
    arguments = parser.parse_args()
    content, measured = train(arguments.claims)
    arguments.out.mkdir(parents=True, exist_ok=True)
    (arguments.out / "weights.json").write_text(json.dumps(content, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")
    (arguments.claims / "training.json").write_text(json.dumps(measured, indent=1) + "\n", encoding="utf-8")
    if arguments.rules:
        write_rule_shares(read_rows(arguments.claims / "validation.jsonl"), arguments.rules)
    print(json.dumps({key: value for key, value in measured.items() if key != "calibration_apart"}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
