"""Trains the claims model from what claims.py wrote.

    python models/scripts/train.py CORPUS CLAIMS OUT     writes OUT/weights.json and patterns/confidence.yaml

Four steps, all seeded.  Words: multinomial logistic regression over the features of a claim, on the training part and
on examples made of the lexicon, pruned and rounded.  Combining: a conditional logit over the candidates of a claim, on
the training part (with word scores of models that did not see the claim's family) and on the validation part.
Confidence: logistic regression and isotonic bins on the validation part.  Names that open clauses: a conditional logit
over the ends that a name may have, on the training part (openers.py).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
from calibrate import (
    FOLDS,
    ITERATIONS,
    PRIOR,
    Row,
    calibrate_apart,
    fold_of,
    learn_confidence,
    observed,
    write_rule_shares,
)
from logit import conditional_loss
from openers import learn_openers, read_clauses
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits
from wordings import make_examples

from extractor.model import FORMAT, Claim, Margins, Weights, choose, encode, group, list_candidates, weigh_candidates
from extractor.model.claims import Neighbour
from extractor.model.weights import LARGEST, OPENER

SCALES = {
    "bias": 1.0, "l": 1.0, "n": 1.0, "e": 2.0, "r": 0.7, "b": 1.4, "s": 0.4, "c": 0.3, "h": 0.6, "p": 0.2, "d": 0.5,
    "u=": 1.5, "m": 2.0, "k": 1.0, "t": 0.7, "t=": 0.7, "a=": 1.0, "w": 0.7, "f": 0.4,
}  # fmt: skip
STRENGTH = 5.0  # inverse of the penalty on word weights
FROM_LEXICON = 0.2  # what an example made of the lexicon counts
SEEN = 3  # times a feature must occur
STEP, LEAST = 0.02, 0.06  # rounding of word weights, and the smallest kept
OWN_PART = 0.1  # what a claim of the training part counts for combining: the rules were written with it in view,
UNREAD = "fresh"  # but with none of the families whose names begin so, which count in full
PENALTY = 3.0  # on combining weights
SIDE_BY_SIDE = 2  # models that are learned at once; each takes some 6 GB
SMALLEST = 0.01  # combining weight that is kept
FILL = (0.3, 0.4, 0.5)  # narrower margins fill in about as many wrong codes as right ones
OVERRULE = (0.3, 0.5, 0.7, 1.0)  # 1: never

Samples = Sequence[tuple[Sequence[str], str]]  # features and code


def read_rows(path: Path) -> list[Row]:
    """Claims of one part; ``claim`` as the dataclass."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for row in rows:
        raw = row["claim"]
        raw["recent"] = tuple(Neighbour(**other) for other in raw["recent"])
        raw["own"] = tuple((code, score) for code, score in raw["own"])
        row["claim"] = Claim(**raw)
    return rows


def learn_words(samples: Samples, counts: Sequence[float]) -> dict[str, Any]:
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


def pack_openers(weights: Mapping[str, float]) -> dict[str, str]:
    """Weights of the features of names, rounded to steps, small ones dropped."""
    steps = {name: round(weight / STEP) for name, weight in weights.items() if abs(weight) >= LEAST}
    return {OPENER + name: encode([(0, max(-LARGEST, min(LARGEST, step)))]) for name, step in steps.items()}


def make_weights(words: Mapping[str, Any], **learned: Any) -> dict[str, Any]:
    """Content of a weights file."""
    empty = {
        "combining": {},
        "margins": {"fill": 0.0, "overrule": 1.0},
        "confidence": {"weights": {}, "edges": [], "shares": [PRIOR]},
    }
    return {"format": FORMAT, "version": "", "scales": SCALES, "step": STEP, **empty, **words, **learned}


def learn_side_by_side(tasks: Sequence[Samples]) -> list[dict[str, Any]]:
    """``learn_words`` for each of the samples, with the examples of the lexicon; a process each."""
    with ProcessPoolExecutor(max_workers=SIDE_BY_SIDE, mp_context=get_context("fork")) as pool:
        return list(pool.map(_learn_alone, tasks))


def _learn_alone(samples: Samples) -> dict[str, Any]:
    made = make_examples()
    with threadpool_limits(1):  # the order of sums, and so the last digit, must not depend on the machine
        return learn_words([*samples, *made], [1.0] * len(samples) + [FROM_LEXICON] * len(made))


def learn_apart(rows: Sequence[Row]) -> tuple[dict[str, Any], list[dict[str, float]]]:
    """Words learned of all rows, and the rows' scores, each family scored by a model that did not see it."""
    folds = [fold_of(row["family"]) for row in rows]
    samples = [(row["features"], row["gold"]) for row in rows]
    others = [[one for one, own in zip(samples, folds, strict=True) if own != fold] for fold in range(FOLDS)]
    words, *apart = learn_side_by_side([samples, *others])
    models = [Weights(make_weights(found)) for found in apart]
    return words, [models[fold].score_words(names) for fold, (names, _) in zip(folds, samples, strict=True)]


