"""``patterns/flows.yaml``: what bare words mean behind a count that opens a flow."""

from pydantic import BaseModel, ConfigDict

TABLE = "flows"


class Flow(BaseModel):
    """One flow."""

    model_config = ConfigDict(extra="forbid")
    after: list[str]
    codes: dict[str, list[str]]


class Flows(BaseModel):
    """The whole file."""

    model_config = ConfigDict(extra="forbid")
    flows: list[Flow]
    holders: list[str]


MODEL = Flows
