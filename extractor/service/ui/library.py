"""The library: upload, search, filters, what needs attention first."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from extractor.service.settings import MIB
from extractor.service.store import documents, results
from extractor.service.store.documents import ORDERS, Filter
from extractor.service.store.keys import Caller
from extractor.service.ui.shell import Language, show
from extractor.service.web.access import Reader
from extractor.service.web.context import Context, Parts

router = APIRouter(include_in_schema=False)
SHOWN = 50  # reports a page
Short = Annotated[str, Query(max_length=200)]


@router.get("/")
def show_library(
    request: Request, words: Language, caller: Reader, context: Parts, body: Short = "", year: Short = ""
) -> Response:
    """The whole page."""
    with context.store.reading() as connection:
        bodies = documents.list_bodies(connection, caller.space)
    years = sorted({one for _, found in bodies for one in found}, reverse=True)
    listed = _list(context, caller, {"body": body, "year": year})
    limits = {"limit": context.settings.upload // MIB, "files": context.settings.files}
    return show("library.html", request, words, caller, bodies=bodies, years=years, limits=limits, **listed)


@router.get("/library/rows")
def show_rows(request: Request, words: Language, caller: Reader, context: Parts) -> Response:
    """The list alone, as the filters want it."""
    return show("library_rows.html", request, words, caller, **_list(context, caller, dict(request.query_params)))


def _list(context: Context, caller: Caller, asked: dict[str, str]) -> dict[str, Any]:
    page = _number(asked.get("page")) or 0
    chosen = _read_filter(asked)
    with context.store.reading() as connection:
        items, total = documents.list_documents(connection, caller.space, chosen, SHOWN, page * SHOWN)
    active = any(item["state"] in ("queued", "running") for item in items)
    filtered = any(asked.get(name) for name in ("words", "body", "year", "severity", "state"))
    return {
        "items": items, "total": total, "page": page, "pages": -(-total // SHOWN),
        "active": active, "filtered": filtered,
        "asked": asked, "severities": results.SEVERITIES,
    }  # fmt: skip


def _read_filter(asked: dict[str, str]) -> Filter:
    """The filter that the form's fields make; what makes no sense is left out."""
    severity, state = asked.get("severity", ""), asked.get("state", "")
    rank = results.SEVERITIES.index(severity) + 1 if severity in results.SEVERITIES else None
    review = state.removeprefix("review_") if state.startswith("review_") else None
    order = asked.get("order", "")
    return Filter(
        asked.get("words", "").replace("\0", "")[:200],
        asked.get("body", "").replace("\0", "") or None,
        _number(asked.get("year")),
        rank,
        state if state and review is None else None,
        review,
        order if order in ORDERS else "attention",
    )


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 7 else None
