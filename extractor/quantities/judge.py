"""What the words around a number make of it: a measure, or nothing, and why."""

from __future__ import annotations

import re
from functools import cache

from extractor.lexicon import matcher
from extractor.quantities.grammar import Lookup, any_of
from extractor.quantities.measure_words import Expression
from extractor.quantities.scene import Scene, contexts

OPEN = "open"  # nothing tells what the number is
RULE_MOST = 12  # a rule asks for few times; more of them were counted
COMMA_STOPS = "，,；;。\n"
WHOLE = matcher(r"\d{2,3}%")  # 两个100%
HAN = matcher(r"[\u4e00-\u9fff]")
RANK_REACH = 24  # characters before an ordinal in which a word of ranking can stand
SERIES_REACH = 120  # characters around a number in which others of its kind stand
LIST_REACH = 400  # characters before a number in which its list can begin
YEAR = matcher(r"(?:19|20)\d\d$")


def judge_digits(scene: Scene, expression: Expression) -> str | None:
    """The reason why a number in digits measures nothing, ``OPEN`` where none is known, None where it measures."""
    if expression.unit is None:
        return _judge_bare(scene, expression)
    parts = tuple(contexts()["counted_parts"])
    if expression.unit.kind == "nothing" and not scene.after(expression.end, 4).startswith(parts):
        return expression.unit.reason
    if expression.unit.kind == "time":
        reason = judge_time(scene, expression)
        if reason is not None:
            return reason
    return judge_setting(scene, expression)


def judge_setting(scene: Scene, expression: Expression) -> str | None:
    """Whether a measured number is wished for, required, national or part of a name; None where it is a result."""
    if scene.is_planned(expression.numeral.start):
        return "plan"
    following = scene.after(expression.end, 16)
    unit = expression.unit.name if expression.unit else ""
    words = contexts()
    if (
        expression.form == "plain"
        and unit in words["structure_units"]
        and following.startswith(tuple(words["structure"]))
    ):
        return "structure"
    if unit in words["structure_units"] and WHOLE.match(following):
        return "structure"
    if following.startswith(("“", '"')) and re.match(r".[^”\"，。]{0,8}\d", following):
        return "name"
    if _is_national(expression, unit, following):
        return "national"
    clause = scene.clause_before(expression.start, 20, COMMA_STOPS)
    if expression.unit and expression.unit.kind == "size" and any(word in clause for word in words["size_before"]):
        return "address"
    if expression.form != "rank" and _is_weight(expression, clause):
        return "standard"
    picks = expression.modifier in {"over", "at_least"} and following.startswith(tuple(words["picks"]))
    return "standard" if picks or _is_standard(expression, clause) else None


def _is_weight(expression: Expression, clause: str) -> bool:
    """Whether it tells how many points can be had, not how many were."""
    words = contexts()
    if any(word in clause for word in words["full_before"]):
        return expression.numeral.value % 10 == 0
    return any(word in clause for word in words["weight_before"])


def _is_national(expression: Expression, unit: str, following: str) -> bool:
    """Whether it is the number of fields that the state laid down."""
    words = contexts()
    counted = unit == words["national_unit"] and str(expression.numeral.value) == words["national_count"]
    return counted and following.startswith(tuple(words["national"]))


def _is_standard(expression: Expression, clause: str) -> bool:
    """Whether a bound is what a rule asks for: 要求不低于95%, 每季度至少更新一次."""
    words = contexts()
    if expression.modifier in {"at_least", "at_most"} and any(word in clause for word in words["standard_before"]):
        return True
    if clause.endswith(tuple(words["forbidden"])):
        return True
    if expression.modifier != "exact" and _threshold().search(clause):
        return True
    if words["average"] in clause:
        return False
    often = expression.modifier == "at_least" or any(word in clause for word in words["at_least"])
    return words["every"] in clause and often and expression.numeral.value <= RULE_MOST


def judge_time(scene: Scene, expression: Expression) -> str | None:
    """Whether a span of time is a limit, a period or part of a name; None where the text says that it was measured."""
    if scene.is_planned(expression.numeral.start):
        return "plan"
    words = contexts()
    clause = scene.clause_before(expression.start, 30, COMMA_STOPS)
    following = scene.after(expression.end, 14)
    if clause.endswith(tuple(words["forbidden"])):
        return "legal_limit"
    measured = any(word in clause for word in words["measured_time"])
    if measured or clause.endswith(tuple(words["measured_right_before"])) or _measured_ahead().match(following):
        return None
    if following.startswith(tuple(words["limit_after"])) or expression.modifier in {"at_least", "at_most"}:
        return "legal_limit"
    if any(word in clause for word in words["limit_before"]):
        return "legal_limit"
    named = HAN.match(following) and expression.unit and expression.unit.name in words["named_time"]
    return "name" if named else "period"


@cache
def _measured_ahead() -> re.Pattern[str]:
    """A word of measured time behind a span of time, in the same clause: 20个工作日压缩至5个工作日."""
    return matcher(rf"[^，,；;。\n]{{0,6}}{any_of(contexts()['measured_ahead'])}")


@cache
def _threshold() -> re.Pattern[str]:
    """Words that pick a subset by a bound: 17篇推文阅读量超过5万次."""
    return matcher(contexts()["threshold"])


@cache
def _statistic() -> Lookup:
    return Lookup.of(dict.fromkeys(contexts()["statistic_before"]))


