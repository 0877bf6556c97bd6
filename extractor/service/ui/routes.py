"""Signing in, and the pages put into the application."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, FastAPI, Form, Request, Response
from fastapi.responses import RedirectResponse
from fastapi.staticfiles import StaticFiles

from extractor.service.store import keys
from extractor.service.ui import admin, comparing, deciding, library, reading
from extractor.service.ui.shell import HERE, Language, show
from extractor.service.web.access import COOKIE, Reader
from extractor.service.web.context import Parts
from extractor.service.web.problems import Problem

router = APIRouter(include_in_schema=False)


def add_pages(app: FastAPI) -> None:
    """Put pages and static files into the application."""
    for part in (router, library.router, reading.router, deciding.router, comparing.router, admin.router):
        app.include_router(part)
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")


@router.get("/login")
def show_login(request: Request, words: Language) -> Response:
    """The form for a key."""
    return show("login.html", request, words, failed=False)


@router.post("/login")
def sign_in(request: Request, words: Language, context: Parts, key: Annotated[str, Form(max_length=200)]) -> Response:
    """Open a session for a key."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise Problem(403, "the form was sent from another site", "csrf")
    caller = context.door.know(key.strip(), keys.find_key)
    if caller is None:
        answer = show("login.html", request, words, failed=True)
        answer.status_code = 401
        return answer
    with context.store.writing() as connection:
        token = keys.open_session(connection, caller)
    answer = RedirectResponse("/", 303)
    answer.set_cookie(
        COOKIE,
        token,
        max_age=int(keys.SESSION_SECONDS),
        httponly=True,
        samesite="strict",
        secure=context.settings.secure,
    )
    return answer


@router.post("/logout")
def sign_out(request: Request, caller: Reader, context: Parts) -> Response:
    """Close the session."""
    with context.store.writing() as connection:
        keys.close_session(connection, request.cookies.get(COOKIE, ""))
    context.door.forget()
    answer = Response(status_code=204, headers={"HX-Redirect": "/login"})
    answer.delete_cookie(COOKIE)
    return answer
