"""Extraction against gold: figures with intervals, errors, comparison of two evaluations."""

from extractor.evaluate.compare import Difference, compare
from extractor.evaluate.figures import Evaluation, evaluate, score_family, summarise
from extractor.evaluate.gold import GoldFact, read_gold
from extractor.evaluate.saved import from_json, to_json
from extractor.evaluate.score import DocumentScore, Mistake, score_document

__all__ = [
    "Difference",
    "DocumentScore",
    "Evaluation",
    "GoldFact",
    "Mistake",
    "compare",
    "evaluate",
    "from_json",
    "read_gold",
    "score_document",
    "score_family",
    "summarise",
    "to_json",
]
