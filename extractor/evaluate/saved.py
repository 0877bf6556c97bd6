"""Evaluations as JSON, with the counts of every report, so that two of them can be compared later."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from extractor.errors import UsageError
from extractor.evaluate.figures import Evaluation, count_confusions, score_constructions, score_indicators, summarise
from extractor.evaluate.score import DocumentScore, Mistake

FORMAT = "evaluation/1"


def to_json(evaluation: Evaluation) -> dict[str, Any]:
    """The figures, the table of indicators, confusions, counts by report, mistakes."""
    return {
        "format": FORMAT,
        **summarise(evaluation),
        "indicators": score_indicators(evaluation),
        "constructions": score_constructions(evaluation),
        "confusions": count_confusions(evaluation),
        "by_document": {document.doc: dict(sorted(document.counts.items())) for document in evaluation.documents},
        "mistakes": [_mistake(mistake) for mistake in evaluation.mistakes],
    }


def from_json(saved: Mapping[str, Any]) -> Evaluation:
    """The evaluation that ``to_json`` wrote.

    Raises UsageError for anything else.
    """
    if not isinstance(saved, Mapping) or saved.get("format") != FORMAT:
        raise UsageError(f"no saved evaluation ({FORMAT}); make one with extract evaluate GOLD --json")
    documents = {doc: DocumentScore(doc, Counter(counts)) for doc, counts in saved["by_document"].items()}
    for entry in saved["mistakes"]:
        wrong = {name: (wanted, got) for name, (wanted, got) in entry["wrong"].items()}
        mistake = Mistake(entry["doc"], entry["kind"], entry["place"], entry["indicator"], wrong)
        documents[mistake.doc].mistakes.append(mistake)
    return Evaluation(tuple(documents.values()))


def _mistake(mistake: Mistake) -> dict[str, Any]:
    return {
        "doc": mistake.doc,
        "kind": mistake.kind,
        "place": mistake.place,
        "indicator": mistake.indicator,
        "wrong": {name: list(pair) for name, pair in mistake.wrong.items()},
    }
