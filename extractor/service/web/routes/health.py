"""Whether the service lives, whether it can work, and its figures."""

from __future__ import annotations

from fastapi import APIRouter, Response
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from extractor.service.web.access import Reader
from extractor.service.web.context import Parts
from extractor.service.web.problems import Problem
from extractor.service.web.schemas import Health

router = APIRouter(tags=["health"])


@router.get("/health")
async def tell_health() -> Health:
    """The process lives; nothing else is looked at."""
    return Health(status="ok")


@router.get("/ready")
def tell_ready(context: Parts) -> Health:
    """Database and workers are there; 503 otherwise."""
    try:
        with context.store.reading() as connection:
            connection.execute(text("SELECT 1"))
    except SQLAlchemyError:
        raise Problem(503, "the database is away", "database", {"Retry-After": "5"}) from None
    if not context.crew.alive():
        raise Problem(503, "no worker takes jobs", "workers", {"Retry-After": "30"})
    return Health(status="ready")


@router.get("/metrics", response_class=Response)
def tell_metrics(caller: Reader, context: Parts) -> Response:
    """Figures in the text format of Prometheus."""
    return Response(context.metrics.render(), media_type="text/plain; version=0.0.4; charset=utf-8")
