import io

import pytest
from report_builder import TEXT, make_fact, make_report
from rich.console import Console

from extractor.outputs import escape_controls, show_report
from extractor.outputs.table import print_period, print_value
from extractor.types import Period


def shown(report, width=160):
    target = io.StringIO()
    show_report(report, Console(file=target, width=width, highlight=False))
    return target.getvalue()


def test_names_values_periods_and_the_account_are_shown():
    text = shown(make_report())
    for words in (
        "政策解读",
        "128条",
        "增幅 -12.3%",
        "2021",
        "5 处数字",
        "4 条事实",
        "1 处不计",
        "1 处未解释",
        "1 unexplained",
    ):
        assert words in text
    assert "正文35000条" in text
    assert "table 4 was not found" in text


def test_the_number_is_highlighted():
    target = io.StringIO()
    show_report(make_report(), Console(file=target, width=160, force_terminal=True, color_system="standard"))
    assert "\x1b[1;32m128条\x1b[0m" in target.getvalue()


@pytest.mark.parametrize("nasty", ["\x1b[2J", "\x9b2J", "\u202e", "\r", "\x07", "[bold]", "\u200b"])
def test_nothing_from_the_report_reaches_the_terminal_raw(nasty):
    text = TEXT.replace("通过", f"通{nasty}过")
    output = shown(make_report(text, facts=(make_fact(text, "128条", "128", label=f"解读{nasty}", unit=f"条{nasty}"),)))
    if nasty == "[bold]":
        assert output.count(nasty) >= 2
    else:
        assert nasty not in output


def test_a_report_without_facts_says_so():
    assert "0 条事实" in shown(make_report("", facts=()))


@pytest.mark.parametrize(
    ("period", "want"),
    [
        (Period("2021-01-01", "2021-12-31"), "2021"),
        (Period("2021-01-01", "2021-11-30"), "2021-01-01–2021-11-30"),
        (Period("2020-01-01", "2021-12-31"), "2020-01-01–2021-12-31"),
        (Period(as_of="2021-06-30"), "截至2021-06-30"),
        (Period(), ""),
    ],
)
def test_print_period(period, want):
    assert print_period(period) == want


@pytest.mark.parametrize(
    ("fields", "want"),
    [
        ({}, "8条"),
        ({"value_max": 12}, "8–12条"),
        ({"measure": "average", "per": "day"}, "每日 8条"),
        ({"measure": "growth", "unit": "%"}, "增幅 8%"),
        ({"unit": None}, "8"),
    ],
)
def test_print_value(fields, want):
    from decimal import Decimal

    if "value_max" in fields:
        fields = {**fields, "value_max": Decimal(fields["value_max"])}
    assert print_value(make_fact(TEXT, "128条", "8", **fields)) == want


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("公开", "公开"),
        ("a\x1bb", "a\\x1bb"),
        ("\u202e", "\\u202e"),
        ("\n", "\\x0a"),
        pytest.param("\ud800", "\\ud800", id="lone surrogate"),
        ("“8”", "“8”"),
    ],
)
def test_escape_controls(text, want):
    assert escape_controls(text) == want
