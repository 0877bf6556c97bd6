"""Short claims in the words of many reports: each tells its indicator, or none."""

from pathlib import Path

import pytest
import yaml
from case_table import cases

from extractor import Settings, extract

CASES = Path(__file__).parents[1] / "cases" / "wordings.yaml"


def rows():
    table = yaml.load(CASES.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return [(code, wording) for code, wordings in table.items() for wording in wordings]


@pytest.mark.parametrize(("code", "wording"), rows())
def test_a_wording_tells_its_indicator(code, wording):
    report = extract(f"{wording}。".encode(), Settings(model=False, audit=False), name="case.txt")
    assert [fact.indicator or "none" for fact in report.facts] == [code]


@pytest.mark.parametrize(("text", "want"), cases("sequences"))
def test_every_claim_of_a_passage_has_its_code(text, want):
    report = extract(text.encode(), Settings(model=False, audit=False), name="case.txt")
    assert [fact.indicator or "none" for fact in report.facts if fact.kind != "implied"] == want
