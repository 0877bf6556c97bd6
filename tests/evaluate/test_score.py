import json
from collections import Counter

import pytest

from extractor.errors import UsageError
from extractor.evaluate import GoldFact, read_gold, score_document
from extractor.evaluate.places import Folded, locate

TEXT = "全年受理3500件，其中线上1200件；满意率98.5%。未收到行政复议申请。"


def gold(quote, num, value, **fields):
    fields.setdefault("unit", "件")
    return GoldFact("r", quote, num, value, stated=frozenset({"unit", *fields}), **fields)


def predicted(raw, value, text=TEXT, **fields):
    start = text.index(raw)
    evidence = {
        "section": fields.pop("section", "overview"),
        "span": [start, start + len(raw)],
        "sentence": text,
        "sentence_span": [0, len(text)],
    }
    base = {"id": f"id{start}", "raw": raw, "value": value, "unit": "件", "kind": "explicit", "measure": "count",
            "modifier": "exact", "indicator": None, "evidence": evidence}  # fmt: skip
    return {**base, **fields}


ACCEPTED = gold("受理3500件", "3500件", 3500, indicator="service.accepted", n=1)
ONLINE = gold("线上1200件", "1200件", 1200, indicator="service.accepted", n=2, part_of=1)
ZERO = gold("未收到行政复议申请", "未收到", 0, kind="zero", indicator="review.cases")
OPTIONAL = gold("线上1200件", "1200件", 1200, optional=True)
IMPLIED = gold("满意率98.5%", "98.5%", 100, kind="implied", unit="%", optional=True)

A = predicted("3500件", 3500, indicator="service.accepted")
B = predicted("1200件", 1200, indicator="service.accepted", part_of="id4")
Z = predicted("未收到行政复议申请", 0, kind="zero", indicator="review.cases")


@pytest.mark.parametrize(
    ("golds", "facts", "want"),
    [
        ([ACCEPTED], [A], {"gold": 1, "pred": 1, "tp": 1, "strict_tp": 1, "coded_tp": 1}),
        ([ACCEPTED], [], {"gold": 1, "gold_coded": 1}),
        ([], [A], {"pred": 1, "pred_coded": 1}),
        ([ACCEPTED], [predicted("3500件", 3501)], {"gold": 1, "pred": 1, "tp": 0}),
        ([ACCEPTED], [{**A, "unit": "个"}], {"tp": 1, "strict_tp": 0, "coded_tp": 1}),
        ([ACCEPTED], [{**A, "indicator": "service.handled"}], {"tp": 1, "strict_tp": 0, "coded_tp": 0}),
        ([ACCEPTED], [{**A, "modifier": "over"}], {"tp": 1, "strict_tp": 0}),
        ([ACCEPTED], [A, A], {"gold": 1, "pred": 2, "tp": 1}),
        ([ACCEPTED], [predicted("3500件", 3500, section="preface")], {"gold": 1, "pred": 0, "facts": 0}),
        ([ACCEPTED, ONLINE], [A, B], {"tp": 2, "links_gold": 1, "links_tp": 1, "links_pred": 1}),
        ([ACCEPTED, ONLINE], [A, {**B, "part_of": None}], {"links_gold": 1, "links_tp": 0, "links_pred": 0}),
        ([ACCEPTED, ONLINE], [A, {**B, "part_of": "gone"}], {"links_gold": 1, "links_tp": 0, "links_pred": 1}),
        ([ZERO], [Z], {"tp": 1, "strict_tp": 1}),
        ([ZERO], [{**Z, "indicator": "litigation.cases"}], {"tp": 0, "pred": 1}),
        ([ZERO], [{**Z, "kind": "explicit"}], {"tp": 0, "pred": 1}),
        ([OPTIONAL], [B], {"gold": 0, "pred": 0, "tp": 0, "facts": 1}),
        ([OPTIONAL], [], {"gold": 0, "pred": 0}),
        ([OPTIONAL], [{**B, "value": 7}], {"gold": 0, "pred": 0}),
        ([], [predicted("98.5%", 100, kind="implied")], {"pred": 0, "facts": 1}),
        ([IMPLIED], [predicted("98.5%", 98.5, unit="%")], {"pred": 0}),
        ([gold("没有的引文", "8件", 8)], [A], {"gold": 1, "pred": 1, "tp": 0}),
    ],
)
def test_counts(golds, facts, want):
    counts = score_document("r", golds, {"document": {"text": TEXT}, "facts": facts}).counts
    assert {name: counts[name] for name in want} == want


