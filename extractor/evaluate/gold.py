"""Gold: annotated facts, one JSON object a line, pinned to the text by a quote."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from extractor.errors import UsageError

REQUIRED = ("doc", "quote", "num", "value")


@dataclass(frozen=True, slots=True)
class GoldFact:
    """One annotated fact.

    doc -- file name of its report; n -- its number there, which part_of and numerator of others name.
    quote -- characters cut from the text; num -- the value expression within; occurrence, num_occurrence -- which hit.
    period -- ``start/end`` or ``@as_of``; optional -- neither missed nor wrong.
    stated -- names of the fields that the file gives; the others stand at their defaults.
    """

    doc: str
    quote: str
    num: str
    value: float
    n: int | None = None
    occurrence: int = 1
    num_occurrence: int = 1
    unit: str | None = None
    kind: str = "explicit"
    measure: str = "count"
    modifier: str = "exact"
    indicator: str | None = None
    channel: str | None = None
    period: str | None = None
    category: str | None = None
    subject: str | None = None
    part_of: int | None = None
    numerator: int | None = None
    optional: bool = False
    stated: frozenset[str] = frozenset()


FIELDS = frozenset(field.name for field in fields(GoldFact)) - {"stated"}


def read_gold(path: Path) -> dict[str, list[GoldFact]]:
    """Gold facts by report, in the order of the file; a report that holds no fact has an empty list.

    Raises UsageError with the number of the line that is wrong.
    """
    found: dict[str, list[GoldFact]] = {}
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: can't be read as gold ({error})") from None
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        entry = _parse(line, f"{path}:{number}")
        if entry.get("ignore"):
            continue
        facts = found.setdefault(str(entry["doc"]), [])
        if not entry.get("none"):
            facts.append(_make_fact(entry, f"{path}:{number}"))
    return found


def _parse(line: str, place: str) -> dict[str, Any]:
    try:
        entry = json.loads(line)
    except ValueError as error:
        raise UsageError(f"{place}: no JSON ({error})") from None
    if not isinstance(entry, dict) or "doc" not in entry:
        raise UsageError(f"{place}: no JSON object with a doc")
    return entry


def _make_fact(entry: Mapping[str, Any], place: str) -> GoldFact:
    missing = [name for name in REQUIRED if entry.get(name) is None]
    if missing:
        raise UsageError(f"{place}: no {', '.join(missing)}")
    # The file writes null where the default is meant; a value that is not named here (label, per) is not scored.
    given = {name: value for name, value in entry.items() if name in FIELDS and value is not None}
    return GoldFact(**given, stated=frozenset(given))
