"""``patterns/headings.yaml``: headings of the reports and what else stands around the text."""

from pydantic import BaseModel, ConfigDict

from extractor.lexicon.schemas.chars import Pattern

TABLE = "headings"


class Title(BaseModel):
    """Titles of one kind of section: as the form prints it, as reports write it, words that tell it by themselves."""

    model_config = ConfigDict(extra="forbid")
    kind: str
    official: list[str]
    aliases: list[str]
    cues: list[str]


class Headings(BaseModel):
    """The whole file."""

    model_config = ConfigDict(extra="forbid")
    marks: dict[str, Pattern]
    run_in: Pattern
    statement: Pattern
    titles: list[Title]
    form_lines: list[str]
    statistics_title: Pattern
    statistics_words: Pattern
    preamble: list[Pattern]
    preamble_not: Pattern
    title_line: Pattern
    head_lines: list[Pattern]
    tail_lines: list[Pattern]
    date_line: Pattern
    office_line: Pattern


MODEL = Headings
