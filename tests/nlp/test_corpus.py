import json
from pathlib import Path

import pytest

from extractor import extract
from extractor.errors import UsageError
from extractor.evaluate import read_gold
from extractor.evaluate.places import Folded, locate
from extractor.nlp import docs_from_gold, fact_to_gold, gold_from_docs, load, read_docs, write_docs

TEXT = "全年受理8件，办结8件，按时办结率100%。\n县属企业8件。"
GOLD = [
    {
        "doc": "a",
        "n": 1,
        "quote": "全年受理8件",
        "num": "8件",
        "value": 8,
        "unit": "件",
        "indicator": "service.accepted",
    },
    {"doc": "a", "n": 2, "quote": "8件，办结8件", "num": "8件", "num_occurrence": 2, "value": 8, "unit": "件"},
    {"doc": "a", "n": 3, "quote": "100%。", "num": "100%", "value": 100, "unit": "%", "measure": "share"},
    {"doc": "b", "none": True},
]
TEXTS = {"a": TEXT, "b": "严格落实“三审三校”制度。"}
SHARED = Path(__file__).resolve().parents[3] / "shared"


@pytest.fixture(scope="module")
def nlp():
    return load(())


def test_gold_becomes_spans(nlp):
    first, second = docs_from_gold(nlp, GOLD, TEXTS)
    spans = first.spans["gold"]
    assert [span._.offsets for span in spans] == [(4, 6), (9, 11), (17, 21)]
    assert [span.label_ for span in spans] == ["service.accepted", "none", "none"]
    assert len(second.spans["gold"]) == 0


def test_gold_comes_back_from_the_disk(nlp, tmp_path):
    assert write_docs(docs_from_gold(nlp, GOLD, TEXTS), tmp_path / "gold.spacy") == 2
    docs = read_docs(nlp, tmp_path / "gold.spacy")
    assert list(gold_from_docs(docs)) == GOLD
    assert [span._.offsets for span in docs[0].spans["gold"]] == [(4, 6), (9, 11), (17, 21)]


@pytest.mark.parametrize(
    "wrong",
    [
        {"doc": "c", "quote": "全年受理8件", "num": "8件", "value": 8},
        {"doc": "a", "quote": "全年收到8件", "num": "8件", "value": 8},
        {"doc": "a", "quote": "全年受理8件", "num": "9件", "value": 9},
        {"doc": "a", "quote": "全年受理8件", "occurrence": 2, "num": "8件", "value": 8},
    ],
)
def test_gold_that_does_not_fit_is_refused(nlp, wrong):
    with pytest.raises(UsageError, match="gold"):
        list(docs_from_gold(nlp, [wrong], TEXTS))


def test_found_facts_become_gold_that_finds_its_place():
    text = "一、总体情况\n" + TEXT
    report = extract(text.encode(), name="a.txt")
    entries = [fact_to_gold(fact, "a", report.document.text) for fact in report.facts]
    assert len(entries) >= 3
    folded = Folded(report.document.text)
    for entry, fact in zip(entries, report.facts, strict=True):
        gold = read_back(entry)
        assert locate(gold, folded) == fact.evidence.span
        assert gold.value == fact.value


def read_back(entry):
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "gold.jsonl"
        path.write_text(json.dumps(entry), encoding="utf-8")
        return read_gold(path)["a"][0]


@pytest.mark.skipif(not SHARED.exists(), reason="the shared gold is not here")
def test_every_passage_of_the_shared_gold_fits(nlp):
    lines = (SHARED / "gold" / "passages.jsonl").read_text(encoding="utf-8").splitlines()
    entries = [json.loads(line) for line in lines]
    folder = SHARED / "reports" / "passages"
    texts = {path.stem: path.read_text(encoding="utf-8") for path in folder.glob("*.txt")}
    docs = list(docs_from_gold(nlp, entries, texts))
    assert sum(len(doc.spans["gold"]) for doc in docs) == sum(not entry.get("none") for entry in entries)
