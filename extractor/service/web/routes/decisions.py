"""Decisions of reviewers and their history."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from extractor.service import review
from extractor.service.store import decisions
from extractor.service.web.access import Reader, Reviewer
from extractor.service.web.context import Id, Parts, must_find
from extractor.service.web.problems import Problem
from extractor.service.web.schemas import Batch, BatchAnswer, Entry, History, NewDecision, NewFact, tell_time

router = APIRouter(tags=["decisions"], prefix="/documents/{document}/decisions")


@router.get("")
def list_entries(document: Id, caller: Reader, context: Parts) -> History:
    """The whole history: who, when, what, before, after, with which versions; what still stands, what has changed."""
    with context.store.reading() as connection:
        must_find(connection, caller, document)
        found = review.load_review(connection, document)
    standing = {entry["number"] for entry in decisions.standing_entries(found.history)}
    told = [
        {
            **entry,
            "made": tell_time(entry["made"]),
            "standing": entry["number"] in standing,
            "changed": found.changed(entry),
        }
        for entry in found.history
    ]
    return History(items=[Entry(**{key: entry[key] for key in Entry.model_fields}) for entry in told])


@router.post("", status_code=201)
def decide(document: Id, wanted: NewDecision, caller: Reviewer, context: Parts) -> Entry:
    """Decide about a fact or a finding."""
    with context.store.writing() as connection:
        must_find(connection, caller, document)
        number = review.decide(connection, caller, document, wanted)
    return _entry(context, document, number)


@router.post("/added", status_code=201)
def add(document: Id, wanted: NewFact, caller: Reviewer, context: Parts) -> Entry:
    """Add a fact that the machine missed."""
    with context.store.writing() as connection:
        must_find(connection, caller, document)
        number = review.add_fact(connection, caller, document, wanted)
    return _entry(context, document, number)


@router.post("/batch")
def accept_many(document: Id, wanted: Batch, caller: Reviewer, context: Parts) -> BatchAnswer:
    """Accept all undecided facts of high confidence, or show which that would be."""
    with context.store.writing() as connection:
        must_find(connection, caller, document)
        chosen = review.accept_confident(connection, caller, document, wanted.confidence, wanted.preview)
    return BatchAnswer(count=len(chosen), facts=chosen)


@router.post("/undo")
def undo(
    document: Id,
    caller: Reviewer,
    context: Parts,
    target: Annotated[str | None, Query(pattern="^[0-9a-f]{8,32}$", description="only what concerns this")] = None,
) -> Entry:
    """Take the latest standing decision back; the history keeps both."""
    with context.store.writing() as connection:
        must_find(connection, caller, document)
        undone = decisions.undo_last(connection, document, caller.name, target)
    if undone is None:
        raise Problem(409, "there is no decision to take back", "nothing_to_undo")
    return _entry(context, document, undone["number"])


def _entry(context: Parts, document: str, number: int) -> Entry:
    with context.store.reading() as connection:
        found = review.load_review(connection, document)
    entry = next(entry for entry in found.history if entry["number"] == number)
    standing = any(one["number"] == number for one in decisions.standing_entries(found.history))
    told = {**entry, "made": tell_time(entry["made"]), "standing": standing, "changed": found.changed(entry)}
    return Entry(**{key: told[key] for key in Entry.model_fields})
