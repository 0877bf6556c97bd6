"""``patterns/units/*.yaml``: measure words."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from extractor.errors import PatternError

TABLE = "units"

Kind = Literal["count", "event", "people", "money", "percent", "multiple", "rank", "time", "size", "place", "nothing"]


class Unit(BaseModel):
    """A measure word.

    unit -- as it goes into the output; forms -- as it is written; kind -- what it measures.
    reason -- why a number before it measures nothing (only kind "nothing" and "time").
    chinese -- whether a number written in characters may stand before it.
    not_before -- characters that make the word a part of a longer noun (部 in 部门).
    """

    model_config = ConfigDict(extra="forbid")
    unit: str
    kind: Kind
    forms: list[str]
    reason: str | None = None
    chinese: bool = True
    not_before: str = ""


MODEL = list[Unit]


def check_whole(entries: list[dict[str, Any]], tables: dict[str, Any]) -> None:
    """A form stands once, and reasons are those of the closed list."""
    reasons = set(tables.get("nonfacts", {}).get("reasons", ()))
    seen: set[str] = set()
    for entry in entries:
        for form in entry["forms"]:
            if form in seen:
                raise PatternError(f"patterns/units: {form} stands twice")
            seen.add(form)
        if reasons and entry.get("reason") not in {None, *reasons}:
            raise PatternError(f"patterns/units: {entry['unit']}: unknown reason {entry['reason']!r}")
