"""Rules alone against rules and model, on the validation and the test part.

    python models/scripts/evaluate.py CORPUS CLAIMS METRICS CARD

Writes METRICS (JSON) and the tables between the marks in CARD.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from calibrate import reliability

from extractor import Settings, evaluate, extract, outputs
from extractor.evaluate.match import STRICT, agree, match
from extractor.evaluate.places import Folded, locate
from extractor.lexicon import digest
from extractor.model import find_adviser

SIDE_BY_SIDE = 2  # processes that read passages
PARTS = ("train", "validation", "test")
FAMILIES = ("found", "strict", "indicator", "links")
ATTRIBUTES = ("subject", "channel", "category", "period")
BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"


def predict(texts: Path, model: bool) -> dict[str, Mapping[str, Any]]:
    """JSON objects of all passages by name."""
    paths = sorted(texts.glob("*.txt"))
    with ProcessPoolExecutor(max_workers=SIDE_BY_SIDE) as pool:
        found = pool.map(partial(_predict_one, model), paths, chunksize=50)
        return dict(zip((path.stem for path in paths), found, strict=True))


def _predict_one(model: bool, path: Path) -> Mapping[str, Any]:
    return outputs.to_dict(extract(path, Settings(model=model, audit=False)))


def judge_confidence(gold: Mapping[str, Any], predicted: Mapping[str, Mapping[str, Any]]) -> list[tuple[float, bool]]:
    """Confidence of every scored fact, and whether it is strictly right."""
    pairs = []
    for doc, golds in gold.items():
        result = predicted[doc]
        folded = Folded(result["document"]["text"])
        spans = [locate(one, folded) for one in golds]
        by_fact = {j: i for i, j in match(golds, result["facts"], spans).items()}
        for j, fact in enumerate(result["facts"]):
            partner = golds[by_fact[j]] if j in by_fact else None
            if fact["kind"] == "implied" or (partner is not None and partner.optional):
                continue
            right = partner is not None and all(agree(name, partner, fact) for name in STRICT)
            pairs.append((fact["confidence"], right))
    return pairs


def figures(gold: Mapping[str, Any], predicted: Mapping[str, Mapping[str, Any]]) -> tuple[dict[str, Any], Any]:
    """Summary with confidence, and the evaluation for comparing."""
    found = evaluate.evaluate(gold, lambda doc: predicted[doc])
    summary = evaluate.summarise(found)
    return {**summary, "confidence": reliability(judge_confidence(gold, predicted))}, found


def measure(corpus: Path) -> dict[str, Any]:
    """Figures of every part for rules and for both, with the gain and its interval."""
    results = {model: predict(corpus / "texts", model) for model in (False, True)}
    measured: dict[str, Any] = {}
    for part in PARTS:
        gold = evaluate.read_gold(corpus / f"{part}.jsonl")
        (alone, before), (both, after) = (figures(gold, results[model]) for model in (False, True))
        gains = {
            d.family: [round(d.after - d.before, 4), round(d.low, 4), round(d.high, 4)]
            for d in evaluate.compare(before, after)
        }
        measured[part] = {"rules": alone, "both": both, "gain": gains}
    return measured


def tables(metrics: Mapping[str, Any]) -> str:
    """The tables of the card."""
    lines = ["| part | figure | rules | rules + model | gain (95 % interval) |", "|---|---|--:|--:|--:|"]
    for part in PARTS:
        own = metrics["parts"][part]
        for family in FAMILIES:
            gain, low, high = own["gain"][family]
            row = f"| {part} | {family} F1 | {own['rules'][family]['f1']:.4f} | {own['both'][family]['f1']:.4f} "
            lines.append(row + f"| {gain:+.4f} ({low:+.4f} … {high:+.4f}) |")
    lines += ["", "| part | attribute, share right | rules | rules + model |", "|---|---|--:|--:|"]
    for part in PARTS:
        alone, both = (metrics["parts"][part][side]["attributes"] for side in ("rules", "both"))
        lines += [f"| {part} | {name} | {alone[name]:.4f} | {both[name]:.4f} |" for name in ATTRIBUTES]
    lines += [
        "",
        "| part | facts | calibration error, rules | both | facts at 0.9 or more | of them right |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    for part in PARTS:
        rules, both = (metrics["parts"][part][side]["confidence"] for side in ("rules", "both"))
        right = "-" if both["sure_right"] is None else f"{both['sure_right']:.4f}"
        errors = f"{rules['expected_calibration_error']:.4f} | {both['expected_calibration_error']:.4f}"
        lines.append(f"| {part} | {both['facts']} | {errors} | {both['sure']} | {right} |")
    lines += [
        "",
        "Confidence on the test part:",
        "",
        "| confidence from | facts | mean confidence | right |",
        "|--:|--:|--:|--:|",
    ]
    for row in metrics["parts"]["test"]["both"]["confidence"]["table"]:
        lines.append(f"| {row['from']:.1f} | {row['facts']} | {row['confidence']:.3f} | {row['right']:.3f} |")
    return "\n".join(lines)


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    for name in ("corpus", "claims", "metrics", "card"):
        parser.add_argument(name, type=Path)
    arguments = parser.parse_args()
    adviser = find_adviser()
    if adviser is None:
        print("evaluate: no weights; train first", file=sys.stderr)
        return 1
    training = json.loads((arguments.claims / "training.json").read_text(encoding="utf-8"))
    metrics = {"model": adviser.version, "patterns": digest(), "training": training, "parts": measure(arguments.corpus)}
    arguments.metrics.write_text(json.dumps(metrics, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    card = arguments.card.read_text(encoding="utf-8")
    head, rest = card.split(BEGIN)
    arguments.card.write_text(f"{head}{BEGIN}\n{tables(metrics)}\n{END}{rest.split(END)[1]}", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
