import dataclasses

import pytest
from report_builder import make_report

from extractor.cli.auditing import reaches

FINDING = make_report().findings[0]


@pytest.mark.parametrize(
    ("severity", "outcome", "fail_on", "want"),
    [
        ("critical", "FAIL", "high", True),
        ("high", "FAIL", "high", True),
        ("medium", "FAIL", "high", False),
        ("high", "PASS", "high", False),
        ("high", "UNCERTAIN", "high", False),
        ("high", "NOT_ASSESSABLE", "info", False),
        ("info", "FAIL", "info", True),
        ("critical", "FAIL", "never", False),
    ],
)
def test_reaches(severity, outcome, fail_on, want):
    assert reaches(dataclasses.replace(FINDING, severity=severity, outcome=outcome), fail_on) is want
