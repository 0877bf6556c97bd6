"""Totals and parts: which counts the text says make up which total."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import Any

from extractor.facts.carriers import channel_of
from extractor.facts.cues import EDGE, cues
from extractor.facts.drafts import Draft
from extractor.lexicon import table

MAX_BACK = 12  # counts looked back over for a total
CLOSING = 8  # characters of the own words of a total told behind its parts
LEAST_SUM = 10  # smallest total that a run of counts may add up to by more than chance
SLIP = Decimal(
    "1.15"
)  # what parts may exceed their total by and still be its list: reports hold sums that do not add up
STRONG = 16.0  # score at which own words decide against the code of the total


@dataclass(frozen=True, slots=True)
class ListRules:
    """``patterns/lists.yaml``, frozen."""

    classes: tuple[frozenset[str], ...]
    generic: frozenset[str]
    totals_of: dict[str, tuple[str, ...]]
    stages: dict[str, frozenset[str]]
    rates: dict[str, str]
    cut_rates: frozenset[str]
    partitions: dict[str, tuple[str, ...]]
    inclusive: dict[tuple[str, str], str]
    mixed: dict[str, str]
    rest: tuple[str, ...]

    @property
    def posts(self) -> frozenset[str]:
        """Codes of what was published, whatever its kind."""
        return frozenset({*self.mixed, *self.mixed.values()})


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
        cut_rates=frozenset(raw["cut_rates"]),
        partitions={code: tuple(words) for code, words in raw["partitions"].items()},
        inclusive={(entry["total"], entry["part"]): entry["code"] for entry in raw["inclusive"]},
        mixed=raw["mixed"],
        rest=tuple(raw["rest"]),
    )


def same_kind(a: str | None, b: str | None) -> bool:
    """Whether two units may count the same kind of thing; a missing unit fits every unit."""
    if a is None or b is None or a == b:
        return True
    return any(a in units and b in units for units in rules().classes)


def total_of(text: str, draft: Draft, known: Sequence[Draft]) -> Draft | None:
    """The total that the text marks a level draft as a part of.

    known -- level drafts before it in the same section, in order of the text.
    """
    recent = known[-MAX_BACK:]
    found = _bracketed(draft, recent) or _marked(draft, recent) or _listed(text, draft, recent)
    return found or _continued(text, draft, recent) or _subset(text, draft, recent)


def attach_outcomes(drafts: Sequence[Draft], earlier: Sequence[Draft]) -> None:
    """Outcome counts that follow their total in the same or the sentence before are parts of it."""
    levels = [d for d in (*earlier, *drafts) if d.is_level and d.kind == "explicit"]
    outcomes = [d for d in drafts if d.code in rules().totals_of and d.is_level and d.kind == "explicit"]
    _name_totals(outcomes)
    for draft in outcomes:
        wanted = rules().totals_of[draft.code or ""]
        if draft.total is not None and draft.total.code in wanted:
            continue
        before = [d for d in levels if d.span[0] < draft.span[0] and d.code in wanted and d.total is None]
        before = [d for d in before if d.value >= draft.value and same_kind(d.unit, draft.unit)]
        found = next((fitting for code in wanted if (fitting := [d for d in before if d.code == code])), [])
        if found:
            draft.total = found[-1]


def _name_totals(outcomes: Sequence[Draft]) -> None:
    """A total whose own words tell nothing is what its two or more different outcomes are outcomes of."""
    for draft in outcomes:
        total = draft.total
        if total is not None and total.code is None and len({d.code for d in outcomes if d.total is total}) > 1:
            total.code, total.rule = rules().totals_of[draft.code or ""][0], "rule:outcomes"


def attach_rest(text: str, drafts: Sequence[Draft]) -> None:
    """What is left of a list of outcomes (其他3件, 未审结7件) is a part of the total of the outcomes before it."""
    outcome: Draft | None = None
    for draft in drafts:
        if not draft.is_level or draft.kind != "explicit":
            continue
        if draft.code in rules().totals_of and draft.total is not None:
            outcome = draft
        elif outcome is not None and outcome.total is not None and _is_rest(text, draft, outcome.total):
            draft.total, draft.code, draft.rule = outcome.total, outcome.total.code, "rule:part"


def _is_rest(text: str, draft: Draft, total: Draft) -> bool:
    return text[draft.own[0] : draft.own[1]].strip(EDGE).startswith(rules().rest) and can_hold(total, draft)


def attach_partitions(text: str, drafts: Sequence[Draft], earlier: Sequence[Draft]) -> None:
    """Counts by kind of applicant or way of application are parts of the count of applications told before."""
    levels = [d for d in (*earlier, *drafts) if d.is_level and d.kind == "explicit"]
    for draft in drafts:
        words = rules().partitions.get(draft.code or "", ())
        own = text[draft.own[0] : draft.own[1]].strip(EDGE)
        if draft.total is not None or not draft.is_level or not own.startswith(words):
            continue
        before = [
            d
            for d in levels
            if d.span[0] < draft.span[0] and d.code == draft.code and d.total is None and d is not draft
        ]
        fitting = [
            d for d in before if can_hold(d, draft) and not text[d.own[0] : d.own[1]].strip(EDGE).startswith(words)
        ]
        draft.total = fitting[-1] if fitting else None


def _bracketed(draft: Draft, known: Sequence[Draft]) -> Draft | None:
    """Total of a number in a bracket that opens right behind it (工单3100件（承办2700件、退回400件）)."""
    if draft.item is None or draft.item.opener < 0 or "exclusive" in draft.item.marks:
        return None
    opener = draft.item.opener
    return next((other for other in reversed(known) if other.span[1] == opener and can_hold(other, draft)), None)


def _marked(draft: Draft, known: Sequence[Draft]) -> Draft | None:
    """Total of the first number behind 其中, 含, 包括: the nearest count before it that can hold it."""
    if draft.item is None or "exclusive" in draft.item.marks:
        return None
    if "partition" in draft.item.marks:
        return _nearest(draft, [other for other in known if other.total is None])
    return _nearest(draft, known) if draft.item.marks & {"total", "inclusive"} else None


def _listed(text: str, draft: Draft, known: Sequence[Draft]) -> Draft | None:
    """Total of the first number of a list behind a colon (公开信息152条：网站98条，…)."""
    if not known or known[-1].sentence is not draft.sentence or draft.item is None:
        return None
    total = known[-1]
    behind = max(total.right[1], total.span[1])
    return total if text[behind : behind + 1] == "：" and can_hold(total, draft) else None


def _subset(text: str, draft: Draft, known: Sequence[Draft]) -> Draft | None:
    """Total of a remainder or a quality (抽检3120批次，不合格61批次): the count before it in the same unit.

    A remainder belongs to the count that it is what is left of, where the numbers tell (受理90件，办结87件，其余3件).
    """
    own = text[draft.own[0] : draft.own[1]].strip(EDGE)
    if not own.startswith(cues().subset):
        return None
    same = [d for d in known if d.sentence is draft.sentence and d.unit == draft.unit and d.value >= draft.value]
    left = [a for a, b in pairwise(same) if a.value - b.value == draft.value]
    return next(reversed(left or same), None)


def _nearest(draft: Draft, known: Sequence[Draft]) -> Draft | None:
    """Nearest earlier count in the same unit that can hold the draft, else in a unit of the same kind."""
    fitting = [other for other in known if can_hold(other, draft)]
    same = [other for other in fitting if other.unit == draft.unit]
    if fitting and (not same or fitting[-1].total is same[-1].total):
        same = same or fitting
    return same[-1] if same else None


def can_hold(total: Draft, part: Draft) -> bool:
    """Whether one count is large enough and of the right kind to hold another."""
    return total.value >= part.value and same_kind(total.unit, part.unit)


def _continued(text: str, draft: Draft, known: Sequence[Draft]) -> Draft | None:
    """The list goes on: the total of the number before, while the parts do not exceed it by more than a slip."""
    if not known or draft.item is None or draft.item.opener >= 0:
        return None
    previous = next((other for other in reversed(known) if other.depth == draft.depth), None)
    if previous is None or previous.total is None or previous.sentence is not draft.sentence:
        return None
    if previous.depth == 0 and previous.total.depth > 0:
        return None
    if "；" in text[previous.span[1] : draft.own[0]] and text.startswith(cues().actions, *draft.own):
        return None
    chain = _chain(previous.total)
    return next((total for total in chain if _goes_on(total, draft, known)), None) or _beside(chain[0], draft, known)


def _chain(total: Draft) -> list[Draft]:
    """A total, and the totals it is a part of."""
    chain = [total]
    while chain[-1].total is not None and len(chain) < 4:
        chain.append(chain[-1].total)
    return chain


def _goes_on(total: Draft, draft: Draft, known: Sequence[Draft]) -> bool:
    told = draft.matches[0].code if draft.matches else None
    if not can_hold(total, draft) or told in rules().stages.get(total.code or "", ()):
        return False
    if draft.matches and not _compatible(total, draft):
        return False
    parts = [other for other in known if other.total is total]
    return sum((other.value for other in parts), Decimal(0)) + draft.value <= total.value * SLIP


def _compatible(total: Draft, draft: Draft) -> bool:
    """Whether a part that has a code of its own may stand under this total."""
    code, score = draft.matches[0].code, draft.matches[0].score
    if total.code is None or code == total.code or score < STRONG:
        return True
    return total.code in rules().generic or total.code in rules().totals_of.get(code, ())


def _beside(total: Draft, draft: Draft, known: Sequence[Draft]) -> Draft | None:
    """Total of another unit right beside the list's total (专题9个，信息1765条。其中新增3个，发布402条)."""
    if draft.unit == total.unit or total not in known:
        return None
    at = list(known).index(total)
    near = [
        other for other in known[max(0, at - 1) : at + 2] if other is not total and other.sentence is total.sentence
    ]
    return next((d for d in near if d.unit == draft.unit and d.value >= draft.value and d.total is None), None)


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
        run.append(other)
        rest -= other.value
        if rest == 0:
            break
    return run if rest == 0 and len(run) >= 2 else []


def attach_closing_sum(text: str, draft: Draft, levels: Sequence[Draft]) -> bool:
    """Make a total told behind its parts (收到7件，结转1件，共8件) the total of the counts that add up to it.

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
    draft.code, draft.rule, draft.score = together or run[-1].code, "rule:sum", STRONG
    for other in run:
        other.total = draft
    return True


def settle_totals(text: str, levels: Sequence[Draft]) -> None:
    """Codes of totals that only their parts tell: several channels, new and carried-in applications together."""
    for part in levels:
        total = part.total
        if total is None or total.kind != "explicit":
            continue
        inclusive = rules().inclusive.get((total.code or "", part.code or ""))
        if inclusive:
            total.code = inclusive
        elif _on_other_channel(text, part, total):
            total.code = rules().mixed[total.code or ""]


def _on_other_channel(text: str, part: Draft, total: Draft) -> bool:
    """Whether a part of posts on one channel was posted on another one."""
    mixed = rules().mixed
    if total.code not in mixed or part.code == total.code or not part.is_level:
        return False
    return part.code in mixed or (part.code in mixed.values() and channel_of(text, *part.own) is not None)
