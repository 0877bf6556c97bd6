"""What reviewers do, for the interface and the page alike."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from extractor.service.store import decisions, results
from extractor.service.store.decisions import ACTIONS, SEEN, Decision
from extractor.service.store.keys import Caller
from extractor.service.store.tables import facts, findings
from extractor.service.store.tables import results as results_table
from extractor.service.web.problems import Problem
from extractor.service.web.schemas import HumanFact, NewDecision, NewFact

LONGEST = 200  # characters of a value that a person marks
SENTENCE_ENDS = "。！？；\n"


@dataclass(frozen=True, slots=True)
class Review:
    """A document's history with what the machine reads now: facts by id, findings by fingerprint."""

    history: list[dict[str, Any]]
    facts: dict[str, dict[str, Any]]
    findings: dict[str, dict[str, Any]]

    @property
    def holding(self) -> dict[tuple[str, str], dict[str, Any]]:
        """The decision that holds for each target, with ``changed``: what the machine reads otherwise since."""
        held = decisions.current(self.history)
        return {key: {**entry, "changed": self.changed(entry)} for key, entry in held.items()}

    def changed(self, entry: dict[str, Any]) -> list[str]:
        """In which fields the machine's reading has changed since the entry was made."""
        if entry["about"] == "fact":
            return decisions.changed_since(entry, self.facts.get(entry["target"]))
        if entry["about"] == "finding":
            finding = self.findings.get(entry["target"])
            if finding is None:
                return ["gone"]
            return [name for name in ("outcome", "message") if entry["machine"].get(name) != finding[name]]
        return []


def review_report(connection: Connection, document: str, report: dict[str, Any]) -> Review:
    """The review of a document whose present report is at hand."""
    history = decisions.read_history(connection, document)
    findings_by_fingerprint = {one["fingerprint"]: one for one in report["findings"]}
    return Review(history, {fact["id"]: fact for fact in report["facts"]}, findings_by_fingerprint)


def load_review(connection: Connection, document: str) -> Review:
    """The review of a document."""
    read = connection.execute(select(facts.c.body).where(facts.c.document == document).order_by(facts.c.place))
    found = connection.execute(
        select(findings.c.body).where(findings.c.document == document).order_by(findings.c.place)
    )
    known = [json.loads(row.body) for row in read]
    told = [json.loads(row.body) for row in found]
    history = decisions.read_history(connection, document)
    return Review(history, {fact["id"]: fact for fact in known}, {one["fingerprint"]: one for one in told})


def decide(connection: Connection, caller: Caller, document: str, wanted: NewDecision) -> int:
    """Write a decision down; gives back its number.

    Raises Problem 404 for a target that the document does not have, 422 for an action that does not fit it.
    """
    if wanted.action not in ACTIONS[wanted.about]:
        raise Problem(422, f"{wanted.action} is no decision about a {wanted.about}", "action")
    human = _told(wanted.human)
    if wanted.action == "correct" and not human:
        raise Problem(422, "a correction says what is right", "nothing_corrected")
    machine = _machine(connection, document, wanted.about, wanted.target)
    if wanted.about == "added":
        human = {**machine, **human}
        machine = {}
    decision = Decision(
        wanted.about, wanted.target, wanted.action, caller.name, machine, human, wanted.reason, wanted.note,
        read_versions(connection, document),
    )  # fmt: skip
    return decisions.write_decision(connection, document, decision)


def add_fact(connection: Connection, caller: Caller, document: str, wanted: NewFact) -> int:
    """Write a fact down that the machine missed; its evidence is cut from the text at the given place.

    Raises Problem 409 where the document has no text yet, 422 for a place that is none.
    """
    found = results.find_result(connection, document)
    if found is None:
        raise Problem(409, "the document has not been read yet", "not_read")
    text = found[0]["document"]["text"]
    if not wanted.start < wanted.end <= len(text) or wanted.end - wanted.start > LONGEST:
        raise Problem(422, f"mark 1 to {LONGEST} characters of the text", "place")
    human = _told(wanted.fact)
    if "value" not in human:
        raise Problem(422, "a fact has a value", "value")
    start, end = _sentence(text, wanted.start, wanted.end)
    human |= {"raw": text[wanted.start : wanted.end], "span": [wanted.start, wanted.end]}
    human |= {"sentence": text[start:end], "sentence_span": [start, end]}
    name = f"{document}:{wanted.start}:{wanted.end}:{human.get('indicator') or human.get('label')}"
    target = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    decision = Decision("added", target, "add", caller.name, {}, human, "missed", wanted.note, found[0]["versions"])
    return decisions.write_decision(connection, document, decision)


def accept_confident(
    connection: Connection, caller: Caller, document: str, confidence: float, preview: bool
) -> list[str]:
    """Accept every undecided fact of at least ``confidence``, or only tell which; gives back their ids."""
    review = load_review(connection, document)
    decided = {target for about, target in review.holding if about == "fact"}
    chosen = [f for f in review.facts.values() if f["confidence"] >= confidence and f["id"] not in decided]
    if not preview and chosen:
        versions = read_versions(connection, document)
        for fact in chosen:
            machine = {name: fact[name] for name in SEEN}
            note = f"confidence >= {confidence:g}"
            decision = Decision("fact", fact["id"], "accept", caller.name, machine, note=note, versions=versions)
            decisions.append(connection, document, decision)
        decisions.recount(connection, document)
    return [fact["id"] for fact in chosen]


def read_versions(connection: Connection, document: str) -> dict[str, Any]:
    """The versions that made the document's present result."""
    found = connection.execute(select(results_table.c.versions).where(results_table.c.document == document)).scalar()
    told: dict[str, Any] = json.loads(found) if found else {}
    return told


def _told(human: HumanFact | None) -> dict[str, Any]:
    told = {} if human is None else human.model_dump(exclude_none=True)
    return {
        name: int(value) if isinstance(value, float) and value.is_integer() else value for name, value in told.items()
    }


def _machine(connection: Connection, document: str, about: str, target: str) -> dict[str, Any]:
    """What the machine says of the target now, or what was added by hand."""
    if about == "added":
        added = decisions.current(decisions.read_history(connection, document)).get((about, target))
        if added is not None:
            human: dict[str, Any] = added["human"]
            return human
        raise Problem(404, "no such fact")
    table, key = (facts, facts.c.id) if about == "fact" else (findings, findings.c.fingerprint)
    body = connection.execute(select(table.c.body).where(table.c.document == document, key == target)).scalar()
    if body is None:
        raise Problem(404, f"no such {about}")
    read = json.loads(body)
    return {name: read[name] for name in (SEEN if about == "fact" else ("rule", "severity", "outcome", "message"))}


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence around a place, at most 300 characters to each side."""
    first = max((text.rfind(mark, max(0, start - 300), start) for mark in SENTENCE_ENDS), default=-1)
    stops = [at for mark in SENTENCE_ENDS if (at := text.find(mark, end, end + 300)) >= 0]
    last = min(stops) + 1 if stops else min(len(text), end + 300)
    return max(first + 1, start - 300, 0), last
