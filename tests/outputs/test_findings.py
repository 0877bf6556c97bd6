import dataclasses

import pytest
from report_builder import make_report

from extractor.outputs import rank_findings, speaking

FINDING = make_report().findings[0]


def findings(codes):
    return [dataclasses.replace(FINDING, outcome=outcome, severity=severity) for outcome, severity in codes]


def told(found):
    return [(finding.outcome, finding.severity) for finding in found]


@pytest.mark.parametrize(
    ("given", "want"),
    [
        ([], []),
        ([("PASS", "critical"), ("FAIL", "low")], [("FAIL", "low"), ("PASS", "critical")]),
        ([("FAIL", "low"), ("FAIL", "critical")], [("FAIL", "critical"), ("FAIL", "low")]),
        ([("NOT_ASSESSABLE", "high"), ("UNCERTAIN", "info")], [("UNCERTAIN", "info"), ("NOT_ASSESSABLE", "high")]),
    ],
)
def test_rank_findings(given, want):
    assert told(rank_findings(findings(given))) == want


def test_equal_findings_keep_their_order():
    given = [dataclasses.replace(FINDING, rule=rule) for rule in "cab"]
    assert [finding.rule for finding in rank_findings(given)] == list("cab")


def test_speaking_leaves_out_what_is_in_order():
    codes = [("PASS", "high"), ("UNCERTAIN", "low"), ("NOT_ASSESSABLE", "high"), ("FAIL", "info")]
    assert told(speaking(findings(codes))) == [("FAIL", "info"), ("UNCERTAIN", "low")]
