"""Totals told by arithmetic: runs of counts that add up to the count before or behind them."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.facts.cues import EDGE, cues
from extractor.facts.drafts import Draft
from extractor.facts.lists import STRONG, rules

CLOSING = 8  # characters of the own words of a total told behind its parts
LEAST_SUM = 10  # smallest total that a run of counts may add up to by more than chance


def attach_sums(levels: Sequence[Draft], before: Sequence[Draft]) -> list[Draft]:
    """Make runs of two or more counts that add up exactly to the count before them its parts; return those parts.

    levels -- level drafts of the sentence; before -- level drafts earlier in the section.
    """
    found: list[Draft] = []
    known = [*before, *levels]
    first = len(before)
    for at, total in enumerate(known):
        if total.value < LEAST_SUM or (at < first - 1 and total.total is not None):
            continue
        run = _run(total, known[max(at + 1, first) :])
        for other in run:
            other.total = total
        found += run
    return found


def _run(total: Draft, following: Sequence[Draft]) -> list[Draft]:
    """Free counts behind a total, in its unit and without a gap, that add up to it; empty where they do not."""
    run: list[Draft] = []
    rest = total.value
    for other in following:
        if other.total is total or (other.total is not None and other.total in run):
            continue
        if other.total is not None or total.unit != other.unit or other.value > rest:
            break
        if total.aligned and other.aligned:
            break
        run.append(other)
        rest -= other.value
        if rest == 0:
            break
    stages = rules().stages.get(total.code or "", frozenset())
    if rest != 0 or len(run) < 2 or run[0].rule == "rule:step" or all(other.code in stages for other in run):
        return []
    return run


def attach_closing_sum(text: str, draft: Draft, levels: Sequence[Draft]) -> bool:
    """Give a total told behind its parts (收到7件，结转1件，共8件) the code that the counts before it have together.

    Returns whether it is one; its code is the parts' common code, or that of the flow that they open together.
    """
    own = text[draft.own[0] : draft.own[1]].strip(EDGE)
    if not own.startswith(tuple(cues().sums)) or len(own) > CLOSING:
        return False
    run: list[Draft] = []
    rest = draft.value
    for other in reversed([d for d in levels if d.sentence is draft.sentence and d.total is None]):
        if other.unit != draft.unit or other.value > rest:
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
        together = next(iter(rules().mixed.values()))
    draft.code, draft.rule, draft.score = together or run[-1].code, "rule:sum", STRONG
    return True
