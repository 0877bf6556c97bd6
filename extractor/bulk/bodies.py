"""Who reported: the normal form of a body's name, its level and region, and a key that joins its years.

Two names are one body only where both say the same region and the same office in full; a name that many bodies
have (a district office without its city) gets a key of its own document.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

from extractor.bulk.regions import Region, find_region
from extractor.lexicon import table


@dataclass(frozen=True, slots=True)
class Body:
    """A reporting body; see the table ``bodies`` for the fields."""

    body_id: str
    name: str | None
    identified: bool
    level: str | None = None
    kind: str | None = None
    government: str | None = None
    region_code: str | None = None
    region_name: str | None = None

    def fields(self) -> dict[str, Any]:
        """Values by column."""
        return asdict(self)


def identify(printed: str | None, document_id: str) -> Body:
    """The body that ``printed`` names; ``document_id`` makes the key where the name does not say which one it is."""
    if not printed:
        return Body(_key("document", document_id), None, False)
    name = _pattern("lead").sub("", "".join(printed.split()))
    office, name = _vertical(name)
    region, taken = find_region(name)
    rest = _normal(name[taken:])
    if region is not None:
        return _placed(office, region, rest)
    if not taken and (office or _pattern("central").match(name)):
        whole = office + rest
        return Body(_key("central", whole), whole, True, "ministry", _kind(rest) or "department")
    return _unplaced(office, name, taken, document_id)


def _placed(office: str, region: Region, rest: str) -> Body:
    """A body of a region that is known by its code."""
    inner = _pattern("inner_region").match(rest)
    if inner:
        return _inside(region.full_name + inner[0], _normal(rest[inner.end() :]), office)
    government = region.full_name + str(table("bodies")["government"])
    whole = office + region.full_name + rest if rest else government
    township = bool(_pattern("township").search(rest))
    kind = _kind(rest) if rest else "government"
    level = "township" if township else (None if kind == "zone" else region.level)
    key = _key("region", office, region.code, rest or table("bodies")["government"])
    above = None if office else government
    return Body(key, whole, True, level, kind, above, region.code, region.full_name)


def _inside(place: str, rest: str, office: str) -> Body:
    """A body of a region that the list does not know, inside one that it knows: named by both names in full."""
    whole = office + place + rest
    level = "township" if _pattern("township").search(rest) else None
    return Body(_key("name", whole), whole, True, level, _kind(rest))


def _unplaced(office: str, name: str, shared: int, document_id: str) -> Body:
    """A body of a region that the list does not know, or that several regions could be."""
    match = None if shared else _pattern("region").match(name)
    written = match[0] if match and not _pattern("region_not").search(match[0]) else ""
    taken = shared or len(written)
    rest = _normal(name[taken:])
    whole = office + name[:taken] + rest
    kind = _kind(rest)
    level = "township" if _pattern("township").search(rest) else None
    if written and rest and _pattern("unique_region").search(written):
        return Body(_key("name", whole), whole, True, level, kind)
    return Body(_key("document", document_id), whole, False, level, kind)


def _vertical(name: str) -> tuple[str, str]:
    """A central office in front of a region, and the name behind it."""
    for office in table("bodies")["vertical"]:
        if name.startswith(office) and find_region(name[len(office) :])[1]:
            return office, name[len(office) :]
    return "", name


def _normal(rest: str) -> str:
    """The office's name in full; only a whole name or a fixed ending is replaced."""
    rest = _same().get(rest, rest)
    for ending in table("bodies")["endings"]:
        if rest.endswith(ending["written"]):
            return rest.removesuffix(ending["written"]) + str(ending["means"])
    return rest


@cache
def _same() -> dict[str, str]:
    return {entry["written"]: entry["means"] for entry in table("bodies")["same"]}


def _kind(rest: str) -> str | None:
    for entry in table("bodies")["kinds"]:
        if re.search(entry["pattern"], rest) is not None:
            return str(entry["kind"])
    return "other" if rest else None


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(table("bodies")[name])


def _key(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]
