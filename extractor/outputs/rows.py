"""Facts as flat rows: the one list of columns that every table, CSV file and warehouse takes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from extractor.outputs.names import indicator_names
from extractor.record import record
from extractor.types import Fact, Report

Value = str | int | float | Decimal | None


@record
class Column:
    """A column: its name, its type (text, integer, decimal, real, date), what it holds, and how to take it."""

    name: str
    type: str
    doc: str
    take: Callable[[Report, Fact], Value]


COLUMNS: tuple[Column, ...] = (
    Column("document", "text", "file name of the report", lambda r, f: r.document.name),
    Column("organization", "text", "body that reports", lambda r, f: r.metadata.organization),
    Column("year", "integer", "year that the report is about", lambda r, f: r.metadata.year),
    Column("section", "text", "kind of section: overview, problems, other", lambda r, f: f.evidence.section),
    Column("heading", "text", "heading of the subsection", lambda r, f: f.evidence.heading or None),
    Column("indicator", "text", "code of the vocabulary", lambda r, f: f.indicator),
    Column("indicator_name", "text", "Chinese name of the code", lambda r, f: indicator_names().get(f.indicator or "")),
    Column("label", "text", "the report's own words for what is counted", lambda r, f: f.label),
    Column("value", "decimal", "normalised value; money in yuan, shares in percent", lambda r, f: f.value),
    Column("value_max", "decimal", "upper end of a range", lambda r, f: f.value_max),
    Column("unit", "text", "measure word as written", lambda r, f: f.unit),
    Column("low", "decimal", "lower end of the interval that words and digits allow", lambda r, f: f.low),
    Column("high", "decimal", "upper end of that interval", lambda r, f: f.high),
    Column("raw", "text", "value expression as written", lambda r, f: f.raw),
    Column("kind", "text", "explicit, zero or implied", lambda r, f: f.kind),
    Column(
        "measure",
        "text",
        "count, share, amount, growth, change, average, score, rank, duration",
        lambda r, f: f.measure,
    ),
    Column("per", "text", "time or person that an average is for", lambda r, f: f.per),
    Column("modifier", "text", "exact, approx, over, under, at_least, at_most", lambda r, f: f.modifier),
    Column("period_start", "date", "first day that the fact covers", lambda r, f: f.period.start),
    Column("period_end", "date", "last day that the fact covers", lambda r, f: f.period.end),
    Column("as_of", "date", "day at which a stock was counted", lambda r, f: f.period.as_of),
    Column("subject", "text", "whose figure it is, as written", lambda r, f: f.subject),
    Column("channel", "text", "channel code", lambda r, f: f.channel),
    Column("category", "text", "the breakdown's own name", lambda r, f: f.category),
    Column("part_of", "text", "id of the total", lambda r, f: f.part_of),
    Column("numerator", "text", "id of the fact that a share measures", lambda r, f: f.numerator),
    Column("denominator", "text", "id of the fact that a share is a share of", lambda r, f: f.denominator),
    Column("confidence", "real", "calibrated, 0 to 1", lambda r, f: round(f.confidence, 4)),
    Column("method", "text", "rule or model that made the fact", lambda r, f: f.method),
    Column("sentence", "text", "source sentence, verbatim", lambda r, f: f.evidence.sentence),
    Column("page", "integer", "page of the sentence, from 1", lambda r, f: f.evidence.page),
    Column("start", "integer", "first character of the value in the document's text", lambda r, f: f.evidence.span[0]),
    Column("end", "integer", "character behind the value", lambda r, f: f.evidence.span[1]),
    Column("id", "text", "stable id of the fact", lambda r, f: f.id),
    Column("sha256", "text", "hash of the report's bytes", lambda r, f: r.document.sha256),
)


def fact_rows(report: Report) -> Iterator[dict[str, Value]]:
    """One row a fact, in text order, by column name; a field that the report does not give is None."""
    for fact in report.facts:
        yield {column.name: column.take(report, fact) for column in COLUMNS}
