"""``patterns/sentences.yaml``: where sentences end."""

from pydantic import BaseModel, ConfigDict

TABLE = "sentences"


class Sentences(BaseModel):
    """The whole file."""

    model_config = ConfigDict(extra="forbid")
    terminators: str
    pairs: dict[str, str]
    longest_pair: int


MODEL = Sentences