def learn_combining(
    rows: Sequence[Row], scored: Sequence[dict[str, float]], counts: Sequence[float]
) -> dict[str, float]:
    """Weights of the traits of candidates: a conditional logit, claims whose code is no candidate left out."""
    traits, chosen, groups, kept = [], [], [], []
    for row, worded, count in zip(rows, scored, counts, strict=True):
        codes = list_candidates(row["claim"], worded)
        if row["gold"] in codes:
            chosen.append(len(traits) + codes.index(row["gold"]))
            kept.append(count)
            groups += [len(chosen) - 1] * len(codes)
            traits += weigh_candidates(row["claim"], codes, worded).values()
    names = sorted({name for found in traits for name in found})
    index = {name: at for at, name in enumerate(names)}
    triples = [(row, index[name], value) for row, found in enumerate(traits) for name, value in found.items()]
    at, columns, values = zip(*triples, strict=True)
    matrix = csr_matrix((values, (at, columns)), shape=(len(traits), len(names)))
    loss = conditional_loss(matrix, np.asarray(groups), np.asarray(chosen), np.asarray(kept), PENALTY)
    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 500})
    return {
        name: round(float(weight), 4) for name, weight in zip(names, found.x, strict=True) if abs(weight) >= SMALLEST
    }


def count_rows(rows: Sequence[Row]) -> list[float]:
    """What each claim of the training part counts for combining."""
    return [1.0 if row["family"].startswith(UNREAD) else OWN_PART for row in rows]


def weigh_apart(
    rows: Sequence[Row],
    scored: Sequence[dict[str, float]],
    also: tuple[Sequence[Row], Sequence[dict[str, float]]],
    words: Mapping[str, Any],
) -> list[dict[str, float]]:
    """Probabilities of candidates, each family weighed with combining weights that did not see it."""
    found: list[dict[str, float]] = [{}] * len(rows)
    for fold in range(FOLDS):
        kept = [at for at, row in enumerate(rows) if fold_of(row["family"]) != fold]
        counts = count_rows(also[0]) + [1.0] * len(kept)
        combining = learn_combining(
            [*also[0], *(rows[a] for a in kept)], [*also[1], *(scored[a] for a in kept)], counts
        )
        model = Weights(make_weights(words, combining=combining))
        for at, row in enumerate(rows):
            if fold_of(row["family"]) == fold:
                found[at] = weigh(model, row, scored[at])
    return found


def weigh(model: Weights, row: Row, worded: dict[str, float]) -> dict[str, float]:
    """Probability of every candidate of a claim."""
    codes = list_candidates(row["claim"], worded)
    return model.combine(weigh_candidates(row["claim"], codes, worded))


def choose_margins(rows: Sequence[Row], chances: Sequence[dict[str, float]]) -> Margins:
    """The margins with most codes right; the largest of equals, which touch the rules least."""
    right = {
        margins: sum(
            choose(row["claim"], own, margins).code == row["gold"] for row, own in zip(rows, chances, strict=True)
        )
        for margins in (Margins(fill, overrule) for fill in FILL for overrule in OVERRULE)
    }
    return max(right, key=lambda margins: (right[margins], margins.overrule, margins.fill))


def train(corpus: Path, claims: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """Content of the weights file, and what was measured on the validation part without having seen it."""
    train_rows, rows = (read_rows(claims / f"{part}.jsonl") for part in ("train", "validation"))
    words, apart = learn_apart(train_rows)
    model = Weights(make_weights(words))
    scored = [model.score_words(row["features"]) for row in rows]
    chances = weigh_apart(rows, scored, (train_rows, apart), words)
    margins = choose_margins(rows, chances)
    counts = count_rows(train_rows) + [1.0] * len(rows)
    combining = learn_combining([*train_rows, *rows], [*apart, *scored], counts)
    seen = [observed(row, own, margins) for row, own in zip(rows, chances, strict=True)]
    openers = pack_openers(learn_openers(list(read_clauses(corpus / "train.jsonl", corpus / "texts"))))
    words = {**words, "features": {**words["features"], **openers}}
    content = make_weights(words, combining=combining, margins=asdict(margins), confidence=learn_confidence(seen))
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    content["version"] = hashlib.sha256(text.encode()).hexdigest()[:16]
    return content, measure(rows, scored, chances, seen, margins)


def measure(
    rows: Sequence[Row],
    scored: Sequence[dict[str, float]],
    chances: Sequence[dict[str, float]],
    seen: Sequence[tuple[dict[str, float], bool]],
    margins: Margins,
) -> dict[str, Any]:
    """Figures on the validation part: codes right by rules, words alone, both; what was changed and how well."""
    opinions = [choose(row["claim"], own, margins) for row, own in zip(rows, chances, strict=True)]
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
        "margins": asdict(margins),
        "calibration_apart": calibrate_apart(rows, seen),
    }


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("claims", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--rules", type=Path, help="where to write the confidence of the rules alone")
    arguments = parser.parse_args()
    with threadpool_limits(1):
        content, measured = train(arguments.corpus, arguments.claims)
    arguments.out.mkdir(parents=True, exist_ok=True)
    (arguments.out / "weights.json").write_text(
        json.dumps(content, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8"
    )
    (arguments.claims / "training.json").write_text(json.dumps(measured, indent=1) + "\n", encoding="utf-8")
    if arguments.rules:
        write_rule_shares(read_rows(arguments.claims / "validation.jsonl"), arguments.rules)
    print(json.dumps({key: value for key, value in measured.items() if key != "calibration_apart"}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
