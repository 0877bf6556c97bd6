"""Documents of a space: taken in once for the same bytes, listed, found again."""

from __future__ import annotations

import re
import secrets
import time
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from extractor.outputs import escape_controls
from extractor.service.store.tables import decisions, documents, facts, findings, jobs, results

NAME = 200  # characters of a shown name
PARTS = re.compile(r"[/\\\x00\uff0f\uff3c]")
ATTENTION = case((documents.c.state == "failed", 9), else_=documents.c.worst)
ORDERS = {
    "attention": (ATTENTION.desc(), documents.c.failed.desc(), documents.c.updated.desc()),
    "updated": (documents.c.updated.desc(),),
    "body": (documents.c.organization, documents.c.year.desc()),
    "year": (documents.c.year.desc(), documents.c.organization),
}


@dataclass(frozen=True, slots=True)
class Filter:
    """Which documents: words of name, title or body; body, year, worst severity's rank, state, review; None is all."""

    words: str = ""
    body: str | None = None
    year: int | None = None
    severity: int | None = None
    state: str | None = None
    review: str | None = None
    order: str = "attention"


def clean_name(name: str) -> str:
    """What a client calls a file, made fit to be shown: last part, controls written out, bounded."""
    return escape_controls(PARTS.split(name)[-1].strip())[:NAME] or "report"


def keep_document(connection: Connection, space: str, blob: tuple[str, int], name: str) -> str:
    """The id of the space's document with these bytes (hash and size), made where it is new."""
    sha256, size = blob
    now = time.time()
    values = {"id": secrets.token_hex(16), "space": space, "sha256": sha256, "bytes": size, "name": clean_name(name)}
    counts = dict.fromkeys(("facts", "failed", "worst", "unsure", "unexplained", "reviewed"), 0)
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    adding = insert(documents).values(**values, **counts, created=now, updated=now, state="queued")
    connection.execute(adding.on_conflict_do_nothing())
    own = and_(documents.c.space == space, documents.c.sha256 == sha256, documents.c.bytes == size)
    return str(connection.execute(select(documents.c.id).where(own).with_for_update()).scalar_one())


def find_document(connection: Connection, space: str, number: str) -> dict[str, Any] | None:
    """The document of that id in the space; None also where another space has it."""
    row = connection.execute(select(documents).where(documents.c.id == number, documents.c.space == space)).first()
    return None if row is None else dict(row._mapping)


def list_documents(
    connection: Connection, space: str, chosen: Filter, limit: int = 50, offset: int = 0
) -> tuple[list[dict[str, Any]], int]:
    """A page of documents in the order that the filter asks for, and how many there are."""
    condition = _condition(space, chosen)
    total = connection.execute(select(func.count()).select_from(documents).where(condition)).scalar_one()
    query: Select[Any] = select(documents).where(condition).order_by(*ORDERS[chosen.order], documents.c.id)
    rows = connection.execute(query.limit(limit).offset(offset))
    return [dict(row._mapping) for row in rows], int(total)


def _condition(space: str, chosen: Filter) -> ColumnElement[bool]:
    parts: list[ColumnElement[bool]] = [documents.c.space == space]
    for word in chosen.words.split()[:8]:
        fields = (documents.c.name, documents.c.title, documents.c.organization)
        parts.append(or_(*(field.contains(word, autoescape=True) for field in fields)))
    exact = (
        (documents.c.organization, chosen.body),
        (documents.c.year, chosen.year),
        (documents.c.state, chosen.state),
    )
    parts += [column == value for column, value in exact if value is not None]
    if chosen.severity is not None:
        parts.append(documents.c.worst >= chosen.severity)
    if chosen.review == "open":
        parts.append(documents.c.reviewed < documents.c.facts)
    elif chosen.review == "finished":
        parts.append(and_(documents.c.reviewed >= documents.c.facts, documents.c.state == "done"))
    return and_(*parts)


def list_bodies(connection: Connection, space: str) -> list[tuple[str, list[int]]]:
    """Every body of the space with its years."""
    own = and_(documents.c.space == space, documents.c.organization.is_not(None))
    query = select(documents.c.organization, documents.c.year).where(own).distinct()
    bodies: dict[str, list[int]] = {}
    for body, year in connection.execute(query.order_by(documents.c.organization, documents.c.year)):
        bodies.setdefault(body, []).extend([] if year is None else [year])
    return list(bodies.items())


def find_neighbour(connection: Connection, document: dict[str, Any], years: int) -> dict[str, Any] | None:
    """The finished report of the same body ``years`` later (negative: earlier)."""
    if document["organization"] is None or document["year"] is None:
        return None
    own = and_(
        documents.c.space == document["space"],
        documents.c.organization == document["organization"],
        documents.c.year == document["year"] + years,
        documents.c.state == "done",
    )
    row = connection.execute(select(documents).where(own).order_by(documents.c.updated.desc()).limit(1)).first()
    return None if row is None else dict(row._mapping)


def stored_bytes(connection: Connection, space: str) -> int:
    """Bytes of all uploads of the space."""
    query = select(func.coalesce(func.sum(documents.c.bytes), 0)).where(documents.c.space == space)
    return int(connection.execute(query).scalar_one())


def set_state(connection: Connection, number: str, **values: Any) -> None:
    """Change a document's columns and its time of update."""
    connection.execute(update(documents).where(documents.c.id == number).values(updated=time.time(), **values))


def remove_document(connection: Connection, number: str) -> None:
    """Take a document and everything known about it away."""
    for table in (facts, findings, results, decisions, jobs):
        connection.execute(table.delete().where(table.c.document == number))
    connection.execute(documents.delete().where(documents.c.id == number))


def is_stored(connection: Connection, sha256: str) -> bool:
    """Whether any space still has a document with these bytes."""
    return connection.execute(select(documents.c.id).where(documents.c.sha256 == sha256).limit(1)).first() is not None
