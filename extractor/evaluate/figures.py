"""Figures over many reports: precision, recall, F1, accuracies, with intervals over reports."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from extractor.evaluate.gold import GoldFact
from extractor.evaluate.match import ATTRIBUTES
from extractor.evaluate.score import NONE, DocumentScore, Mistake, score_document

FAMILIES = {
    "found": ("tp", "pred", "gold"),
    "strict": ("strict_tp", "pred", "gold"),
    "indicator": ("coded_tp", "pred_coded", "gold_coded"),
    "links": ("links_tp", "links_pred", "links_gold"),
}
ROUNDS = 1000
FEWER_ROUNDS = 200  # for each of the many indicators and constructions
SEED = 20190710
EDGE = 0.025

Predict = Callable[[str], Mapping[str, Any] | None]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Scores of all reports, in the order of the gold."""

    documents: tuple[DocumentScore, ...]

    @property
    def counts(self) -> Counter[str]:
        """Counts over all reports."""
        return add_up(self.documents)

    @property
    def mistakes(self) -> list[Mistake]:
        """All mistakes, report after report."""
        return [mistake for document in self.documents for mistake in document.mistakes]


def evaluate(gold: Mapping[str, Sequence[GoldFact]], predict: Predict) -> Evaluation:
    """Score every report of ``gold``.

    predict -- gives the JSON object for the report's name, or None to leave the report out; a report that could not be
    read is an object without facts and text, which counts as everything missed.
    """
    scores = []
    for doc, golds in gold.items():
        result = predict(doc)
        if result is not None:
            scores.append(score_document(doc, golds, result))
    return Evaluation(tuple(scores))


def add_up(documents: Sequence[DocumentScore]) -> Counter[str]:
    """Sum of the counts of some reports."""
    total: Counter[str] = Counter()
    for document in documents:
        total.update(document.counts)
    return total


def score_family(counts: Mapping[str, int], family: str) -> dict[str, float]:
    """Precision, recall and F1 of one of ``FAMILIES``, 0 where nothing was predicted or wanted."""
    hits, predicted, wanted = (counts.get(name, 0) for name in FAMILIES[family])
    precision = hits / predicted if predicted else 0.0
    recall = hits / wanted if wanted else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"precision": precision, "recall": recall, "f1": f1}


def summarise(evaluation: Evaluation) -> dict[str, Any]:
    """All figures, rounded to four places; ``interval`` is [low, high] of F1 at 95 %."""
    counts = evaluation.counts
    intervals = bootstrap(evaluation.documents)
    figures: dict[str, Any] = {
        "documents": len(evaluation.documents),
        "gold": counts["gold"],
        "predicted": counts["pred"],
    }
    for family in FAMILIES:
        rounded = {name: round(value, 4) for name, value in score_family(counts, family).items()}
        figures[family] = {**rounded, "interval": [round(edge, 4) for edge in intervals[family]]}
    figures["attributes"] = {
        name: round(counts[f"attribute.{name}.ok"] / asked, 4)
        for name in ATTRIBUTES
        if (asked := counts[f"attribute.{name}.n"])
    }
    facts = counts["facts"]
    figures["evidence_exact"] = round(counts["evidence_ok"] / facts, 4) if facts else None
    figures["sentence_exact"] = round(counts["sentence_ok"] / facts, 4) if facts else None
    return figures


def bootstrap(documents: Sequence[DocumentScore]) -> dict[str, tuple[float, float]]:
    """95 % interval of each family's F1, from reports drawn with replacement; the same scores give the same."""
    names = sorted({name for family in FAMILIES.values() for name in family})
    table = [[document.counts[name] for name in names] for document in documents]
    values: dict[str, list[float]] = {family: [] for family in FAMILIES}
    draw = random.Random(SEED)
    for _ in range(ROUNDS if table else 0):
        rows = draw.choices(table, k=len(table))
        counts = dict(zip(names, map(sum, zip(*rows, strict=True)), strict=True))
        for family in FAMILIES:
            values[family].append(score_family(counts, family)["f1"])
    return {family: interval(found) for family, found in values.items()}


def interval(values: Sequence[float]) -> tuple[float, float]:
    """The middle 95 % of ``values``; (0, 0) of none."""
    if not values:
        return 0.0, 0.0
    ordered = sorted(values)
    edge = int(len(ordered) * EDGE)
    return ordered[edge], ordered[-1 - edge]


def score_indicators(evaluation: Evaluation) -> list[dict[str, Any]]:
    """Precision, recall and F1 of each code (``-`` for none), most frequent in gold first."""
    counts = evaluation.counts
    codes = {name.removeprefix("indicator.").rsplit(".", 1)[0] for name in counts if name.startswith("indicator.")}
    rows = []
    for code in codes:
        hits, predicted, wanted = (counts[f"indicator.{code}.{name}"] for name in ("tp", "pred", "gold"))
        sides = {"tp": hits, "pred": predicted, "gold": wanted}
        scores = score_family(sides, "found")
        rounded = {name: round(value, 4) for name, value in scores.items()}
        edges = [round(edge, 4) for edge in draw_f1(evaluation.documents, f"indicator.{code}")]
        rows.append({"indicator": code, **sides, **rounded, "interval": edges})
    return sorted(rows, key=lambda row: (-row["gold"], -row["pred"], row["indicator"]))


def draw_f1(documents: Sequence[DocumentScore], prefix: str) -> tuple[float, float]:
    """95 % interval of the F1 of the counts that begin with ``prefix``; reports without any of them change nothing."""
    names = [f"{prefix}.{name}" for name in ("tp", "pred", "gold")]
    table = [row for document in documents if any(row := [document.counts.get(name, 0) for name in names])]
    draw, values = random.Random(SEED), []
    for _ in range(FEWER_ROUNDS):
        hits, predicted, wanted = map(sum, zip(*draw.choices(table, k=len(table)), strict=True))
        values.append(2 * hits / (predicted + wanted))
    return interval(values)


def score_constructions(evaluation: Evaluation) -> list[dict[str, Any]]:
    """Share of gold facts found and strictly right in each construction, most frequent first, with an interval."""
    counts = evaluation.counts
    rows = []
    for name in [key.split(".")[1] for key in counts if key.startswith("construction.") and key.endswith(".gold")]:
        sides = [f"construction.{name}.{side}" for side in ("gold", "found", "strict")]
        wanted, found, strict = (counts[side] for side in sides)
        table = [row for document in evaluation.documents if (row := [document.counts.get(s, 0) for s in sides])[0]]
        draw = random.Random(SEED)
        drawn = [draw.choices(table, k=len(table)) for _ in range(FEWER_ROUNDS)]
        low, high = interval([sum(row[2] for row in picked) / sum(row[0] for row in picked) for picked in drawn])
        shares = {"found": round(found / wanted, 4), "strict": round(strict / wanted, 4)}
        rows.append({"construction": name, "gold": wanted, **shares, "interval": [round(low, 4), round(high, 4)]})
    return sorted(rows, key=lambda row: (-row["gold"], row["construction"]))


def count_confusions(evaluation: Evaluation) -> list[dict[str, Any]]:
    """Attributes that were taken for others among found facts, most frequent first."""
    pairs: Counter[tuple[str, str, str]] = Counter()
    for mistake in evaluation.mistakes:
        for name, (wanted, got) in mistake.wrong.items():
            pairs[name, str(wanted or NONE), str(got or NONE)] += 1
    ordered = sorted(pairs.items(), key=lambda item: (-item[1], item[0]))
    return [{"attribute": name, "wanted": w, "got": g, "count": count} for (name, w, g), count in ordered]
