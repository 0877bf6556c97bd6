"""The application: its parts put together."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import APIRouter, FastAPI

from extractor.service.settings import ServiceSettings
from extractor.service.store import jobs
from extractor.service.store.blobs import Blobs
from extractor.service.store.engine import open_store
from extractor.service.web import problems
from extractor.service.web.access import Doorkeeper
from extractor.service.web.buckets import Buckets
from extractor.service.web.context import Context
from extractor.service.web.guard import Guard
from extractor.service.web.lanes import open_lanes
from extractor.service.web.metrics import Metrics
from extractor.service.web.routes import decisions, documents, exports, health, vocabulary
from extractor.service.web.routes import jobs as jobs_routes
from extractor.service.web.schemas import ProblemAnswer
from extractor.service.work.crew import Crew
from extractor.settings import VERSION

ERRORS: dict[int | str, dict[str, Any]] = {
    status: {"content": {"application/problem+json": {}}, "model": ProblemAnswer}
    for status in (401, 403, 404, 409, 413, 415, 422, 429, 503)
}


def make_app(settings: ServiceSettings) -> Guard:
    """The service as an ASGI application; its workers run from start-up to shut-down.

    Raises UsageError when the database can't be opened.
    """
    context = make_context(settings)

    @asynccontextmanager
    async def live(running: FastAPI) -> AsyncIterator[None]:
        open_lanes(running)
        context.crew.start()
        yield
        context.crew.stop()
        context.store.close()

    app = FastAPI(
        title="nianbao extractor",
        version=VERSION,
        lifespan=live,
        openapi_url="/v1/openapi.json",
        docs_url=None,
        redirect_slashes=False,
        redoc_url=None,
    )
    app.state.context, app.state.door = context, context.door
    problems.install(app)
    versioned = APIRouter(prefix="/v1", responses=ERRORS)
    for module in (jobs_routes, documents, decisions, exports, vocabulary):
        versioned.include_router(module.router)
    app.include_router(versioned)
    app.include_router(health.router)
    _add_pages(app)
    return Guard(app, settings, context.metrics)


def make_context(settings: ServiceSettings) -> Context:
    """The parts of a service at ``settings.home``."""
    blobs, metrics = Blobs(settings.home), Metrics()
    store = open_store(settings.url)
    crew = Crew(settings, store, blobs)

    def count() -> dict[str, int]:
        with store.reading() as connection:
            return jobs.count_jobs(connection)

    metrics.watch(count, lambda: sum(worker.starts for worker in crew.workers))
    uploads = Buckets(settings.uploads, settings.files * 2 + settings.uploads * 2)
    return Context(settings, store, blobs, crew, Doorkeeper(store), metrics, uploads)


def _add_pages(app: FastAPI) -> None:
    from extractor.service.ui.routes import add_pages

    add_pages(app)
