"""The document: facts and findings, pages or text with marks, and the detail of what is chosen."""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response

from extractor.service.review import Review, review_report
from extractor.service.store import documents, results
from extractor.service.store.decisions import REASONS
from extractor.service.store.keys import Caller
from extractor.service.ui.detail import describe_fact, describe_finding
from extractor.service.ui.marks import page_marks, text_blocks
from extractor.service.ui.shell import Asked, Language, show
from extractor.service.web.access import Reader
from extractor.service.web.context import Context, Id, Parts, must_find
from extractor.service.web.problems import Problem

router = APIRouter(include_in_schema=False, prefix="/documents/{document}")
UNSURE = 0.75
KEPT = 8  # reports unpacked in memory
ENTRIES, BLOCKS = 300, 600  # rows of a list, lines of the text that are sent at once; the browser asks for the others
Start = Annotated[int, Query(ge=0, le=10_000_000)]
_Found = tuple[dict[str, Any], dict[str, Any]]


@router.get("")
def show_document(document: Id, request: Request, words: Language, caller: Reader, context: Parts) -> Response:
    """The whole page."""
    with context.store.reading() as connection:
        found = must_find(connection, caller, document)
        last = documents.find_neighbour(connection, found, -1)
        if not found["result"]:
            return show("unread.html", request, words, caller, document=found)
    read, review = load_both(context, found)
    listed, sizes = list_entries(read[0], review, words), read[1]["sizes"]
    speaking = sum(one["outcome"] in ("FAIL", "UNCERTAIN") for one in listed["findings"])
    return show(
        "document.html", request, words, caller, document=found, last=last, unsure=UNSURE, sizes=sizes,
        facts=_part(listed["facts"]), findings=_part(listed["findings"]), speaking=speaking,
        places=_cell_places(read[0]), warnings=read[0]["warnings"], history=review.history,
        blocks=None if sizes else _part(_blocks(read, review), BLOCKS),
    )  # fmt: skip


@router.get("/entries/{kind}")
def show_entries(
    caller: Reader, document: Id, kind: Literal["facts", "findings"], asked: Asked, start: Start
) -> Response:
    """A further part of a list of the left pane."""
    read, review = _load(asked.context, caller, document)
    part = _part(list_entries(read[0], review, asked.words)[kind], start=start)
    shown = {"kind": kind, "part": part, "document": {"id": document}, "unsure": UNSURE}
    return show("entries.html", asked.request, asked.words, caller, **shown)


@router.get("/state")
def show_state(document: Id, request: Request, words: Language, caller: Reader, context: Parts) -> Response:
    """Whether the document is read by now; the page is loaded anew when it is."""
    with context.store.reading() as connection:
        found = must_find(connection, caller, document)
    if found["state"] in ("queued", "running"):
        return show("state.html", request, words, caller, document=found)
    return Response(status_code=200, headers={"HX-Refresh": "true"})


@router.get("/text")
def show_text(caller: Reader, document: Id, asked: Asked, start: Start = 0) -> Response:
    """The text with its marks, or a further part of it."""
    read, review = _load(asked.context, caller, document)
    blocks = _part(_blocks(read, review), BLOCKS, start)
    return show("text.html", asked.request, asked.words, caller, blocks=blocks, document={"id": document})


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
        rows.append({**one, "entry": holding[("added", one["id"])], "part": False, "confidence": 1.0, "page": None})
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
    return {"facts": rows, "findings": findings}


def fact_entry(fact: dict[str, Any], holding: dict[Any, Any], words: Any) -> dict[str, Any]:
    """A fact as a row of the left pane."""
    entry = holding.get(("fact", fact["id"]))
    final = {**fact, **(entry["human"] if entry and entry["action"] == "correct" else {})}
    name = words.indicator(final["indicator"]) or final["label"]
    return {
        "id": fact["id"], "name": name, "label": final["label"], "value": final["value"],
        "value_max": final["value_max"],
        "unit": final["unit"], "confidence": fact["confidence"], "page": fact["evidence"]["page"], "entry": entry,
        "span": fact["evidence"]["span"], "part": bool(fact["part_of"]), "raw": fact["raw"],
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


def load_both(context: Context, document: dict[str, Any]) -> tuple[_Found, Review]:
    """Report and view with what people decided; Problem 409 where nothing was read yet."""
    read = load_read(context, document)
    if read is None:
        raise Problem(409, "the document has not been read yet", "not_read")
    with context.store.reading() as connection:
        return read, review_report(connection, document["id"], read[0])


@lru_cache(maxsize=KEPT)
def _unpack(context: Context, document: str, result: str) -> _Found | None:
    with context.store.reading() as connection:
        return results.find_result(connection, document, view=True)


def _load(context: Context, caller: Caller, document: str) -> tuple[_Found, Review]:
    with context.store.reading() as connection:
        found = must_find(connection, caller, document)
    return load_both(context, found)


def _cell_places(report: dict[str, Any]) -> dict[str, int]:
    """The page of every cell of the standard tables."""
    cells = [cell for table in report["tables"] for cell in table["cells"]]
    return {f"c-{cell['key']}": cell["page"] for cell in cells if cell["page"]}


def _blocks(read: _Found, review: Review) -> list[dict[str, Any]]:
    return text_blocks(*read, added_facts(review))


def _part(rows: list[Any], size: int = ENTRIES, start: int = 0) -> dict[str, Any]:
    """So many of the rows from ``start`` on; where the next part starts, None at the end; how many there are."""
    end = start + size
    return {"rows": rows[start:end], "start": start, "next": end if end < len(rows) else None, "total": len(rows)}
