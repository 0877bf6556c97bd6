"""Numerals: digits and characters to values, with the place of their last digits."""

from __future__ import annotations

import re
from decimal import Decimal

from extractor.quantities.grammar import Grammar
from extractor.record import record

ONE = Decimal(1)
TEN = Decimal(10)


@record
class Numeral:
    """A number as written, without its modifier and unit.

    value, value_max -- magnitude words applied; value_max for ranges.
    step  -- one unit of the last printed place: 3.5万 → 1000, 8000 → 1.
    place -- one unit of the last significant place: 8000 → 1000, 42万 → 10000.
    coarse -- whether the digits were cut (decimals, magnitude words): the value is known to half a step only.
    more  -- whether 余, 多 or + say that it is more.
    start, end -- its characters.
    """

    start: int
    end: int
    value: Decimal
    step: Decimal = ONE
    place: Decimal = ONE
    coarse: bool = False
    more: bool = False
    value_max: Decimal | None = None


def measure_digits(digits: str) -> tuple[Decimal, Decimal, Decimal]:
    """Value, last printed place and last significant place of a string of digits (10.50 → 10.50, 0.01, 0.01)."""
    value = Decimal(digits)
    decimals = len(digits) - digits.index(".") - 1 if "." in digits else 0
    step = ONE.scaleb(-decimals)
    if decimals:
        return value, step, step
    return value, step, significant_place(value)


def significant_place(value: Decimal) -> Decimal:
    """One unit of the last digit of a whole number that is not zero: 8000 → 1000, 913 → 1, 0 → 1."""
    digits = str(int(value))
    return ONE.scaleb(len(digits) - len(digits.rstrip("0"))) if digits.strip("0") else ONE


def read_plain(text: str, start: int, end: int, grammar: Grammar) -> Numeral | None:
    """The number in digits at ``start`` with its magnitude words and 余/多/+: 3.5万余, 570余万, 3万6千, 10万+."""
    match = grammar.plain.match(text, start, end)
    if match is None:
        return None
    if match.end() - match.start() > 2 * grammar.max_digits:
        return None
    digits = match[0].replace(",", "").replace("，", "").replace(" ", "")
    value, step, place = measure_digits(digits)
    tail = grammar.tail.match(text, match.end(), end)
    if tail is None or not _is_tail(text, tail, end, grammar):
        return Numeral(start, match.end(), value, step, place, "." in digits)
    scale = ONE
    for mark in tail[2]:
        scale *= grammar.scales[mark]
    more = bool(tail[1] or tail[3] or tail[4])
    numeral = Numeral(start, tail.end(), value * scale, step * scale, place * scale, scale > 1 or "." in digits, more)
    return _read_second(text, numeral, end, grammar) if scale > 1 and not more else numeral


def _is_tail(text: str, tail: re.Match[str], end: int, grammar: Grammar) -> bool:
    """Whether what follows the digits belongs to the number: no unit that looks like a scale (千瓦), no latin word."""
    mark = tail[0].strip()
    if not mark:
        return False
    unit = grammar.units.at(text, tail.end() - len(mark), end)
    if unit is not None and len(unit) > 1 and unit[0] in grammar.scales:
        return False
    following = text[tail.end() : tail.end() + 1]
    return not (mark[0].isascii() and mark[0].isalpha() and following.isascii() and following.isalnum())


def _read_second(text: str, first: Numeral, end: int, grammar: Grammar) -> Numeral:
    """The smaller half of a mixed number: 6千余 in 3万6千余."""
    match = grammar.second.match(text, first.end, end)
    if match is None or grammar.scales[match[2]] >= first.step:
        return first
    scale = grammar.scales[match[2]]
    value, step, place = measure_digits(match[1])
    tail = grammar.tail.match(text, match.end(), end)
    more = bool(tail and (tail[1] or tail[3]) and not tail[2])
    stop = tail.end() if tail and more else match.end()
    return Numeral(first.start, stop, first.value + value * scale, step * scale, place * scale, True, more)


