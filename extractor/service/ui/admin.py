"""Keys on the page: who has one, a new one shown once, one revoked."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Response

from extractor.service.store import keys
from extractor.service.store.keys import ROLES, Caller
from extractor.service.ui.shell import Asked, Fields, Question, check_fields, show
from extractor.service.web.access import Admin
from extractor.service.web.routes.vocabulary import revoke_key
from extractor.service.web.schemas import NewKey

router = APIRouter(include_in_schema=False, prefix="/keys")


@router.get("")
def show_keys(caller: Admin, asked: Asked) -> Response:
    """The whole page."""
    return _show("admin.html", caller, asked)


@router.post("")
def make(caller: Admin, form: Fields, asked: Asked) -> Response:
    """Make a key and show its secret, this once."""
    given = {name: value.strip() for name, value in form.items() if value.strip()}
    wanted = check_fields(NewKey, given)
    with asked.context.store.writing() as connection:
        _, secret = keys.make_key(connection, wanted.name, wanted.role, wanted.space or caller.space)
    return _show("admin_keys.html", caller, asked, made=wanted.name, secret=secret)


@router.post("/{key}/revoke")
def revoke(key: Annotated[str, Path(pattern="^[0-9a-f]{16}$")], caller: Admin, asked: Asked) -> Response:
    """Revoke a key."""
    revoke_key(key, caller, asked.context)
    return _show("admin_keys.html", caller, asked)


def _show(template: str, caller: Caller, asked: Question, **values: Any) -> Response:
    with asked.context.store.reading() as connection:
        found = keys.list_keys(connection)
    found.sort(key=lambda key: key["revoked"] is not None)
    return show(template, asked.request, asked.words, caller, keys=found, roles=ROLES, **{"secret": None, **values})
