"""One value for several names, and several values for several names.

按时办结率、满意率均为100% is two facts on one span; 微信、微博、抖音粉丝分别为8万、3万和1.2万 is three facts whose
names stand before all values.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractor.facts.cues import EDGE, cues
from extractor.facts.items import Item
from extractor.record import replace
from extractor.types import Quantity, Span

MAX_NAMES = 12


def names_of_shared_value(text: str, item: Item) -> list[Span]:
    """Spans of the names that share the item's value; one span (its own words) where it is not shared.

    A rate is shared by names of rates (办结率、满意率均为100%), a count by all names before 均为 (复议、诉讼均为0件),
    a zero by all kinds of cases.
    """
    own = item.left
    parts = _split(text, own)
    if (item.quantity.unit or "") not in cues().units["share"]:
        shared = text[own[0] : own[1]].rstrip(EDGE).endswith(cues().marks["each_one"])
        return parts if shared else _denied_kinds(text, item, parts)
    ends = (*cues().rate_names, *cues().rate_stems, *cues().aspects)
    names = all(text[start:end].strip(EDGE).endswith(ends) for start, end in parts[:-1])
    if (
        len(parts) < 2
        or not names
        or not any(name in text[slice(*parts[-1])] for name in (*cues().rate_names, *cues().aspects))
    ):
        return [own]
    return parts


def _denied_kinds(text: str, item: Item, parts: Sequence[Span]) -> list[Span]:
    """Spans of the kinds of cases that a written zero is told of (复议、诉讼案件0件); of one span for one kind."""
    kinds: list[tuple[int, Span]] = []
    for start, end in parts:
        found = (at for at, names in enumerate(cues().case_kinds) if any(name in text[start:end] for name in names))
        kind = next(found, None)
        if item.quantity.value != 0 or kind is None:
            return [item.left]
        if kinds and kinds[-1][0] == kind:
            kinds[-1] = kind, (kinds[-1][1][0], end)
        else:
            kinds.append((kind, (start, end)))
    return [span for _, span in kinds]


def aligned_runs(text: str, items: Sequence[Item]) -> dict[int, tuple[Span, str]]:
    """For the items of every 分别 list: index -> (span of the name, words that all names share).

    A list is a run of values joined by 、 or 和 whose first item says 分别 and whose names, split at the same joints
    before 分别, are as many as the values.  A run of as many values right behind it is a list of the same things
    (粉丝分别为7万、2万，较年初增长8%、21%).
    """
    found: dict[int, tuple[Span, str]] = {}
    index, length = 0, 0
    while index < len(items):
        run = _run(text, items, index)
        names = _names(text, items[index], run - index) if run > index + 1 else []
        if not names and length and _bare_run(text, items, index) == index + length:
            run, names = index + length, [items[index].left] * length
        length = len(names)
        if not names:
            index += 1
            continue
        common = _common(text, names)
        for offset, name in enumerate(names):
            found[index + offset] = (name, common)
        index = run
    return found


def words_for_all(text: str, item: Item) -> Span | None:
    """Span of the words between 分别 and the first value (东区、西区分别发布信息9条、4条), if there are any."""
    start = item.gap[0]
    for word in cues().marks["aligned"]:
        at = text.rfind(word, *item.gap)
        start = max(start, at + len(word)) if at >= 0 else start
    end = item.quantity.start
    if start == item.gap[0] or cues().is_filler(text[start:end]) or any(mark in text[start:end] for mark in "，；：（"):
        return None
    return start, end


def share_units(items: Sequence[Item], runs: dict[int, tuple[Span, str]]) -> list[Quantity]:
    """Quantities of the items, where a missing unit in an aligned run is that of the run's last value."""
    quantities = [item.quantity for item in items]
    for index in sorted(runs, reverse=True):
        following = index + 1
        if quantities[index].unit is None and following in runs and runs[following][1] == runs[index][1]:
            quantities[index] = replace(quantities[index], unit=quantities[following].unit)
    return quantities


def _run(text: str, items: Sequence[Item], first: int) -> int:
    """Index behind the last item of the run of bare values that starts at ``first``."""
    return _bare_run(text, items, first) if "aligned" in items[first].marks else first + 1


def _bare_run(text: str, items: Sequence[Item], first: int) -> int:
    """Index behind the last item of a run of values that nothing but joints part."""
    at = first + 1
    while at < len(items):
        between = text[items[at - 1].quantity.end : items[at].quantity.start]
        if (
            between.strip() not in {"", *cues().coordinators, "，", *("，" + word for word in cues().coordinators)}
            or not between
        ):
            break
        at += 1
    return at


def _names(text: str, item: Item, count: int) -> list[Span]:
    """Spans of the last ``count`` coordinated names before 分别; the whole phrase for all if there are fewer."""
    aligned = max(text.rfind(word, item.gap[0], item.gap[1]) for word in cues().marks["aligned"])
    start = max(text.rfind(mark, item.gap[0], aligned) for mark in "，；：。（") + 1
    start = max(start, item.gap[0])
    if text[start:aligned].strip(EDGE) == "":
        return _names_of_clause(text, item.gap[0], start - 1, count)
    parts = _split(text, (start, aligned))
    return parts[-count:] if len(parts) >= count else [(start, aligned)] * count


def _names_of_clause(text: str, start: int, end: int, count: int) -> list[Span]:
    """The ``count`` names that the clause before 分别 lists (前三位的是A、B、C，分别为…), if there are as many."""
    if end <= start or text[end] != "，":
        return []
    begin = max(start, *(text.rfind(mark, start, end) + 1 for mark in "，；：。（"))
    parts = _split(text, (begin, end))
    if len(parts) < count or count < 2:
        return []
    names = parts[-count:]
    for word in cues().before_names:
        at = text.rfind(word, *names[0])
        if at >= 0 and at + len(word) < names[0][1]:
            names[0] = (at + len(word), names[0][1])
            break
    return names


def _common(text: str, names: Sequence[Span]) -> str:
    """What the last name says for all: its words (抖音粉丝 gives 粉丝 to 微信 and 微博)."""
    last = text[names[-1][0] : names[-1][1]]
    return last


def _split(text: str, span: Span) -> list[Span]:
    """Coordinated parts of a phrase, in order; brackets and quotes hold no joint."""
    start, end = span
    parts: list[Span] = []
    at = begin = start
    level = 0
    while at < end:
        char = text[at]
        level += (char in "（“《") - (char in "）”》")
        joint = "" if at == begin or level else _joint(text, at, end)
        if joint and len(parts) < MAX_NAMES and not cues().inside_word(text, at):
            parts.append((begin, at))
            begin = at = at + len(joint)
        else:
            at += 1
    parts.append((begin, end))
    return parts


def _joint(text: str, at: int, end: int) -> str:
    """The joint that stands at ``at``, "" where there is none."""
    known = cues().coordinators
    return next(word for word in known if text.startswith(word, at, end)) if text.startswith(known, at, end) else ""
