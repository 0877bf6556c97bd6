"""``patterns/flows.yaml``: what bare words mean behind a count that opens a flow."""

from pydantic import BaseModel, ConfigDict

TABLE = "flows"


class Flow(BaseModel):
    """One flow."""

    model_config = ConfigDict(extra="forbid")
    after: list[str]
    codes: dict[str, list[str]]


class Handled(BaseModel):
    """What tells that what came in was handled, and its code."""

    model_config = ConfigDict(extra="forbid")
    after: str
    code: str
    handled: list[str]
    received: list[str]


class Flows(BaseModel):
    """The whole file."""

    model_config = ConfigDict(extra="forbid")
    flows: list[Flow]
    handled: list[Handled]
    holders: list[str]
    carrying: list[str]


MODEL = Flows
