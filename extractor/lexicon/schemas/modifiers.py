"""``patterns/modifiers.yaml``: words that say how exact a number is."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

TABLE = "modifiers"

Modifier = Literal["approx", "over", "under", "at_least", "at_most"]


class Before(BaseModel):
    """A word right before the number; not_after -- characters that make it the end of another word (节约).

    below -- whether the true number is smaller than the one named (近 says that, 约 does not).
    """

    model_config = ConfigDict(extra="forbid")
    word: str
    modifier: Modifier
    not_after: str = ""
    below: bool = False


class After(BaseModel):
    """A word right behind the unit; not_before -- characters that make it the start of another word.

    only_before -- characters one of which must follow, unless the text ends there (多 in 3倍多，).
    """

    model_config = ConfigDict(extra="forbid")
    word: str
    modifier: Modifier
    not_before: str = ""
    only_before: str = ""


class Modifiers(BaseModel):
    """The whole file; scale_only -- words that stand for a modifier only before a bare scale (上百人次)."""

    model_config = ConfigDict(extra="forbid")
    before: list[Before]
    after: list[After]
    scale_only: list[Before]


MODEL = Modifiers
