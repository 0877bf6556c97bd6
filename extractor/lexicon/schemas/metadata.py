"""``patterns/metadata.yaml``: what a report says of itself."""

from pydantic import BaseModel, ConfigDict

from extractor.lexicon.schemas.chars import Pattern

TABLE = "metadata"


class Metadata(BaseModel):
    """The whole file."""

    model_config = ConfigDict(extra="forbid")
    subject: str
    chinese_year: Pattern
    title_stops: Pattern
    title_office: Pattern
    organization: Pattern
    bare_region: Pattern
    government: str
    named: list[Pattern]
    region: Pattern
    region_not: Pattern
    period: Pattern
    period_year: Pattern
    year: Pattern
    first_year: int
    signed: Pattern
    form_2021: Pattern
    form_2019: Pattern


MODEL = Metadata
