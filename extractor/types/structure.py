"""Sections, sentences, and what the report says of itself."""

from __future__ import annotations

from extractor.record import record


@record
class Subsection:
    """A titled part of a section; span from its heading to the next one (folded offsets inside the rooms)."""

    heading: str
    start: int
    end: int
    body: int


@record
class Section:
    """A part of the report.

    kind -- preface, overview, disclosure_table, application_table, review_table, problems, other.
    heading, number -- as printed ("" and None where there is none); start -- of the heading; body -- after it; end.
    children -- subsections in text order.
    """

    kind: str
    heading: str
    number: str | None
    start: int
    body: int
    end: int
    children: tuple[Subsection, ...] = ()


@record
class Period:
    """When a fact holds: ISO dates, either from start to end or as_of; raw is the wording, "" where none is written."""

    start: str | None = None
    end: str | None = None
    as_of: str | None = None
    raw: str = ""


@record
class Metadata:
    """What the report says of itself; every field is None where it is not certain.

    form -- "2021", "2019" or "legacy".  title_span -- folded span of the title line.
    """

    title: str | None
    organization: str | None
    region: str | None
    year: int | None
    period: Period | None
    form: str | None


@record
class Sentence:
    """A sentence of a narrative section: folded span, kind of its section, the subsection's heading ("" where none)."""

    start: int
    end: int
    section: str
    heading: str