def read_characters(text: str, start: int, end: int, grammar: Grammar) -> Numeral | None:
    """The number in characters at ``start`` (一百二十余, 三五, 八千, 三点五万); None where they make no number."""
    match = grammar.characters.match(text, start, end)
    if match is None:
        return None
    word = match[0]
    tail = grammar.tail.match(text, match.end(), end)
    scale = ONE
    more = False
    stop = match.end()
    if tail is not None and (tail[1] or tail[3]):
        stop, more = tail.end(), True
        for mark in tail[2]:
            scale *= grammar.scales[mark]
    pair = _read_pair(word, grammar)
    if pair is not None:
        low, high = pair[0] * scale, pair[1] * scale
        return Numeral(start, stop, low, scale, scale, scale > 1, more, high)
    value = parse_characters(word, grammar)
    if value is None:
        return None
    step, place, coarse = _measure_characters(word, value, grammar)
    coarse = coarse or scale > 1
    return Numeral(start, stop, value * scale, step * scale if coarse else ONE, place * scale, coarse, more)


def _read_pair(word: str, grammar: Grammar) -> tuple[Decimal, Decimal] | None:
    """Lower and upper value of two neighbours said in one breath: 三四 → 3 and 4, 五六十 → 50 and 60."""
    if word[:2] not in grammar.pairs or any(mark not in grammar.scales for mark in word[2:]):
        return None
    scale = ONE
    for mark in word[2:]:
        scale *= grammar.scales[mark]
    return grammar.digits[word[0]] * scale, grammar.digits[word[1]] * scale


def _measure_characters(word: str, value: Decimal, grammar: Grammar) -> tuple[Decimal, Decimal, bool]:
    """Last printed place, last significant place, and whether the number was cut (decimals, 万, 亿)."""
    point = word.find(grammar.point)
    if point >= 0:
        decimals = word[point + 1 :].rstrip("".join(grammar.scales))
        scale = ONE
        for mark in word[point + 1 + len(decimals) :]:
            scale *= grammar.scales[mark]
        step = scale.scaleb(-len(decimals))
        return step, step, True
    coarse = any(mark in grammar.big for mark in word)
    return grammar.scales.get(word[-1], ONE) if coarse else ONE, significant_place(value), coarse


def parse_characters(word: str, grammar: Grammar) -> Decimal | None:
    """Value of a numeral in characters (一百二十 → 120, 二〇二三 → 2023, 三点五万 → 35000); None if it is none."""
    whole, point, rest = word.partition(grammar.point)
    if point:
        scale = ONE
        while rest and rest[-1] in grammar.scales:
            scale *= grammar.scales[rest[-1]]
            rest = rest[:-1]
        head = parse_characters(whole, grammar)
        if head is None or not rest or any(mark not in grammar.digits for mark in rest):
            return None
        return (head + Decimal("0." + "".join(str(grammar.digits[mark]) for mark in rest))) * scale
    if len(word) > 1 and all(mark in grammar.digits for mark in word):
        return Decimal("".join(str(grammar.digits[mark]) for mark in word))
    return _sum_places(word, grammar)


def _sum_places(word: str, grammar: Grammar) -> Decimal | None:
    """Value of digits with scales: each scale takes the digit before it, 万 the section, 亿 everything before it."""
    total = section = Decimal(0)
    digit: Decimal | None = None
    for mark in word:
        if mark in grammar.digits:
            if digit:
                return None
            digit = grammar.digits[mark]
            continue
        scale = grammar.scales[mark]
        if mark not in grammar.big:
            section += (digit or ONE) * scale
        elif total and scale > total:
            total = (total + section + (digit or 0)) * scale
            section = Decimal(0)
        else:
            total += (section + (digit or 0) or ONE) * scale
            section = Decimal(0)
        digit = None
    return total + section + (digit or 0)
