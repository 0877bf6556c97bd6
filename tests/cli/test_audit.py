import dataclasses
import json
from pathlib import Path

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


def test_both_languages(capsys, report):
    out = {lang: call(capsys, "audit", report, "--lang", lang, "--all")[1] for lang in ("zh", "en")}
    assert "六个部分齐全" in out["zh"] or "三张表" in out["zh"]
    assert "table 3" in out["en"] or "standard tables" in out["en"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--fail-on", "grave"], "no such severity"),
        (["--lang", "fr"], "no such language"),
        (["--profile", "lax"], "no audit profile"),
        (["--unknown"], "unrecognized arguments"),
    ],
)
def test_wrong_use_is_one_line(capsys, report, words, says):
    status, out, err = call(capsys, "audit", report, *words)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert says in err


@pytest.fixture
def folder(tmp_path):
    for year in (2020, 2021):
        (tmp_path / f"{year}.txt").write_text(TEXT.replace("2021", str(year)), encoding="utf-8")
    (tmp_path / "白石.txt").write_text(TEXT.replace("青禾", "白石"), encoding="utf-8")
    return tmp_path


def test_a_folder_is_paired_by_body_and_year(capsys, folder):
    status, out, _ = call(capsys, "audit", folder, "--json", "--fail-on", "never")
    found = {Path(line["document"]["source"]).name: line["last_year"] for line in map(json.loads, out.splitlines())}
    assert status == 0
    assert found == {"2020.txt": None, "2021.txt": str(folder / "2020.txt"), "白石.txt": None}


def test_a_folder_makes_a_page_for_each_and_one_workbook(capsys, folder):
    pytest.importorskip("xlsxwriter")
    pages, book = folder / "pages", folder / "paper.xlsx"
    assert call(capsys, "audit", folder, "--html", pages, "--xlsx", book, "--fail-on", "never")[0] == 0
    assert sorted(path.name for path in pages.iterdir()) == ["2020.html", "2021.html", "白石.html"]
    assert book.read_bytes().startswith(b"PK")


def test_a_folder_without_reports(capsys, tmp_path):
    status, _, err = call(capsys, "audit", tmp_path)
    assert (status, err.count("\n")) == (2, 1)


def test_only_a_workbook_is_overwritten(capsys, report):
    status, out, err = call(capsys, "audit", report, "--xlsx", report)
    assert (status, out) == (2, "")
    assert "no workbook" in err
    assert report.read_text(encoding="utf-8") == TEXT


def test_last_year_of_another_body_is_said(capsys, report, tmp_path):
    last = tmp_path / "last.txt"
    last.write_text(TEXT.replace("2021", "2020").replace("青禾", "白石"), encoding="utf-8")
    assert "another body" in call(capsys, "audit", report, last, "--fail-on", "never")[2]


@pytest.mark.usefixtures("calls")
def test_the_account_is_told(capsys, report):
    err = call(capsys, "audit", report, "--lang", "en")[2]
    assert "seen 1, linked 1, set aside 0, unexplained 0; checks run 5, failed 2, uncertain 1, passed 1" in err
