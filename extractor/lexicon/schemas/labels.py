"""``patterns/labels.yaml``: how label and category are cut from the words of a claim."""

from pydantic import BaseModel, ConfigDict

TABLE = "labels"


class Labels(BaseModel):
    """The whole file."""

    model_config = ConfigDict(extra="forbid")
    leading: list[str]
    trailing: list[str]
    verbs: list[str]
    deeds: list[str]
    far_verbs: list[str]
    verbal_names: list[str]
    verbs_behind: list[str]
    generic: list[str]
    pieces: list[str]
    own_words: dict[str, list[str]]
    selves: list[str]
    where: list[str]
    acts_on: list[str]
    kinds_of: dict[str, list[str]]
    others: list[str]
    self_told: list[str]
    means: list[str]
    whole_codes: list[str]
    sums: list[str]
    not_sums: list[str]
    classes: list[str]
    published: list[str]
    categorised: list[str]
    max_category: int
    max_listed: int
    adverbs: list[str]
    carried: list[str]
    carried_by: list[str]
    carried_at: list[str]
    taken_up: list[str]
    titled: list[str]
    sides: dict[str, list[list[str]]]
    told_apart: dict[str, list[list[str]]]
    levels: list[str]
    alone: dict[str, list[str]]
    audiences: list[str]
    how: list[str]
    whole: list[str]
    ordinals: str
    no_times: list[str]
    joint_words: str
    particles: list[str]
    kinds: list[str]
    before_names: list[str]
    outcomes: list[str]
    reasons: list[str]
    share_tails: list[str]
    done: list[str]
    no_names: list[str]
    not_openers: list[str]


MODEL = Labels
