"""The shapes of requests and answers."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from fastapi import Response
from pydantic import AfterValidator, BaseModel, ConfigDict, Field


def _printable(text: str) -> str:
    if "\0" in text or any(0xD800 <= ord(char) < 0xE000 for char in text):
        raise ValueError("the text holds characters that can't be stored")
    return text


Text = Annotated[str, AfterValidator(_printable)]
Number = Annotated[float, Field(allow_inf_nan=False, ge=-1e18, le=1e18)]
State = Literal["queued", "running", "done", "failed", "cancelled"]
Role = Literal["reader", "reviewer", "admin"]
Action = Literal["accept", "reject", "correct", "report_error", "reading_error", "acceptable", "ask_body"]
Reason = Literal[
    "wrong_value", "wrong_unit", "wrong_indicator", "wrong_period", "wrong_scope", "not_a_fact", "duplicate",
    "printed_error", "missed", "other",
]  # fmt: skip


def tell_time(seconds: float | None) -> str | None:
    """Seconds since 1970 as an ISO time in UTC."""
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")


def answer(shape: BaseModel) -> Response:
    """The response that is ``shape``, without the framework's second look at it."""
    return Response(shape.model_dump_json(), media_type="application/json")


def answer_page(total: int, items: list[str]) -> Response:
    """The response that is ``Entries``, of items that are JSON already."""
    return Response(f'{{"total":{total},"items":[{",".join(items)}]}}', media_type="application/json")


class ProblemAnswer(BaseModel):
    """RFC 9457."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    errors: list[dict[str, str]] | None = None


class Job(BaseModel):
    """A report on its way: state, and why it failed where it did."""

    id: str
    document: str
    kind: str
    state: State
    attempts: int
    created: str
    started: str | None
    ended: str | None
    reason: str | None
    message: str | None


class Submitted(BaseModel):
    """What came of one file of an upload."""

    name: str
    job: str
    document: str
    new: bool


class Submission(BaseModel):
    """What came of an upload, in the order of its files."""

    jobs: list[Submitted]


class Jobs(BaseModel):
    """A page of jobs."""

    total: int
    items: list[Job]


class Document(BaseModel):
    """A report of the library with its counts."""

    id: str
    name: str
    sha256: str
    bytes: int
    created: str
    updated: str
    state: State
    reason: str | None
    message: str | None
    media_type: str | None
    title: str | None
    organization: str | None
    region: str | None
    year: int | None
    pages: int | None
    facts: int
    failed: int
    worst: int
    unsure: int
    unexplained: int
    reviewed: int


class Documents(BaseModel):
    """A page of documents."""

    total: int
    items: list[Document]


class Entries(BaseModel):
    """A page of facts or findings, each with its document."""

    total: int
    items: list[dict[str, Any]]


class HumanFact(BaseModel):
    """What a person says is right; fields left out are as the machine read them."""

    model_config = ConfigDict(extra="forbid")
    value: Number | None = None
    value_max: Number | None = None
    unit: Text | None = Field(None, max_length=20)
    indicator: Text | None = Field(None, max_length=64)
    label: Text | None = Field(None, max_length=200)
    measure: Literal["count", "share", "amount", "growth", "change", "average", "score", "rank", "duration"] | None = (
        None
    )
    subject: Text | None = Field(None, max_length=200)
    printed: Text | None = Field(None, max_length=100, description="what the report prints, where it is itself wrong")


class NewDecision(BaseModel):
    """A decision about a fact (accept, reject, correct) or a finding (the four verdicts)."""

    model_config = ConfigDict(extra="forbid")
    about: Literal["fact", "added", "finding"]
    target: str = Field(pattern="^[0-9a-f]{8,32}$")
    action: Action
    human: HumanFact | None = None
    reason: Reason | None = None
    note: Text = Field("", max_length=2000)


class NewFact(BaseModel):
    """A fact that the machine missed: its place in the text, and what it says."""

    model_config = ConfigDict(extra="forbid")
    start: int = Field(ge=0, le=100_000_000)
    end: int = Field(ge=1, le=100_000_000)
    fact: HumanFact
    note: Text = Field("", max_length=2000)


class Batch(BaseModel):
    """Accept every undecided fact of a confidence; ``preview`` only tells which."""

    model_config = ConfigDict(extra="forbid")
    confidence: float = Field(ge=0.5, le=1)
    preview: bool = True


class BatchAnswer(BaseModel):
    """The facts that were or would be accepted."""

    count: int
    facts: list[str]


class Entry(BaseModel):
    """An entry of the history of decisions."""

    number: int
    about: str
    target: str
    action: str
    undoes: int | None
    author: str
    made: str
    machine: dict[str, Any]
    human: dict[str, Any]
    before: dict[str, Any]
    reason: str | None
    note: str
    versions: dict[str, Any]
    standing: bool
    changed: list[str]


class History(BaseModel):
    """The history of a document."""

    items: list[Entry]


class NewKey(BaseModel):
    """A key to be made."""

    model_config = ConfigDict(extra="forbid")
    name: Text = Field(min_length=1, max_length=100)
    role: Role
    space: Text | None = Field(None, min_length=1, max_length=100)


class MadeKey(BaseModel):
    """A new key; ``secret`` is told this once."""

    id: str
    secret: str


class Key(BaseModel):
    """A key without its secret."""

    id: str
    name: str
    role: Role
    space: str
    created: str
    revoked: str | None


class Health(BaseModel):
    """Whether the service works."""

    status: str
