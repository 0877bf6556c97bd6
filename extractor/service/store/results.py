"""What was read from a document: the report as given out, its facts and findings as rows that can be searched."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, func, insert, select

from extractor.service.parcel import Body, Parcel, dump, unpack
from extractor.service.store.documents import set_state
from extractor.service.store.tables import documents, facts, findings, results

SEVERITIES = ("info", "low", "medium", "high", "critical")


def keep_result(connection: Connection, job: Body, parcel: Parcel) -> str:
    """Store a report in place of the document's earlier one; decisions stay. Gives back the result's id."""
    number, document = secrets.token_hex(16), job["document"]
    values = {"id": number, "document": document, "job": job["id"], "created": time.time()}
    packed = {"report": parcel.report, "view": parcel.view, "versions": parcel.head["versions"]}
    connection.execute(delete(results).where(results.c.document == document))
    connection.execute(insert(results).values(**values, **packed))
    for table, key in ((facts, "id"), (findings, "place")):
        connection.execute(delete(table).where(table.c.document == document))
        lines = [{**row, "document": document, "place": place} for place, row in enumerate(parcel.head[table.name])]
        rows = {row[key]: row for row in lines}
        if rows:
            connection.execute(insert(table), list(rows.values()))
    told = {name: storable(value) for name, value in parcel.head["about"].items()} | parcel.head["counts"]
    set_state(connection, document, state="done", result=number, reason=None, message=None, **told)
    return number


def find_result(connection: Connection, document: str, view: bool = False) -> tuple[Body, Body] | None:
    """Report and view of a document (the view empty where it is not asked for); None where nothing was read yet."""
    columns = (results.c.report, results.c.view) if view else (results.c.report,)
    row = connection.execute(select(*columns).where(results.c.document == document)).first()
    return None if row is None else (unpack(row.report), unpack(row.view) if view else {})


def list_facts(connection: Connection, space: str, wanted: Body, limit: int, offset: int) -> tuple[list[str], int]:
    """A page of facts as JSON texts, each with its document.

    wanted -- gives document, indicator, measure, section, confidence, body, year as needed.
    """
    parts: list[ColumnElement[bool]] = [documents.c.space == space, *_about(wanted)]
    for name in ("indicator", "measure", "section"):
        if wanted.get(name) is not None:
            parts.append(facts.c[name] == wanted[name])
    if wanted.get("confidence") is not None:
        parts.append(facts.c.confidence >= wanted["confidence"])
    joined = facts.join(documents, facts.c.document == documents.c.id)
    return _page(connection, joined, facts, and_(*parts), (limit, offset))


def list_findings(connection: Connection, space: str, wanted: Body, limit: int, offset: int) -> tuple[list[str], int]:
    """A page of findings as JSON texts, each with its document.

    wanted -- gives document, rule, severity, outcome, body, year as needed.
    """
    parts: list[ColumnElement[bool]] = [documents.c.space == space, *_about(wanted)]
    parts += [findings.c[name] == wanted[name] for name in ("rule", "severity", "outcome") if wanted.get(name)]
    joined = findings.join(documents, findings.c.document == documents.c.id)
    return _page(connection, joined, findings, and_(*parts), (limit, offset))


def _about(wanted: Body) -> Iterable[ColumnElement[bool]]:
    columns = {"document": documents.c.id, "body": documents.c.organization, "year": documents.c.year}
    return [column == wanted[name] for name, column in columns.items() if wanted.get(name) is not None]


def _page(
    connection: Connection, joined: Any, table: Any, condition: ColumnElement[bool], window: tuple[int, int]
) -> tuple[list[str], int]:
    total = connection.execute(select(func.count()).select_from(joined).where(condition)).scalar_one()
    columns = (table.c.document, table.c.body, documents.c.organization, documents.c.year)
    query = select(*columns).select_from(joined).where(condition).order_by(documents.c.created, table.c.document)
    rows = connection.execute(query.order_by(table.c.place).limit(window[0]).offset(window[1]))
    return [_tell(row) for row in rows], int(total)


def _tell(row: Any) -> str:
    """The stored JSON object with its document put in front, unread."""
    about = dump({"document": row.document, "organization": row.organization, "year": row.year})
    return f"{about[:-1]},{row.body[1:]}"


def storable(value: Any) -> Any:
    """``value`` without the characters that PostgreSQL refuses in a text."""
    return value.replace("\0", "\ufffd").encode("utf-8", "replace").decode() if isinstance(value, str) else value