def _judge_bare(scene: Scene, expression: Expression) -> str | None:
    """A number in digits without a measure word."""
    text, numeral = scene.text, expression.numeral
    digits = text[numeral.start : numeral.end]
    if _touches_letters(scene, numeral.start, numeral.end):
        return "code"
    if numeral.coarse and (numeral.step >= 1000 or (numeral.step >= 10 and _closes(scene, expression))):
        return judge_setting(scene, expression)
    statistic = _is_statistic(scene, expression)
    if digits in contexts()["hotlines"] and not (statistic and not _names_line(scene, expression)):
        return "phone"
    if scene.row:
        return "table_cell"
    if statistic:
        return "plan" if scene.is_planned(numeral.start) else None
    return _judge_name(scene, expression, digits)


def _judge_name(scene: Scene, expression: Expression, digits: str) -> str:
    if YEAR.match(digits):
        return "year"
    if scene.after(expression.end, 8).lstrip('”"').startswith(tuple(contexts()["named"])):
        return "name"
    if _in_row(scene, expression):
        return "table_cell"
    return OPEN


def _is_statistic(scene: Scene, expression: Expression) -> bool:
    """Whether the words before a bare number say that it counts, and nothing but a mark of punctuation follows."""
    if _is_in_series(scene, expression):
        return True
    at = expression.start
    while at > scene.start and scene.text[at - 1] == " ":
        at -= 1
    if not _closes(scene, expression):
        return _is_run_on(scene, expression, at)
    if expression.modifier != "exact" and expression.start < expression.numeral.start:
        return True
    if _statistic().before(scene.text, at, scene.start) is not None:
        return True
    return _received().search(scene.clause_before(at, 12)) is not None or _is_listed(scene, at)


def _closes(scene: Scene, expression: Expression) -> bool:
    """Whether nothing but a mark of punctuation follows."""
    following = scene.after(expression.end, 1)
    return not following or following in contexts()["bare_closing"]


def _names_line(scene: Scene, expression: Expression) -> bool:
    """Whether the words before the number of a hotline join, dial or become it."""
    return scene.before(expression.start, 2).endswith(tuple(contexts()["hotline_before"]))


SERIES = matcher(
    r"([\u4e00-\u9fff]{2,14}) {0,2}(\d{1,9})"
    r"(?=[，,、。；;）)\n]|$| {0,2}[\u4e00-\u9fff]{2,14} {0,2}\d{1,9}(?:[，,、。；;）)\n]|$| {0,2}[\u4e00-\u9fff]))"
)


RUN_ON_REACH = 40


def _is_in_series(scene: Scene, expression: Expression) -> bool:
    """Whether the sentence tells several figures as label and number alone: 部门44，事项1812，窗口168."""
    if expression.modifier != "exact" or YEAR.match(scene.text[expression.numeral.start : expression.numeral.end]):
        return False
    at = expression.numeral.start
    bare = [
        match.start(2)
        for match in SERIES.finditer(scene.text, max(scene.start, at - SERIES_REACH), min(scene.end, at + SERIES_REACH))
        if not match[1].endswith(tuple(contexts()["series_not"])) and not YEAR.match(match[2])
    ]
    return len(bare) > 1 and at in bare


def _is_listed(scene: Scene, place: int) -> bool:
    """Whether the number stands behind a label in a list of parts of a measured total."""
    return _listed().search(scene.text[max(scene.start, place - LIST_REACH) : place]) is not None


def _is_run_on(scene: Scene, expression: Expression, place: int) -> bool:
    """Whether a list of parts goes on right behind the number, which lost its measure word (公告307动态84条)."""
    digits = scene.text[expression.numeral.start : expression.numeral.end]
    if expression.modifier != "exact" or YEAR.match(digits) or digits in contexts()["hotlines"]:
        return False
    following = scene.after(expression.end, RUN_ON_REACH)
    if following.startswith(tuple(contexts()["named"])) or _run_on("behind").match(following) is None:
        return False
    before = _run_on("label").search(scene.text[max(scene.start, place - RUN_ON_REACH) : place])
    if before is None or before[1].endswith(tuple(contexts()["run_on"]["not_"])):
        return False
    near = max(scene.start, place - LIST_REACH), min(scene.end, place + LIST_REACH)
    return len(_run_on("item").findall(scene.text, *near)) > 1 or _is_listed(scene, place)


@cache
def _run_on(part: str) -> re.Pattern[str]:
    """What a list that runs on is told by: what stands behind a number, an item with its measure word, a label."""
    return matcher(contexts()["run_on"][part])


@cache
def _listed() -> re.Pattern[str]:
    return matcher(contexts()["listed"])


@cache
def _received() -> re.Pattern[str]:
    return matcher(rf"{any_of(contexts()['received'])}[\u4e00-\u9fff]{{0,8}}$")


def _touches_letters(scene: Scene, start: int, end: int) -> bool:
    """Whether a latin letter stands right before or behind the digits."""
    before, after = scene.before(start, 1), scene.after(end, 1)
    return (before.isascii() and before.isalpha()) or (after.isascii() and after.isalpha())


def _in_row(scene: Scene, expression: Expression) -> bool:
    """Whether blanks part the number from other numbers, as in a row of a table."""
    before, after = scene.before(expression.start, 3), scene.after(expression.end, 3)
    left = before[-1:] in {" ", "|", "\n"} and (before.strip(" |\n")[-1:] or "0").isdigit()
    right = after[:1] in {" ", "|", "\n"} and (after.strip(" |\n")[:1] or "0").isdigit()
    return left or right


@cache
def _ranked() -> re.Pattern[str]:
    return matcher(any_of(contexts()["rank_verbs"]))


def is_ranked(scene: Scene, place: int) -> bool:
    """Whether a word of ranking stands shortly before ``place`` in the same clause."""
    return _ranked().search(scene.clause_before(place, RANK_REACH, COMMA_STOPS)) is not None
