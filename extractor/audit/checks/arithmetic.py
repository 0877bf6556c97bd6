"""Arithmetic inside the narrative: sums of parts, balances, percentages, changes and their directions."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractor.audit.case import Case
from extractor.audit.check import FAIL, NOT_ASSESSABLE, PASS, UNCERTAIN, Check, show
from extractor.audit.digits import digit_slip
from extractor.audit.engine import rule
from extractor.audit.scope import begin_of, in_year, is_level, is_plain, narrowing
from extractor.types import Fact

MOST = 40  # parts of one total; longer lists are read as one run
FLOW = ("application.carried_in", "application.received", "application.answered", "application.carried_out")


def _groups(case: Case) -> Iterator[tuple[Fact, tuple[Fact, ...], bool]]:
    """Totals with each of their partitions: parts of one unit; and whether the text closes the list."""
    for total in case.facts:
        parts = [part for part in case.parts.get(total.id, ()) if is_level(part) and part.unit == total.unit]
        if not is_level(total) or not parts:
            continue
        for group in _partitions(total, parts):
            for summed in [(part,) for part in group] if _may_overlap(case, total, group) else [group]:
                yield total, summed, _is_closed(case, total, summed)


def _may_overlap(case: Case, total: Fact, parts: Sequence[Fact]) -> bool:
    """Whether each part tells another property of the total (可网办1203项、全程网办715项): it may have several."""
    names = {part.indicator for part in parts} - {None, total.indicator}
    apart = len(parts) > 1 and len(names) == len(parts) and not _same_kind(case, total, parts)
    return apart and _bounds(parts)[0] > total.high


def _partitions(total: Fact, parts: Sequence[Fact]) -> list[tuple[Fact, ...]]:
    """Parts by what they divide the total by: runs that make the total, then channels and kinds of what is left."""
    runs, rest = _carve(total, list(parts))
    by_channel = tuple(part for part in rest if part.channel is not None and part.channel != total.channel)
    others = tuple(part for part in rest if part not in by_channel)
    both = by_channel and others and not _meets(total, rest)
    left = [by_channel, others] if both else [tuple(rest)]
    return [*runs, *(group for group in left if group)]


def _carve(total: Fact, parts: list[Fact]) -> tuple[list[tuple[Fact, ...]], list[Fact]]:
    """Runs of neighbours that make the total, longest first from the left, and the parts that are in none."""
    runs: list[tuple[Fact, ...]] = []
    rest: list[Fact] = []
    if len(parts) > MOST:
        return runs, parts
    at = 0
    while at < len(parts):
        end = next((end for end in range(len(parts), at + 1, -1) if _meets(total, parts[at:end])), None)
        if end is None:
            rest.append(parts[at])
            at += 1
        else:
            runs.append(tuple(parts[at:end]))
            at = end
    return runs, rest


def _bounds(parts: Sequence[Fact]) -> tuple[Decimal, Decimal]:
    zero = Decimal(0)
    return sum((part.low for part in parts), zero), sum((part.high for part in parts), zero)


def _meets(total: Fact, parts: Sequence[Fact]) -> bool:
    low, high = _bounds(parts)
    return low <= total.high and high >= total.low


def _is_closed(case: Case, total: Fact, parts: Sequence[Fact]) -> bool:
    """Whether the words between total and parts say that the list is complete."""
    if len(parts) < 2 or not _same_kind(case, total, parts):
        return False
    start, end = total.evidence.span[1], parts[-1].evidence.span[1]
    if end <= start:
        return False
    words = case.fold(start, end)
    closed = words.startswith(case.words("closed_start")) or any(cue in words for cue in case.words("closed_list"))
    after = case.fold(end, min(end + 1, len(case.report.document.text)))
    return closed and not any(cue in words or cue == after for cue in case.words("open_list"))


def _same_kind(case: Case, total: Fact, parts: Sequence[Fact]) -> bool:
    """Whether total and parts count the same kind of thing, so that more parts than total is an error."""
    names = {total.indicator, *(part.indicator for part in parts)}
    return len(names) == 1 or any(names <= set(family) for family in case.content("families"))


def _some_run_meets(total: Fact, parts: Sequence[Fact]) -> bool:
    """Whether a run of the parts alone makes the total (deeper parts may stand among them)."""
    parts = parts[:MOST]
    for at, first in enumerate(parts):
        low, high = first.low, first.high
        for part in parts[at + 1 :]:
            low, high = low + part.low, high + part.high
            if low <= total.high and high >= total.low:
                return True
    return False


def _other_total(case: Case, total: Fact, parts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """Other figures before the parts that they make: one that is not their total, or that one and its neighbour."""
    before = [
        fact
        for fact in case.by_sentence[total.evidence.sentence_span]
        if fact.evidence.span[1] <= parts[0].evidence.span[0]
        and (is_level(fact) and fact.unit == total.unit and fact.id != total.id and fact.part_of is None)
    ]
    alone = next((fact for fact in before if _meets(fact, parts)), None)
    if alone is not None:
        return (alone,)
    low, high = _bounds(parts)
    for fact in before:
        least, most = _bounds((total, fact))
        if low <= most and high >= least:
            return (total, fact) if total.evidence.span < fact.evidence.span else (fact, total)
    return ()


def _nested(case: Case, total: Fact, parts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """Those of the parts that are parts of the part before them, so that the others alone fit the total."""
    parts = parts[:MOST]
    for at in range(len(parts) - 1):
        for end in range(at + 2, len(parts) + 1):
            inner, rest = parts[at + 1 : end], (*parts[: at + 1], *parts[end:])
            if _bounds(inner)[0] > parts[at].high:
                break
            between = case.fold(parts[at].evidence.span[1], parts[at + 1].evidence.span[0])
            said = any(word in between for word in case.words("nested")) and _bounds(rest)[0] <= total.high
            if said or _meets(total, rest):
                return inner
    return ()


def _check_parts(case: Case, total: Fact, parts: tuple[Fact, ...], closed: bool) -> tuple[str, Check]:
    """The rule that speaks (NA-01 closed or equal, NA-02 open) and its check."""
    low, _ = _bounds(parts)
    known = sum((part.value for part in parts), Decimal(0))
    values = {"label": total.label or total.raw, "total": show(total.value), "sum": show(known),
              "difference": show(abs(total.value - known))}  # fmt: skip
    meets = _meets(total, parts)
    terms = (*(case.fact_term(part, "+" if at else "") for at, part in enumerate(parts)),
             case.fact_term(total, "=" if meets else "≠"))  # fmt: skip
    if meets:
        return "NA-01", Check(PASS, terms, values)
    if low > total.high:
        other = _other_total(case, total, parts)
        if other:
            whole = tuple(case.fact_term(fact, "+" if at else "=") for at, fact in enumerate(other))
            return "NA-02", Check(PASS, (*terms[:-1], *whole), values)
        inner = _nested(case, total, parts)
        if inner and _meets(total, [part for part in parts if part not in inner]):
            outer = tuple(term for term in terms if term.key not in {part.id for part in inner})
            return "NA-02", Check(PASS, (*outer[:-1], case.fact_term(total, "=")), values)
        sure = _same_kind(case, total, parts) and not _some_run_meets(total, parts) and not inner
        return ("NA-01" if closed else "NA-02"), Check(FAIL if sure else UNCERTAIN, terms, values)
    if closed:
        return "NA-01", Check(FAIL, terms, values)
    return "NA-02", Check(PASS, (*terms[:-1], case.fact_term(total, "≤")), values)


def _siblings(case: Case, total: Fact, parts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """Figures of the same kind that follow the parts in their sentence without being marked as parts."""
    end = parts[-1].evidence.span[1]
    told = case.by_sentence[total.evidence.sentence_span]
    inside = told[bisect_left(told, end, key=begin_of) :][:MOST]
    alike = [f for f in inside if is_level(f) and f.unit == total.unit and f.part_of is None and f.value > 0]
    return tuple(alike) if _same_kind(case, total, (*parts, *alike)) else ()


def _check_siblings(case: Case, total: Fact, parts: tuple[Fact, ...]) -> Check | None:
    """A list that exceeds its total when what follows is counted in.

    A FAIL where one slip of a digit explains it, or where the list goes on from channel to channel.
    """
    more = _siblings(case, total, parts)
    whole = (*parts, *more)
    low, _ = _bounds(whole)
    if not more or low <= total.high or _some_run_meets(total, whole):
        return None
    known = sum((part.value for part in whole), Decimal(0))
    slip = any(digit_slip(show(part.value), show(part.value - known + total.value)) for part in whole)
    values = {"label": total.label or total.raw, "total": show(total.value), "sum": show(known),
              "difference": show(known - total.value)}  # fmt: skip
    terms = (*(case.fact_term(part, "+" if at else "") for at, part in enumerate(whole)), case.fact_term(total, "≠"))
    return Check(FAIL if slip or _goes_on(case, total, whole) else UNCERTAIN, terms, values)


def _goes_on(case: Case, total: Fact, parts: tuple[Fact, ...]) -> bool:
    """Whether the parts are one list of channels, each another one, behind a cue for parts of the total."""
    channels = {part.channel for part in parts}
    start, end = total.evidence.span[1], parts[0].evidence.span[0]
    cued = start <= end and any(cue in case.fold(start, end) for cue in case.words("open_list"))
    between = case.fold(parts[0].evidence.span[1], parts[-1].evidence.span[0])
    return cued and len(channels - {None}) == len(parts) and not case.pattern("clause_end_hard").search(between)


def _check_sums(case: Case, name: str) -> Iterator[Check]:
    found = [check for speaks, check in case.remember("sums", lambda: list(_all_sums(case))) if speaks == name]
    yield from found or [Check(NOT_ASSESSABLE, variant="no_claim", subject=("sums",))]


def _all_sums(case: Case) -> Iterator[tuple[str, Check]]:
    """The checks of all totals with the rule that each speaks for."""
    for total, parts, closed in _groups(case):
        speaks, check = _check_parts(case, total, parts, closed)
        if speaks == "NA-02" and check.outcome == PASS:
            check = _check_siblings(case, total, parts) or check
        yield ("NA-03" if total.part_of is not None else speaks), check


@rule("NA-01")
def check_closed_sum(case: Case) -> Iterator[Check]:
    """A total is the sum of the parts of a complete list."""
    yield from _check_sums(case, "NA-01")


@rule("NA-02")
def check_open_sum(case: Case) -> Iterator[Check]:
    """The parts of an open list do not exceed their total."""
    yield from _check_sums(case, "NA-02")


@rule("NA-03")
def check_nested_sum(case: Case) -> Iterator[Check]:
    """Sums hold at each level of a nested list."""
    yield from _check_sums(case, "NA-03")


@rule("NA-04")
def check_balance(case: Case) -> Iterator[Check]:
    """What was carried in and received is what was answered and carried out, where the text says all four."""
    facts = []
    for name in FLOW:
        told = [fact for fact in case.by_indicator.get(name, ()) if is_level(fact) and in_year(case, fact)]
        whole = [fact for fact in told if is_plain(fact)]
        if len({fact.value for fact in whole}) == 1:
            facts.append(whole[0])
    subjects = {fact.subject for fact in facts} - {None}
    if len(facts) != len(FLOW) or len(subjects) > 1:
        yield Check(NOT_ASSESSABLE, variant="no_claim", subject=("balance",))
        return
    carried_in, received, answered, carried_out = facts
    low, high = _bounds((carried_in, received))
    least, most = _bounds((answered, carried_out))
    holds = low <= most and least <= high
    if not holds and received.low <= most and least <= received.high:
        # the figure received is one that has what was carried in already
        short = (case.fact_term(received), case.fact_term(answered, "="), case.fact_term(carried_out, "+"))
        yield Check(PASS, short)
        return
    terms = (case.fact_term(carried_in), case.fact_term(received, "+"),
             case.fact_term(answered, "=" if holds else "≠"), case.fact_term(carried_out, "+"))  # fmt: skip
    values = {"left": show(carried_in.value + received.value), "right": show(answered.value + carried_out.value)}
    yield Check(PASS if holds else FAIL, terms, values)


@rule("NA-16")
def check_twice(case: Case) -> Iterator[Check]:
    """The same figure told twice is the same."""
    told: dict[tuple[str | None, ...], list[Fact]] = {}
    for fact in case.facts:
        if fact.indicator is not None and is_level(fact) and fact.kind != "implied" and not fact.part_of:
            key = (fact.indicator, fact.subject, fact.channel, narrowing(fact), fact.unit, fact.measure,
                   fact.period.start, fact.period.end, fact.period.as_of)  # fmt: skip
            told.setdefault(key, []).append(fact)
    for facts in told.values():
        first = facts[0]
        for other in facts[1:]:
            check = _compare_twice(case, first, other)
            if check is not None:
                yield check


def _compare_twice(case: Case, first: Fact, other: Fact) -> Check | None:
    apart = first.low > other.high or other.low > first.high
    same_words = first.label == other.label
    hard = (first.indicator or "") in case.words("told_once")
    near = first.evidence.sentence_span == other.evidence.sentence_span
    if (not same_words and not hard) or (near and apart):
        return None
    outcome = PASS if not apart else FAIL if same_words and hard else UNCERTAIN
    if outcome == UNCERTAIN and not hard:
        return None
    values = {"label": first.label, "first": first.raw, "second": other.raw}
    return Check(outcome, (case.fact_term(first), case.fact_term(other, "≠" if apart else "=")), values)
