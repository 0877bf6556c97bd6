"""Folding: what is read, where each character came from, and that nothing breaks it."""

import re

import pytest
from case_table import cases
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.normalise import fold_text

ALPHABET = (
    '公开信息条区區质發年件，。；：、（）()“”""《》【】,.;:?!%％１２３0123456789 '
    "\u3000\t\n\n\n\r\f\u200b一二十○〇①㎡⼀⺠āūqwai-—*|"
)
SPACED = st.text(st.sampled_from(ALPHABET), max_size=60)
PIECES = [
    "公开信息",
    "办结",
    "12",
    "3.5万",
    "条",
    "。",
    "；",
    "，",
    "（其中",
    "）",
    "一、",
    "1.",
    "“五",
    "”",
    "%",
    " ",
    "P. 3",
    "- 2 -",
]
LINES = st.lists(st.lists(st.sampled_from(PIECES), max_size=14).map("".join), max_size=12).map("\n".join)
WORD = re.compile(r"[^\W_]+")
ANY = st.one_of(SPACED, LINES, st.text(max_size=60))


@pytest.mark.parametrize("table", ["characters", "script", "lines"])
def test_tables_are_not_empty(table):
    assert len(cases(f"normalise/{table}")) > 5


@pytest.mark.parametrize(
    ("text", "want"),
    cases("normalise/characters") + cases("normalise/script") + cases("normalise/lines"),
)
def test_fold_text(text, want):
    assert fold_text(text).text == want


@settings(deadline=None, max_examples=300)
@given(ANY)
def test_offsets_rise_and_stay_inside(text):
    folded = fold_text(text)
    assert len(folded.starts) == len(folded.ends) == len(folded.text)
    assert all(start < end <= len(text) for start, end in zip(folded.starts, folded.ends, strict=True))
    assert all(one < other for one, other in zip(folded.starts, folded.starts[1:], strict=False))


@settings(deadline=None, max_examples=300)
@given(ANY)
def test_folding_twice_changes_nothing(text):
    once = fold_text(text).text
    assert fold_text(once).text == once


@settings(deadline=None, max_examples=300)
@given(st.data(), SPACED)
def test_a_word_maps_to_source_that_folds_to_the_word(data, text):
    """Signs depend on their neighbours, and whether a broken line is joined on the lines around; whole words do not."""
    folded = fold_text(text)
    words = [match.span() for match in WORD.finditer(folded.text)]
    if not words or folded.cloaked or folded.traditional:
        return
    start, end = data.draw(st.sampled_from(words))
    low, high = folded.source(start, end)
    assert fold_text(text[low:high]).text.replace("\n", "") == folded.text[start:end]


@pytest.mark.parametrize(
    ("text", "word", "source"),
    [
        ("我區(qū)發(fā)布信息12條", "发布", "發(fā)布"),
        ("受理工单12\n907件，办结2件。", "12907件", "12\n907件"),
        ("共 2024 年", "2024年", "2024 年"),
        ("[bookmark: a1]总体情况", "总体", "总体"),
        ("总额1 234 567", "1234567", "1 234 567"),
        ("总额31 9", "9", "9"),
    ],
)
def test_source_span(text, word, source):
    folded = fold_text(text)
    start = folded.text.index(word)
    low, high = folded.source(start, start + len(word))
    assert text[low:high] == source
    assert folded.folded(low, high) == (start, start + len(word))


@pytest.mark.parametrize(
    ("text", "cloaked", "traditional"),
    [
        ("公开信息12条", False, False),
        ("发(fā)布12条", True, False),
        ("發布信息條數，處理問題", False, True),
        ("我區(qū)發(fā)布條數", True, True),
        (
            "纪念「陳獨秀」诞辰，我局公开信息一千余条，更新栏目二十个，培训干部四十人，接待群众三百人次，" * 4,
            False,
            False,
        ),
    ],
)
def test_script_flags(text, cloaked, traditional):
    folded = fold_text(text)
    assert (folded.cloaked, folded.traditional) == (cloaked, traditional)


def test_furniture_of_the_reader_is_left_out():
    text = "政务公开年报\n全年公开12条。\n第一页"
    assert fold_text(text, [(0, 7), (16, 19)]).text == "全年公开12条。"


@pytest.mark.parametrize(
    "text",
    [
        "(" * 100_000,
        "1 " * 50_000,
        "1，234" * 20_000,
        "公 开" * 30_000,
        "（" * 100_000,
        "\n" * 100_000,
        "\ud800公",
        "一、\n" * 30_000,
    ],
    ids=["open", "row", "groups", "blanks", "wide open", "line ends", "surrogate", "marks"],
)
def test_hard_input_is_read(text):
    folded = fold_text(text)
    assert len(folded.text) <= len(text)
