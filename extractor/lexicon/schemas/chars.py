"""``patterns/chars.yaml``: how characters are read."""

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

TABLE = "chars"


def compiles(pattern: str) -> str:
    """Refuse a regular expression that does not compile."""
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"not a regular expression: {error}") from None
    return pattern


Pattern = Annotated[str, AfterValidator(compiles)]


class Fold(BaseModel):
    """Characters read as others, place by place."""

    model_config = ConfigDict(extra="forbid")
    name: str
    source: str = Field(alias="from")
    to: str

    @model_validator(mode="after")
    def same_length(self) -> "Fold":
        """Both sides must be equally long."""
        if len(self.source) != len(self.to):
            raise ValueError(f"{self.name}: {len(self.source)} characters against {len(self.to)}")
        return self


class Pinyin(BaseModel):
    """What makes a syllable; words that are no pinyin unless they bear a tone."""

    model_config = ConfigDict(extra="forbid")
    initials: list[str]
    finals: list[str]
    tones: dict[str, str]
    words: list[str]


class Traditional(BaseModel):
    """Traditional script: telling characters, what converters leave over, Taiwan wording of the same length."""

    model_config = ConfigDict(extra="forbid")
    telling: str
    artefacts: dict[str, str]
    sure: list[str]
    terms: dict[str, str]

    @model_validator(mode="after")
    def same_length(self) -> "Traditional":
        """Replacements keep the length."""
        for one, other in (self.artefacts | self.terms).items():
            if len(one) != len(other):
                raise ValueError(f"{one} and {other} differ in length")
        return self


class CircleZero(BaseModel):
    """Circles that stand for zero between Chinese numerals."""

    model_config = ConfigDict(extra="forbid")
    chars: str
    beside: str
    after: str


class Lines(BaseModel):
    """How lines begin and end."""

    model_config = ConfigDict(extra="forbid")
    marks: list[Pattern]
    open_ends: str
    closed_ends: str


class Chars(BaseModel):
    """The whole file."""

    model_config = ConfigDict(extra="forbid")
    fold: list[Fold]
    drop: str
    inline: list[Pattern]
    furniture: list[Pattern]
    pinyin: Pinyin
    traditional: Traditional
    circle_zero: CircleZero
    lines: Lines


MODEL = Chars
