"""``extract evaluate``: score extraction against gold, show the errors, compare with an earlier evaluation."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from extractor import evaluate, outputs
from extractor.cli.extraction import read_all
from extractor.cli.streams import say
from extractor.errors import UsageError
from extractor.evaluate import Difference, Evaluation, Mistake
from extractor.record import record

MOST = 15  # rows of the tables of indicators and confusions


@record
class EvaluationRequest:
    """What to score: gold or a saved evaluation; folder and suffix of the reports; what to show and compare with."""

    gold: Path
    reports: Path | None
    suffix: str | None
    show: int
    other: Path | None
    as_json: bool


def run_evaluation(request: EvaluationRequest) -> int:
    """Print the figures; 1 when a report could not be read (it counts as all missed), else 0."""
    failed: list[str] = []
    evaluation = _load(request.gold) if request.gold.suffix == ".json" else _evaluate(request, failed)
    differences = evaluate.compare(_load(request.other), evaluation) if request.other else []
    result = evaluate.to_json(evaluation)
    if request.as_json:
        if differences:
            result["differences"] = [_plain(difference) for difference in differences]
        print(json.dumps(result, ensure_ascii=False, indent=1))
    else:
        _print_mistakes(evaluation.mistakes[: request.show])
        _print_figures(result)
        _print_differences(differences)
    return 1 if failed else 0


def _evaluate(request: EvaluationRequest, failed: list[str]) -> Evaluation:
    folder = request.reports or request.gold.resolve().parent.parent / "reports"
    gold = evaluate.read_gold(request.gold)

    def predict(doc: str) -> Mapping[str, Any] | None:
        path = folder / (Path(doc).stem + request.suffix if request.suffix else doc)
        if request.suffix and not path.exists():
            say(f"{path}: not there, left out")
            return None
        reports = list(read_all([str(path)], failed))
        return outputs.to_dict(reports[0]) if reports else {"document": {"text": ""}, "facts": []}

    found = evaluate.evaluate(gold, predict)
    if not found.documents:
        raise UsageError(f"{request.gold}: no report to score in {folder}; name it with --reports and --suffix")
    return found


def _load(path: Path) -> Evaluation:
    try:
        saved = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: can't be read as a saved evaluation ({error})") from None
    return evaluate.from_json(saved)


def _plain(difference: Difference) -> dict[str, Any]:
    edges = [round(difference.low, 4), round(difference.high, 4)]
    return {
        "family": difference.family,
        "before": round(difference.before, 4),
        "after": round(difference.after, 4),
        "interval": edges,
    }


def _print_mistakes(mistakes: Sequence[Mistake]) -> None:
    for mistake in mistakes:
        wrong = "; ".join(f"{name}: {wanted} → {got}" for name, (wanted, got) in mistake.wrong.items())
        line = " | ".join((mistake.doc, mistake.kind, mistake.place, wrong or mistake.indicator or "-"))
        print(outputs.escape_controls(line))


def _print_figures(result: Mapping[str, Any]) -> None:
    print(f"{'documents':15}{result['documents']}\n{'gold':15}{result['gold']}\n{'predicted':15}{result['predicted']}")
    for family in ("found", "strict", "indicator", "links"):
        row = result[family]
        low, high = row["interval"]
        figures = f"precision {row['precision']:.4f}  recall {row['recall']:.4f}  f1 {row['f1']:.4f}"
        print(f"{family:15}{figures}  [{low:.3f}, {high:.3f}]")
    for name, value in result["attributes"].items():
        print(f"{name:15}{value:.4f}")
    for name in ("evidence_exact", "sentence_exact"):
        print(f"{name:15}{result[name]}")
    print("\nindicator                       gold  pred    tp  precision  recall    f1  interval")
    for row in result["indicators"][:MOST]:
        counts = f"{row['gold']:5} {row['pred']:5} {row['tp']:5}"
        low, high = row["interval"]
        figures = f"{row['precision']:9.3f} {row['recall']:7.3f} {row['f1']:5.3f}"
        print(f"{row['indicator']:30} {counts}  {figures}  [{low:.3f}, {high:.3f}]")
    print("\nconstruction          gold  found  strict  interval")
    for row in result["constructions"]:
        low, high = row["interval"]
        figures = f"{row['gold']:5}  {row['found']:.3f}   {row['strict']:.3f}  [{low:.3f}, {high:.3f}]"
        print(f"{row['construction']:20} {figures}")
    if result["confusions"]:
        print("\ncount  attribute  wanted → got")
    for row in result["confusions"][:MOST]:
        print(f"{row['count']:5}  {row['attribute']:9}  {row['wanted']} → {row['got']}")


def _print_differences(differences: Sequence[Difference]) -> None:
    if differences:
        print("\nchange of f1 against the other evaluation (95 % interval)")
    for d in differences:
        settled = "" if d.settled else "  may be chance"
        change = f"{d.before:.4f} → {d.after:.4f}  {d.after - d.before:+.4f}"
        print(f"{d.family:15}{change}  [{d.low:+.3f}, {d.high:+.3f}]{settled}")
