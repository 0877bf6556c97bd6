"""``patterns/lists.yaml``: how the numbers of a list belong together."""

from pydantic import BaseModel, ConfigDict

TABLE = "lists"


class Outcome(BaseModel):
    """Outcome codes and the totals they are parts of."""

    model_config = ConfigDict(extra="forbid")
    totals: list[str]
    parts: list[str]


class Inclusive(BaseModel):
    """A total that has another code where the text counts a part of another code into it."""

    model_config = ConfigDict(extra="forbid")
    total: str
    part: str
    code: str


class Together(BaseModel):
    """Codes of counts that are summed up with each other, and the code of their sum."""

    model_config = ConfigDict(extra="forbid")
    codes: list[str]
    code: str


class Lists(BaseModel):
    """The whole file."""

    model_config = ConfigDict(extra="forbid")
    unit_classes: list[list[str]]
    generic_totals: list[str]
    outcomes: list[Outcome]
    new: list[str]
    stages: dict[str, list[str]]
    rates: dict[str, str]
    cut_rates: list[str]
    rest: list[str]
    together: list[Together]
    uncounted: list[str]
    referred_places: list[str]
    referred_deeds: list[str]
    referred_nouns: list[str]
    referred_ends: list[str]
    coming_in: list[str]
    partitions: dict[str, list[str]]
    inclusive: list[Inclusive]
    apart: dict[str, str]
    undone: dict[str, list[str]]
    mixed: dict[str, str]
    posted_kinds: list[str]
    holders: list[str]
    parts_of: dict[str, list[str]]
    never_of: dict[str, list[str]]
    other_carriers: list[str]
    bodies: list[str]
    body_units: list[str]
    body_actions: list[str]
    bodiless: list[str]
    scope_units: list[str]
    gathering: list[str]
    about: list[str]
    each_has: dict[str, list[str]]
    elsewhere: list[str]
    means: list[str]
    publishers: list[str]
    no_kinds: list[str]
    titled_by: list[str]
    told_by_media: list[str]
    powers: list[str]
    power_units: list[str]
    decided: list[str]
    power_tails: list[str]
    power_cases: list[str]
    withdrawn: list[str]
    sites: list[str]
    groups: list[str]
    held: list[str]
    never_posted: list[str]
    case_codes: list[str]
    case_words: list[str]
    case_ends: list[str]
    told_of: list[str]
    posted_alike: list[str]
    decisions: dict[str, list[str]]
    asides: list[str]
    printed: dict[str, str]
    carried_on: dict[str, list[str]]
    posted_units: list[str]
    posted_as: dict[str, str]
    proposals: list[str]
    proposal_deeds: list[str]
    yields: dict[str, list[str]]


MODEL = Lists
