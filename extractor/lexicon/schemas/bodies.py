"""``patterns/bodies.yaml``: names of reporting bodies."""

from pydantic import BaseModel, ConfigDict

from extractor.lexicon.schemas.chars import Pattern

TABLE = "bodies"


class Same(BaseModel):
    """A wording and the normal form that it stands for."""

    model_config = ConfigDict(extra="forbid")
    written: str
    means: str


class Kind(BaseModel):
    """A kind of body and the names that it has."""

    model_config = ConfigDict(extra="forbid")
    kind: str
    pattern: Pattern


class Bodies(BaseModel):
    """The whole file."""

    model_config = ConfigDict(extra="forbid")
    lead: Pattern
    same: list[Same]
    endings: list[Same]
    central: Pattern
    vertical: list[str]
    kinds: list[Kind]
    township: Pattern
    unique_region: Pattern
    region: Pattern
    region_not: Pattern
    inner_region: Pattern
    shared_regions: list[str]
    government: str
    provinces: list[Same]


MODEL = Bodies
