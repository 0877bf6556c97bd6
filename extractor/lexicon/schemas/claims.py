"""``patterns/claims.yaml``: claims made without a number."""

from pydantic import BaseModel, ConfigDict

TABLE = "claims"


class Cue(BaseModel):
    """A negation, and the verb that is left without it."""

    model_config = ConfigDict(extra="forbid")
    word: str
    verb: str


class Shared(BaseModel):
    """Two denied codes of which the last tells the quality of both, and what the first then is."""

    model_config = ConfigDict(extra="forbid")
    first: str
    last: str
    code: str


class Zero(BaseModel):
    """Claims that something did not happen."""

    model_config = ConfigDict(extra="forbid")
    cues: list[Cue]
    deniable: list[str]
    never_denied: list[str]
    named: dict[str, list[str]]
    amount_words: list[str]
    charging: list[str]
    also_denied: list[str]
    bare: list[str]
    bare_before: list[str]
    before_denial: list[str]
    not_: list[str]
    stops: list[str]
    glued: list[str]
    count_endings: list[str]
    money: list[str]
    goes_on: list[str]
    gone_on: list[str]
    shared_quality: list[Shared]
    whole_things: list[str]
    joints: list[str]
    max_length: int


class Rate(BaseModel):
    """The rates that a claim of totality in a domain is about."""

    model_config = ConfigDict(extra="forbid")
    domain: str
    in_time: str
    done: str


class Implied(BaseModel):
    """Claims of totality."""

    model_config = ConfigDict(extra="forbid")
    totality: list[str]
    not_: list[str]
    in_time: list[str]
    done: list[str]
    undone: list[str]
    reach: int
    rates: list[Rate]


class Claims(BaseModel):
    """The whole file."""

    model_config = ConfigDict(extra="forbid")
    zero: Zero
    implied: Implied


MODEL = Claims
