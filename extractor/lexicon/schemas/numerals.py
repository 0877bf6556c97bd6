"""``patterns/numerals.yaml``: how numbers are written in characters."""

from pydantic import BaseModel, ConfigDict

TABLE = "numerals"


class Tenths(BaseModel):
    """The word for a tenth (六成), the characters before and behind it that make it a part of another word."""

    model_config = ConfigDict(extra="forbid")
    word: str
    not_after: str
    not_before: str


class Half(BaseModel):
    """The word for a half that only counts behind 过 or 近 (过半), the characters and words before and behind it."""

    model_config = ConfigDict(extra="forbid")
    word: str
    after: str
    not_before: str
    not_words: list[str]


class BareScale(BaseModel):
    """A scale without a measure word (破万): the characters that it stands behind, the words that it stands before."""

    model_config = ConfigDict(extra="forbid")
    after: str
    before: list[str]


class Fold(BaseModel):
    """An expression of doubling (翻一番): what it is written as, and the growth in per cent that it says."""

    model_config = ConfigDict(extra="forbid")
    form: str
    percent: str


class Numerals(BaseModel):
    """The whole file; digits and scales map a character to its value."""

    model_config = ConfigDict(extra="forbid")
    digits: dict[str, str]
    scales: dict[str, str]
    big: list[str]
    latin_scales: dict[str, str]
    more: list[str]
    some: list[str]
    plus: str
    point: str
    part: str
    hundred: str
    tenths: Tenths
    halves: list[str]
    half: Half
    bare_scale: BareScale
    word_ends: list[str]
    whole: str
    folds: list[Fold]
    range_marks: list[str]
    joints: list[str]
    pairs: list[str]
    max_digits: int


MODEL = Numerals
