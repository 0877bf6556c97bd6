"""Facts of the narrative paired with the table cells that hold the same figure."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Any

from extractor.audit.case import Case, View
from extractor.audit.scope import FOREIGN, in_year, is_level, subject_scope
from extractor.lexicon import matcher, table
from extractor.record import record
from extractor.types import Fact

CLAUSE_END = matcher(r"[,，;；。:：]")
WAN = Decimal(10_000)  # yuan in one 万元, the unit of the money cells


@record
class Sum:
    """Some cells and their sum, in the unit of the fact; None where a cell holds no number."""

    keys: tuple[str, ...]
    value: Decimal | None


@record
class Pair:
    """A fact and the sums of cells it may be; rule -- which comparison; sums -- the first is the one that is meant;
    sure -- whether the words leave no doubt that the fact is what the cells count."""

    rule: str
    fact: Fact
    sums: tuple[Sum, ...]
    sure: bool = True


def find_pairs(view: View) -> tuple[Pair, ...]:
    """Each comparable fact of the report with its cells, in text order; every fact at most once."""
    return tuple(pair for fact in view.facts for pair in _pair(view, fact))


def _pair(view: View, fact: Fact) -> Iterator[Pair]:
    if fact.indicator is None or not is_level(fact) or fact.kind == "implied" or not in_year(view, fact):
        return
    if subject_scope(view, fact) == FOREIGN:
        return
    chosen = _choose(view, fact)
    if chosen is None:
        return
    rule, patterns, sure, own = chosen
    sums = tuple(made for keys in patterns if (made := _sum(view, keys, fact.unit)) is not None)
    if sums:
        words = f"{fact.label} {fact.evidence.heading} {view.sentence(fact)}"
        certain = not sure or fact.kind == "zero" or any(word in words for word in sure)
        near = f"{fact.label} {fact.category or ''} {_before(view, fact)}"
        yield Pair(rule, fact, sums, certain and (not own or any(word in near for word in own)))


def _choose(view: View, fact: Fact) -> tuple[str, list[list[str]], list[str], list[str]] | None:
    """Rule, sums and words of certainty for a fact: those its own words choose, else those of its indicator."""
    if fact.channel is not None or (_is_part_of_same(view, fact) and not _named(fact)):
        return None
    named = _named(fact)
    plain = [entry for entry in _comparisons().get(fact.indicator or "", ()) if entry.get("words") is None]
    if named:
        together = [pattern for entry in named for pattern in entry["sums"][0]]
        sums = [*named[0]["sums"]] if len(named) == 1 else []
        return named[0]["rule"], [*sums, together, *(keys for entry in plain[-1:] for keys in entry["sums"])], [], []
    for entry in plain:
        near = entry.get("near")
        if near is None or any(word in fact.label or word in _before(view, fact) for word in near):
            return entry["rule"], entry["sums"], entry.get("sure") or [], entry.get("own") or []
    return None


def _named(fact: Fact) -> list[dict[str, Any]]:
    """Comparisons that words of the fact's label or category choose (a reason, a kind of applicant)."""
    own = f"{fact.label} {fact.category or ''}"
    entries = _comparisons().get(fact.indicator or "", ())
    return [entry for entry in entries if any(word in own for word in entry.get("words") or ())]


def _before(view: View, fact: Fact) -> str:
    """The clause before the number, where the verb stands."""
    start = fact.evidence.span[0]
    clause = view.fold(max(fact.evidence.sentence_span[0], start - 20), start)
    return CLAUSE_END.split(clause)[-1]


def _is_part_of_same(view: View, fact: Fact) -> bool:
    total = view.by_id.get(fact.part_of or "")
    return total is not None and total.indicator == fact.indicator


@cache
def _comparisons() -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for entry in table("audit")["comparisons"]:
        found.setdefault(entry["indicator"], []).append(entry)
    return found


def _sum(view: View, patterns: list[str], unit: str | None) -> Sum | None:
    """The sum over cell keys, in which ``*`` stands for all sub-rows; None where one of them is not printed."""
    keys: list[str] = []
    for pattern in patterns:
        found = _expand(view, pattern)
        if not found:
            return None
        keys += found
    values = [view.number(key) for key in keys]
    numbers = [value for value in values if value is not None]
    if not numbers or len(numbers) < len(values):
        return Sum(tuple(keys), None)
    factor = WAN if unit is not None and keys[0].endswith(".amount") else Decimal(1)
    return Sum(tuple(keys), sum(numbers, Decimal(0)) * factor)


def _expand(view: View, pattern: str) -> list[str]:
    if "*" not in pattern:
        return [pattern] if pattern in view.cells else []
    start, end = pattern.split("*")
    return [key for key in view.cells if key.startswith(start) and key.endswith(end)]


def indicator_cells(view: View, fact: Fact) -> tuple[Sum, ...]:
    """Cells for the fact's indicator in ``view`` (the fact may be of another report)."""
    entries = _comparisons().get(fact.indicator or "", ())
    plain = [entry for entry in entries if entry.get("words") is None]
    made = [_sum(view, keys, fact.unit) for entry in plain for keys in entry["sums"]]
    return tuple(found for found in made if found is not None)


def pairs_of(case: Case) -> tuple[Pair, ...]:
    """``find_pairs`` of the report under audit, made once."""
    return case.remember("pairs", lambda: find_pairs(case))


def ratio_cells(case: Case, fact: Fact) -> tuple[Sum, tuple[Sum, ...]] | None:
    """The cells that a share is of, and the totals that it may be measured by; None where its words name none."""
    for entry in case.content("ratios"):
        own = f"{fact.label} {fact.category or ''}"
        if entry["indicator"] != fact.indicator or not any(word in own for word in entry["words"]):
            continue
        part = _sum(case, entry["part"], None)
        bases = tuple(made for keys in entry["bases"] if (made := _sum(case, keys, None)) is not None and made.value)
        if part is not None and part.value is not None and bases:
            return part, bases
    return None
