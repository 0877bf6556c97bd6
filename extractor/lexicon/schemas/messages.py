"""``patterns/messages.yaml``: names of contract codes and of interface words, in Chinese and English."""

from pydantic import BaseModel, ConfigDict

TABLE = "messages"


class Name(BaseModel):
    """One name in both languages."""

    model_config = ConfigDict(extra="forbid")
    zh: str
    en: str


MODEL = dict[str, dict[str, Name]]
