"""``patterns/cues.yaml``: what the words around a number do to it."""

from pydantic import BaseModel, ConfigDict

TABLE = "cues"


class Direction(BaseModel):
    """Words that say up or down, and what may stand between them and the number."""

    model_config = ConfigDict(extra="forbid")
    up: list[str]
    down: list[str]
    between: list[str]
    level: list[str]


class Cues(BaseModel):
    """The whole file."""

    model_config = ConfigDict(extra="forbid")
    filler: list[str]
    joints: list[str]
    tails: list[str]
    marks: dict[str, list[str]]
    no_marks: list[str]
    direction: Direction
    compare: list[str]
    base_behind: str
    base_year: str
    several_of: str
    reasons: list[str]
    at_once: list[str]
    all_year: list[str]
    all_of: list[str]
    all_years: list[str]
    scopes: list[str]
    receiving: list[str]
    parts_openers: list[str]
    excepting: list[str]
    excepted: list[str]
    the_rest: list[str]
    new_ones: list[str]
    new_points: list[str]
    aspects: list[str]
    case_kinds: list[list[str]]
    cut_rates: list[str]
    ways: list[str]
    added: list[str]
    falls: list[str]
    net: list[str]
    cuts: list[str]
    not_change: list[str]
    average: dict[str, list[str]]
    not_average: list[str]
    share: list[str]
    rank: list[str]
    score: list[str]
    score_units: list[str]
    duration_units: list[str]
    amount_units: list[str]
    share_units: list[str]
    change_units: list[str]
    multiple_units: list[str]
    rank_units: list[str]
    people_units: list[str]
    rate_names: list[str]
    bare_rates: list[str]
    share_of: list[str]
    predicates: list[str]
    next_denials: list[str]
    next_points: list[str]
    point_units: list[str]
    from_to: list[str]
    average_growth: list[str]
    subset: list[str]
    of_whole: list[str]
    actions: list[str]
    coordinators: list[str]
    mean: list[str]
    step_times: list[str]
    duties: list[str]
    listing_verbs: list[str]
    listed_nouns: list[str]
    announced: list[str]
    scope_asides: list[str]
    contents: list[str]
    other_kinds: list[str]
    views: list[str]
    view_openers: list[str]
    rate_stems: list[str]
    noun_units: list[str]
    bases: dict[str, str]
    other_actions: list[str]
    not_predicates: list[str]
    no_joint: list[str]
    sums: list[str]


MODEL = Cues
