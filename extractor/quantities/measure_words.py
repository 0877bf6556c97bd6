"""The measure word behind the number of an expression."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from extractor.lexicon import matcher, table
from extractor.quantities.grammar import Grammar, Unit, any_of, grammar
from extractor.quantities.numerals import Numeral
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


def take_unit(text: str, expression: Expression, end: int, rules: Grammar) -> Expression:
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
