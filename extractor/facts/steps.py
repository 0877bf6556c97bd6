"""Levels that are told beside another one: what it came from or led to, and what it is compared with."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.facts.drafts import Draft
from extractor.facts.follow import inherit
from extractor.facts.lists import same_kind
from extractor.facts.siblings import is_step, of_sentence


def decide_compared(draft: Draft, known: Sequence[Draft]) -> bool:
    """Take the code of the level right before that the figure is only told to compare; returns whether it is one."""
    beside = (d for d in of_sentence(draft, known) if d.is_figure and d.kind == "explicit" and d.depth <= draft.depth)
    last = next(beside, None)
    if not draft.compared or last is None or not same_kind(draft.unit, last.unit):
        return False
    draft.earlier = last
    inherit(draft, last, "rule:change")
    return True


def decide_step(text: str, draft: Draft, known: Sequence[Draft]) -> bool:
    """Take the code of the level that the figure came from (由8天缩短至3天); returns whether it came from one."""
    if draft.reading.measure in {"growth", "change"}:
        return False
    last = next((d for d in of_sentence(draft, known) if d.is_figure and d.kind == "explicit"), None)
    if last is None or not same_kind(draft.unit, last.unit) or not is_step(text, draft, last):
        return False
    draft.reading, draft.earlier = last.reading, last
    inherit(draft, last, "rule:step")
    return True
