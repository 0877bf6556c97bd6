"""Constructions told by the fields of a gold fact."""

from __future__ import annotations

import pytest

from extractor.evaluate import from_json, read_gold, to_json
from extractor.evaluate.constructions import constructions_of
from extractor.evaluate.figures import Evaluation, score_constructions
from extractor.evaluate.gold import GoldFact
from extractor.evaluate.score import score_document


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        ({"indicator": "a.b"}, ["plain"]),
        ({"indicator": "a.b", "part_of": 1}, ["part of a total"]),
        ({"indicator": "a.b", "measure": "share", "numerator": 1}, ["share of a count"]),
        ({"indicator": "a.b", "measure": "share", "modifier": "approx"}, ["share alone", "approximate"]),
        ({"indicator": "a.b", "measure": "growth"}, ["growth"]),
        ({"indicator": "a.b", "num": "三十二次"}, ["chinese numeral"]),
        ({"indicator": "a.b", "num": "3万次"}, ["plain"]),
        ({"indicator": "a.b", "kind": "zero", "num": "未收到"}, ["zero"]),
        ({}, ["no code"]),
    ],
)
def test_constructions_of(fields, wanted):
    assert constructions_of(GoldFact(**{"doc": "d", "quote": "", "num": "3次", "value": 3, **fields})) == wanted


def test_shares_of_constructions(tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_text(
        '{"doc": "d", "quote": "办结三十二件", "num": "三十二件", "value": 32, "unit": "件", "indicator": "a.b"}\n'
    )
    gold = read_gold(path)
    score = score_document("d", gold["d"], {"document": {"text": "办结三十二件"}, "facts": []})
    rows = score_constructions(Evaluation((score,)))
    assert rows == [{"construction": "chinese numeral", "gold": 1, "found": 0.0, "strict": 0.0, "interval": [0.0, 0.0]}]
    assert score_constructions(from_json(to_json(Evaluation((score,))))) == rows
