"""Schema of ``patterns/confidence.yaml``: how often facts are right, by how the rules found their indicator."""

from pydantic import BaseModel, ConfigDict, Field

TABLE = "confidence"


class Share(BaseModel):
    """Share of right facts of one source, on one level of evidence where ``level`` is given."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    source: str
    level: int | None = None
    share: float = Field(ge=0, le=1)


class Confidence(BaseModel):
    """Shares, most special first, and the one of every other fact."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    rest: float = Field(ge=0, le=1)
    shares: list[Share]


MODEL = Confidence
