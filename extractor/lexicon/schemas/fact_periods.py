"""``patterns/fact_periods.yaml``: period words of a claim."""

from pydantic import BaseModel, ConfigDict

TABLE = "fact_periods"


class Part(BaseModel):
    """A part of a year: month and day of its start and end."""

    model_config = ConfigDict(extra="forbid")
    word: str
    start: str
    end: str


class FactPeriods(BaseModel):
    """The whole file."""

    model_config = ConfigDict(extra="forbid")
    as_of: list[str]
    compare: list[str]
    not_period: list[str]
    since: list[str]
    last_year: list[str]
    last_year_level: list[str]
    last_year_label: list[str]
    from_words: list[str]
    equals: list[str]
    carried: list[str]
    parts: list[Part]


MODEL = FactPeriods
