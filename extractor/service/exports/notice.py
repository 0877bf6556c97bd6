"""The rectification notice to one body: what it should correct, with calculation and place; to print, or as DOCX."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from extractor.service.exports.docx import Paper
from extractor.service.exports.material import Material, findings_told, reviewed_facts
from extractor.service.ui.shell import print_number
from extractor.service.ui.words import Words

TOLD = ("report_error", "ask_body")


def notice_items(material: Material) -> list[dict[str, Any]]:
    """What the notice holds: findings judged an error of the report or a question, and values printed wrongly.

    Keys: kind (report_error, ask_body, printed_error), finding or fact, note.
    """
    items = [
        {"kind": finding["decision"]["action"], "finding": finding, "note": finding["decision"]["note"]}
        for finding in findings_told(material)
        if finding["decision"] and finding["decision"]["action"] in TOLD
    ]
    for fact in reviewed_facts(material):
        decision = fact["decision"]
        if decision and decision["action"] == "correct" and decision["reason"] == "printed_error":
            items.append({"kind": "printed_error", "fact": fact, "note": decision["note"]})
    return items


def describe(item: dict[str, Any], words: Words) -> tuple[str, str, str]:
    """Problem, calculation or place, and what is asked, of one item."""
    if "finding" in item:
        finding = item["finding"]
        terms = " ".join(
            f"{term['operator'] or ''} {term['label'] or ''} {term['value'] or ''}".strip()
            for term in finding["calculation"]
        )
        return words.message(finding), terms, words.text(f"ask_{item['kind']}")
    fact = item["fact"]
    printed = fact["human"].get("printed") or fact["raw"]
    right = f"{print_number(fact['final']['value'])} {fact['final']['unit'] or ''}".strip()
    told = f"{words.text('printed')} {printed} → {right}"
    return told, fact["evidence"]["sentence"], words.text("ask_printed_error")


def notice_docx(body: str, materials: Sequence[Material], words: Words) -> bytes:
    """The notice as DOCX."""
    paper = Paper()
    paper.heading(words.text("notice_title"), 36, middle=True)
    paper.paragraph(f"{body}{words.text('colon')}")
    paper.paragraph(words.text("notice_lead"))
    number = 0
    for material in materials:
        items = notice_items(material)
        if not items:
            continue
        paper.heading(material.document["title"] or material.document["name"], 28)
        rows = [[words.text(name) for name in ("notice_number", "notice_problem", "notice_basis", "notice_ask")]]
        for item in items:
            number += 1
            problem, basis, asked = describe(item, words)
            rows.append([str(number), problem, basis, " ".join(filter(None, (asked, item["note"])))])
        paper.table(rows)
    if not number:
        paper.paragraph(words.text("notice_empty"))
    paper.paragraph(words.text("notice_end"))
    return paper.bytes()
