"""Numbers that measure nothing by their form alone: dates, phones, document numbers, list marks."""

from __future__ import annotations

import re
from functools import cache

from extractor.lexicon import matcher, table
from extractor.quantities.grammar import grammar
from extractor.quantities.scene import Scene
from extractor.record import record
from extractor.types import NonFact

REACH = 24


@record
class Shape:
    """A form that starts with a digit; ``before`` (may be empty) must match right up to it."""

    reason: str
    pattern: str
    before: str
    no_unit: bool


def match_shape(scene: Scene, place: int) -> NonFact | None:
    """The non-fact whose form starts with the digit at ``place``.

    One alternation of all forms answers most numbers at once; only where the words around it refuse the form that
    it found, the forms behind that one are asked one by one.
    """
    match = _any_shape().match(scene.text, place, scene.end)
    if match is None:
        return None
    index = (match.lastindex or 1) - 1
    window = scene.before(place, REACH)
    shapes = _shapes()
    while match is None or not _fits(scene, shapes[index], window, match.end()):
        index += 1
        if index == len(shapes):
            return None
        match = _compiled(shapes[index].pattern).match(scene.text, place, scene.end)
    return NonFact(place, match.end(), shapes[index].reason)


def _fits(scene: Scene, shape: Shape, window: str, end: int) -> bool:
    """Whether the characters before and behind a form are those that it asks for."""
    if shape.before and _compiled(shape.before).search(window) is None:
        return False
    return not (shape.no_unit and _is_counted(scene, end))


@cache
def _shapes() -> tuple[Shape, ...]:
    return tuple(
        Shape(
            entry["reason"],
            entry["pattern"].replace(" ?", "\0").replace(" ", " {0,2}").replace("\0", " ?"),
            f"(?:{entry['before']})$" if entry.get("before") else "",
            entry.get("no_unit", False),
        )
        for entry in table("nonfacts")["shapes"]
    )


@cache
def _any_shape() -> re.Pattern[str]:
    return matcher("|".join(f"({shape.pattern})" for shape in _shapes()))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return matcher(pattern)


def _is_counted(scene: Scene, place: int) -> bool:
    """Whether a magnitude or a measure word of things follows."""
    at = place + (scene.text[place : place + 1] == " ")
    form = grammar().units.at(scene.text, at, scene.end)
    return scene.text[at : at + 1] in grammar().scales or (
        form is not None and grammar().units.words[form].kind not in {"nothing", "place"}
    )
