"""``patterns/audit.yaml``: settings, words and messages of the audit rules."""

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict

TABLE = "audit"
Mode = Literal["fail", "uncertain", "off"]


def _compiles(value: str) -> str:
    re.compile(value)
    return value


class Both(BaseModel):
    """A text in English and Chinese."""

    model_config = ConfigDict(extra="forbid")
    en: str
    zh: str


class Modes(BaseModel):
    """How a rule is run in each profile."""

    model_config = ConfigDict(extra="forbid")
    default: Mode
    strict: Mode


class Rule(BaseModel):
    """A rule: when it runs, how severe it is, what it says; more -- messages of its other variants."""

    model_config = ConfigDict(extra="forbid")
    id: str
    stage: str
    severity: Literal["critical", "high", "medium", "low", "info"]
    modes: Modes
    basis: str | None = None
    title: Both
    fail: Both | None = None
    more: dict[str, Both] | None = None


class Comparison(BaseModel):
    """A figure of the text and the cells that hold it; sums -- alternatives, each a list of cell keys with ``*``.

    words -- one of them must stand in label or category; near -- one of them in label or the clause before the number.
    sure -- a difference is only sure where one of them stands in label or sentence.
    own -- and where one of these stands in label, category or clause.
    """

    model_config = ConfigDict(extra="forbid")
    rule: str
    indicator: str
    sums: list[list[str]]
    words: list[str] | None = None
    near: list[str] | None = None
    sure: list[str] | None = None
    own: list[str] | None = None


class Ratio(BaseModel):
    """A share told in the text: words that name it, cells of its part, totals that it may be measured by."""

    model_config = ConfigDict(extra="forbid")
    indicator: str
    words: list[str]
    part: list[str]
    bases: list[list[str]]


class Titled(BaseModel):
    """A kind of section and what it is called in messages."""

    model_config = ConfigDict(extra="forbid")
    kind: str
    title: str


class Audit(BaseModel):
    """The whole file; limits are decimals as text."""

    model_config = ConfigDict(extra="forbid")
    profiles: list[str]
    stages: list[str]
    breaking: list[str]
    limits: dict[str, str]
    bases: dict[str, Both]
    names: dict[str, str]
    sections: list[Titled]
    numerals: dict[str, str]
    words: dict[str, list[str]]
    patterns: dict[str, Annotated[str, AfterValidator(_compiles)]]
    messages: dict[str, Both]
    families: list[list[str]]
    comparisons: list[Comparison]
    ratios: list[Ratio]
    topics: dict[str, dict[str, list[str]]]
    rules: list[Rule]


MODEL = Audit


def check_whole(content: dict[str, Any], tables: dict[str, Any]) -> None:
    """Each rule once, in a known stage, on a known basis; comparisons name rules and indicators that exist."""
    from extractor.errors import PatternError

    names = [rule["id"] for rule in content["rules"]]
    indicators = {entry["code"] for entry in tables.get("indicators", [])}
    for rule in content["rules"]:
        known = rule["stage"] in content["stages"] and rule.get("basis") in (None, *content["bases"])
        if names.count(rule["id"]) > 1 or not known:
            raise PatternError(f"patterns/audit.yaml: rule {rule['id']}: given twice, or unknown stage or basis")
    for entry in content["comparisons"]:
        if entry["rule"] not in names or (indicators and entry["indicator"] not in indicators):
            raise PatternError(f"patterns/audit.yaml: comparison {entry['rule']}: unknown rule or {entry['indicator']}")
