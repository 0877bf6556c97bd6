"""``patterns/reading.yaml``: page furniture, page chrome, and the numerals of automatic lists."""

from pydantic import BaseModel, ConfigDict

TABLE = "reading"


class Chrome(BaseModel):
    """What surrounds the text of a web page."""

    model_config = ConfigDict(extra="forbid")
    starts: list[str]
    words: list[str]
    holds: list[str]
    names: list[str]
    title: list[str]
    limit: int
    stop: str


class Numbering(BaseModel):
    """Numerals of automatic lists."""

    model_config = ConfigDict(extra="forbid")
    digits: list[str]
    tens: str
    stems: list[str]
    branches: list[str]


class Reading(BaseModel):
    """The whole file."""

    model_config = ConfigDict(extra="forbid")
    page_numbers: list[str]
    item_marks: list[str]
    leaders: str
    sentence_ends: str
    cell_marks: list[str]
    chrome: Chrome
    numbering: Numbering


MODEL = Reading
