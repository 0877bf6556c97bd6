"""Which rules run, how severe they are, and their limits: ``patterns/audit.yaml`` for one profile."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Any

from extractor.errors import UsageError
from extractor.lexicon import table
from extractor.record import record


@record
class RuleSetting:
    """How one rule is run: mode is fail, uncertain (a FAIL becomes UNCERTAIN) or off; messages by variant, language."""

    id: str
    stage: str
    severity: str
    mode: str
    basis: str
    messages: dict[str, dict[str, str]]


@record
class Profile:
    """The settings of all rules by id, and the limits; breaking -- stages whose failures discredit a cell."""

    name: str
    stages: tuple[str, ...]
    breaking: tuple[str, ...]
    rules: dict[str, RuleSetting]
    limits: dict[str, Decimal]

    def limit(self, name: str) -> Decimal:
        """A threshold by name."""
        return self.limits[name]


@cache
def load_profile(name: str) -> Profile:
    """The profile called ``name``; raises UsageError when there is none."""
    content: dict[str, Any] = table("audit")
    if name not in content["profiles"]:
        raise UsageError(f"no audit profile {name!r}; known: {', '.join(content['profiles'])}")
    rules = {entry["id"]: _setting(entry, name) for entry in content["rules"]}
    limits = {key: Decimal(value) for key, value in content["limits"].items()}
    return Profile(name, tuple(content["stages"]), tuple(content["breaking"]), rules, limits)


def _setting(entry: dict[str, Any], profile: str) -> RuleSetting:
    messages = {"title": entry["title"], "fail": entry.get("fail") or {"en": "", "zh": ""}}
    messages |= entry.get("more") or {}
    return RuleSetting(
        entry["id"], entry["stage"], entry["severity"], entry["modes"][profile], entry.get("basis") or "", messages
    )
