"""The document: facts and findings, pages or text with marks, and the detail of what is chosen."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from fastapi import APIRouter, Request, Response

from extractor.service.review import Review, load_review
from extractor.service.store import documents, results
from extractor.service.store.decisions import REASONS
from extractor.service.store.keys import Caller
from extractor.service.ui.detail import describe_fact, describe_finding
from extractor.service.ui.marks import page_marks, text_blocks
from extractor.service.ui.shell import Language, show
from extractor.service.web.access import Reader
from extractor.service.web.context import Context, Id, Parts, must_find
from extractor.service.web.problems import Problem

router = APIRouter(include_in_schema=False, prefix="/documents/{document}")
CONFIDENT, UNSURE = 0.9, 0.75
KEPT = 8  # reports unpacked in memory
_Found = tuple[dict[str, Any], dict[str, Any]]


@router.get("")
def show_document(document: Id, request: Request, words: Language, caller: Reader, context: Parts) -> Response:
    """The whole page."""
    with context.store.reading() as connection:
        found = must_find(connection, caller, document)
        review = load_review(connection, document)
        last = documents.find_neighbour(connection, found, -1)
    read = load_read(context, found)
    if read is None:
        return show("unread.html", request, words, caller, document=found)
    return show(
        "document.html", request, words, caller, document=found, last=last, unsure=UNSURE,
        **list_entries(read[0], review, words), paged=bool(read[1]["sizes"]), sizes=read[1]["sizes"],
        warnings=read[0]["warnings"], history=review.history, confident=CONFIDENT,
        blocks=[] if read[1]["sizes"] else text_blocks(*read, added_facts(review)),
    )  # fmt: skip


@router.get("/state")
def show_state(document: Id, request: Request, words: Language, caller: Reader, context: Parts) -> Response:
    """Whether the document is read by now; the page is loaded anew when it is."""
    with context.store.reading() as connection:
        found = must_find(connection, caller, document)
    if found["state"] in ("queued", "running"):
        return show("state.html", request, words, caller, document=found)
    return Response(status_code=200, headers={"HX-Refresh": "true"})


@router.get("/text")
def show_text(document: Id, request: Request, words: Language, caller: Reader, context: Parts) -> Response:
    """The text with its marks."""
    read, review = _load(context, caller, document)
    return show("text.html", request, words, caller, blocks=text_blocks(*read, added_facts(review)))


@router.get("/sheet/{page}")
def show_sheet(document: Id, page: int, request: Request, words: Language, caller: Reader, context: Parts) -> Response:
    """One page: its image, the boxes on it, the text that can be selected."""
    read, review = _load(context, caller, document)
    if not 1 <= page <= len(read[1]["sizes"]):
        raise Problem(404, "no such page")
    sheet = page_marks(*read, page, added_facts(review))
    return show("sheet.html", request, words, caller, sheet=sheet, document={"id": document})


@router.get("/facts/{fact}")
def show_fact(document: Id, fact: str, request: Request, words: Language, caller: Reader, context: Parts) -> Response:
    """The detail of a fact."""
    read, review = _load(context, caller, document)
    told = describe_fact(read[0], review, fact, words)
    return show("fact.html", request, words, caller, fact=told, document={"id": document}, reasons=REASONS)


@router.get("/findings/{finding}")
def show_finding(
    document: Id, finding: str, request: Request, words: Language, caller: Reader, context: Parts
) -> Response:
    """The detail of a finding."""
    read, review = _load(context, caller, document)
    told = describe_finding(read[0], review, finding, words)
    return show("finding.html", request, words, caller, finding=told, document={"id": document})


@router.get("/history")
def show_history(document: Id, request: Request, words: Language, caller: Reader, context: Parts) -> Response:
    """The history of decisions."""
    _, review = _load(context, caller, document)
    return show("history.html", request, words, caller, history=review.history)


def list_entries(report: dict[str, Any], review: Review, words: Any) -> dict[str, Any]:
    """Facts (added ones in their places) and findings of the left pane."""
    holding = review.holding
    rows = [fact_entry(fact, holding, words) for fact in report["facts"]]
    for one in added_facts(review):
        rows.append({**one, "entry": holding[("added", one["id"])], "added": True, "part": False, "confidence": 1.0})
        rows[-1]["name"] = words.indicator(one.get("indicator")) or one.get("label") or words.text("no_indicator")
        rows[-1]["label"] = one.get("label") or one["sentence"][:40]
    rows.sort(key=lambda row: (row["span"][0], row["span"][1]))
    rank = {outcome: place for place, outcome in enumerate(("FAIL", "UNCERTAIN", "PASS", "NOT_ASSESSABLE"))}
    found = sorted(
        report["findings"], key=lambda f: (rank.get(f["outcome"], 9), -results.SEVERITIES.index(f["severity"]))
    )
    findings = [
        {**one, "entry": holding.get(("finding", one["fingerprint"])), "text": words.message(one)} for one in found
    ]
    return {"facts": rows, "findings": findings, "places": _places(report)}


def fact_entry(fact: dict[str, Any], holding: dict[Any, Any], words: Any) -> dict[str, Any]:
    """A fact as a row of the left pane."""
    entry = holding.get(("fact", fact["id"]))
    final = {**fact, **(entry["human"] if entry and entry["action"] == "correct" else {})}
    name = words.indicator(final["indicator"]) or final["label"]
    return {
        "id": fact["id"], "name": name, "label": final["label"], "value": final["value"],
        "value_max": final["value_max"],
        "unit": final["unit"], "confidence": fact["confidence"], "page": fact["evidence"]["page"], "entry": entry,
        "span": fact["evidence"]["span"], "added": False, "part": bool(fact["part_of"]), "raw": fact["raw"],
        "measure": fact["measure"], "indicator": final["indicator"],
    }  # fmt: skip


def added_facts(review: Review) -> list[dict[str, Any]]:
    """The facts that people added and nobody rejected since."""
    return [
        {**dict.fromkeys(("value", "value_max", "unit", "indicator", "label")), **entry["human"], "id": target}
        for (about, target), entry in review.holding.items()
        if about == "added" and entry["action"] != "reject"
    ]


def load_read(context: Context, document: dict[str, Any]) -> _Found | None:
    """Report and view of a document, kept for the next look."""
    return _unpack(context, document["id"], document["result"]) if document["result"] else None


@lru_cache(maxsize=KEPT)
def _unpack(context: Context, document: str, result: str) -> _Found | None:
    with context.store.reading() as connection:
        return results.find_result(connection, document, view=True)


def _load(context: Context, caller: Caller, document: str) -> tuple[_Found, Review]:
    with context.store.reading() as connection:
        found = must_find(connection, caller, document)
        review = load_review(connection, document)
    read = load_read(context, found)
    if read is None:
        raise Problem(409, "the document has not been read yet", "not_read")
    return read, review


def _places(report: dict[str, Any]) -> dict[str, int]:
    """The page of every fact and cell."""
    pages = {fact["id"]: fact["evidence"]["page"] for fact in report["facts"]}
    pages |= {f"c-{cell['key']}": cell["page"] for table in report["tables"] for cell in table["cells"]}
    return {target: page for target, page in pages.items() if page}
