"""Files inside files: which of them is the report, and how deep they may lie."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

from extractor.errors import ReadError
from extractor.lexicon import table
from extractor.read.declare import Reader, Reading
from extractor.record import record, replace
from extractor.types import Notice

MAX_DEPTH = 3  # containers inside each other
LISTED = 5  # names in a message
SECONDARY = frozenset({"image", "text", "markdown"})  # pictures and notes that lie beside a report

_depth: ContextVar[int] = ContextVar("depth", default=0)


@record
class Member:
    """A file in a container; the name is only ever shown, never used as a path."""

    name: str
    data: bytes


@contextmanager
def one_deeper() -> Iterator[None]:
    """Count one container; raises ReadError where too many lie inside each other."""
    if _depth.get() >= MAX_DEPTH:
        raise ReadError("too_large", f"the file holds containers more than {MAX_DEPTH} deep; unpack it first")
    token = _depth.set(_depth.get() + 1)
    try:
        yield
    finally:
        _depth.reset(token)


def read_member(members: Sequence[Member], container: str) -> Reading:
    """The reading of the one report among the members; raises ReadError where there is none or several."""
    with one_deeper():
        member, reader = choose(members, container)
        reading = reader.load(member.data)
    shown = shorten(member.name)
    notice = Notice("read_from_container", f"the report is {shown} ({reader.media_type}) in the {container}")
    return replace(reading, media_type="", warnings=(notice, *reading.warnings))


def choose(members: Sequence[Member], container: str) -> tuple[Member, Reader]:
    """The member that is the report: the only document, or the only one that is named like a report."""
    known = [(member, reader) for member in members if (reader := reader_of(member)) is not None]
    main = [pair for pair in known if pair[1].name not in SECONDARY] or known
    words = table("reading")["chrome"]["title"]
    named = [pair for pair in main if any(word in pair[0].name for word in words)]
    for found in (main, named):
        if len(found) == 1:
            return found[0]
    if not main:
        raise ReadError("type", f"the {container} holds no document that can be read; unpack it and look inside")
    names = ", ".join(shorten(pair[0].name) for pair in main[:LISTED])
    advice = "unpack it, or give it to `extract batch`"
    raise ReadError("type", f"the {container} holds {len(main)} documents ({names}); {advice}")


def reader_of(member: Member) -> Reader | None:
    """The reader of a member, None where it is of no known type."""
    from extractor.read.detect import detect

    try:
        return detect(member.data, "the file")
    except ReadError as refused:
        if refused.reason == "encrypted":
            raise
        return None


def shorten(name: str) -> str:
    """A name that can stand in a message: one line, printable, not long."""
    shown = "".join(c if c.isprintable() else "\ufffd" for c in name)
    return shown if len(shown) <= 80 else shown[:40] + "…" + shown[-30:]
