"""What holds for any text: JSON reads back, every mark covers its characters, nothing moves a cursor."""

import html
import json
import re

from hypothesis import given
from hypothesis import strategies as st
from report_builder import make_fact, make_report

from extractor.outputs import dumps, escape_controls, to_dict
from extractor.outputs.marks import Mark, MarkedText
from extractor.outputs.texts import replace_unprintable, safe_cell

TEXTS = st.text(st.characters(), min_size=1, max_size=60)
MARK = re.compile(r'<mark class="(\w)" data-r="([^"]*)">(.*?)</mark>', re.S)


@st.composite
def marked_texts(draw):
    text = draw(TEXTS)
    places = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted)
    spans = draw(st.lists(places, max_size=8))
    kinds = draw(st.lists(st.sampled_from("fcubn"), min_size=len(spans), max_size=len(spans)))
    return text, [Mark(a, b, kind, f"m{i}") for i, ((a, b), kind) in enumerate(zip(spans, kinds, strict=True))]


@given(marked_texts())
def test_marks_cover_their_characters(case):
    text, marks = case
    page = MarkedText(text, marks).render(0, len(text))
    plain = html.unescape(re.sub(r"</?mark[^>]*>", "", page))
    assert plain == html.unescape(html.escape(replace_unprintable(text)))
    covered = {mark.card: "" for mark in marks}
    for _, cards, inside in MARK.findall(page):
        for card in cards.split():
            covered[card] += html.unescape(inside)
    assert covered == {mark.card: replace_unprintable(text[mark.start : mark.end]) for mark in marks}


@given(marked_texts(), st.data())
def test_a_text_can_be_rendered_in_pieces(case, data):
    text, marks = case
    at = data.draw(st.integers(0, len(text)))
    marked = MarkedText(text, marks)
    pieces = marked.render(0, at) + marked.render(at, len(text))
    assert re.sub(r"<[^>]*>", "", pieces) == re.sub(r"<[^>]*>", "", marked.render(0, len(text)))


@given(TEXTS)
def test_json_reads_back_on_one_line(text):
    report = make_report(text, facts=(make_fact(text, text, "1", label=text, start=0),))
    line = dumps(report)
    assert line.splitlines() == [line]
    assert json.loads(line.encode("utf-8", "backslashreplace")) == json.loads(json.dumps(to_dict(report)))


@given(TEXTS)
def test_a_terminal_gets_printable_characters_only(text):
    assert all(char.isprintable() or not char.isascii() for char in escape_controls(text))


@given(TEXTS)
def test_a_cell_never_starts_with_a_formula(text):
    assert safe_cell(text).lstrip(' \u3000"\ufeff')[:1] not in tuple("=+-@\t\r\n＝＋－＠−")
