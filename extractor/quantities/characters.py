"""Numerals in characters: when they count, and when they are part of a word, a name or an announcement."""

from __future__ import annotations

from functools import cache
from typing import Any

from extractor.lexicon import table
from extractor.quantities.grammar import Lookup, grammar
from extractor.quantities.judge import COMMA_STOPS, judge_setting, judge_time
from extractor.quantities.measure_words import Expression
from extractor.quantities.scene import Scene

SKIP = "skip"  # the characters are part of a word, not a number before a measure word
SESSION = 12  # characters between a term of office and the number of a session of it


@cache
def _words() -> dict[str, Any]:
    words: dict[str, Any] = table("nonfacts")["characters"]
    return words


@cache
def _lookups() -> tuple[Lookup, Lookup, Lookup]:
    words = _words()
    return tuple(Lookup.of(dict.fromkeys(words[name])) for name in ("words", "places", "count_before"))  # type: ignore[return-value]


def judge_word(scene: Scene, place: int) -> tuple[int, str] | None:
    """End and reason of a fixed word or a place name that starts with the numeral at ``place``."""
    fixed, places, _ = _lookups()
    if scene.text[place] == "一" and scene.before(place, 1) in tuple(_words()["one_not_after"]):
        return place + 1, SKIP
    for lookup, reason in ((places, "name"), (fixed, "unit_word")):
        word = lookup.at(scene.text, place, scene.end)
        if word is not None:
            return place + len(word), reason
    return None


def judge_characters(scene: Scene, expression: Expression) -> str | None:
    """The reason why a numeral in characters with a measure word measures nothing, None where it counts."""
    unit = expression.unit
    if unit is None or not unit.chinese:
        return SKIP
    if unit.kind == "nothing":
        return "date" if unit.name == "年" and expression.numeral.value > 1900 else unit.reason  # 二〇二三年
    if _is_session(scene, expression):
        return "ordinal"
    if scene.before(expression.start, 2).endswith(tuple(_words()["copies"])):
        return "unit_word"
    if expression.form in {"percent", "tenths", "fraction"}:
        return judge_setting(scene, expression)
    if _is_bare_scale(scene, expression):
        return "unit_word"
    if unit.kind == "time":
        return judge_time(scene, expression) or judge_setting(scene, expression)
    return _judge_size(scene, expression) or judge_setting(scene, expression)


def _is_session(scene: Scene, expression: Expression) -> bool:
    """Whether it numbers a session of an assembly: 五届二次会议, 十五届人大五次会议."""
    term = _words()["sessions"]
    if scene.before(expression.start, 1) == term:
        return True
    return scene.after(expression.end, 2) == _words()["assembly"] and term in scene.before(expression.start, SESSION)


def _is_bare_scale(scene: Scene, expression: Expression) -> bool:
    """Whether a hundred, a thousand … stands alone (千家万户), without 近 or 余 to make it an estimate."""
    first = scene.text[expression.numeral.start]
    return first in grammar().scales and first not in {"十", "拾"} and expression.modifier == "exact"


def _judge_size(scene: Scene, expression: Expression) -> str | None:
    value = expression.numeral.value
    unit = expression.unit.name if expression.unit else ""
    if value == 0:
        return None if _closes(scene, expression) else "unit_word"
    if value == 1 and expression.modifier == "exact":
        return _judge_one(scene, expression, unit)
    if value > 10 or expression.modifier != "exact" or expression.numeral.value_max is not None:
        return None
    if unit in _words()["event_units"]:
        return None
    counted = _counts_before(scene, expression) or (_closes(scene, expression) and unit not in _words()["scope_units"])
    return None if counted else "structure"


def _judge_one(scene: Scene, expression: Expression, unit: str) -> str | None:
    """一 counts behind 共, 先后 … or before a mark of punctuation, and never where something is denied."""
    words = _words()
    clause = scene.clause_before(expression.start, 20, COMMA_STOPS)
    if unit not in words["one_units"] or any(word in clause for word in words["never_before"]):
        return "negation" if any(word in clause for word in words["denied"]) else "unit_word"
    before = scene.before(expression.start, 2)
    if before.endswith(tuple(words["one_before"])):
        return None
    if unit in words["one_events"] and before.endswith(tuple(words["one_verbs"])):
        return None
    counted = _closes(scene, expression) and unit not in words["one_loose"] and len(clause) > 1
    return None if counted else "unit_word"


def _closes(scene: Scene, expression: Expression) -> bool:
    following = scene.after(expression.end, 1)
    return not following or following in _words()["delimiters"]


def _counts_before(scene: Scene, expression: Expression) -> bool:
    return _lookups()[2].before(scene.text, expression.start, scene.start) is not None
