"""What holds for every number and every text: it reads back, and each digit is in exactly one list."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.quantities import find_numbers, reasons

DIGITS = "零一二三四五六七八九"
MARKS = "0123456789.,，、。；：:（）()-—至%+/〔〕《》“” \nAH"
WORDS = "年月日号第条件个人次万亿千余近约超以上左右共为收到一二三十百两成分之倍"
HALVES = (
    *("公开3条", "第3位", "2020年1月", "“10+1”", "《2021年要点》", "近6成", "1、", "3、4次", "12345", "分之", "翻一番"),
    *(
        "零件",
        "第",
        "前",
        "（",
        "）",
        " ",
        "，",
        "万",
        "a1",
        "1/3",
        "占",
        "-3%",
        "10.5",
        "至",
        "第1、2",
        "条",
        "未",
        "将继续",
    ),
)
REPEATED = (
    *("1", " ", "一", "百", "1,", "1.", "1 ", "12、", "“1", "《1", "（1", "1-", "第1", "第一", "1万", "一分之", "公  "),
    *("a.", "a@", "1+", "1×", "1/", "123,", "1月", "1:", "1e", "前1", "2020年", "下一步", "http://", "0123-", "一点"),
    *("第1、", "一、", "第一条", "每", "1件将继续", "占1/3"),
)


def spell(number):
    """``number`` in characters, as it is said."""
    if number >= 10_000:
        head, rest = divmod(number, 10_000)
        gap = "零" if 0 < rest < 1000 else ""
        return spell(head) + "万" + gap + (spell(rest) if rest else "")
    said, zero = "", False
    for scale, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // scale % 10
        if digit:
            said += ("零" if zero and said else "") + DIGITS[digit] + word
            zero = False
        else:
            zero = True
    return said


def read(text):
    (quantity,) = find_numbers(text, 0, len(text)).quantities
    return quantity


@given(st.integers(0, 10**12))
def test_digits_read_back(number):
    quantity = read(f"公开信息{number}条。")
    assert (quantity.value, quantity.low, quantity.high, quantity.unit) == (number, number, number, "条")


@given(st.integers(1000, 10**12))
def test_separators_read_back(number):
    assert read(f"公开信息{number:,}条。").value == number
    assert read(f"公开信息{number:,}条。".replace(",", "，")).value == number


@given(st.integers(11, 99_999_999))
def test_characters_read_back(number):
    assert read(f"公开信息{spell(number)}条。").value == number


@given(st.integers(1, 99_999), st.integers(0, 3), st.sampled_from([("万", 10**4), ("亿", 10**8)]))
def test_magnitudes_read_back(digits, decimals, scale):
    word, factor = scale
    written = str(Decimal(digits).scaleb(-decimals))
    quantity = read(f"访问量{written}{word}次。")
    half = Decimal(factor).scaleb(-decimals) / 2
    value = Decimal(written) * factor
    assert (quantity.value, quantity.low, quantity.high) == (value, value - half, value + half)


@given(st.integers(1, 10**9), st.sampled_from(["近", "约", "超", "逾", "不足", "不少于", "不超过"]))
def test_interval_holds_the_value_named(number, word):
    quantity = read(f"公开信息{word}{number}条。")
    assert quantity.value == number
    assert quantity.low <= quantity.value <= quantity.high
    assert quantity.low < quantity.high


@given(st.integers(11, 10**6))
def test_more_than_reaches_one_place_up(number):
    for written in (f"{number}余条", f"{number}多条", f"超{number}条"):
        quantity = read(f"公开信息{written}。")
        assert (quantity.value, quantity.modifier, quantity.low) == (number, "over", number)
        place = 10 ** (len(str(number)) - len(str(number).rstrip("0")))
        assert quantity.high == number + place


@settings(max_examples=400)
@given(st.text(MARKS + WORDS, max_size=60))
def test_each_digit_is_accounted_once(text):
    assert_accounted(text)


@given(st.text(max_size=40))
def test_any_text_is_accounted(text):
    assert_accounted(text)


@settings(max_examples=200)
@given(st.lists(st.sampled_from(HALVES), max_size=14).map("".join))
def test_each_digit_is_accounted_once_in_halves_of_sentences(text):
    assert_accounted(text)


def assert_accounted(text):
    numbers = find_numbers(text, 0, len(text))
    spans = [(entry.start, entry.end) for entry in (*numbers.quantities, *numbers.non_facts)] + list(
        numbers.unexplained
    )
    for place, mark in enumerate(text):
        if mark.isascii() and mark.isdigit():
            assert sum(start <= place < end for start, end in spans) == 1, (text, place, spans)
    ordered = sorted(spans)
    assert all(first[1] <= second[0] for first, second in pairwise(ordered)), (text, ordered)
    assert {entry.reason for entry in numbers.non_facts} <= set(reasons())
    assert all(quantity.low <= quantity.high for quantity in numbers.quantities), text


@pytest.mark.parametrize("unit", REPEATED)
def test_long_lines_are_read_to_the_end(unit):
    text = unit * (100_000 // len(unit))
    numbers = find_numbers(text, 0, len(text))
    spans = [(entry.start, entry.end) for entry in (*numbers.quantities, *numbers.non_facts)] + list(
        numbers.unexplained
    )
    assert sum(end - start for start, end in spans) >= sum(mark in "0123456789" for mark in text)
