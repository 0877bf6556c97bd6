"""Tables of sentences: every value expression with its interval, every other number with its reason."""

import pytest
from case_table import cases

from extractor.quantities import find_numbers, reasons

TOPICS = ("forms", "modifiers", "ranges", "ordinals", "characters", "nonfacts", "settings")


def lines(text):
    """What find_numbers says of ``text``, one line a number, in text order."""
    numbers = find_numbers(text, 0, len(text))
    found = [(quantity.start, line(text, quantity)) for quantity in numbers.quantities]
    found += [(other.start, f"{text[other.start : other.end]} : {other.reason}") for other in numbers.non_facts]
    found += [(start, f"{text[start:end]} : ?") for start, end in numbers.unexplained]
    found += [(start, f"{text[start:end]} : blank") for start, end in numbers.blanks]
    return [entry for _, entry in sorted(found)]


def line(text, quantity):
    value = str(quantity.value) if quantity.value_max is None else f"{quantity.value}..{quantity.value_max}"
    raw = text[quantity.start : quantity.end]
    return f"{raw} | {value} | {quantity.unit} | {quantity.modifier} | {quantity.low}..{quantity.high}"


@pytest.mark.parametrize(("text", "want"), [case for topic in TOPICS for case in cases(f"quantities/{topic}")])
def test_every_number_is_read(text, want):
    assert lines(text) == want


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("3条", "plain"),
        ("98.3%", "percent"),
        ("百分之九十", "percent"),
        ("3万元", "money"),
        ("排第3位", "rank"),
        ("三分之二", "fraction"),
        ("近六成", "tenths"),
        ("1.6倍", "multiple"),
        ("翻一番", "multiple"),
        ("三十五家", "chinese"),
    ],
)
def test_form(text, form):
    (quantity,) = find_numbers(text, 0, len(text)).quantities
    assert quantity.form == form


@pytest.mark.parametrize(
    ("before", "sentence", "want"),
    [
        ("下一步，我们将加强指导。", "一是开展专题培训4期；二是新建查阅点6个。", ["4期 : plan", "6个 : plan"]),
        ("下一步，我们将加强指导。", "三是全年已培训3期。", ["3期 | 3 | 期 | exact | 3..3"]),
        ("下一步，我们将加强指导。\n", "一是开展专题培训4期。", ["4期 | 4 | 期 | exact | 4..4"]),
        ("全年工作取得实效。", "一是开展专题培训4期。", ["4期 | 4 | 期 | exact | 4..4"]),
    ],
)
def test_a_list_of_wishes_reaches_over_sentences(before, sentence, want):
    numbers = find_numbers(before + sentence, len(before), len(before + sentence))
    text = before + sentence
    found = [line(text, quantity) for quantity in numbers.quantities]
    assert found + [f"{text[other.start : other.end]} : {other.reason}" for other in numbers.non_facts] == want


def test_only_the_sentence_is_read():
    text = "公开3条。办结5件。受理7件。"
    numbers = find_numbers(text, 5, 10)
    assert [text[quantity.start : quantity.end] for quantity in numbers.quantities] == ["5件"]


def test_number_span_holds_the_number_alone():
    text = "粉丝近45.9万人。"
    (quantity,) = find_numbers(text, 0, len(text)).quantities
    assert text[quantity.number[0] : quantity.number[1]] == "45.9万"


def test_reasons_are_closed():
    assert len(set(reasons())) == len(reasons())
    assert {"date", "document_number", "plan", "too_long"} <= set(reasons())
