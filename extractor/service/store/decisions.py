"""What people decided: a history that only grows, bound to fact ids and finding fingerprints, not to a run."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, insert, select

from extractor.service.store.documents import set_state
from extractor.service.store.results import SEVERITIES
from extractor.service.store.tables import decisions, documents, facts, findings

ACTIONS = {
    "fact": ("accept", "reject", "correct"),
    "added": ("add", "reject", "correct"),
    "finding": ("report_error", "reading_error", "acceptable", "ask_body"),
}
REASONS = (
    "wrong_value", "wrong_unit", "wrong_indicator", "wrong_period", "wrong_scope", "not_a_fact", "duplicate",
    "printed_error", "missed", "other",
)  # fmt: skip
SETTLED = ("acceptable", "reading_error")  # verdicts after which a finding needs no more attention
SEEN = ("value", "value_max", "unit", "indicator", "measure", "modifier", "raw")  # what a change of reading shows in


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision to be written down.

    about -- fact, added (missed by the machine) or finding; target -- its id or fingerprint; action -- see ``ACTIONS``.
    machine -- the machine's reading at that time; human -- what is right (fields of a fact), with ``printed`` where
    the report itself prints something else; reason -- one of ``REASONS``.
    """

    about: str
    target: str
    action: str
    author: str
    machine: dict[str, Any] = field(default_factory=dict)
    human: dict[str, Any] = field(default_factory=dict)
    reason: str | None = None
    note: str = ""
    versions: dict[str, Any] = field(default_factory=dict)


def write_decision(connection: Connection, document: str, decision: Decision, undoes: int | None = None) -> int:
    """Append a decision to the document's history and count anew; gives back its number."""
    number = append(connection, document, decision, undoes)
    recount(connection, document)
    return number


def append(connection: Connection, document: str, decision: Decision, undoes: int | None = None) -> int:
    """Append a decision without counting; gives back its number."""
    before = current(read_history(connection, document, decision.target)).get((decision.about, decision.target))
    values = {
        "document": document,
        "about": decision.about,
        "target": decision.target,
        "action": decision.action,
        "undoes": undoes,
        "author": decision.author,
        "made": time.time(),
        "machine": json.dumps(decision.machine),
        "human": json.dumps(decision.human),
        "before": json.dumps({} if before is None else {"action": before["action"], "human": before["human"]}),
        "reason": decision.reason,
        "note": decision.note,
        "versions": json.dumps(decision.versions),
    }
    done = connection.execute(insert(decisions).values(**values))
    key = done.inserted_primary_key
    return int(key[0]) if key else 0


def undo_last(connection: Connection, document: str, author: str, target: str | None = None) -> dict[str, Any] | None:
    """Take back the latest standing decision (of ``target`` where given) by a new entry; None: there is none."""
    standing = [
        entry
        for entry in standing_entries(read_history(connection, document))
        if target is None or entry["target"] == target
    ]
    if not standing:
        return None
    last = standing[-1]
    entry = Decision(last["about"], last["target"], "undo", author, last["machine"], versions=last["versions"])
    write_decision(connection, document, entry, last["number"])
    return last


def read_history(connection: Connection, document: str, target: str | None = None) -> list[dict[str, Any]]:
    """Every entry (about ``target`` where given) in the order in which they were made."""
    query = select(decisions).where(decisions.c.document == document).order_by(decisions.c.number)
    query = query if target is None else query.where(decisions.c.target == target)
    entries = [dict(row._mapping) for row in connection.execute(query)]
    for entry in entries:
        for name in ("machine", "human", "before", "versions"):
            entry[name] = json.loads(entry[name])
    return entries


def standing_entries(history: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The decisions that were not undone."""
    undone = {entry["undoes"] for entry in history if entry["undoes"] is not None}
    return [entry for entry in history if entry["action"] != "undo" and entry["number"] not in undone]


def current(history: list[dict[str, Any]]) -> dict[tuple[str, str], dict[str, Any]]:
    """The decision that holds for each target."""
    return {(entry["about"], entry["target"]): entry for entry in standing_entries(history)}


def changed_since(entry: dict[str, Any], fact: dict[str, Any] | None) -> list[str]:
    """In which fields the machine reads the fact otherwise than at the decision; ``gone`` where it no longer does."""
    if fact is None:
        return ["gone"]
    return [name for name in SEEN if name in entry["machine"] and entry["machine"][name] != fact.get(name)]


def recount(connection: Connection, document: str) -> None:
    """Bring the document's counts in line with findings and decisions."""
    holding = current(read_history(connection, document))
    settled = {target for (about, target), entry in holding.items() if entry["action"] in SETTLED}
    query = select(findings.c.severity, findings.c.fingerprint, findings.c.outcome)
    rows = list(connection.execute(query.where(findings.c.document == document)))
    spoken = [row for row in rows if row.fingerprint not in settled]
    failed = [row.severity for row in spoken if row.outcome == "FAIL"]
    known = set(connection.scalars(select(facts.c.id).where(facts.c.document == document)))
    counts = {
        "failed": len(failed),
        "worst": max((SEVERITIES.index(severity) + 1 for severity in failed if severity in SEVERITIES), default=0),
        "unsure": sum(row.outcome == "UNCERTAIN" for row in spoken),
        "reviewed": sum(about == "fact" and target in known for about, target in holding),
    }
    if connection.execute(select(documents.c.id).where(documents.c.id == document)).first() is not None:
        set_state(connection, document, **counts)
