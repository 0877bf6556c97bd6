import dataclasses
import io
import sys
import zipfile

import pytest
from report_builder import make_report

from extractor.errors import UsageError
from extractor.outputs import render_workbook

openpyxl = pytest.importorskip("openpyxl")
pytest.importorskip("xlsxwriter")
TERMS = (
    {"operator": "", "kind": "cell", "key": "3.received.total", "label": "新收", "value": "34"},
    {"operator": "=", "kind": "fact", "key": "0" * 16, "label": "=1+1", "value": "35"},
    {"operator": "+", "kind": "last_cell", "key": "3.carried_out.total", "label": "结转", "value": None},
)


def audited(**changes):
    report = make_report()
    finding = dataclasses.replace(report.findings[0], calculation=TERMS, **changes)
    return dataclasses.replace(report, findings=(finding, dataclasses.replace(finding, outcome="NOT_ASSESSABLE")))


def opened(*reports, language="en"):
    return openpyxl.load_workbook(io.BytesIO(render_workbook(reports, language)))


def rows(sheet):
    names, *lines = sheet.iter_rows(values_only=True)
    return [dict(zip(names, line, strict=True)) for line in lines]


@pytest.mark.parametrize(
    ("language", "names"),
    [("en", ["findings", "facts", "tables", "coverage"]), ("zh", ["核对发现", "事实", "表格", "数字去向"])],
)
def test_sheets(language, names):
    assert opened(audited(), language=language).sheetnames == names


def test_a_finding_and_its_terms():
    found = rows(opened(audited())["findings"])
    assert [row["outcome"] for row in found] == ["fail", None, None, None]
    assert [(row["operator"], row["value"]) for row in found[1:]] == [(None, 34), ("=", 35), ("+", None)]
    assert found[3]["page or last year"] == "last year"
    assert found[0]["verdict"] is None and found[0]["note"] is None
    assert found[0]["message"] == "35000 in the text, 34 in the table"


def test_the_verdict_is_chosen_from_a_list():
    (rule,) = opened(audited())["findings"].data_validations.dataValidation
    assert rule.formula1 == '"agreed,disputed,open"'


@pytest.mark.parametrize("probe", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1", "http://a.example", "'=1"])
def test_no_text_is_a_formula(probe):
    report = audited(message=probe, message_zh=probe, rule=probe)
    cell = dataclasses.replace(report.tables[0].cells[0], raw=probe)
    fact = dataclasses.replace(report.facts[0], label=probe, raw=probe, unit=probe)
    report = dataclasses.replace(report, facts=(fact,), tables=(dataclasses.replace(report.tables[0], cells=(cell,)),))
    content = render_workbook([report], "en")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheets = [archive.read(name).decode() for name in archive.namelist() if "worksheets/sheet" in name]
    assert len(sheets) == 4
    assert not any("<f>" in sheet or "<hyperlink" in sheet for sheet in sheets)
    values = [value for sheet in opened(report) for line in sheet.iter_rows(values_only=True) for value in line]
    assert probe in values


def test_coverage_counts_numbers_and_checks():
    counts = {row["item"]: row["count"] for row in rows(opened(audited())["coverage"]) if row["count"] is not None}
    assert (counts["checks run"], counts["failed"], counts["not assessable"]) == (2, 1, 1)
    assert counts["seen"] == 5


def test_a_number_too_long_for_a_spreadsheet_stays_text():
    report = audited()
    fact = dataclasses.replace(report.facts[0], value=report.facts[0].value * 10**20)
    line = rows(opened(dataclasses.replace(report, facts=(fact,)))["facts"])[0]
    assert line["value"] == str(int(fact.value))


def test_same_reports_same_bytes():
    assert render_workbook([audited()], "zh") == render_workbook([audited()], "zh")


def test_without_the_library(monkeypatch):
    monkeypatch.setitem(sys.modules, "xlsxwriter.workbook", None)
    with pytest.raises(UsageError, match=r"nianbao-extractor\[xlsx\]"):
        render_workbook([audited()])
