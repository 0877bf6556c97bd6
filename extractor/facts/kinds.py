"""Lists of bare names and counts: what was published, told without a verb (要闻418条；教学科研184条；快讯1598)."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.facts.drafts import Draft
from extractor.facts.lists import is_posted_kind, rules
from extractor.facts.published import is_column_title
from extractor.facts.siblings import is_name

LEAST = 3  # kinds that make a list
LONGEST = 12  # characters of the name of a kind


def settle_kinds(text: str, drafts: Sequence[Draft]) -> None:
    """Counts that a sentence tells by bare names, one behind the other, are of what was published."""
    run: list[Draft] = []
    for draft in (*drafts, None):
        if draft is not None and (_is_bare(text, draft) or (run and _goes_between(draft))):
            run.append(draft)
            continue
        _read_as_posts(text, [kind for kind in run if _is_bare(text, kind)])
        run = []


def _read_as_posts(text: str, kinds: Sequence[Draft]) -> None:
    if len(kinds) < LEAST or all(kind.unit is None for kind in kinds):
        return
    sentence = kinds[0].sentence
    around = sentence.heading + text[sentence.start : sentence.end]
    if any(word in around for word in rules().no_kinds):
        return
    for kind in kinds:
        kind.code, kind.rule = rules().information, "rule:kinds"


def _is_bare(text: str, draft: Draft) -> bool:
    """Whether nothing but a short name tells a count that has no code, in a unit of posts or none."""
    free = draft.is_told_level and draft.total is None and draft.item is not None and not draft.uncoded
    if not free or draft.depth or draft.right[0] < draft.right[1]:
        return False
    if draft.code is not None and not is_column_title(text, draft.own, draft.code):
        return False
    return (draft.unit is None or draft.unit in rules().posted_units) and is_name(text, draft, LONGEST)


def _goes_between(draft: Draft) -> bool:
    """Whether a count of a kind that has a code of its own may stand in such a list."""
    return draft.is_told_level and draft.unit in rules().posted_units and is_posted_kind(draft.code or "")
