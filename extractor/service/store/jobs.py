"""The queue: a job is leased to one worker at a time, and only the holder of the lease can end it."""

from __future__ import annotations

import secrets
import time
from typing import Any

from sqlalchemy import Connection, and_, func, insert, or_, select, update

from extractor.service.store.tables import documents, jobs

ACTIVE = ("queued", "running")
STATES = ("queued", "running", "done", "failed", "cancelled")
SHARES = 4  # spaces that find room when each has filled its part of the queue
ATTEMPTS = 10  # a job whose server went down so often is given up


class QueueFull(Exception):
    """More jobs wait than the service takes."""


def add_job(connection: Connection, space: str, document: str, kind: str, limit: int) -> tuple[str, bool]:
    """A job for the document, and whether it is new: a document has one active job at most.

    kind -- upload (a finished one is given back where the document was read already) or again (read anew).
    limit -- jobs of the space that may wait; of all spaces together ``SHARES`` times as many.
    Raises QueueFull.
    """
    states = ACTIVE if kind == "again" else (*ACTIVE, "done")
    known = and_(jobs.c.document == document, jobs.c.state.in_(states))
    row = connection.execute(select(jobs.c.id).where(known).order_by(jobs.c.created.desc()).limit(1)).first()
    if row is not None:
        return str(row.id), False
    waiting = select(jobs.c.space, func.count()).where(jobs.c.state == "queued").group_by(jobs.c.space)
    queued = {name: int(count) for name, count in connection.execute(waiting)}
    if queued.get(space, 0) >= limit or sum(queued.values()) >= limit * SHARES:
        raise QueueFull
    number = secrets.token_hex(16)
    values = {"id": number, "space": space, "document": document, "kind": kind, "state": "queued", "attempts": 0}
    connection.execute(insert(jobs).values(**values, created=time.time()))
    connection.execute(update(documents).where(documents.c.id == document).values(state="queued", updated=time.time()))
    return number, True


def claim_job(connection: Connection, seconds: float) -> dict[str, Any] | None:
    """The next job to do, leased for ``seconds``; also one whose holder has died. None where there is none."""
    now = time.time()
    due = or_(jobs.c.state == "queued", and_(jobs.c.state == "running", jobs.c.lease_until < now))
    query = select(jobs).where(due).order_by(jobs.c.created, jobs.c.id).limit(1)
    row = connection.execute(query.with_for_update(skip_locked=True)).first()
    if row is None:
        return None
    lease = secrets.token_hex(16)
    job = {**row._mapping, "lease": lease, "attempts": row.attempts + 1, "state": "running"}
    changes = {"state": "running", "lease": lease, "lease_until": now + seconds, "attempts": row.attempts + 1}
    connection.execute(update(jobs).where(jobs.c.id == row.id).values(**changes, started=now))
    connection.execute(update(documents).where(documents.c.id == row.document).values(state="running"))
    return job


def renew_lease(connection: Connection, job: dict[str, Any], seconds: float) -> bool:
    """Hold the job longer; False when it was cancelled or taken over."""
    done = connection.execute(update(jobs).where(_held(job)).values(lease_until=time.time() + seconds))
    return done.rowcount == 1


def end_job(
    connection: Connection, job: dict[str, Any], state: str, reason: str | None = None, message: str | None = None
) -> bool:
    """End the job; False, and nothing changed, when the lease is lost."""
    changes = {"state": state, "reason": reason, "message": message, "ended": time.time(), "lease": None}
    return connection.execute(update(jobs).where(_held(job)).values(**changes)).rowcount == 1


def release_job(connection: Connection, job: dict[str, Any]) -> None:
    """Put a job back that was not finished because the server goes down; it does not count as an attempt."""
    changes = {"state": "queued", "lease": None, "lease_until": None, "attempts": job["attempts"] - 1}
    if connection.execute(update(jobs).where(_held(job)).values(**changes)).rowcount:
        connection.execute(update(documents).where(documents.c.id == job["document"]).values(state="queued"))


def cancel_job(connection: Connection, space: str, number: str) -> str | None:
    """Cancel a job that is not ended; gives back its state afterwards, None where there is no such job."""
    own = and_(jobs.c.id == number, jobs.c.space == space)
    changes = {"state": "cancelled", "ended": time.time(), "lease": None}
    done = connection.execute(update(jobs).where(own, jobs.c.state.in_(ACTIVE)).values(**changes))
    row = connection.execute(select(jobs.c.state, jobs.c.document).where(own)).first()
    if row is None:
        return None
    if done.rowcount:
        target = update(documents).where(documents.c.id == row.document)
        connection.execute(target.where(documents.c.result.is_(None)).values(state="cancelled"))
        connection.execute(target.where(documents.c.result.is_not(None)).values(state="done"))
    return str(row.state)


def find_job(connection: Connection, space: str, number: str) -> dict[str, Any] | None:
    """The space's job of that id."""
    row = connection.execute(select(jobs).where(jobs.c.id == number, jobs.c.space == space)).first()
    return None if row is None else dict(row._mapping)


def list_jobs(
    connection: Connection, space: str, state: str | None, limit: int, offset: int
) -> tuple[list[dict[str, Any]], int]:
    """A page of the space's jobs, newest first, and how many there are."""
    condition = and_(jobs.c.space == space, *([] if state is None else [jobs.c.state == state]))
    total = connection.execute(select(func.count()).select_from(jobs).where(condition)).scalar_one()
    query = select(jobs).where(condition).order_by(jobs.c.created.desc(), jobs.c.id)
    return [dict(row._mapping) for row in connection.execute(query.limit(limit).offset(offset))], int(total)


def count_jobs(connection: Connection) -> dict[str, int]:
    """Number of jobs by state, of all spaces."""
    return {
        state: count for state, count in connection.execute(select(jobs.c.state, func.count()).group_by(jobs.c.state))
    }


def _held(job: dict[str, Any]) -> Any:
    return and_(jobs.c.id == job["id"], jobs.c.state == "running", jobs.c.lease == job["lease"])
