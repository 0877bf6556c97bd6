"""Documents, their reports, facts and findings."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from extractor.service.store import documents, results
from extractor.service.store.documents import Filter
from extractor.service.store.keys import Caller
from extractor.service.web.access import Reader, Reviewer
from extractor.service.web.context import Context, Id, Parts, must_find
from extractor.service.web.lanes import run_slowly
from extractor.service.web.problems import Problem
from extractor.service.web.routes.jobs import load_report
from extractor.service.web.schemas import Document, Documents, Entries, State, answer, answer_page, tell_time

router = APIRouter(tags=["documents"])
Severity = Literal["info", "low", "medium", "high", "critical"]
Order = Literal["attention", "updated", "body", "year"]
Wording = Annotated[str | None, Field(max_length=200, pattern=r"^[^\x00-\x1f]*$")]
Number = Annotated[str, Field(pattern="^[0-9a-f]{32}$")]


class Window(BaseModel):
    """Which part of a list."""

    model_config = ConfigDict(extra="forbid")
    limit: int = Field(100, ge=1, le=500, description="entries a page")
    offset: int = Field(0, ge=0, le=10_000_000, description="entries to leave out")


class DocumentQuery(Window):
    """Which documents, in which order."""

    words: Wording = None
    body: Wording = None
    year: int | None = Field(None, ge=1990, le=2100)
    severity: Severity | None = Field(None, description="with an open finding this severe or worse")
    state: State | None = None
    review: Literal["open", "finished"] | None = None
    order: Order = "attention"


class FactQuery(Window):
    """Which facts."""

    document: Number | None = None
    indicator: Wording = None
    measure: Wording = None
    section: Wording = None
    confidence: float | None = Field(None, ge=0, le=1, description="this or more")
    body: Wording = None
    year: int | None = Field(None, ge=1990, le=2100)


class FindingQuery(Window):
    """Which findings."""

    document: Number | None = None
    rule: Wording = None
    severity: Severity | None = None
    outcome: Literal["PASS", "FAIL", "UNCERTAIN", "NOT_ASSESSABLE"] | None = None
    body: Wording = None
    year: int | None = Field(None, ge=1990, le=2100)


@router.get("/documents", response_model=Documents)
def list_documents(asked: Annotated[DocumentQuery, Query()], caller: Reader, context: Parts) -> Response:
    """The library, what needs attention first."""
    rank = None if asked.severity is None else results.SEVERITIES.index(asked.severity) + 1
    chosen = Filter(asked.words or "", asked.body, asked.year, rank, asked.state, asked.review, asked.order)
    with context.store.reading() as connection:
        items, total = documents.list_documents(connection, caller.space, chosen, asked.limit, asked.offset)
    return answer(Documents(total=total, items=[show_document(item) for item in items]))


@router.get("/documents/{document}", response_model=Document)
def show_one(document: Id, caller: Reader, context: Parts) -> Response:
    """One document with its counts."""
    with context.store.reading() as connection:
        found = must_find(connection, caller, document)
    return answer(show_document(found))


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
async def show_page(document: Id, page: int, request: Request, caller: Reader, context: Parts) -> Response:
    """Image of a page, from 1."""
    return await run_slowly(request, _draw, document, page, caller, context)


def _draw(document: str, page: int, caller: Caller, context: Context) -> Response:
    with context.store.reading() as connection:
        found = must_find(connection, caller, document)
    if not found["pages"] or not 1 <= page <= found["pages"]:
        raise Problem(404, "no such page")
    image = context.crew.draw(found["sha256"], page)
    if image is None:
        raise Problem(404, "the page can't be drawn", "no_image")
    return Response(image, media_type="image/png", headers={"Cache-Control": "private, max-age=86400"})


@router.get("/facts", response_model=Entries)
def list_facts(asked: Annotated[FactQuery, Query()], caller: Reader, context: Parts) -> Response:
    """Facts of all documents, in the order of the documents and of their text."""
    with context.store.reading() as connection:
        items, total = results.list_facts(connection, caller.space, asked.model_dump(), asked.limit, asked.offset)
    return answer_page(total, items)


@router.get("/findings", response_model=Entries)
def list_findings(asked: Annotated[FindingQuery, Query()], caller: Reader, context: Parts) -> Response:
    """Findings of all documents."""
    with context.store.reading() as connection:
        items, total = results.list_findings(connection, caller.space, asked.model_dump(), asked.limit, asked.offset)
    return answer_page(total, items)


def show_document(document: dict[str, Any]) -> Document:
    """The public shape of a document."""
    times = {key: tell_time(document[key]) for key in ("created", "updated")}
    return Document(**{**{key: document[key] for key in Document.model_fields}, **times})
