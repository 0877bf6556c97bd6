"""``patterns/nonfacts.yaml``: numbers that measure nothing, and how to tell."""

from __future__ import annotations

import re
from typing import Any

from pydantic import BaseModel, ConfigDict

from extractor.errors import PatternError

TABLE = "nonfacts"


class Shape(BaseModel):
    """A form of characters that starts with a digit.

    pattern -- regex from the first digit on; a blank stands for up to two blanks.
    before  -- regex for the characters right before the digit, "" for anything.
    no_unit -- only where no measure word follows.
    """

    model_config = ConfigDict(extra="forbid")
    reason: str
    pattern: str
    before: str = ""
    no_unit: bool = False


class Enclosure(BaseModel):
    """Characters between two marks: everything inside has one reason.

    limit -- most characters inside; plain -- whether marks of punctuation may stand inside.
    """

    model_config = ConfigDict(extra="forbid")
    reason: str
    open: str
    close: str
    limit: int
    plain: bool = False


class RunOn(BaseModel):
    """Patterns of a list whose items follow each other without marks, and ends of words that are no label in it."""

    model_config = ConfigDict(extra="forbid")
    behind: str
    item: str
    label: str
    not_: list[str]


class Contexts(BaseModel):
    """Words around a number that settle what it is; see the file for each list."""

    model_config = ConfigDict(extra="forbid")
    plan: list[str]
    plan_stops: str
    clause_stops: str
    limit_before: list[str]
    limit_after: list[str]
    measured_time: list[str]
    measured_ahead: list[str]
    measured_right_before: list[str]
    named_time: list[str]
    received: list[str]
    at_least: list[str]
    fractions_after: list[str]
    standard_before: list[str]
    weight_before: list[str]
    full_before: list[str]
    every: str
    structure: list[str]
    structure_units: list[str]
    counted_parts: list[str]
    national_count: str
    national_unit: str
    national: list[str]
    rank_verbs: list[str]
    rank_units: list[str]
    rank_closing: list[str]
    front_lists: list[str]
    statistic_before: list[str]
    listed: str
    run_on: RunOn
    bare_closing: str
    named: list[str]
    hotlines: list[str]
    hotline_before: list[str]
    forbidden: list[str]
    average: str
    threshold: str
    picks: list[str]
    size_before: list[str]
    rank_brackets: list[str]
    series_not: list[str]
    plan_openers: str
    plan_lists: str
    reported: str


class Characters(BaseModel):
    """When a numeral in characters counts something."""

    model_config = ConfigDict(extra="forbid")
    one_not_after: str
    words: list[str]
    places: list[str]
    count_before: list[str]
    event_units: list[str]
    scope_units: list[str]
    one_units: list[str]
    one_before: list[str]
    one_verbs: list[str]
    one_events: list[str]
    one_loose: list[str]
    never_before: list[str]
    denied: list[str]
    copies: list[str]
    sessions: str
    assembly: str
    delimiters: str


class NonFacts(BaseModel):
    """The whole file."""

    model_config = ConfigDict(extra="forbid")
    reasons: list[str]
    shapes: list[Shape]
    links: list[str]
    enclosures: list[Enclosure]
    explained: list[Shape]
    contexts: Contexts
    characters: Characters


MODEL = NonFacts


def check_whole(content: dict[str, Any], _tables: dict[str, Any]) -> None:
    """Every reason is of the closed list and every regex compiles."""
    reasons = set(content["reasons"])
    for entry in [*content["shapes"], *content["enclosures"], *content["explained"]]:
        if entry["reason"] not in reasons:
            raise PatternError(f"patterns/nonfacts.yaml: unknown reason {entry['reason']!r}")
    forms = [*content["shapes"], *content["explained"]]
    shapes = [part for shape in forms for part in (shape["pattern"], shape.get("before", ""))]
    for pattern in [*shapes, *content["links"], *content["contexts"]["plan"]]:
        try:
            re.compile(pattern)
        except re.error as error:
            raise PatternError(f"patterns/nonfacts.yaml: {pattern!r}: {error}") from None
