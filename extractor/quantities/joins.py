"""Neighbours that belong together: ranges with two units (3个至5个), lists that share a unit (61、245件)."""

from __future__ import annotations

from decimal import Decimal

from extractor.quantities.grammar import grammar
from extractor.quantities.measure_words import Expression
from extractor.quantities.scene import Scene
from extractor.record import replace
from extractor.types import NonFact

Token = Expression | NonFact
FROM = ("由", "从")


def join_tokens(scene: Scene, tokens: list[Token]) -> list[Token]:
    """``tokens`` with ranges made one and units handed to the earlier numbers of a list."""
    joined: list[Token] = []
    for token in reversed(tokens):
        after = joined[-1] if joined else None
        if isinstance(token, Expression) and isinstance(after, Expression):
            merged = _merge_range(scene, token, after)
            if merged is not None:
                joined[-1] = merged
                continue
            token = _share_unit(scene, token, after)
        joined.append(token)
    joined.reverse()
    return joined


def _merge_range(scene: Scene, low: Expression, high: Expression) -> Expression | None:
    if (
        low.unit is None
        or low.unit != high.unit
        or high.numeral.value_max is not None
        or low.numeral.value_max is not None
    ):
        return None
    mark = grammar().range_mark.match(scene.text, low.end, scene.end)
    if mark is None or mark.end() != high.start or low.numeral.value >= high.numeral.value:
        return None
    if low.form == "rank" or any(word in scene.before(low.start, 6) for word in FROM):
        return None
    numeral = replace(high.numeral, start=low.numeral.start, value=low.numeral.value, value_max=high.numeral.value)
    return replace(
        high, start=low.start, numeral=numeral, modifier="exact" if low.modifier == high.modifier else high.modifier
    )


def _share_unit(scene: Scene, first: Expression, second: Expression) -> Expression:
    """``first`` with the unit of ``second`` where only 、 or 和 stands between the two numbers."""
    if first.unit is not None or second.unit is None or second.unit.kind in {"nothing", "time", "rank"}:
        return first
    joint = grammar().joint.match(scene.text, first.end, scene.end)
    if joint is None or joint.end() != second.start:
        return first
    numeral = first.numeral
    if second.numeral.step >= 1000 and numeral.step < 1 and second.numeral.value_max is None:
        scale = _scale(second)
        numeral = replace(numeral, value=numeral.value * scale, step=numeral.step * scale, place=numeral.place * scale)
    form = second.form if first.form == "plain" else first.form
    return replace(first, numeral=numeral, unit=second.unit, form=form)


def _scale(expression: Expression) -> Decimal:
    """The magnitude of a number that was cut: 10000 for 71.2万."""
    step = expression.numeral.step
    return Decimal(100000000) if step >= 1000000 else Decimal(10000) if step >= 10 else Decimal(1)
