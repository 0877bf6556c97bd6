"""The reviewed facts and findings of a document, as every export takes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from extractor.service.review import Review, load_review
from extractor.service.store import results

FIELDS = ("value", "value_max", "unit", "indicator", "label", "measure", "subject")


@dataclass(frozen=True, slots=True)
class Material:
    """A document's row of the library, its report and its review."""

    document: dict[str, Any]
    report: dict[str, Any]
    review: Review


def load_material(connection: Connection, document: dict[str, Any]) -> Material | None:
    """The material of a document; None where it was not read yet."""
    found = results.find_result(connection, document["id"])
    return None if found is None else Material(document, found[0], load_review(connection, document["id"]))


def reviewed_facts(material: Material) -> list[dict[str, Any]]:
    """Every fact in text order, the added ones too, with the decision that holds for it.

    Keys: those of the machine's fact, ``human`` (fields that a person set), ``decision`` (the entry or None), ``final``
    (the fields that hold).
    """
    holding = material.review.holding
    told = []
    for fact in material.report["facts"]:
        entry = holding.get(("fact", fact["id"]))
        told.append(_join(fact, entry))
    for (about, target), entry in holding.items():
        if about == "added":
            told.append(_join(_bare(target, entry["human"]), entry))
    return sorted(told, key=lambda fact: fact["evidence"]["span"])


def findings_told(material: Material) -> list[dict[str, Any]]:
    """Findings that say something, the gravest first, with the verdict that holds."""
    holding = material.review.holding
    spoken = [finding for finding in material.report["findings"] if finding["outcome"] in ("FAIL", "UNCERTAIN")]
    spoken.sort(key=lambda f: (f["outcome"] != "FAIL", -results.SEVERITIES.index(f["severity"])))
    return [{**finding, "decision": holding.get(("finding", finding["fingerprint"]))} for finding in spoken]


def _join(fact: dict[str, Any], entry: dict[str, Any] | None) -> dict[str, Any]:
    human = entry["human"] if entry is not None and entry["action"] in ("correct", "add") else {}
    final = {name: human.get(name, fact.get(name)) for name in FIELDS}
    return {**fact, "human": human, "decision": entry, "final": final}


def _bare(target: str, human: dict[str, Any]) -> dict[str, Any]:
    """An added fact in the machine's shape, with nothing that the machine would have said."""
    evidence = {
        "section": "", "heading": "", "sentence": human["sentence"], "sentence_span": human["sentence_span"],
        "span": human["span"], "page": None, "boxes": [], "value_boxes": [],
    }  # fmt: skip
    empty = dict.fromkeys((*FIELDS, "per", "channel", "category", "part_of", "numerator", "low", "high"))
    said = {"id": target, "raw": human["raw"], "kind": "explicit", "modifier": "exact", "measure": "count"}
    period = {"start": None, "end": None, "as_of": None, "raw": ""}
    return {**empty, **said, "confidence": 1.0, "method": "", "evidence": evidence, "period": period}
