"""Documents, their reports, facts and findings."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Response

from extractor.service.store import documents, results
from extractor.service.store.documents import Filter
from extractor.service.web.access import Reader, Reviewer
from extractor.service.web.context import Id, Limit, Offset, Parts, Word, Year, must_find
from extractor.service.web.problems import Problem
from extractor.service.web.routes.jobs import load_report
from extractor.service.web.schemas import Document, Documents, Entries, State, tell_time

router = APIRouter(tags=["documents"])
Severity = Literal["info", "low", "medium", "high", "critical"]
Order = Literal["attention", "updated", "body", "year"]


@router.get("/documents")
def list_documents(
    caller: Reader,
    context: Parts,
    words: Word = None,
    body: Word = None,
    year: Year = None,
    severity: Annotated[Severity | None, Query(description="with an open finding this severe or worse")] = None,
    state: Annotated[State | None, Query()] = None,
    review: Annotated[Literal["open", "finished"] | None, Query()] = None,
    order: Annotated[Order, Query()] = "attention",
    limit: Limit = 50,
    offset: Offset = 0,
) -> Documents:
    """The library, what needs attention first."""
    rank = None if severity is None else results.SEVERITIES.index(severity) + 1
    chosen = Filter(words or "", body, year, rank, state, review, order)
    with context.store.reading() as connection:
        items, total = documents.list_documents(connection, caller.space, chosen, limit, offset)
    return Documents(total=total, items=[show_document(item) for item in items])


@router.get("/documents/{document}")
def show_one(document: Id, caller: Reader, context: Parts) -> Document:
    """One document with its counts."""
    with context.store.reading() as connection:
        return show_document(must_find(connection, caller, document))


@router.delete("/documents/{document}", status_code=204)
def remove(document: Id, caller: Reviewer, context: Parts) -> Response:
    """Remove a document, its results and its decisions; needs the role admin where there are decisions."""
    with context.store.writing() as connection:
        found = must_find(connection, caller, document)
        if found["reviewed"] and not caller.may("admin"):
            raise Problem(403, "the document holds decisions; only an admin removes it")
        documents.remove_document(connection, document)
        if not documents.is_stored(connection, found["sha256"]):
            context.blobs.remove(found["sha256"])
    return Response(status_code=204)


@router.get("/documents/{document}/report", response_class=Response)
def show_report(document: Id, caller: Reader, context: Parts) -> Response:
    """The report: the object of ``extract FILE --json`` (see ``extract schema``)."""
    with context.store.reading() as connection:
        must_find(connection, caller, document)
    return Response(load_report(context, document), media_type="application/json")


@router.get("/documents/{document}/original", response_class=Response)
def show_original(document: Id, caller: Reader, context: Parts) -> Response:
    """The bytes as uploaded, only ever as a file to save."""
    with context.store.reading() as connection:
        found = must_find(connection, caller, document)
    headers = {
        "Content-Disposition": f'attachment; filename="{document}.bin"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    content = context.blobs.path(found["sha256"]).read_bytes()
    return Response(content, media_type="application/octet-stream", headers=headers)


@router.get("/documents/{document}/pages/{page}.png", response_class=Response)
def show_page(document: Id, page: int, caller: Reader, context: Parts) -> Response:
    """Image of a page, from 1."""
    with context.store.reading() as connection:
        found = must_find(connection, caller, document)
    if not found["pages"] or not 1 <= page <= found["pages"]:
        raise Problem(404, "no such page")
    image = context.crew.draw(found["sha256"], page)
    if image is None:
        raise Problem(404, "the page can't be drawn", "no_image")
    return Response(image, media_type="image/png", headers={"Cache-Control": "private, max-age=86400"})


@router.get("/facts")
def list_facts(
    caller: Reader,
    context: Parts,
    document: Annotated[str | None, Query(pattern="^[0-9a-f]{32}$")] = None,
    indicator: Word = None,
    measure: Word = None,
    section: Word = None,
    confidence: Annotated[float | None, Query(ge=0, le=1, description="this or more")] = None,
    body: Word = None,
    year: Year = None,
    limit: Limit = 100,
    offset: Offset = 0,
) -> Entries:
    """Facts of all documents, in the order of the documents and of their text."""
    wanted: dict[str, Any] = {"document": document, "indicator": indicator, "measure": measure, "section": section}
    wanted |= {"confidence": confidence, "body": body, "year": year}
    with context.store.reading() as connection:
        items, total = results.list_facts(connection, caller.space, wanted, limit, offset)
    return Entries(total=total, items=items)


@router.get("/findings")
def list_findings(
    caller: Reader,
    context: Parts,
    document: Annotated[str | None, Query(pattern="^[0-9a-f]{32}$")] = None,
    rule: Word = None,
    severity: Annotated[Severity | None, Query()] = None,
    outcome: Annotated[Literal["PASS", "FAIL", "UNCERTAIN", "NOT_ASSESSABLE"] | None, Query()] = None,
    body: Word = None,
    year: Year = None,
    limit: Limit = 100,
    offset: Offset = 0,
) -> Entries:
    """Findings of all documents."""
    wanted: dict[str, Any] = {"document": document, "rule": rule, "severity": severity, "outcome": outcome}
    with context.store.reading() as connection:
        found = results.list_findings(connection, caller.space, {**wanted, "body": body, "year": year}, limit, offset)
    return Entries(total=found[1], items=found[0])


def show_document(document: dict[str, Any]) -> Document:
    """The public shape of a document."""
    times = {key: tell_time(document[key]) for key in ("created", "updated")}
    return Document(**{**{key: document[key] for key in Document.model_fields}, **times})
