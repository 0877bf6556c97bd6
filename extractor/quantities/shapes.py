"""Numbers that measure nothing by their form alone: dates, phones, document numbers, list marks."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from extractor.lexicon import matcher, table
from extractor.quantities.grammar import grammar
from extractor.quantities.scene import Scene
from extractor.record import record
from extractor.types import NonFact

REACH = 24
BLOCK = 8  # forms that one alternation answers for


@record
class Shape:
    """A form that starts with a digit; ``before``, if any, must match right up to it."""

    reason: str
    form: re.Pattern[str]
    before: re.Pattern[str] | None
    no_unit: bool


def match_shape(scene: Scene, place: int) -> NonFact | None:
    """The non-fact whose form starts with the digit at ``place``.

    One alternation answers for a block of forms at once; only where the words around it refuse the form that it found,
    the forms behind that one in the block are asked one by one.
    """
    window = scene.before(place, REACH)
    for any_of_them, shapes in _blocks():
        match = any_of_them.match(scene.text, place, scene.end)
        for shape in shapes[(match.lastindex or 1) - 1 :] if match else ():
            match = match or shape.form.match(scene.text, place, scene.end)
            if match is not None and _fits(scene, shape, window, match.end()):
                return NonFact(place, match.end(), shape.reason)
            match = None
    return None


def _fits(scene: Scene, shape: Shape, window: str, end: int) -> bool:
    """Whether the characters before and behind a form are those that it asks for."""
    if shape.before is not None and shape.before.search(window) is None:
        return False
    return not (shape.no_unit and _is_counted(scene, end))


@cache
def _blocks() -> tuple[tuple[re.Pattern[str], tuple[Shape, ...]], ...]:
    """All forms in their order, in blocks, each with the alternation of its forms."""
    entries = table("nonfacts")["shapes"]
    return tuple(_block(entries[at : at + BLOCK]) for at in range(0, len(entries), BLOCK))


def _block(entries: list[dict[str, Any]]) -> tuple[re.Pattern[str], tuple[Shape, ...]]:
    forms = [entry["pattern"].replace(" ?", "\0").replace(" ", " {0,2}").replace("\0", " ?") for entry in entries]
    shapes = tuple(
        Shape(
            entry["reason"],
            matcher(form),
            matcher(f"(?:{entry['before']})$") if entry.get("before") else None,
            entry.get("no_unit", False),
        )
        for entry, form in zip(entries, forms, strict=True)
    )
    return matcher("|".join(f"({form})" for form in forms)), shapes


def _is_counted(scene: Scene, place: int) -> bool:
    """Whether a magnitude or a measure word of things follows."""
    at = place + (scene.text[place : place + 1] == " ")
    form = grammar().units.at(scene.text, at, scene.end)
    return scene.text[at : at + 1] in grammar().scales or (
        form is not None and grammar().units.words[form].kind not in {"nothing", "place"}
    )
