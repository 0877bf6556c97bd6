"""Outcomes of law cases: what became of the reviews or suits that were counted before them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from extractor.facts.drafts import Draft
from extractor.facts.lists import rules, same_kind


def attach_cases(text: str, drafts: Sequence[Draft], earlier: Sequence[Draft]) -> None:
    """Outcomes that name no kind of case belong to the cases told last that can hold them.

    复议5件、诉讼0件，其中维持3件：维持 is of the reviews.
    """
    told = [d for d in (*earlier, *drafts) if d.is_told_level]
    for draft in drafts:
        if _is_outcome(text, draft):
            whole = next((d for d in reversed(told) if _may_have(text, d, draft, told)), None)
            if whole is not None and whole.code is not None and draft.code is not None:
                draft.code = f"{whole.domain}.{draft.code.split('.')[1]}"
                draft.total = whole


def _is_outcome(text: str, draft: Draft) -> bool:
    """Whether a count is one of cases by what became of them, without a word for the kind of case."""
    if not draft.is_told_level or draft.domain not in rules().case_domains:
        return False
    words = text[slice(*draft.own)] + text[slice(*draft.right)]
    if any(word in words for word in rules().case_words):
        return False
    return draft.code not in rules().case_codes or any(word in words for word in rules().case_ends)


def _may_have(text: str, whole: Draft, draft: Draft, told: Sequence[Draft]) -> bool:
    """Whether a count before an outcome is one of the cases that it is an outcome of, and has room for it."""
    if whole.code not in rules().case_codes or whole.span[0] >= draft.span[0] or whole.depth > draft.depth:
        return False
    if _is_outcome(text, whole) or not same_kind(whole.unit, draft.unit):
        return False
    others = (  # kinds of it in a bracket (27件（一审18件、二审9件）) leave room for its outcomes
        d.value for d in told if d.total is whole and d is not draft and d.span < draft.span and d.depth <= draft.depth
    )
    return sum(others, Decimal(0)) + draft.value <= whole.value
