"""How the numbers of a list belong together: ``patterns/lists.yaml``, frozen, and what it says of units."""

from __future__ import annotations

from functools import cache
from typing import Any

from extractor.facts.cues import longest_first
from extractor.facts.drafts import Draft
from extractor.lexicon import table
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
    powers: tuple[str, ...]
    power_units: frozenset[str]
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
    yields: dict[str, frozenset[str]]
    rest: tuple[str, ...]
    together: dict[frozenset[str], str]
    uncounted: frozenset[str]

    @property
    def posts(self) -> frozenset[str]:
        """Codes of what was published, whatever its kind."""
        return frozenset({*self.mixed, *self.mixed.values()})


# fields that are taken as they stand, by what they become
SETS = (
    "power_units",
    "cut_rates",
    "case_codes",
    "posted_kinds",
    "holders",
    "bodiless",
    "scope_units",
    "about",
    "held",
    "never_posted",
    "told_of",
    "posted_alike",
    "asides",
    "posted_units",
    "uncounted",
)
TUPLES = (
    "case_words",
    "case_ends",
    "new",
    "other_carriers",
    "body_actions",
    "gathering",
    "elsewhere",
    "powers",
    "power_tails",
    "power_cases",
    "withdrawn",
    "sites",
    "groups",
    "rest",
)
PLAIN = ("rates", "mixed", "printed", "posted_as")


@cache
def rules() -> ListRules:
    """The rules, read once."""
    raw: dict[str, Any] = table("lists")
    kept: dict[str, Any] = {name: frozenset(raw[name]) for name in SETS}
    kept |= {name: tuple(raw[name]) for name in TUPLES} | {name: raw[name] for name in PLAIN}
    return ListRules(
        classes=tuple(frozenset(units) for units in raw["unit_classes"]),
        generic=frozenset(raw["generic_totals"]),
        totals_of={part: tuple(entry["totals"]) for entry in raw["outcomes"] for part in entry["parts"]},
        outcome_totals=frozenset(code for entry in raw["outcomes"] for code in entry["totals"]),
        stages={code: frozenset(stages) for code, stages in raw["stages"].items()},
        partitions={code: tuple(words) for code, words in raw["partitions"].items()},
        inclusive={(entry["total"], entry["part"]): entry["code"] for entry in raw["inclusive"]},
        parts_of={code: frozenset(domains) for code, domains in raw["parts_of"].items()},
        never_of={code: frozenset(domains) for code, domains in raw["never_of"].items()},
        bodies=longest_first(raw["bodies"]),
        each_has={code: tuple(words) for code, words in raw["each_has"].items()},
        case_domains=frozenset(code.split(".")[0] for code in raw["case_codes"]),
        decisions={code: tuple(words) for code, words in raw["decisions"].items()},
        carried_on={code: frozenset(others) for code, others in raw["carried_on"].items()},
        yields={code: frozenset(parts) for code, parts in raw["yields"].items()},
        together={frozenset(entry["codes"]): entry["code"] for entry in raw["together"]},
        **kept,
    )


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
    if total.span == part.span:
        return False  # one value told of both
    return total.value >= part.value and same_kind(total.unit, part.unit) and not held
