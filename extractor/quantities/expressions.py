"""Value expressions: modifier, number, unit and what stands behind them, read at the place where a number starts."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import Any

from extractor.lexicon import matcher, table
from extractor.quantities.grammar import Grammar, Lookup, grammar
from extractor.quantities.measure_words import PERCENT, Expression, take_unit
from extractor.quantities.numerals import Numeral, read_characters, read_plain
from extractor.record import replace


def read_digits(text: str, place: int, start: int, end: int) -> Expression | None:
    """The expression whose number starts with the digit at ``place``; context from ``start`` to ``end``."""
    rules = grammar()
    numeral = read_plain(text, place, end, rules)
    if numeral is None:
        return None
    part = None if numeral.more else _parts().match(text, numeral.end, end)
    fraction = _fraction(text, numeral, part.end(), end) if part else _read_slash(text, numeral, start, end)
    if fraction is not None:
        return _finish(text, fraction, start, end)
    numeral = _join_range(text, numeral, end, rules)
    expression = take_unit(text, Expression(numeral.start, numeral.end, numeral, None), end, rules)
    return _finish(text, _take_sign(text, expression, start), start, end)


def read_chinese(text: str, place: int, start: int, end: int, bare: bool = False) -> Expression | None:
    """The expression whose number starts with the character numeral at ``place``; None where no unit follows.

    bare -- whether it is read without a unit, as an estimate (阅读量破万): then None where no word makes it one.
    """
    rules = grammar()
    numeral = read_characters(text, place, end, rules)
    if numeral is None:
        return None
    expression = Expression(numeral.start, numeral.end, numeral, None, form="chinese", written="characters")
    expression = expression if bare else take_unit(text, expression, end, rules)
    found = _finish(text, expression, start, end) if bare or expression.unit else None
    return None if found is None or (bare and found.modifier == "exact") else found


def read_part(text: str, place: int, start: int, end: int) -> Expression | None:
    """A fraction in characters: 百分之九十, 三分之二, 百分之9.5."""
    rules = grammar()
    below = read_characters(text, place, end, rules)
    part = None if below is None else _parts().match(text, below.end, end)
    if below is None or part is None:
        return None
    fraction = _fraction(text, below, part.end(), end)
    return None if fraction is None else _finish(text, fraction, start, end)


def read_half(text: str, place: int, stop: int, start: int, end: int) -> Expression:
    """半数 and 一半: 50 %."""
    numeral = Numeral(place, stop, Decimal(50), Decimal(10), Decimal(10), True)
    return _finish(text, Expression(place, stop, numeral, PERCENT, form="fraction", written="characters"), start, end)


def read_fold(text: str, place: int, stop: int) -> Expression:
    """翻一番: growth of 100 %."""
    percent = next(Decimal(fold["percent"]) for fold in table("numerals")["folds"] if fold["form"] == text[place:stop])
    numeral = Numeral(place, stop, percent, Decimal(1), Decimal(100))
    return Expression(place, stop, numeral, PERCENT, form="multiple", written="characters")


@cache
def _parts() -> re.Pattern[str]:
    return matcher(rf" ?{table('numerals')['part']} ?(?=[\d{''.join(grammar().digits)}{''.join(grammar().scales)}])")


def _fraction(text: str, below: Numeral, place: int, end: int) -> Expression | None:
    """The fraction of ``below`` whose upper number starts at ``place``, in per cent."""
    rules = grammar()
    digits = text[place].isdigit() and text[place].isascii()
    above = read_plain(text, place, end, rules) if digits else read_characters(text, place, end, rules)
    if above is None or not below.value:
        return None
    hundred = below.value == 100
    value = above.value * 100 / below.value
    step = above.step if hundred else Decimal("0.01")
    if not hundred:
        value = value.quantize(Decimal("0.01")).normalize()
        value = value.quantize(Decimal(1)) if value == value.to_integral_value() else value
    numeral = Numeral(below.start, above.end, value, step, step, not hundred or above.coarse, above.more)
    form = "percent" if hundred else "fraction"
    return Expression(below.start, above.end, numeral, PERCENT, form=form, written="characters")


SLASH = matcher(r"/(\d{1,3})(?![\d/.年月]|%)")


def _read_slash(text: str, above: Numeral, start: int, end: int) -> Expression | None:
    """A fraction with a slash behind a word that announces a share: 占1/3."""
    match = SLASH.match(text, above.end, end)
    words = tuple(table("nonfacts")["contexts"]["fractions_after"])
    if (
        match is None
        or above.end - above.start > 2
        or not text[max(start, above.start - 2) : above.start].endswith(words)
    ):
        return None
    below = Decimal(match[1])
    if not 0 < above.value < below or grammar().units.at(text, match.end(), end):
        return None
    value = (above.value * 100 / below).quantize(Decimal("0.01"))
    numeral = Numeral(above.start, match.end(), value, Decimal("0.01"), Decimal("0.01"), True)
    return Expression(above.start, match.end(), numeral, PERCENT, form="fraction")


def _join_range(text: str, low: Numeral, end: int, rules: Grammar) -> Numeral:
    """``low`` with the upper end of its range: 3—5, 3至5, and 3、4 where two digits follow each other before a unit."""
    if low.more:
        return low
    mark = rules.range_mark.match(text, low.end, end)
    high = read_plain(text, mark.end(), end, rules) if mark else None
    if high is None:
        return _join_neighbours(text, low, end, rules)
    scale = high.step if high.coarse and not low.coarse and high.value == high.value.to_integral_value() else Decimal(1)
    value = low.value * scale if low.value * scale < high.value else low.value
    if value >= high.value:
        return low
    return replace(
        low, end=high.end, value=value, value_max=high.value, step=high.step, place=high.place, more=high.more
    )


def _join_neighbours(text: str, low: Numeral, end: int, rules: Grammar) -> Numeral:
    if low.end - low.start != 1 or text[low.end : low.end + 1] != "、":
        return low
    high = read_plain(text, low.end + 1, end, rules)
    if high is None or high.value != low.value + 1 or high.value > 9 or high.end != low.end + 2:
        return low
    return replace(low, end=high.end, value_max=high.value) if rules.units.at(text, high.end, end) else low


def _take_sign(text: str, expression: Expression, start: int) -> Expression:
    """``expression`` with the minus before its number, which only per cents have: 增长-12.3%."""
    at = expression.start - 1
    if expression.form != "percent" or at <= start or text[at] not in "-−" or not "\u4e00" <= text[at - 1] <= "\u9fff":
        return expression
    return replace(expression, start=at, numeral=replace(expression.numeral, value=-expression.numeral.value))


def _finish(text: str, expression: Expression, start: int, end: int) -> Expression:
    """``expression`` with its modifiers: 近, 以上, 余."""
    stop, modifier = _after(text, expression, end)
    begin, entry = _before(text, expression, start)
    near = False
    if entry is not None:
        modifier, near = entry["modifier"], entry.get("below", False)
    return replace(expression, start=begin, end=stop, modifier=modifier, near=near)


def _after(text: str, expression: Expression, end: int) -> tuple[int, str]:
    """Where the modifier behind the unit ends, and what it says."""
    rules = grammar()
    stop = expression.end
    modifier = "over" if expression.numeral.more else "exact"
    word = rules.after.at(text, stop, end)
    if word is None:
        return stop, modifier
    entry = rules.after.words[word]
    following = text[stop + len(word) : min(end, stop + len(word) + 1)]
    only = "" if expression.form in {"tenths", "multiple"} else entry.get("only_before", "")
    if following and (following in entry.get("not_before", "") or (only and following not in only)):
        return stop, modifier
    return stop + len(word), entry["modifier"]


def _before(text: str, expression: Expression, start: int) -> tuple[int, dict[str, Any] | None]:
    """Where the modifier before the number starts, and its entry; the number's own start where there is none."""
    rules = grammar()
    place = expression.start
    at = place - 1 if place > start and text[place - 1] == " " else place
    found = _modifier(text, at, start, rules.before)
    if found is None and expression.written == "characters" and text[place] in {*rules.scales, _half()}:
        found = _modifier(text, at, start, rules.scale_only)
    return (place, None) if found is None else found


@cache
def _half() -> str:
    """半, which 过 makes an estimate as it does 百."""
    return str(table("numerals")["half"]["word"])


def _modifier(text: str, place: int, start: int, words: Lookup) -> tuple[int, dict[str, Any]] | None:
    """The longest of ``words`` that ends at ``place`` and is not the end of another word: its start and its entry."""
    word = words.before(text, place, start)
    while word is not None:
        entry = words.words[word]
        first = place - len(word)
        if text[max(start, first - 1) : first] not in tuple(entry.get("not_after", "")):
            return first, entry
        word = words.before(text, place, first + 1)
    return None
