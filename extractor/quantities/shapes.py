"""Numbers that measure nothing by their form alone: dates, phones, document numbers, list marks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extractor.lexicon import table
from extractor.quantities.grammar import grammar
from extractor.quantities.scene import Scene
from extractor.types import NonFact

REACH = 24


@dataclass(frozen=True, slots=True)
class Shape:
    """A form that starts with a digit; ``before`` must match right up to it."""

    reason: str
    pattern: re.Pattern[str]
    before: re.Pattern[str] | None
    no_unit: bool


def match_shape(scene: Scene, place: int) -> NonFact | None:
    """The non-fact whose form starts with the digit at ``place``."""
    if _screen().match(scene.text, place, scene.end) is None:
        return None
    window = scene.before(place, REACH)
    for shape in _shapes():
        match = shape.pattern.match(scene.text, place, scene.end)
        if match is None or (shape.before is not None and shape.before.search(window) is None):
            continue
        if shape.no_unit and _is_counted(scene, match.end()):
            continue
        return NonFact(place, match.end(), shape.reason)
    return None


@cache
def _shapes() -> tuple[Shape, ...]:
    return tuple(
        Shape(
            entry["reason"],
            re.compile(entry["pattern"].replace(" ?", "\0").replace(" ", " {0,2}").replace("\0", " ?")),
            re.compile(f"(?:{entry['before']})$") if entry.get("before") else None,
            entry.get("no_unit", False),
        )
        for entry in table("nonfacts")["shapes"]
    )


@cache
def _screen() -> re.Pattern[str]:
    """Matches wherever any shape does."""
    return re.compile("|".join(f"(?:{shape.pattern.pattern})" for shape in _shapes()))


def _is_counted(scene: Scene, place: int) -> bool:
    """Whether a magnitude or a measure word of things follows."""
    at = place + (scene.text[place : place + 1] == " ")
    form = grammar().units.at(scene.text, at, scene.end)
    return scene.text[at : at + 1] in grammar().scales or (
        form is not None and grammar().units.words[form].kind not in {"nothing", "place"}
    )
