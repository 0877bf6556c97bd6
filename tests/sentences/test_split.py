"""Where sentences begin and end."""

import pytest
from case_table import cases

from extractor.normalise import fold_text
from extractor.sections import find_sections
from extractor.sentences import split_sentences
from extractor.types import Section


@pytest.mark.parametrize(("text", "want"), cases("sentences/split"))
def test_split_sentences(text, want):
    folded = fold_text(text)
    found = split_sentences(folded, find_sections(folded))
    assert [[s.section, s.heading, folded.text[s.start : s.end]] for s in found] == want


def test_no_sentence_reaches_into_a_table():
    folded = fold_text("办件情况如下\n窗口 件数\n综合 12\n以上共12件。")
    start = folded.text.index("窗口")
    table = (start, folded.text.index("以上"))
    whole = Section("overview", "", None, 0, 0, len(folded.text))
    found = split_sentences(folded, [whole], [table])
    assert [folded.text[s.start : s.end] for s in found] == ["办件情况如下", "以上共12件。"]


def test_a_table_inside_a_sentence_parts_it():
    folded = fold_text("共公开信息12条其中网站3条。")
    whole = Section("overview", "", None, 0, 0, len(folded.text))
    found = split_sentences(folded, [whole], [(5, 8), (6, 8)])
    assert [folded.text[s.start : s.end] for s in found] == ["共公开信息", "其中网站3条。"]


def test_standard_tables_have_no_sentences():
    folded = fold_text("公开12条。")
    table = Section("disclosure_table", "", None, 0, 0, len(folded.text))
    assert split_sentences(folded, [table]) == []


@pytest.mark.parametrize("piece", ["公开信息12条，", "“公", "（", "一是加强。", "办结。", "》"])
def test_long_paragraphs_are_covered(piece):
    folded = fold_text(piece * 20_000)
    found = split_sentences(folded, find_sections(folded))
    assert "".join(folded.text[s.start : s.end] for s in found) == folded.text
