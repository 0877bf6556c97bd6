"""The saved pipeline and its component of rules and model."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy

from extractor import Settings, extract
from extractor.model.weights import find_file
from extractor.nlp import load

TEXT = "全年受理群众来信118件，办结116件。开展“送法上门”活动36场次。"


@pytest.fixture(scope="module")
def saved():
    return spacy.load(Path(find_file()).parent.parent)


@pytest.mark.parametrize("text", [TEXT, "严格落实“三审三校”制度。", ""])
def test_same_facts_as_the_library(saved, text):
    report = extract(f"{text}\n".encode(), Settings(audit=False), name="a.txt") if text else None
    wanted = [(fact.evidence.span, fact.indicator) for fact in report.facts] if report else []
    doc = saved(text)
    assert [(span._.offsets, span._.indicator) for span in doc.spans["claims"]] == wanted


def test_saving_keeps_the_weights(saved, tmp_path):
    saved.to_disk(tmp_path / "again")
    copy = tmp_path / "again" / "zh_claims" / "weights.json"
    assert copy.read_bytes() == Path(find_file()).read_bytes()
    again = spacy.load(tmp_path / "again")
    before, after = saved(TEXT), again(TEXT)
    assert [s.label_ for s in after.spans["claims"]] == [s.label_ for s in before.spans["claims"]]


def test_component_by_name():
    doc = load(("zh_claims",))(TEXT)
    assert len(doc.spans["claims"]) == 3
