"""Totals and parts: which counts the text says make up which total."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from extractor.facts.drafts import Draft
from extractor.lexicon import table

MAX_BACK = 12  # counts looked back over for a total


@dataclass(frozen=True, slots=True)
class ListRules:
    """``patterns/lists.yaml``, frozen."""

    classes: tuple[frozenset[str], ...]
    generic: frozenset[str]
    totals_of: dict[str, tuple[str, ...]]
    stages: dict[str, frozenset[str]]
    rates: dict[str, str]


@cache
def rules() -> ListRules:
    """The rules, read once."""
    raw: dict[str, Any] = table("lists")
    return ListRules(
        classes=tuple(frozenset(units) for units in raw["unit_classes"]),
        generic=frozenset(raw["generic_totals"]),
        totals_of={part: tuple(entry["totals"]) for entry in raw["outcomes"] for part in entry["parts"]},
        stages={code: frozenset(stages) for code, stages in raw["stages"].items()},
        rates=raw["rates"],
    )


def same_kind(a: str | None, b: str | None) -> bool:
    """Whether two units may count the same kind of thing; a missing unit fits every unit."""
    if a is None or b is None or a == b:
        return True
    return any(a in units and b in units for units in rules().classes)


def total_of(text: str, draft: Draft, known: Sequence[Draft]) -> Draft | None:
    """The total that the text marks a level draft as a part of.

    known -- level drafts before it in the same paragraph, in order of the text.
    """
    recent = known[-MAX_BACK:]
    return _bracketed(draft, recent) or _marked(draft, recent) or _continued(draft, recent)


def attach_outcomes(drafts: Sequence[Draft], earlier: Sequence[Draft]) -> None:
    """Outcome counts that follow their total in the same or the sentence before are parts of it."""
    levels = [d for d in (*earlier, *drafts) if d.is_level and d.kind == "explicit"]
    for draft in drafts:
        wanted = rules().totals_of.get(draft.code or "")
        if wanted is None or not draft.is_level or draft.kind != "explicit":
            continue
        before = [d for d in levels if d.span[0] < draft.span[0] and d.code in wanted and d.total is None]
        before = [d for d in before if d.value >= draft.value and same_kind(d.unit, draft.unit)]
        if draft.total is None or draft.total.code not in wanted:
            for code in wanted:
                found = [d for d in before if d.code == code]
                if found:
                    draft.total = found[-1]
                    break


def _bracketed(draft: Draft, known: Sequence[Draft]) -> Draft | None:
    """Total of a number in a bracket that opens right behind it (工单3100件（承办2700件、退回400件）)."""
    if draft.item is None or draft.item.opener < 0:
        return None
    opener = draft.item.opener
    for other in reversed(known):
        if other.span[1] == opener and _can_hold(other, draft, strict=False):
            if draft.item.marks & {"exclusive"}:
                return None
            return other
    return None


def _marked(draft: Draft, known: Sequence[Draft]) -> Draft | None:
    """Total of the first number behind 其中, 含, 包括: the nearest count before it that can hold it."""
    if draft.item is None or not draft.item.marks & {"total", "inclusive"} or "exclusive" in draft.item.marks:
        return None
    return _nearest(draft, known)


def _nearest(draft: Draft, known: Sequence[Draft]) -> Draft | None:
    """Nearest earlier count with the same unit that can hold the draft, else the nearest with a unit of the same kind."""
    fitting = [other for other in known if _can_hold(other, draft, strict=False)]
    same = [other for other in fitting if other.unit == draft.unit]
    nearest = fitting[-1:] if fitting and (not same or fitting[-1].total is same[-1].total) else same[-1:]
    found = (same or nearest)[-1:]
    return found[0] if found else None


def _can_hold(total: Draft, part: Draft, strict: bool) -> bool:
    if total.value < part.value or not same_kind(total.unit, part.unit):
        return False
    return total.unit == part.unit or not strict


def _continued(draft: Draft, known: Sequence[Draft]) -> Draft | None:
    """The list goes on: the total of the number before, while the parts do not exceed it."""
    if not known or draft.item is None or draft.item.opener >= 0:
        return None
    previous = next((other for other in reversed(known) if other.depth == draft.depth), None)
    if previous is None or previous.total is None or previous.sentence is not draft.sentence:
        return None
    if previous.depth == 0 and previous.total.depth > 0:
        return None
    for total in _chain(previous.total):
        if _goes_on(total, draft, known):
            return total
    return None


def _chain(total: Draft) -> list[Draft]:
    """A total, and the totals it is a part of."""
    chain = [total]
    while chain[-1].total is not None and len(chain) < 4:
        chain.append(chain[-1].total)
    return chain


def _goes_on(total: Draft, draft: Draft, known: Sequence[Draft]) -> bool:
    if not _can_hold(total, draft, strict=False) or draft.code in rules().stages.get(total.code or "", ()):
        return False
    if draft.matches and not _compatible(total, draft):
        return False
    parts = [other for other in known if other.total is total]
    return sum((other.value for other in parts), Decimal(0)) + draft.value <= total.value


def _compatible(total: Draft, draft: Draft) -> bool:
    """Whether a part that has a code of its own may stand under this total."""
    code = draft.matches[0].code
    if total.code is None or code == total.code:
        return True
    return total.code in rules().generic or total.code in rules().totals_of.get(code, ())


def attach_sums(levels: Sequence[Draft], before: Sequence[Draft]) -> list[Draft]:
    """Make runs of two or more counts that add up exactly to the count before them its parts; return those parts.

    levels -- level drafts of the sentence; before -- level drafts earlier in the paragraph.
    """
    found: list[Draft] = []
    known = [*before, *levels]
    first = len(before)
    for at in range(len(known)):
        total = known[at]
        if total.value <= 0 or (at < first - 1 and total.total is not None):
            continue
        run: list[Draft] = []
        rest = total.value
        for other in known[max(at + 1, first) :]:
            if other.total is total:
                continue
            if other.total is not None and other.total in run:
                continue
            if other.total is not None or not same_kind(total.unit, other.unit) or other.value > rest:
                break
            if total.unit != other.unit or other.code in rules().stages.get(total.code or "", ()):
                break
            run.append(other)
            rest -= other.value
            if rest == 0:
                break
        if rest == 0 and len(run) >= 2:
            for other in run:
                other.total = total
            found += run
    return found
