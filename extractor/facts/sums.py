"""Totals told by arithmetic: runs of counts that add up to the count before or behind them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import partial
from itertools import takewhile

from extractor.facts.cues import EDGE, cues
from extractor.facts.drafts import Draft
from extractor.facts.lists import STRONG, goes_with, rules, same_kind
from extractor.facts.siblings import is_name

CLOSING = 8  # characters of the own words of a total told behind its parts
LONGEST_RUN = 40  # counts that are added up
MANY = 4  # counts in another unit than their total's that add up to it by more than chance
LONGEST_NAME = 12  # characters of the name of the one count beside what is left
LEAST_SUM = 10  # smallest total that a run of counts may add up to by more than chance


def note_sums(drafts: Sequence[Draft]) -> None:
    """Tell each count of a sentence what it and those that follow it in its unit add up to."""
    levels = [d for d in drafts if d.is_level]
    for at, draft in enumerate(levels):
        total, sums = draft.value, []
        for other in levels[at + 1 : at + LONGEST_RUN]:
            if other.unit != draft.unit:
                break
            total += other.value
            sums.append(total)
        draft.sums = frozenset(value for value in sums if value >= LEAST_SUM)


def attach_sums(text: str, levels: Sequence[Draft], before: Sequence[Draft]) -> list[Draft]:
    """Make runs of two or more counts that add up exactly to the count before them its parts; return those parts.

    levels -- level drafts of the sentence; before -- level drafts earlier in the section.
    """
    found: list[Draft] = []
    known = [*before, *levels]
    first = len(before)
    for at, total in enumerate(known):
        if total.value < LEAST_SUM or (at < first - 1 and total.total is not None):
            continue
        behind = known[max(at + 1, first) :]
        run = _run(text, total, behind) or _rest_of_list(total, behind)
        for other in run:
            other.total = total
        found += run
    return found + _attach_each(text, levels)


def _attach_each(text: str, levels: Sequence[Draft]) -> list[Draft]:
    """Make counts that tell number first what became of each of those counted right before them its parts.

    诉讼5件，2件原告撤诉，3件等待开庭
    """
    found: list[Draft] = []
    for at, total in enumerate(levels):
        run = list(takewhile(partial(_tells_first, text, total.unit), levels[at + 1 :]))
        if len(run) > 1 and _is_all(text, total, run):
            found += [d for d in run if d.total is not total]
            for part in run:
                part.total = total
    return found


def _is_all(text: str, total: Draft, run: Sequence[Draft]) -> bool:
    """Whether counts right behind a total are all of it, and no stages of it (34件，31件按期答复，3件结转下年)."""
    if text[total.span[1] : run[0].span[0]].strip(EDGE) or sum(d.value for d in run) != total.value:
        return False
    return not any(d.code in rules().stages.get(total.code or "", ()) for d in run)


def _tells_first(text: str, unit: str | None, draft: Draft) -> bool:
    """Whether all words of a count in a unit stand behind its number."""
    return draft.unit == unit and draft.right[0] < draft.right[1] and not text[slice(*draft.own)].strip(EDGE)


def _run(text: str, total: Draft, following: Sequence[Draft]) -> list[Draft]:
    """Free counts behind a total, in one unit and without a gap, that add up to it; empty where they do not.

    The unit is the total's; of what was published many may have another one (信息31件。公开了：机构类2条；…).
    What 、 joins to a count is the next of its list and no part of it.
    """
    left = next((d for d in following if d.total is total and _is_left(text, d)), None)
    rest = total.value if left is None else total.value - left.value
    run: list[Draft] = []
    for other in following:
        if other.total is total or (other.total is not None and other.total in run):
            continue
        if other.value > rest or not _goes_on(text, total, other, run):
            break
        run.append(other)
        rest -= other.value
        if rest == 0:
            break
    if rest != 0 or not run or run[0].rule == "rule:step":
        return []
    if len(run) < 2 and (left is None or not is_name(text, run[0], LONGEST_NAME)):
        return []
    if _is_at_once(text, total, run[0]):
        return run
    alike = run[0].unit == total.unit or len(run) >= MANY
    return run if alike and not _are_stages(total, run) else []


def _is_at_once(text: str, total: Draft, draft: Draft) -> bool:
    """Whether some of what came in was dealt with at once, so that the rest was not (当场答复14个，转办3个)."""
    return total.domain in rules().coming_in and text[slice(*draft.own)].strip(EDGE).startswith(cues().at_once)


def _is_left(text: str, draft: Draft) -> bool:
    """Whether a part is told as what is left of its total (其余42件)."""
    return text[slice(*draft.own)].strip(EDGE).startswith(cues().subset)


def _goes_on(text: str, total: Draft, draft: Draft, run: Sequence[Draft]) -> bool:
    """Whether a count may be the next of those that a total is summed up from."""
    if draft.total is not None or draft.compared or (total.aligned and draft.aligned):
        return False
    joined = not run and text[total.span[1] : draft.own[0]].strip() == "、"
    return not joined and _adds_to(text, total, draft, run)


def _are_stages(total: Draft, run: Sequence[Draft]) -> bool:
    """Whether all counts of a run are stages of what a total counts."""
    stages = rules().stages.get(total.code or "", frozenset())
    return all(other.code in stages for other in run)


def _adds_to(text: str, total: Draft, draft: Draft, run: Sequence[Draft]) -> bool:
    """Whether a count is in the unit of those before it that a total is summed up from."""
    if run or draft.unit == total.unit:
        return draft.unit == (run or [total])[0].unit
    kinds = total.code in {rules().information, *rules().posts} or _is_at_once(text, total, draft)
    return kinds and same_kind(draft.unit, total.unit)


def _rest_of_list(total: Draft, following: Sequence[Draft]) -> list[Draft]:
    """Free counts behind marked parts of a total, in whatever unit, that are exactly what these leave of it.

    信息1220条，其中公文80条，调查12期，访谈8期，其他信息1120条.
    """
    begun = [d for d in following if d.total is total and d.sentence is following[0].sentence]
    if not begun or begun[0].unit != total.unit:
        return []
    rest = total.value - sum((d.value for d in begun), Decimal(0))
    run: list[Draft] = []
    for other in following[following.index(begun[-1]) + 1 :]:
        if other.total is not None or other.depth != begun[0].depth or other.value > rest:
            return []
        run.append(other)
        rest -= other.value
        if rest == 0:
            return run if len(run) > 1 and other.unit == total.unit else []
    return []


def left_of(draft: Draft, known: Sequence[Draft]) -> Draft | None:
    """The count that those of a unit behind it and what is left add up to (发布90条，网站50条，微信30条，其余10条)."""
    rest, run = draft.value, 0
    for other in reversed([d for d in known if d.sentence is draft.sentence and d.depth == draft.depth]):
        if run and other.value == rest and same_kind(other.unit, draft.unit):
            return other if rest >= LEAST_SUM else None
        if other.unit != draft.unit:
            return None
        rest, run = rest + other.value, run + 1
    return None


def attach_closing_sum(text: str, draft: Draft, levels: Sequence[Draft]) -> bool:
    """Give a total told behind its parts (收到7件，结转1件，共8件) the code that the counts before it have together.

    Returns whether it is one; its code is the parts' common code, or that of the flow that they open together.
    """
    own = text[draft.own[0] : draft.own[1]].strip(EDGE)
    several = cues().several_of.match(own)
    if not own[several.end() if several else 0 :].startswith(tuple(cues().sums)) or len(own) > CLOSING:
        return False
    run: list[Draft] = []
    rest = draft.value
    for other in reversed([d for d in levels if d.sentence is draft.sentence and d.total is None]):
        if not goes_with(other.unit, draft.unit) or other.value > rest:
            break
        run.append(other)
        rest -= other.value
        if rest == 0:
            break
    if rest != 0 or len(run) < 2:
        return False
    codes = {d.code for d in run}
    together = next((code for (total, part), code in rules().inclusive.items() if codes == {total, part}), None)
    if len(codes) > 1 and codes <= rules().posts:
        together = rules().information
    draft.code, draft.rule, draft.score = together or run[-1].code, "rule:sum", STRONG
    return True
