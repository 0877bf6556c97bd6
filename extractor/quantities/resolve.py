"""From an expression to its value and the interval that its words and printed digits allow."""

from __future__ import annotations

from decimal import Decimal

from extractor.quantities.measure_words import Expression
from extractor.quantities.numerals import Numeral
from extractor.types import Quantity

ZERO = Decimal(0)
HUNDRED = Decimal(100)


def resolve_quantity(expression: Expression) -> Quantity:
    """The quantity that ``expression`` states."""
    numeral = expression.numeral
    low, high = resolve_interval(expression)
    return Quantity(
        start=expression.start,
        end=expression.end,
        number=(numeral.start, numeral.end),
        value=plain(numeral.value),
        value_max=None if numeral.value_max is None else plain(numeral.value_max),
        unit=None if expression.unit is None else expression.unit.name,
        modifier=expression.modifier,
        low=plain(low),
        high=plain(high),
        form=expression.form,
    )


def resolve_interval(expression: Expression) -> tuple[Decimal, Decimal]:
    """Lowest and highest value that the words and the printed digits allow.

    exact whole numbers stand for themselves, cut numbers (3.5万, 98.3%) for half a printed place on both sides;
    余 and 超 reach one significant place up, 近 and 不足 one down, 约 one to both sides;
    以上 reaches one leading place up (at most 100 %), 以内 down to nothing.
    """
    numeral, modifier = expression.numeral, expression.modifier
    value = numeral.value
    if numeral.value_max is not None:
        return value, numeral.value_max
    if modifier == "exact":
        half = numeral.step / 2 if _is_cut(expression) else ZERO
        return value - half, value + half
    if modifier == "over":
        return value, value + numeral.place
    if modifier == "under" or (modifier == "approx" and expression.near):
        return value - _below(numeral), value
    if modifier == "approx":
        return value - _below(numeral), value + _below(numeral)
    if modifier == "at_most":
        return min(Decimal(1) if expression.form == "rank" else ZERO, value), value
    top = value + leading_place(value)
    return value, min(top, HUNDRED) if expression.form in {"percent", "tenths"} and value <= HUNDRED else top


def leading_place(value: Decimal) -> Decimal:
    """One unit of the first digit: 65 → 10, 2.5 → 1, 0 → 1."""
    return Decimal(1).scaleb(value.adjusted()) if value else Decimal(1)


def plain(value: Decimal) -> Decimal:
    """``value`` without exponent and without zeros behind the point."""
    if value == value.to_integral_value():
        return value.quantize(Decimal(1)) if value.adjusted() < 28 else value
    return value.normalize()


def _is_cut(expression: Expression) -> bool:
    """Whether the printed digits are a rounding; whole per cents are, but for 0 and 100."""
    if expression.form == "percent" and not expression.numeral.coarse:
        return expression.numeral.value not in {ZERO, HUNDRED}
    return expression.numeral.coarse


def _below(numeral: Numeral) -> Decimal:
    """One significant place; a tenth of it where the number is that place itself (近1000 → 900, not 0)."""
    return numeral.place / 10 if numeral.value == numeral.place else numeral.place
