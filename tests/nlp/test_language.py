from decimal import Decimal

import pytest
import spacy
from spacy.tokens import Doc

from extractor import extract
from extractor.nlp import load

TEXT = "2021年，全县通过政府网站公开信息3.5万余条，其中政策解读128条，满意率近九成。按时办结率、满意率均为100%。"


@pytest.fixture(scope="module")
def nlp():
    return load()


def test_quantities_hang_on_spans(nlp):
    doc = nlp(TEXT)
    spans = doc.spans["quantities"]
    first = spans[0]
    assert (first.label_, first._.value, first._.unit, first._.modifier) == ("条", Decimal(35000), "条", "over")
    assert [TEXT[slice(*span._.offsets)] for span in spans] == ["3.5万余条", "128条", "近九成", "100%"]


def test_facts_are_those_of_the_program(nlp):
    facts = extract(TEXT.encode(), name="x.txt").facts
    doc = nlp(TEXT)
    spans = doc.spans["facts"]
    assert [(s._.offsets, s._.indicator, s._.value, s._.unit) for s in spans] == [
        (f.evidence.span, f.indicator, f.value, f.unit) for f in facts
    ]
    assert len(facts) >= 4


def test_two_facts_on_one_span_keep_their_own_fields(nlp):
    doc = nlp(TEXT)
    spans = [span for span in doc.spans["facts"] if span.text.startswith("100%")]
    assert {span._.indicator for span in spans} == {"service.on_time_rate", "service.satisfaction_rate"}


def test_mentions(nlp):
    doc = nlp("县政务服务大厅设有窗口20个，受理件3500件。")
    spans = doc.spans["mentions"]
    found = {span.doc.text[slice(*span._.offsets)]: span._.indicators for span in spans}
    assert any("hall.windows" in codes for word, codes in found.items() if "窗口" in word)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "严格落实“三审三校”制度。",
        "  \n\n 有8条 \n",
        "依據國令第711號，受理８件。",
        "a\u200bb\U00020000公开3条",
    ],
)
def test_any_text_goes_through_unchanged(nlp, text):
    doc = nlp(text)
    assert doc.text == text
    for group in ("quantities", "mentions", "facts"):
        for span in doc.spans[group]:
            start, end = span._.offsets
            assert span.start_char <= start < end <= span.end_char


def test_docs_survive_saving(nlp):
    doc = nlp(TEXT)
    again = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    for group in ("quantities", "facts"):
        assert [(s._.offsets, s._.value, s.label_) for s in again.spans[group]] == [
            (s._.offsets, s._.value, s.label_) for s in doc.spans[group]
        ]


def test_a_saved_pipeline_loads(nlp, tmp_path):
    nlp.to_disk(tmp_path / "zh")
    again = spacy.load(tmp_path / "zh")
    assert again.pipe_names == ["zh_quantities", "zh_mentions", "zh_facts"]
    assert len(again(TEXT).spans["facts"]) == len(nlp(TEXT).spans["facts"])


def test_components_can_be_chosen():
    doc = load(("zh_quantities",))(TEXT)
    assert set(doc.spans) == {"quantities"}
