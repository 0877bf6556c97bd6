import dataclasses
import json

import pytest
from report_builder import make_report

from extractor.cli import run
from extractor.cli.auditing import reaches

FINDING = make_report().findings[0]
FOUND = tuple(
    dataclasses.replace(FINDING, rule=rule, severity=severity, outcome=outcome)
    for rule, severity, outcome in (
        ("T3-04", "critical", "PASS"),
        ("STR-03", "low", "UNCERTAIN"),
        ("NA-01", "medium", "FAIL"),
        ("YOY-01", "high", "NOT_ASSESSABLE"),
        ("NT-01", "high", "FAIL"),
    )
)
TEXT = """青禾县2021年政府信息公开工作年度报告
一、总体情况
全县主动公开信息300条。
"""


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


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def calls(monkeypatch):
    """The audit says what ``FOUND`` says; gives the list of what it was asked."""
    asked = []

    def audit(report, last_year=None, profile="default"):
        asked.append((report, last_year))
        return FOUND

    monkeypatch.setattr("extractor.cli.auditing.audit", audit)
    return asked


def call(capsys, *words):
    status = run([str(word) for word in words])
    captured = capsys.readouterr()
    return status, captured.out, captured.err


@pytest.mark.usefixtures("calls")
@pytest.mark.parametrize(
    ("words", "want"),
    [
        ([], ["NT-01", "NA-01", "STR-03"]),
        (["--all"], ["NT-01", "NA-01", "STR-03", "T3-04", "YOY-01"]),
    ],
)
def test_lines_are_ranked(capsys, report, words, want):
    out = call(capsys, "audit", report, *words)[1]
    assert [line.split("\t")[2] for line in out.splitlines()] == want


@pytest.mark.usefixtures("calls")
@pytest.mark.parametrize(
    ("words", "want"),
    [([], 1), (["--fail-on", "critical"], 0), (["--fail-on", "medium"], 1), (["--fail-on", "never"], 0)],
)
def test_exit_status_follows_the_threshold(capsys, report, words, want):
    assert call(capsys, "audit", report, *words)[0] == want


@pytest.mark.usefixtures("calls")
def test_json_holds_all_findings_as_they_were_made(capsys, report):
    result = json.loads(call(capsys, "audit", report, "--json")[1])
    assert [finding["rule"] for finding in result["findings"]] == [finding.rule for finding in FOUND]
    assert result["document"]["source"] == str(report)


def test_last_year_is_handed_on(capsys, report, tmp_path, calls):
    last = tmp_path / "last.txt"
    last.write_text(TEXT.replace("2021", "2020"), encoding="utf-8")
    call(capsys, "audit", report)
    call(capsys, "audit", report, last)
    assert calls[0][1] is None
    assert (calls[1][0].metadata.year, calls[1][1].metadata.year) == (2021, 2020)


@pytest.mark.usefixtures("calls")
def test_page_holds_the_findings(capsys, report, tmp_path):
    status, out, err = call(capsys, "audit", report, "--html", tmp_path / "a.html", "--fail-on", "never")
    assert (status, out) == (0, "")
    assert "page in" in err
    page = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert page.index("NT-01") < page.index("NA-01") < page.index("T3-04")


def test_a_report_that_cannot_be_read(capsys, report, tmp_path):
    status, out, err = call(capsys, "audit", report, tmp_path / "none.pdf")
    assert (status, out) == (1, "")
    assert err.count("\n") == 1


def test_the_real_audit_says_something_about_every_report(capsys, report):
    result = json.loads(call(capsys, "audit", report, "--json")[1])
    outcomes = {finding["outcome"] for finding in result["findings"]}
    assert {"PASS", "NOT_ASSESSABLE"} <= outcomes
