"""Names for people: of indicators, and of the codes of the contract (``patterns/messages.yaml``)."""

from __future__ import annotations

from functools import cache

from extractor.lexicon import table
from extractor.types import Fact

LANGUAGES = ("zh", "en")


@cache
def indicator_names() -> dict[str, str]:
    """Chinese names by indicator code."""
    return {entry["code"]: entry["zh"] for entry in table("indicators")}


def name_fact(fact: Fact) -> str:
    """The indicator's Chinese name, or the fact's own label where it has no code."""
    return indicator_names().get(fact.indicator or "", fact.label)


def name_code(group: str, code: str | None, language: str = "zh") -> str:
    """The name of a contract code (``measure``, ``growth``) in ``zh`` or ``en``; the code itself where it has none."""
    if code is None:
        return ""
    entry = table("messages").get(group, {}).get(code)
    return entry[language] if entry else code
