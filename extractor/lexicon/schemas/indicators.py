"""``patterns/indicators/*.yaml``: the vocabulary of what reports count, and the wordings that tell each code."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from extractor.errors import PatternError

TABLE = "indicators"

Measure = Literal["count", "share", "amount", "growth", "change", "average", "score", "rank", "duration"]


class Pattern(BaseModel):
    """One way to word a claim of this code; a word that starts with @ stands for a group of ``groups.yaml``."""

    model_config = ConfigDict(extra="forbid")
    head: list[str]
    own: list[list[str]] = []
    context: list[list[str]] = []
    without: list[str] = []
    without_context: list[str] = []
    units: list[str] | None = None
    measures: list[Measure] | None = None
    weight: float = 0


class Indicator(BaseModel):
    """A code of the public vocabulary."""

    model_config = ConfigDict(extra="forbid")
    code: str
    zh: str
    unit: str
    measure: Measure
    units: list[str]
    patterns: list[Pattern]
    note: str = ""
    table: str = ""


MODEL = list[Indicator]


def check_whole(entries: list[dict[str, Any]], tables: dict[str, Any]) -> None:
    """Codes are unique and every group that a pattern names exists."""
    groups = tables.get("groups", {})
    seen = set()
    for entry in entries:
        if entry["code"] in seen:
            raise PatternError(f"patterns/indicators: {entry['code']} stands twice")
        seen.add(entry["code"])
        for number, pattern in enumerate(entry["patterns"], 1):
            for word in words_of(pattern):
                if word.startswith("@") and word[1:] not in groups:
                    raise PatternError(f"patterns/indicators: {entry['code']}/{number}: no group {word}")


def words_of(pattern: dict[str, Any]) -> list[str]:
    """All words that a pattern names."""
    nested = [word for name in ("own", "context") for group in pattern.get(name, []) for word in group]
    return nested + [
        word for name in ("head", "without", "without_context", "units") for word in pattern.get(name) or []
    ]
