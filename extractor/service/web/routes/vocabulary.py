"""What there is: indicators, rules, readers; and the keys."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Response

from extractor.service.store import keys
from extractor.service.web.access import Admin, Reader
from extractor.service.web.context import Parts
from extractor.service.web.problems import Problem
from extractor.service.web.schemas import Key, MadeKey, NewKey, tell_time

router = APIRouter()


@router.get("/indicators", tags=["vocabulary"])
def list_indicators(caller: Reader) -> list[dict[str, str]]:
    """Code, Chinese name, unit and measure of every indicator."""
    from extractor.lexicon import table

    return [
        {key: str(entry.get(key) or "") for key in ("code", "zh", "unit", "measure")} for entry in table("indicators")
    ]


@router.get("/rules", tags=["vocabulary"])
def list_rules(caller: Reader) -> list[dict[str, str]]:
    """Id, severity and text of every rule of the audit."""
    from extractor.audit import load_rules

    return [
        {"rule": name, "severity": rule.severity, "text": (rule.__doc__ or "").split("\n")[0]}
        for name, rule in load_rules().items()
    ]


@router.get("/keys", tags=["keys"])
def list_keys(caller: Admin, context: Parts) -> list[Key]:
    """All keys without their secrets."""
    with context.store.reading() as connection:
        found = keys.list_keys(connection)
    times = ("created", "revoked")
    return [Key(**{**key, **{name: tell_time(key[name]) for name in times}}) for key in found]  # type: ignore[arg-type]


@router.post("/keys", status_code=201, tags=["keys"])
def make_key(wanted: NewKey, caller: Admin, context: Parts) -> MadeKey:
    """Make a key; the secret is told in this answer and never again."""
    with context.store.writing() as connection:
        number, secret = keys.make_key(connection, wanted.name, wanted.role, wanted.space or caller.space)
    return MadeKey(id=number, secret=secret)


@router.delete("/keys/{key}", status_code=204, tags=["keys"])
def revoke_key(key: Annotated[str, Path(pattern="^[0-9a-f]{16}$")], caller: Admin, context: Parts) -> Response:
    """Revoke a key and end its sessions; not the key that asks."""
    if key == caller.id:
        raise Problem(409, "a key can't revoke itself", "own_key")
    with context.store.writing() as connection:
        done = keys.revoke_key(connection, key)
    context.door.forget()
    if not done:
        raise Problem(404, "no such key")
    return Response(status_code=204)
