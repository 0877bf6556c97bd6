"""Value expressions: modifier, number, unit and what stands behind them, read at the place where a number starts."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import Any

from extractor.lexicon import matcher, table
from extractor.quantities.grammar import Grammar, Lookup, Unit, any_of, grammar
from extractor.quantities.numerals import Numeral, read_characters, read_plain
from extractor.record import record, replace

PERCENT = Unit("%", "percent", None, True, "")


@record
class Expression:
    """A value expression before anybody asked whether it measures something.

    start, end -- the whole of it; numeral -- its number; unit -- None where no measure word follows.
    modifier -- exact, approx, over, under, at_least, at_most; form -- as in ``Quantity``.
    written -- "digits" or "characters"; near -- whether the true number is below the one named (近).
    """

    start: int
    end: int
    numeral: Numeral
    unit: Unit | None
    modifier: str = "exact"
    form: str = "plain"
    written: str = "digits"
    near: bool = False


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
    expression = _take_unit(text, Expression(numeral.start, numeral.end, numeral, None), end, rules)
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
    expression = expression if bare else _take_unit(text, expression, end, rules)
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


def _take_unit(text: str, expression: Expression, end: int, rules: Grammar) -> Expression:
    """``expression`` with the measure word behind its number, also one in brackets: 19.8644（万元）."""
    at = expression.numeral.end
    while at < end and text[at] == " " and at < expression.numeral.end + 2:
        at += 1
    tenths = _take_tenths(text, expression, at)
    if tenths is not None:
        return tenths
    form = rules.units.at(text, at, end)
    while form is not None and text[at + len(form) : at + len(form) + 1] in _not_before(rules, form):
        form = rules.units.at(text, at, at + len(form) - 1)
    if form is None:
        return _take_framed(text, expression, end, rules) or _take_bracketed(text, expression, end, rules)
    unit: Unit = rules.units.words[form]
    return _with_unit(expression, unit, at + len(form))


def _not_before(rules: Grammar, form: str) -> tuple[str, ...]:
    return tuple(rules.units.words[form].not_before)


def _with_unit(expression: Expression, unit: Unit, stop: int) -> Expression:
    form = {"percent": "percent", "money": "money", "multiple": "multiple"}.get(unit.kind, expression.form)
    return replace(expression, end=stop, unit=unit, form=form)


def _take_sign(text: str, expression: Expression, start: int) -> Expression:
    """``expression`` with the minus before its number, which only per cents have: 增长-12.3%."""
    at = expression.start - 1
    if expression.form != "percent" or at <= start or text[at] not in "-−" or not "\u4e00" <= text[at - 1] <= "\u9fff":
        return expression
    return replace(expression, start=at, numeral=replace(expression.numeral, value=-expression.numeral.value))


def _take_tenths(text: str, expression: Expression, at: int) -> Expression | None:
    """六成 → 60 %, 八成五 → 85 %."""
    tenths = table("numerals")["tenths"]
    numeral = expression.numeral
    if text[at : at + 1] != tenths["word"] or text[at + 1 : at + 2] in tuple(tenths["not_before"]):
        return None
    if text[numeral.start - 1 : numeral.start] in tuple(tenths["not_after"]) or not 0 < numeral.value < 10:
        return None
    upper = None if numeral.value_max is None else numeral.value_max * 10
    scaled = replace(
        numeral, value=numeral.value * 10, value_max=upper, step=Decimal(10), place=Decimal(10), coarse=True
    )
    fifth = _fifth().match(text, at + 1) if numeral.value_max is None else None
    if fifth is not None:
        value = scaled.value + grammar().digits[fifth[0]]
        scaled = replace(scaled, value=value, step=Decimal(1), place=Decimal(1))
    return replace(expression, end=fifth.end() if fifth else at + 1, numeral=scaled, unit=PERCENT, form="tenths")


@cache
def _fifth() -> re.Pattern[str]:
    """The digit behind 成 that ends its clause: 八成五."""
    digits = "".join(grammar().digits)
    words = any_of([entry["word"] for entry in table("modifiers")["after"]])
    return matcher(rf"[{digits}](?=[，,。；;、）)的]|{words}|$)")


@cache
def _brackets() -> re.Pattern[str]:
    """A unit in brackets behind a number without one: （万元）."""
    rules = grammar()
    scale = "".join(rules.scales)
    return matcher(rf" ?[（(] ?([{scale}]{{0,2}})({any_of(rules.units.words)}) ?[)）]")


def _take_framed(text: str, expression: Expression, end: int, rules: Grammar) -> Expression | None:
    """``expression`` with brackets that hold nothing else, and the measure word behind them: （1274）条."""
    start, behind = expression.start - 1, expression.end + 1
    if start < 0 or text[start] not in "（(" or text[expression.end : behind] not in {"）", ")"}:
        return None
    form = rules.units.at(text, behind, end)
    if form is None or text[behind + len(form) : behind + len(form) + 1] in _not_before(rules, form):
        return None
    return _with_unit(replace(expression, start=start), rules.units.words[form], behind + len(form))


def _take_bracketed(text: str, expression: Expression, end: int, rules: Grammar) -> Expression:
    if text[expression.end : expression.end + 2].strip()[:1] not in {"（", "("}:
        return expression
    match = _brackets().match(text, expression.end, end)
    if match is None:
        return expression
    scale = Decimal(1)
    for mark in match[1]:
        scale *= rules.scales[mark]
    numeral = expression.numeral
    numeral = replace(
        numeral, value=numeral.value * scale, step=numeral.step * scale, place=numeral.place * scale,
        coarse=numeral.coarse or scale > 1,
    )  # fmt: skip
    return _with_unit(replace(expression, numeral=numeral), rules.units.words[match[2]], match.end())


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
