"""Reviewed facts as gold (JSON Lines), for evaluation and training; rejected and undecided ones are left out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from extractor.service.exports.material import Material, reviewed_facts

SHORTEST, LONGEST = 6, 25  # characters of a quote
TAKEN = ("accept", "correct", "add")


def gold_lines(material: Material) -> Iterator[str]:
    """One line a fact that was accepted, corrected or added, in text order."""
    facts = [fact for fact in reviewed_facts(material) if fact["decision"] and fact["decision"]["action"] in TAKEN]
    numbers = {fact["id"]: number for number, fact in enumerate(facts, 1)}
    text = material.report["document"]["text"]
    for fact in facts:
        entry = {
            "doc": material.document["name"],
            "n": numbers[fact["id"]],
            **_place(text, fact),
            **_said(fact, numbers),
        }
        yield json.dumps(entry, ensure_ascii=False)


def _place(text: str, fact: dict[str, Any]) -> dict[str, Any]:
    """Quote, which hit of it, the value expression in it, and which hit of that."""
    start, end = fact["evidence"]["span"]
    first, last = _window(text, start, end)
    quote, num = text[first:last], text[start:end]
    place: dict[str, Any] = {"quote": quote, "num": num}
    if (before := _hits(text, quote, first)) > 0:
        place["occurrence"] = before + 1
    if (inside := _hits(quote, num, start - first)) > 0:
        place["num_occurrence"] = inside + 1
    return place


def _window(text: str, start: int, end: int) -> tuple[int, int]:
    """The shortest stretch of one line around the value that is found once; else the longest tried."""
    floor, ceiling = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    ceiling = len(text) if ceiling < 0 else ceiling
    first, last = start, end
    while last - first < LONGEST and (first > floor or last < ceiling):
        if last - first >= SHORTEST and _alone(text, text[first:last]):
            break
        if first > floor and (start - first <= 2 * (last - end) or last >= ceiling):
            first -= 1
        elif last < ceiling:
            last += 1
        else:
            first -= 1
    return first, last


def _alone(text: str, quote: str) -> bool:
    return text.find(quote, text.find(quote) + 1) < 0


def _hits(text: str, part: str, before: int) -> int:
    """How many hits of ``part`` start before ``before``; hits may overlap."""
    count, at = 0, text.find(part)
    while 0 <= at < before:
        count, at = count + 1, text.find(part, at + 1)
    return count


def _said(fact: dict[str, Any], numbers: dict[str, int]) -> dict[str, Any]:
    final, period = fact["final"], fact["period"]
    told = {name: final[name] for name in ("value", "value_max", "unit", "indicator", "label", "subject")}
    told |= {name: fact[name] for name in ("channel", "category", "per")}
    for name, usual, value in (
        ("kind", "explicit", fact["kind"]),
        ("measure", "count", final["measure"]),
        ("modifier", "exact", fact["modifier"]),
    ):
        told[name] = None if value == usual else value
    told |= {name: numbers.get(fact[name] or "") for name in ("part_of", "numerator")}
    if period["as_of"]:
        told["period"] = f"@{period['as_of']}"
    elif period["start"]:
        told["period"] = f"{period['start']}/{period['end']}"
    return {name: value for name, value in told.items() if value is not None}
