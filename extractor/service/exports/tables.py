"""Reviewed facts, findings and history as rows of cells, for CSV and for the working paper."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from typing import Any

from extractor.outputs.texts import safe_cell
from extractor.service.exports.material import Material, findings_told, reviewed_facts
from extractor.service.ui.words import Words
from extractor.service.web.schemas import tell_time

Cell = str | int | float | None
FACT_COLUMNS = (
    "organization", "year", "document", "page", "section", "indicator", "indicator_name", "label", "raw",
    "machine_value", "human_value", "printed", "value", "value_max", "unit", "low", "high", "measure", "subject",
    "period", "confidence", "decision", "reason", "note", "author", "made", "changed", "sentence", "id",
)  # fmt: skip
FINDING_COLUMNS = (
    "organization", "year", "document", "rule", "severity", "outcome", "message", "calculation", "verdict", "reason",
    "note", "author", "made", "changed", "fingerprint",
)  # fmt: skip
HISTORY_COLUMNS = (
    "document", "number", "made", "author", "about", "target", "action", "machine", "before", "human", "reason", "note",
    "extractor",
)  # fmt: skip


def fact_rows(material: Material, words: Words, reviewed: bool = False) -> Iterable[list[Cell]]:
    """One row a fact by ``FACT_COLUMNS``; only facts with a decision where ``reviewed``."""
    for fact in reviewed_facts(material):
        if reviewed and fact["decision"] is None:
            continue
        final, human, period = fact["final"], fact["human"], fact["period"]
        added = fact["method"] == "" and bool(human)
        told = {
            **_about(material), **_decision(fact["decision"], words), **final,
            "page": fact["evidence"]["page"], "section": words.code("section", fact["evidence"]["section"]),
            "indicator_name": words.indicator(final["indicator"]), "raw": fact["raw"],
            "machine_value": None if added else fact["value"], "human_value": human.get("value"),
            "printed": human.get("printed"), "low": fact["low"], "high": fact["high"],
            "measure": words.code("measure", final["measure"]), "confidence": None if added else fact["confidence"],
            "period": period["as_of"] or "/".join(filter(None, (period["start"], period["end"]))),
            "sentence": fact["evidence"]["sentence"], "id": fact["id"],
        }  # fmt: skip
        yield [told.get(column) for column in FACT_COLUMNS]


def finding_rows(material: Material, words: Words) -> Iterable[list[Cell]]:
    """One row a finding that says something, by ``FINDING_COLUMNS``."""
    for finding in findings_told(material):
        terms = " ".join(f"{term['operator'] or ''} {term['value'] or ''}".strip() for term in finding["calculation"])
        decision = _decision(finding["decision"], words)
        told = {
            **_about(material), **decision, "verdict": decision["decision"], "rule": finding["rule"],
            "severity": words.code("severity", finding["severity"]),
            "outcome": words.code("outcome", finding["outcome"]),

            "message": words.message(finding), "calculation": terms, "fingerprint": finding["fingerprint"],
        }  # fmt: skip
        yield [told.get(column) for column in FINDING_COLUMNS]


def history_rows(material: Material, words: Words) -> Iterable[list[Cell]]:
    """One row an entry of the history by ``HISTORY_COLUMNS``."""
    for entry in material.review.history:
        told = {
            **entry, "document": material.document["name"], "made": tell_time(entry["made"]),
            "action": words.text(f"action_{entry['action']}"), "extractor": entry["versions"].get("extractor"),
            "reason": words.reason(entry["reason"]),
        }  # fmt: skip
        told |= {name: json.dumps(entry[name], ensure_ascii=False) for name in ("machine", "before", "human")}
        yield [told.get(column) for column in HISTORY_COLUMNS]


def csv_text(materials: Iterable[Material], words: Words, reviewed: bool = False) -> str:
    """Facts as CSV with a header, text that a spreadsheet would run made harmless; see ``fact_rows``."""
    target = io.StringIO()
    target.write("\ufeff")  # spreadsheets take the file for UTF-8 by it
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow([words.column(column) for column in FACT_COLUMNS])
    for material in materials:
        for row in fact_rows(material, words, reviewed):
            writer.writerow([safe_cell(cell) if isinstance(cell, str) else cell for cell in row])
    return target.getvalue()


def _about(material: Material) -> dict[str, Any]:
    document = material.document
    return {"organization": document["organization"], "year": document["year"], "document": document["name"]}


def _decision(entry: dict[str, Any] | None, words: Words) -> dict[str, Any]:
    if entry is None:
        return dict.fromkeys(("decision", "reason", "note", "author", "made", "changed"))
    return {
        "decision": words.text(f"action_{entry['action']}"),
        "reason": words.reason(entry["reason"]),
        "note": entry["note"],
        "author": entry["author"],
        "made": tell_time(entry["made"]),
        "changed": " ".join(entry["changed"]),
    }
