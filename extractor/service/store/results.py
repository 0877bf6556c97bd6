"""What was read from a document: the report as given out, its facts and findings as rows that can be searched."""

from __future__ import annotations

import json
import secrets
import time
import zlib
from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, func, insert, select

from extractor.service.store.documents import set_state
from extractor.service.store.tables import documents, facts, findings, results

SEVERITIES = ("info", "low", "medium", "high", "critical")
Body = dict[str, Any]


def keep_result(connection: Connection, job: Body, report: Body, view: Body) -> str:
    """Store a report in place of the document's earlier one; decisions stay. Gives back the result's id."""
    number, document = secrets.token_hex(16), job["document"]
    values = {"id": number, "document": document, "job": job["id"], "created": time.time()}
    packed = {"report": pack(report), "view": pack(view), "versions": _dump(report["versions"])}
    connection.execute(delete(results).where(results.c.document == document))
    connection.execute(insert(results).values(**values, **packed))
    keep_rows(connection, document, report)
    about, counts = report["document"], report["coverage"]["counts"]
    keys = ("media_type", "title", "organization", "region", "year", "pages")
    told = {key: storable(about[key]) for key in keys}
    told |= {"facts": len(report["facts"]), "unexplained": counts["unexplained"] + counts["blanks"]}
    set_state(connection, document, state="done", result=number, reason=None, message=None, **told)
    return number


def keep_rows(connection: Connection, document: str, report: Body) -> None:
    """The facts and findings of a report as rows."""
    connection.execute(delete(facts).where(facts.c.document == document))
    connection.execute(delete(findings).where(findings.c.document == document))
    rows = {fact["id"]: _fact_row(document, place, fact) for place, fact in enumerate(report["facts"])}
    if rows:
        connection.execute(insert(facts), list(rows.values()))
    lines = [_finding_row(document, place, finding) for place, finding in enumerate(report["findings"])]
    if lines:
        connection.execute(insert(findings), lines)


def _fact_row(document: str, place: int, fact: Body) -> Body:
    keys = ("id", "indicator", "measure", "confidence")
    row = {key: fact[key] for key in keys}
    return {**row, "document": document, "place": place, "section": fact["evidence"]["section"], "body": _dump(fact)}


def _finding_row(document: str, place: int, finding: Body) -> Body:
    keys = ("fingerprint", "rule", "severity", "outcome")
    return {**{key: finding[key] for key in keys}, "document": document, "place": place, "body": _dump(finding)}


def find_result(connection: Connection, document: str, view: bool = False) -> tuple[Body, Body] | None:
    """Report and view of a document (the view empty where it is not asked for); None where nothing was read yet."""
    columns = (results.c.report, results.c.view) if view else (results.c.report,)
    row = connection.execute(select(*columns).where(results.c.document == document)).first()
    return None if row is None else (unpack(row.report), unpack(row.view) if view else {})


def list_facts(connection: Connection, space: str, wanted: Body, limit: int, offset: int) -> tuple[list[Body], int]:
    """A page of facts; ``wanted`` gives document, indicator, measure, section, confidence, body, year as needed."""
    parts: list[ColumnElement[bool]] = [documents.c.space == space, *_about(wanted)]
    for name in ("indicator", "measure", "section"):
        if wanted.get(name) is not None:
            parts.append(facts.c[name] == wanted[name])
    if wanted.get("confidence") is not None:
        parts.append(facts.c.confidence >= wanted["confidence"])
    joined = facts.join(documents, facts.c.document == documents.c.id)
    return _page(connection, joined, facts, and_(*parts), (limit, offset))


def list_findings(connection: Connection, space: str, wanted: Body, limit: int, offset: int) -> tuple[list[Body], int]:
    """A page of findings; ``wanted`` gives document, rule, severity, outcome, body, year as needed."""
    parts: list[ColumnElement[bool]] = [documents.c.space == space, *_about(wanted)]
    parts += [findings.c[name] == wanted[name] for name in ("rule", "severity", "outcome") if wanted.get(name)]
    joined = findings.join(documents, findings.c.document == documents.c.id)
    return _page(connection, joined, findings, and_(*parts), (limit, offset))


def _about(wanted: Body) -> Iterable[ColumnElement[bool]]:
    columns = {"document": documents.c.id, "body": documents.c.organization, "year": documents.c.year}
    return [column == wanted[name] for name, column in columns.items() if wanted.get(name) is not None]


def _page(
    connection: Connection, joined: Any, table: Any, condition: ColumnElement[bool], window: tuple[int, int]
) -> tuple[list[Body], int]:
    total = connection.execute(select(func.count()).select_from(joined).where(condition)).scalar_one()
    columns = (table.c.document, table.c.body, documents.c.organization, documents.c.year)
    query = select(*columns).select_from(joined).where(condition).order_by(documents.c.created, table.c.document)
    rows = connection.execute(query.order_by(table.c.place).limit(window[0]).offset(window[1]))
    found = [
        {"document": row.document, "organization": row.organization, "year": row.year, **json.loads(row.body)}
        for row in rows
    ]
    return found, int(total)


def pack(value: Body) -> bytes:
    """JSON, compressed."""
    return zlib.compress(_dump(value).encode("utf-8", "surrogatepass"), 6)


def unpack(content: bytes) -> Body:
    """What ``pack`` was given."""
    value: Body = json.loads(zlib.decompress(content).decode("utf-8", "surrogatepass"))
    return value


def storable(value: Any) -> Any:
    """``value`` without the characters that PostgreSQL refuses in a text."""
    return value.replace("\0", "\ufffd").encode("utf-8", "replace").decode() if isinstance(value, str) else value


def _dump(value: Any) -> str:
    # ASCII: PostgreSQL refuses some characters that a report may hold, their escapes pass
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))
