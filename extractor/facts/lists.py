"""How the numbers of a list belong together: ``patterns/lists.yaml``, frozen, and what it says of units."""

from __future__ import annotations

from functools import cache
from typing import Any

from extractor.facts.cues import longest_first
from extractor.facts.drafts import Draft
from extractor.lexicon import fields_of, table
from extractor.record import record

STRONG = 16.0  # score at which own words decide against the code of the total


@record
class ListRules:
    """``patterns/lists.yaml``, frozen."""

    classes: tuple[frozenset[str], ...]
    generic: frozenset[str]
    totals_of: dict[str, tuple[str, ...]]
    outcome_totals: frozenset[str]
    new: tuple[str, ...]
    stages: dict[str, frozenset[str]]
    rates: dict[str, str]
    cut_rates: frozenset[str]
    partitions: dict[str, tuple[str, ...]]
    inclusive: dict[tuple[str, str], str]
    apart: dict[str, str]
    undone: dict[str, tuple[str, ...]]
    mixed: dict[str, str]
    posted_kinds: frozenset[str]
    holders: frozenset[str]
    parts_of: dict[str, frozenset[str]]
    never_of: dict[str, frozenset[str]]
    other_carriers: tuple[str, ...]
    bodies: tuple[str, ...]
    body_actions: tuple[str, ...]
    bodiless: frozenset[str]
    scope_units: frozenset[str]
    gathering: tuple[str, ...]
    about: frozenset[str]
    each_has: dict[str, tuple[str, ...]]
    elsewhere: tuple[str, ...]
    means: tuple[str, ...]
    publishers: tuple[str, ...]
    no_kinds: tuple[str, ...]
    titled_by: tuple[str, ...]
    told_by_media: tuple[str, ...]
    powers: tuple[str, ...]
    power_units: frozenset[str]
    decided: frozenset[str]
    body_units: frozenset[str]
    power_tails: tuple[str, ...]
    power_cases: tuple[str, ...]
    withdrawn: tuple[str, ...]
    sites: tuple[str, ...]
    groups: tuple[str, ...]
    held: frozenset[str]
    never_posted: frozenset[str]
    case_domains: frozenset[str]
    case_codes: frozenset[str]
    case_words: tuple[str, ...]
    case_ends: tuple[str, ...]
    told_of: frozenset[str]
    posted_alike: frozenset[str]
    decisions: dict[str, tuple[str, ...]]
    asides: frozenset[str]
    printed: dict[str, str]
    carried_on: dict[str, frozenset[str]]
    posted_units: frozenset[str]
    posted_as: dict[str, str]
    proposals: tuple[str, ...]
    proposal_deeds: tuple[str, ...]
    yields: dict[str, frozenset[str]]
    rest: tuple[str, ...]
    coming_in: frozenset[str]
    together: dict[frozenset[str], str]
    uncounted: frozenset[str]

    @property
    def information(self) -> str:
        """Code of what was published on no channel or on several."""
        return next(iter(self.mixed.values()))

    @property
    def posts(self) -> frozenset[str]:
        """Codes of what was published, whatever its kind."""
        return frozenset({*self.mixed, *self.mixed.values()})


@cache
def rules() -> ListRules:
    """The rules, read once."""
    raw: dict[str, Any] = table("lists")
    made: dict[str, Any] = {
        "classes": tuple(frozenset(units) for units in raw["unit_classes"]),
        "generic": frozenset(raw["generic_totals"]),
        "totals_of": {part: tuple(entry["totals"]) for entry in raw["outcomes"] for part in entry["parts"]},
        "outcome_totals": frozenset(code for entry in raw["outcomes"] for code in entry["totals"]),
        "inclusive": {(entry["total"], entry["part"]): entry["code"] for entry in raw["inclusive"]},
        "bodies": longest_first(raw["bodies"]),
        "case_domains": frozenset(code.split(".")[0] for code in raw["case_codes"]),
        "together": {frozenset(entry["codes"]): entry["code"] for entry in raw["together"]},
    }
    return ListRules(**(fields_of(ListRules, raw) | made))


def is_posted_kind(code: str) -> bool:
    """Whether a code counts a kind of what may be published, and so may stand under a total of posts."""
    kinds = rules().posted_kinds
    return code in kinds or code in rules().posted_as or code.split(".")[0] in kinds


def same_kind(a: str | None, b: str | None) -> bool:
    """Whether two units may count the same kind of thing; a missing unit fits every unit."""
    if a is None or b is None or a == b:
        return True
    return any(a in units and b in units for units in rules().classes)


def goes_with(a: str | None, b: str | None) -> bool:
    """Whether two units are one, or both are units that published information is counted in."""
    return a == b or {a, b} <= rules().posted_units


def can_hold(total: Draft, part: Draft) -> bool:
    """Whether one count is large enough and of the right kind to hold another."""
    held = total.code in rules().holders and part.unit in rules().posted_units and part.unit != total.unit
    if total.span == part.span or total.compared:
        return False  # one value told of both, or a figure that the total is compared with
    return total.value >= part.value and same_kind(total.unit, part.unit) and not held
