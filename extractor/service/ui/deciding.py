"""Decisions made on the page: the same acts as in the interface, answered with parts of the page."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, Response

from extractor.service import review as acts
from extractor.service.review import load_review
from extractor.service.store import decisions
from extractor.service.store.keys import Caller
from extractor.service.ui.detail import describe_fact, describe_finding
from extractor.service.ui.reading import added_facts, list_entries, load_both, load_read
from extractor.service.ui.shell import Asked, Fields, Language, Question, check_fields, show
from extractor.service.web.access import Reviewer
from extractor.service.web.context import Id, Parts, must_find
from extractor.service.web.problems import Problem
from extractor.service.web.schemas import Batch, NewDecision, NewFact

router = APIRouter(include_in_schema=False, prefix="/documents/{document}")
Short = Annotated[str, Form(max_length=200)]
Long = Annotated[str, Form(max_length=2000)]
CHOICES = (0.95, 0.9, 0.85, 0.8)
NUMBERS = ("value", "value_max")


@router.post("/decide/{about}/{target}")
def decide(caller: Reviewer, document: Id, about: str, target: str, form: Fields, asked: Asked) -> Response:
    """Write a decision down and show it."""
    human = _human(form)
    given = {
        "about": about, "target": target, "action": form.get("action", ""), "note": form.get("note", ""),
        "human": human or None, "reason": form.get("reason") or None,
    }  # fmt: skip
    wanted = check_fields(NewDecision, given)
    with asked.context.store.writing() as connection:
        must_find(connection, caller, document)
        acts.decide(connection, caller, document, wanted)
    return show_target(asked, caller, document, (about, target))


@router.post("/add")
def add(caller: Reviewer, document: Id, form: Fields, asked: Asked) -> Response:
    """Add a missed fact and show it."""
    given = {"start": form.get("start"), "end": form.get("end"), "fact": _human(form), "note": form.get("note", "")}
    wanted = check_fields(NewFact, given)
    with asked.context.store.writing() as connection:
        must_find(connection, caller, document)
        number = acts.add_fact(connection, caller, document, wanted)
        target = next(e["target"] for e in decisions.read_history(connection, document) if e["number"] == number)
    return show_target(asked, caller, document, ("added", target))


@router.get("/add")
def show_form(caller: Reviewer, document: Id, asked: Asked, start: int, end: int) -> Response:
    """The form for a missed fact at the selected place, with what the selection says filled in."""
    request, words, context = asked.request, asked.words, asked.context
    with context.store.reading() as connection:
        found = must_find(connection, caller, document)
    read = load_read(context, found)
    if read is None or not 0 <= start < end <= len(read[0]["document"]["text"]) or end - start > acts.LONGEST:
        raise Problem(422, "select 1 to 200 characters of the text", "place")
    raw = read[0]["document"]["text"][start:end]
    value, unit = _guess(raw)
    indicators = words.indicators()
    return show(
        "add.html", request, words, caller, document=found, start=start, end=end, raw=raw, value=value, unit=unit,
        indicators=indicators,
    )  # fmt: skip


@router.post("/undo")
def undo(caller: Reviewer, document: Id, asked: Asked, target: Short = "") -> Response:
    """Take the last decision (about ``target``) back and show what it was about."""
    with asked.context.store.writing() as connection:
        must_find(connection, caller, document)
        undone = decisions.undo_last(connection, document, caller.name, target or None)
    if undone is None:
        return Response(status_code=204)
    return show_target(asked, caller, document, (undone["about"], undone["target"]), moved=False)


@router.get("/batch")
def show_batch(
    document: Id, request: Request, words: Language, caller: Reviewer, context: Parts, confidence: float = 0.9
) -> Response:
    """Which facts would be accepted at a confidence."""
    chosen = check_fields(Batch, {"confidence": confidence})
    with context.store.reading() as connection:
        found = must_find(connection, caller, document)
        numbers = acts.accept_confident(connection, caller, document, chosen.confidence, preview=True)
        known = load_review(connection, document).facts
    facts = [known[number] for number in numbers]
    return show(
        "batch.html", request, words, caller, document=found, confidence=chosen.confidence, facts=facts, choices=CHOICES
    )


@router.post("/batch")
def accept_batch(document: Id, caller: Reviewer, context: Parts, confidence: Annotated[float, Form()]) -> Response:
    """Accept them and load the page anew."""
    chosen = check_fields(Batch, {"confidence": confidence, "preview": False})
    with context.store.writing() as connection:
        must_find(connection, caller, document)
        acts.accept_confident(connection, caller, document, chosen.confidence, preview=False)
    return Response(status_code=200, headers={"HX-Refresh": "true"})


def show_target(
    asked: Question, caller: Caller, document: str, what: tuple[str, str], *, moved: bool = True
) -> Response:
    """The detail of what was decided, its row of the left pane, and the counts."""
    request, words, context = asked.request, asked.words, asked.context
    with context.store.reading() as connection:
        found = must_find(connection, caller, document)
    read, review = load_both(context, found)
    about, target = what
    listed = list_entries(read[0], review, words)
    values: dict[str, Any] = {
        "document": found,
        "about": about,
        "target": target,
        "reasons": decisions.REASONS,
        "unsure": 0.75,
    }
    gone = about == "added" and target not in {one["id"] for one in added_facts(review)}
    if about == "finding":
        values |= {"finding": describe_finding(read[0], review, target, words)}
        values |= {"row": next(one for one in listed["findings"] if one["fingerprint"] == target)}
    elif not gone:
        values |= {"fact": describe_fact(read[0], review, target, words)}
        values |= {"row": next(one for one in listed["facts"] if one["id"] == target)}
    answer = show("decided.html", request, words, caller, gone=gone, history=review.history, **values)
    answer.headers["HX-Trigger"] = "decided" if moved else "undone"
    return answer


def _human(form: dict[str, str]) -> dict[str, Any]:
    """The fields that a person filled in; numbers as numbers."""
    names = ("value", "value_max", "unit", "indicator", "label", "measure", "subject", "printed")
    told: dict[str, Any] = {name: form[name].strip() for name in names if form.get(name, "").strip()}
    for name in NUMBERS:
        if name in told:
            told[name] = told[name].replace(",", "").replace("\uff0c", "")
    return told


def _guess(raw: str) -> tuple[str, str]:
    """Value and unit as the program itself reads the selected words; empty where it reads none."""
    from extractor.quantities import find_numbers

    found = find_numbers(raw, 0, len(raw)).quantities
    return (f"{found[0].value:f}", found[0].unit or "") if len(found) == 1 else ("", "")