@pytest.mark.parametrize(
    ("change", "want"),
    [
        ({}, (1, 1)),
        ({"raw": "3500"}, (0, 1)),
        ({"evidence": {**A["evidence"], "sentence": "别的"}}, (1, 0)),
        ({"evidence": {**A["evidence"], "sentence_span": [0, 3], "sentence": TEXT[:3]}}, (1, 0)),
    ],
)
def test_evidence(change, want):
    counts = score_document("r", [], {"document": {"text": TEXT}, "facts": [{**A, **change}]}).counts
    assert (counts["evidence_ok"], counts["sentence_ok"]) == want


@pytest.mark.parametrize(
    ("field", "wanted", "got", "same"),
    [
        ("subject", "全县", "全县各级", True),
        ("subject", "全县", None, False),
        ("subject", "全县", "全 县", True),
        ("channel", None, "wechat", False),
        ("channel", "wechat", "wechat", True),
        ("period", "2021-01-01/2021-12-31", {"start": "2021-01-01", "end": "2021-12-31", "as_of": None}, True),
        ("period", "@2021-12-31", {"start": None, "end": None, "as_of": "2021-12-31"}, True),
        ("period", "@2021-12-31", {"start": "2021-01-01", "end": "2021-12-31", "as_of": None}, False),
        ("unit", "％", "%", True),
        ("category", "线上", "线下", False),
    ],
)
def test_attributes(field, wanted, got, same):
    golds = [gold("受理3500件", "3500件", 3500, **{field: wanted})]
    facts = [{**A, field: got}]
    counts = score_document("r", golds, {"document": {"text": TEXT}, "facts": facts}).counts
    assert (counts[f"attribute.{field}.n"], counts[f"attribute.{field}.ok"]) == (1, int(same))


def test_mistakes_say_what_and_where():
    facts = [{**A, "unit": "个"}, predicted("98.5%", 98.5, indicator="service.satisfaction_rate")]
    golds = [ACCEPTED, ZERO, gold("没有的引文", "引文", 1)]
    mistakes = score_document("r", golds, {"document": {"text": TEXT}, "facts": facts}).mistakes
    assert Counter(mistake.kind for mistake in mistakes) == {"wrong": 1, "missed": 1, "lost": 1, "spurious": 1}
    assert mistakes[0].wrong == {"unit": ("件", "个")}
    assert "98.5%" in mistakes[-1].place


@pytest.mark.parametrize(
    ("source", "fact", "want"),
    [
        ("受理 8 件，办结8件", GoldFact("r", "办结8件", "8件", 8), (9, 11)),
        ("受理\n8件", GoldFact("r", "受理8件", "8件", 8), (3, 5)),
        ("受理８件", GoldFact("r", "受理8件", "8件", 8), (2, 4)),
        ("⻓者8件", GoldFact("r", "长者8件", "8件", 8), (2, 4)),
        ("受理8件，受理8件", GoldFact("r", "受理8件", "8件", 8, occurrence=2), (7, 9)),
        ("8件和8件", GoldFact("r", "8件和8件", "8件", 8, num_occurrence=2), (3, 5)),
        ("受理9件", GoldFact("r", "受理8件", "8件", 8), None),
    ],
)
def test_locate(source, fact, want):
    assert locate(fact, Folded(source)) == want


def test_gold_that_contradicts_itself_is_refused():
    with pytest.raises(UsageError, match="not in"):
        locate(GoldFact("r", "受理8件", "9件", 9), Folded("受理8件"))


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", ":1: no JSON"),
        ("[]", ":1: no JSON object"),
        ('{"quote": "a"}', ":1: no JSON object"),
        ('{"doc": "r", "quote": "a"}', ":1: no num, value"),
        ('{"doc": "r", "quote": "a", "num": "a", "value": null}', ":1: no value"),
    ],
)
def test_wrong_gold_is_told_with_its_line(line, told, tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(UsageError, match=told):
        read_gold(path)


def test_gold_keeps_reports_without_facts_and_leaves_out_what_is_ignored(tmp_path):
    rows = [{"doc": "a", "none": True}, {"doc": "b", "ignore": True},
            {"doc": "c", "quote": "8件\u2028", "num": "8件", "value": 8, "label": "件", "unit": None}]  # fmt: skip
    path = tmp_path / "gold.jsonl"
    path.write_text("\n\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    found = read_gold(path)
    assert {doc: len(facts) for doc, facts in found.items()} == {"a": 0, "c": 1}
    assert (found["c"][0].unit, found["c"][0].kind, found["c"][0].modifier) == (None, "explicit", "exact")
