"""Errors as ``application/problem+json`` with a stable code; nothing from inside gets out."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException

log = logging.getLogger("extractor.service")
CODES = {
    400: "bad_request", 401: "no_key", 403: "role", 404: "not_found", 405: "method", 408: "too_slow", 409: "conflict",
    413: "too_large", 415: "media_type", 422: "invalid", 429: "too_many", 500: "internal", 503: "busy",
}  # fmt: skip


class Problem(Exception):
    """An answer that is an error: status, code, what happened and what to do, further headers."""

    def __init__(
        self, status: int, detail: str, code: str | None = None, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(detail)
        self.status, self.detail = status, detail
        self.code, self.headers = code or CODES.get(status, "error"), dict(headers or {})


def problem_body(status: int, code: str, detail: str, **more: Any) -> bytes:
    """The JSON of a problem."""
    told = {"type": f"urn:nianbao:{code}", "title": HTTPStatus(status).phrase, "status": status, "code": code}
    return json.dumps({**told, "detail": detail, **more}, ensure_ascii=False).encode("utf-8", "replace")


def answer_problem(problem: Problem, **more: Any) -> Response:
    """The response for a problem."""
    body = problem_body(problem.status, problem.code, problem.detail, **more)
    return Response(body, problem.status, problem.headers, media_type="application/problem+json")


def install(app: FastAPI) -> None:
    """Answer every kind of error as a problem."""

    @app.exception_handler(Problem)
    def on_problem(request: Request, error: Problem) -> Response:
        page = not request.url.path.startswith(("/v1", "/metrics")) and "hx-request" not in request.headers
        if error.status == 401 and request.method == "GET" and page:
            return RedirectResponse("/login", 303)
        return answer_problem(error)

    @app.exception_handler(RequestValidationError)
    def on_invalid(request: Request, error: RequestValidationError) -> Response:
        places = [
            {"at": ".".join(str(part) for part in item["loc"]), "message": str(item["msg"])[:200]}
            for item in error.errors()[:20]
        ]
        return answer_problem(Problem(422, "the request does not fit the interface"), errors=places)

    @app.exception_handler(HTTPException)
    def on_status(request: Request, error: HTTPException) -> Response:
        return answer_problem(Problem(error.status_code, str(error.detail)[:200], headers=error.headers))

    @app.exception_handler(OperationalError)
    def on_database(request: Request, error: OperationalError) -> Response:
        log.error("database away on %s", request.scope.get("route") and request.scope["route"].path)
        return answer_problem(Problem(503, "the database is away for a moment", "database", {"Retry-After": "5"}))

    @app.exception_handler(Exception)
    def on_error(request: Request, error: Exception) -> Response:
        log.error("%s in %s", type(error).__name__, request.scope.get("route") and request.scope["route"].path)
        return answer_problem(Problem(500, "something went wrong on our side"))
