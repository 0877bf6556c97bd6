"""The trained part in the pipeline: what it may change, and that nothing needs it."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from extractor import Settings, extract
from extractor.model import find_adviser
from extractor.model.weights import find_file

REPORT = """2022年政府信息公开工作年度报告
一、总体情况
全年受理群众来信118件，办结116件，办结率98.3%。开展“送法上门”活动36场次，印发口袋书2600册。
未收到行政复议申请。全部来信均在规定期限内答复。
""".encode()
CHANGED = ("indicator", "unit", "confidence", "method", "id", "channel", "subject", "category", "label")


@pytest.fixture
def both():
    return [extract(REPORT, Settings(model=model, audit=False), name="a.txt") for model in (False, True)]


def test_every_number_stays(both):
    rules, model = both
    assert [f.evidence.span for f in rules.facts] == [f.evidence.span for f in model.facts]
    assert [f.value for f in rules.facts] == [f.value for f in model.facts]
    assert rules.coverage == model.coverage


def test_a_code_of_the_rules_stands(both):
    rules, model = both
    for before, after in zip(rules.facts, model.facts, strict=True):
        assert after.indicator == before.indicator or (before.indicator is None and after.method != before.method)


def test_confidence_is_a_chance(both):
    values = [fact.confidence for report in both for fact in report.facts]
    assert all(0 < value < 1 for value in values)
    assert len(set(values)) > 2


@pytest.mark.parametrize(
    ("sentence", "subjects"),
    [
        ("2022年，户外屏播出公告34条。", ["户外屏"]),
        ("宣讲队走访群众260人次，发放手册900份；印发公告34条。另发放手册80份。", ["宣讲队", "宣讲队", None, None]),
        ("印发公告34条。", [None]),
    ],
)
def test_who_opens_a_clause_is_the_subject(sentence, subjects):
    data = f"2022年政府信息公开工作年度报告\n一、总体情况\n{sentence}\n".encode()
    rules, model = (extract(data, Settings(model=own, audit=False), name="a.txt") for own in (False, True))
    assert {fact.subject for fact in rules.facts} == {None}
    assert [fact.subject for fact in model.facts] == subjects


def test_version_is_stamped(both):
    rules, model = both
    assert rules.versions.model is None
    assert model.versions.model == find_adviser().version


def test_without_weights_the_rules_stand_alone(monkeypatch, tmp_path):
    monkeypatch.setenv("EXTRACTOR_MODELS", str(tmp_path))
    assert find_file() is None


def test_nothing_heavy_is_imported():
    code = (
        "import sys, json\n"
        "from extractor import extract\n"
        f"extract({REPORT!r}, name='a.txt')\n"
        "print(json.dumps([m for m in ('spacy', 'numpy', 'sklearn', 'scipy', 'jieba', 'rjieba') if m in sys.modules]))"
    )
    shown = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert json.loads(shown.stdout) == []
