"""Kinds of powers told beside each other: what a body is in charge of, not what it decided in the year."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.facts.drafts import Draft
from extractor.facts.lists import rules
from extractor.types import Span

POWERS = "enforcement.items"


def settle_powers(text: str, drafts: Sequence[Draft]) -> None:
    """Items of several kinds of powers are counted as items (行政许可14项、行政处罚20项、行政确认1项)."""
    kinds = {id(draft): kind for draft in drafts if (kind := _kind(text, draft))}
    if len(set(kinds.values())) > 1 and not rules().decided.issuperset(kinds.values()):
        for draft in drafts:
            if id(draft) in kinds:
                draft.code, draft.rule = POWERS, "rule:powers"


def _kind(text: str, draft: Draft) -> str:
    """The kind of powers that a count of items without a total names, "" for none."""
    counted = draft.is_told_level and draft.unit in rules().power_units
    if not counted or draft.total is not None:
        return ""
    words = _words(text, draft.own), _words(text, draft.right)
    if any(case in told for told in words for case in rules().power_cases):
        return ""
    return next((kind for kind in rules().powers if words[0].endswith(kind) or words[1].startswith(kind)), "")


def _words(text: str, span: Span) -> str:
    """Words of a span without what may follow the name of a power in a list (行政许可事项)."""
    words = text[slice(*span)].strip()
    for tail in rules().power_tails:
        words = words.removesuffix(tail)
    return words
