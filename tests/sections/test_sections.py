"""Sections, subsections and metadata of invented reports."""

import pytest
from case_table import cases

from extractor.normalise import fold_text
from extractor.sections import find_metadata, find_sections, narrative, script


@pytest.mark.parametrize(("text", "want"), cases("sections/reports"))
def test_find_sections(text, want):
    folded = fold_text(text)
    found = find_sections(folded)
    assert [[s.kind, s.number, s.heading, folded.text[s.body : s.end].strip("\n")] for s in found] == want


@pytest.mark.parametrize(("text", "want"), cases("sections/reports"))
def test_sections_stand_in_order(text, want):
    folded = fold_text(text)
    found = find_sections(folded)
    assert [s.start for s in found] == sorted(s.start for s in found)
    assert all(0 <= s.start <= s.body <= s.end <= len(folded.text) for s in found)
    assert all(s.body <= c.start <= c.body <= c.end <= s.end for s in found for c in s.children)


@pytest.mark.parametrize(("text", "want"), cases("sections/children"))
def test_children(text, want):
    folded = fold_text(text)
    children = [child for section in find_sections(folded) for child in section.children]
    assert [[c.heading, folded.text[c.start : c.end].strip("\n")] for c in children] == want


@pytest.mark.parametrize(("text", "want"), cases("sections/metadata"))
def test_find_metadata(text, want):
    folded = fold_text(text)
    found = find_metadata(folded, find_sections(folded))
    period = found.period
    dates = [period.start, period.end] if period else [None, None]
    assert [found.title, found.organization, found.region, found.year, *dates, found.form] == want


@pytest.mark.parametrize(("text", "want"), cases("sections/preamble"))
def test_preamble_is_no_narrative(text, want):
    folded = fold_text(f"一、总体情况\n{text}\n二、其他需要报告的事项\n无。")
    overview = find_sections(folded)[0]
    assert folded.text[overview.body : overview.end].strip("\n") == want


def test_period_keeps_its_wording():
    folded = fold_text("数据的统计期限自2021年1月1日起至12月31日止。")
    period = find_metadata(folded, find_sections(folded)).period
    assert (period.start, period.end, period.raw) == ("2021-01-01", "2021-12-31", "2021年1月1日起至12月31日")


def test_impossible_dates_are_no_period():
    folded = fold_text("数据的统计期限自2021年13月1日起至2021年14月31日止。")
    assert find_metadata(folded, find_sections(folded)).period.raw == ""


def test_narrative_leaves_tables_and_prefaces_out():
    folded = fold_text(
        "某局2021年政府信息公开工作年度报告\n一、总体情况\n公开2条。\n二、主动公开政府信息情况\n三、其他需要报告的事项\n无。"
    )
    kinds = [section.kind for section in narrative(find_sections(folded))]
    assert kinds == ["overview", "other"]


@pytest.mark.parametrize(
    ("text", "want"),
    [("公开信息", "simplified"), ("發布信息條數，處理問題", "traditional"), ("我區(qū)發(fā)布條數", "cloaked")],
)
def test_script(text, want):
    assert script(fold_text(text)) == want


@pytest.mark.parametrize(
    "text",
    [
        "一、总体情况\n" * 5000,
        "一、总体情况。" * 5000,
        "根据条例编制" * 8000,
        "0\n" * 20000,
        "（一）" * 20000,
        "统计2020年" * 8000,
    ],
    ids=["headings", "run in", "basis", "cells", "brackets", "years"],
)
def test_hard_input_is_read(text):
    folded = fold_text(text)
    sections = find_sections(folded)
    assert sections[0].start == 0
    find_metadata(folded, sections)
