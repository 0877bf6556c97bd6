import json
from collections import Counter

import pytest

from extractor.errors import UsageError
from extractor.evaluate import Evaluation, compare, from_json, summarise, to_json
from extractor.evaluate.figures import bootstrap, count_confusions, interval, score_family, score_indicators
from extractor.evaluate.score import DocumentScore, Mistake


def document(name, tp, pred, gold, **counts):
    return DocumentScore(name, Counter({"tp": tp, "pred": pred, "gold": gold, "strict_tp": tp, **counts}))


MIXED = Evaluation(tuple(document(f"d{n}", n % 5, 4, 4) for n in range(20)))
EVEN = Evaluation(tuple(document(f"d{n}", 3, 4, 4) for n in range(20)))


@pytest.mark.parametrize(
    ("counts", "want"),
    [
        ({"tp": 8, "pred": 10, "gold": 16}, (0.8, 0.5, 0.6154)),
        ({"tp": 4, "pred": 4, "gold": 4}, (1.0, 1.0, 1.0)),
        ({"tp": 0, "pred": 3, "gold": 0}, (0.0, 0.0, 0.0)),
        ({}, (0.0, 0.0, 0.0)),
    ],
)
def test_precision_recall_f1(counts, want):
    assert tuple(round(value, 4) for value in score_family(counts, "found").values()) == want


def test_intervals_are_the_same_every_time_and_hold_the_figure():
    first, second = bootstrap(MIXED.documents), bootstrap(MIXED.documents)
    assert first == second
    low, high = first["found"]
    assert low < summarise(MIXED)["found"]["f1"] < high


def test_reports_that_are_alike_leave_no_doubt():
    assert bootstrap(EVEN.documents)["found"] == (0.75, 0.75)


def test_no_report_no_interval():
    assert bootstrap(())["found"] == (0.0, 0.0)
    assert summarise(Evaluation(()))["evidence_exact"] is None


def test_interval_is_the_middle():
    assert interval([float(n) for n in range(1000)]) == (25.0, 974.0)


def test_indicators_by_frequency():
    counts = {"indicator.hall.windows.gold": 3, "indicator.hall.windows.tp": 2, "indicator.hall.windows.pred": 2,
              "indicator.-.pred": 1, "indicator.a.b.gold": 5}  # fmt: skip
    rows = score_indicators(Evaluation((document("d", 0, 0, 0, **counts),)))
    assert [row["indicator"] for row in rows] == ["a.b", "hall.windows", "-"]
    assert (rows[1]["precision"], rows[1]["recall"], rows[1]["f1"]) == (1.0, 0.6667, 0.8)


def test_confusions_by_frequency():
    mistakes = [Mistake("d", "wrong", "q", "a.b", {"indicator": ("a.b", "c.d")})] * 2
    mistakes.append(Mistake("d", "wrong", "q", None, {"unit": (None, "件")}))
    rows = count_confusions(Evaluation((DocumentScore("d", Counter(), mistakes),)))
    assert [(row["attribute"], row["wanted"], row["got"], row["count"]) for row in rows] == [
        ("indicator", "a.b", "c.d", 2),
        ("unit", "-", "件", 1),
    ]


def test_a_saved_evaluation_says_the_same():
    mistakes = [Mistake("d0", "wrong", "q", "a.b", {"unit": ("件", None)}), Mistake("d0", "missed", "q", None)]
    whole = Evaluation((DocumentScore("d0", Counter(tp=1, gold=2, pred=1), mistakes), *MIXED.documents[1:]))
    saved = json.loads(json.dumps(to_json(whole)))
    assert to_json(from_json(saved)) == to_json(whole)


@pytest.mark.parametrize("saved", [{}, [], {"format": "evaluation/0"}, {"found": {}}])
def test_anything_else_is_refused(saved):
    with pytest.raises(UsageError, match="no saved evaluation"):
        from_json(saved)


def test_no_change_is_no_difference():
    for difference in compare(MIXED, MIXED):
        assert (difference.after - difference.before, difference.low, difference.high) == (0, 0, 0)
        assert not difference.settled


def test_a_change_everywhere_is_settled_and_one_report_is_not():
    better = Evaluation(tuple(document(f"d{n}", 4, 4, 4) for n in range(20)))
    assert compare(EVEN, better)[0].settled
    once = Evaluation((better.documents[0], *EVEN.documents[1:]))
    assert compare(EVEN, once)[0].after > compare(EVEN, once)[0].before
    assert not compare(EVEN, once)[0].settled


def test_only_common_reports_are_compared():
    fewer = Evaluation(EVEN.documents[:5])
    assert compare(MIXED, fewer)[0].before == score_family(Evaluation(MIXED.documents[:5]).counts, "found")["f1"]
    with pytest.raises(UsageError, match="no report in common"):
        compare(MIXED, Evaluation((document("other", 1, 1, 1),)))
