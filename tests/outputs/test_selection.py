import dataclasses

import pytest
from report_builder import make_report

from extractor.outputs import Selection, narrow


@pytest.mark.parametrize(
    ("selection", "want"),
    [
        (Selection(), [0, 1, 2, 3]),
        (Selection(sections=("overview",)), [0, 1, 2, 3]),
        (Selection(sections=("problems", "other")), []),
        (Selection(indicators=("interpretation.*",)), [1, 2]),
        (Selection(indicators=("website.posts", "review.*")), [0, 3]),
        (Selection(indicators=("website",)), []),
        (Selection(indicators=("*",)), [0, 1, 2, 3]),
        (Selection(min_confidence=0.9), [0, 1, 3]),
        (Selection(min_confidence=1.0), []),
        (Selection(indicators=("interpretation.*",), min_confidence=0.9), [1]),
    ],
)
def test_narrow(selection, want):
    report = make_report()
    assert narrow(report, selection).facts == tuple(report.facts[i] for i in want)


def test_a_fact_without_code_fits_no_glob():
    report = make_report()
    bare = dataclasses.replace(report, facts=(dataclasses.replace(report.facts[0], indicator=None),))
    assert narrow(bare, Selection(indicators=("*.*",))).facts == ()


def test_the_account_stays():
    report = make_report()
    assert narrow(report, Selection(sections=("other",))).coverage == report.coverage
