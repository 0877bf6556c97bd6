"""What the routes work with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Path, Query, Request

from extractor.service.settings import ServiceSettings
from extractor.service.store import documents
from extractor.service.store.blobs import Blobs
from extractor.service.store.engine import Store
from extractor.service.store.keys import Caller
from extractor.service.web.access import Doorkeeper
from extractor.service.web.buckets import Buckets
from extractor.service.web.metrics import Metrics
from extractor.service.web.problems import Problem
from extractor.service.work.crew import Crew


@dataclass(frozen=True, slots=True)
class Context:
    """The parts of one running service."""

    settings: ServiceSettings
    store: Store
    blobs: Blobs
    crew: Crew
    door: Doorkeeper
    metrics: Metrics
    uploads: Buckets


async def _find_context(request: Request) -> Context:
    context: Context = request.app.state.context
    return context


Parts = Annotated[Context, Depends(_find_context)]
Id = Annotated[str, Path(pattern="^[0-9a-f]{32}$", description="32 hexadecimal digits")]
Limit = Annotated[int, Query(ge=1, le=500, description="entries a page")]
Offset = Annotated[int, Query(ge=0, le=10_000_000, description="entries to leave out")]


def must_find(connection: Any, caller: Caller, number: str) -> dict[str, Any]:
    """The caller's document; Problem 404 where there is none, also where another space has it."""
    document = documents.find_document(connection, caller.space, number)
    if document is None:
        raise Problem(404, "no such document")
    return document
