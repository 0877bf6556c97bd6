"""Totals told by what is counted: outcomes of a flow, breakdowns of applications, several channels together."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.facts.channel_words import channel_of
from extractor.facts.cues import EDGE
from extractor.facts.drafts import Draft
from extractor.facts.lists import can_hold, rules

NEW, IN, OUT = "application.received", "application.carried_in", "application.carried_out"


def attach_outcomes(drafts: Sequence[Draft], earlier: Sequence[Draft]) -> None:
    """Outcome counts that follow their total in the same or the sentence before are parts of it."""
    by_code: dict[str | None, list[Draft]] = {}
    outcomes = [d for d in drafts if d.code in rules().totals_of and d.is_told_level]
    _name_totals(outcomes)
    for level in (*earlier, *drafts):
        if level.is_told_level:
            by_code.setdefault(level.code, []).append(level)
    for draft in outcomes:
        wanted = rules().totals_of[draft.code or ""]
        if draft.total is not None and draft.total.code in {draft.code, *wanted}:
            continue
        found = (d for code in wanted for d in reversed(by_code.get(code, ())) if _may_have(d, draft))
        draft.total = next(found, draft.total)
    _free_of_both(outcomes, drafts)


def _free_of_both(outcomes: Sequence[Draft], drafts: Sequence[Draft]) -> None:
    """Outcomes that add up to new and carried-in applications together have no total that is told.

    新收42件，上年结转1件，予以公开20件，无法提供18件，结转下年5件
    """
    for total in {id(d.total): d.total for d in outcomes if d.total is not None and d.total.code == NEW}.values():
        parts = [d for d in outcomes if d.total is total]
        carried = {code: sum(d.value for d in drafts if d.code == code and d.total is None) for code in (IN, OUT)}
        if carried[IN] and sum(d.value for d in parts) + carried[OUT] == total.value + carried[IN]:
            for part in parts:
                part.total = None


def _may_have(total: Draft, draft: Draft) -> bool:
    """Whether a count before an outcome can be what it is an outcome of."""
    if total.span[0] >= draft.span[0] or total.total is not None or total.depth > draft.depth:
        return False
    return can_hold(total, draft)


def _name_totals(outcomes: Sequence[Draft]) -> None:
    """A total whose own words tell nothing is what its two or more different outcomes are outcomes of."""
    codes: dict[int, set[str | None]] = {}
    for draft in outcomes:
        codes.setdefault(id(draft.total), set()).add(draft.code)
    for draft in outcomes:
        total = draft.total
        if total is not None and total.code is None and len(codes[id(total)]) > 1:
            total.code, total.rule = rules().totals_of[draft.code or ""][0], "rule:outcomes"


def attach_rest(text: str, drafts: Sequence[Draft]) -> None:
    """What is left of a list of outcomes (其他3件, 未审结7件) is a part of the total of the outcomes before it."""
    outcome: Draft | None = None
    for draft in drafts:
        if not draft.is_told_level:
            continue
        own = rules().totals_of.get(draft.code or "")
        known = rules().totals_of.get(outcome.code or "") if outcome is not None else None
        if outcome is not None and known is not None and own != known and _is_rest(text, draft, outcome):
            total = outcome.total
            draft.total, draft.code, draft.rule = total, known[0] if total is None else total.code, "rule:part"
        elif own is not None or draft.code in rules().outcome_totals:
            outcome = draft if own is not None else None


def _is_rest(text: str, draft: Draft, outcome: Draft) -> bool:
    """Whether a count is named as what is left of the outcomes that end with ``outcome``."""
    stages = rules().stages.get(rules().totals_of[outcome.code or ""][0], ())
    if draft.code in stages or not text[draft.own[0] : draft.own[1]].strip(EDGE).startswith(rules().rest):
        return False  # 其余1件结转下年度 tells more
    if outcome.total is not None:
        return can_hold(outcome.total, draft)
    return outcome.sentence is draft.sentence and text[outcome.span[1] : draft.own[0]].strip() in {"、", "，"}


def attach_partitions(text: str, drafts: Sequence[Draft], earlier: Sequence[Draft]) -> None:
    """Counts by kind of applicant or way of application are parts of the count of applications told before."""
    for draft in drafts:
        words = rules().partitions.get(draft.code or "", ())
        own = text[draft.own[0] : draft.own[1]].strip(EDGE) if words else ""
        if draft.total is not None or not draft.is_level or not own.startswith(words):
            continue
        before = [
            d
            for d in (*earlier, *drafts)
            if d.span[0] < draft.span[0] and d.code == draft.code and d.total is None and d is not draft
        ]
        before = [d for d in before if d.is_told_level]
        fitting = [d for d in before if can_hold(d, draft) and not _is_partition(text[slice(*d.own)], words)]
        draft.total = fitting[-1] if fitting else None


def _is_partition(own: str, words: tuple[str, ...]) -> bool:
    """Whether own words name a member of a breakdown: by its kind, or as the label before a colon."""
    return own.strip(EDGE).startswith(words) or own.rstrip().endswith("：")


def settle_totals(text: str, levels: Sequence[Draft]) -> None:
    """Codes of totals that only their parts tell: several channels, new and carried-in applications together."""
    _name_wholes(levels)
    for part in levels:
        total = part.total
        if total is None or total.kind != "explicit":
            continue
        inclusive = rules().inclusive.get((total.code or "", part.code or ""))
        if inclusive and (part.code != total.code or (_is_new(text, part) and not _is_new(text, total))):
            total.code = inclusive
        elif _on_other_channel(text, part, total) and not _is_named(text, total, levels):
            total.code = rules().mixed[total.code or ""]


def _name_wholes(levels: Sequence[Draft]) -> None:
    """A total whose own words tell nothing counts the published information that its parts are (***息1286条，其中…).

    Within a sentence, parts told without a place stand where the others do, if those agree.
    """
    parts: dict[int, list[Draft]] = {}
    for part in levels:
        if part.total is not None and part.total.code is None and not part.total.uncoded:
            parts.setdefault(id(part.total), []).append(part)
    for told in parts.values():
        total, codes = told[0].total, {part.code for part in told}
        if total is not None and len(told) > 1 and codes <= rules().posts:
            placed = codes - {rules().information} if total.sentence is told[0].sentence else codes
            total.code, total.rule = placed.pop() if len(placed) == 1 else rules().information, "rule:parts"
            for draft in levels:
                unplaced = draft.total is total and draft.code == rules().information
                if unplaced or (draft.base is total and draft.code is None):
                    draft.code = total.code


def _is_new(text: str, part: Draft) -> bool:
    """Whether a part is what came in this year of a total that so holds older cases too (其中新收33件，结转0件)."""
    own = text[slice(*part.own)].strip(EDGE)
    return own.endswith(rules().new) or own.startswith(rules().new)


def _is_named(text: str, total: Draft, levels: Sequence[Draft]) -> bool:
    """Whether a total of posts names its channel, and none of its parts does: what else is told is no part of it."""
    if channel_of(text, *total.own) is None and channel_of(text, total.sentence.start, total.own[1]) is None:
        return False
    return not any(d.total is total and d.code == total.code and channel_of(text, *d.own) for d in levels)


def _on_other_channel(text: str, part: Draft, total: Draft) -> bool:
    """Whether a part of posts on one channel was posted on another one."""
    mixed = rules().mixed
    if total.code not in mixed or part.code == total.code or not part.is_level:
        return False
    return part.code in mixed or (part.code == rules().information and channel_of(text, *part.own) is not None)
