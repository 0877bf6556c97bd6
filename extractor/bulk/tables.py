"""The tables of a warehouse: names, columns, types, keys, and what they hold; every destination is built from this."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from extractor.outputs import COLUMNS

SCHEMA_VERSION = "2"  # of the tables; another number needs another warehouse
LEFT_OUT = {"document", "indicator_name"}  # differs between copies of one document; stands in ``indicators``
RENAMED = {"id": "fact_id", "sha256": "document_id", "start": "span_start", "end": "span_end"}


@dataclass(frozen=True, slots=True)
class Field:
    """A column: name, type (text, integer, decimal, real, boolean, date, time, json), what it holds."""

    name: str
    type: str
    doc: str


@dataclass(frozen=True, slots=True)
class TableShape:
    """A table: its name, key columns, columns, and what one row is.

    rows_of_documents -- whether a document's rows go and come together with the document.
    """

    name: str
    key: tuple[str, ...]
    fields: tuple[Field, ...]
    doc: str
    rows_of_documents: bool = False

    def names(self) -> tuple[str, ...]:
        """Names of the columns in order."""
        return tuple(field.name for field in self.fields)


RUN = Field("run_id", "text", "run that wrote the row")
DOCUMENT = Field("document_id", "text", "SHA-256 of the document's bytes")

DOCUMENTS = (
    DOCUMENT,
    RUN,
    Field("bytes", "integer", "size of the file"),
    Field("media_type", "text", "type, told by content"),
    Field("pages", "integer", "pages; null for formats without pages"),
    Field("title", "text", "title as printed"),
    Field("organization", "text", "reporting body as printed"),
    Field("body_id", "text", "key of the body in bodies"),
    Field("region", "text", "region as printed"),
    Field("year", "integer", "year that the report is about"),
    Field("period_start", "date", "first day of the reporting period"),
    Field("period_end", "date", "last day of the reporting period"),
    Field("form", "text", "official form: 2021, 2019 or legacy"),
    Field("script", "text", "simplified, traditional or cloaked"),
    Field("state", "text", "done, or partial where pages could not be read"),
    Field("facts", "integer", "number of facts"),
    Field("table_cells", "integer", "number of cells of standard tables"),
    Field("checks_passed", "integer", "audit checks that passed"),
    Field("checks_not_assessable", "integer", "audit checks that lacked a number"),
    Field("warnings", "json", "list of {code, message, page}: what the reader could not do"),
    Field("sections", "json", "list of {kind, heading, number, span}"),
    Field("text", "text", "text that every span points into"),
    Field("reader_name", "text", "reader that made the text"),
    Field("reader_version", "text", "its version"),
    Field("extractor_version", "text", "version of the program"),
    Field("patterns_version", "text", "digest of the patterns"),
    Field("model_version", "text", "name and version of the model; null where none ran"),
)
CELLS = (
    DOCUMENT,
    Field("ordinal", "integer", "position among the document's cells, from 0"),
    RUN,
    Field("form", "text", "official form: 2019 or 2021"),
    Field("table_number", "integer", "2, 3 or 4"),
    Field("cell_key", "text", "key of the contract: 3.received.natural_person"),
    Field("row_key", "text", "row of the key"),
    Field("column_key", "text", "column of the key"),
    Field("raw", "text", "text as printed"),
    Field("value", "decimal", "value; null where the cell holds no number"),
    Field("semantics", "text", "number, zero, blank, not_applicable or text"),
    Field("span_start", "integer", "first character in the document's text"),
    Field("span_end", "integer", "character behind the last"),
    Field("page", "integer", "page, from 1"),
    Field("box", "json", "box in points: x0, top, x1, bottom"),
    Field("certain", "boolean", "whether it was read without doubt"),
    Field("confidence", "real", "how sure the recogniser is of its characters, 0 to 1; 1 where none was recognised"),
)
FINDINGS = (
    DOCUMENT,
    Field("fingerprint", "text", "stable key of the finding"),
    RUN,
    Field("rule", "text", "audit rule"),
    Field("severity", "text", "critical, high, medium, low or info"),
    Field("outcome", "text", "FAIL, or UNCERTAIN where reading and report can't be told apart"),
    Field("message", "text", "message in English"),
    Field("message_zh", "text", "message in Chinese"),
    Field("calculation", "json", "terms of the calculation"),
    Field("facts", "json", "ids of the facts"),
    Field("cells", "json", "keys of the cells"),
    Field("cause", "text", "report, reading or unclear"),
)
COVERAGE = (
    DOCUMENT,
    RUN,
    Field("numbers", "integer", "numbers in the narrative"),
    Field("facts", "integer", "numbers that are facts"),
    Field("non_facts", "integer", "numbers that measure nothing"),
    Field("unexplained", "integer", "numbers that nothing could take"),
    Field("blanks", "integer", "counters whose number is missing"),
    Field("details", "json", "the three lists with spans and reasons"),
)
SOURCES = (
    Field("source", "text", "path, archive member or address, as found"),
    DOCUMENT,
    RUN,
    Field("current", "boolean", "whether the source holds this document now"),
)
FAILURES = (
    Field("source", "text", "path, archive member or address, as found"),
    RUN,
    Field("stage", "text", "list, read, extract or load"),
    Field("class", "text", "reason, one of a closed list"),
    Field("message", "text", "one line: what happened and what to do"),
    Field("sha256", "text", "hash of the bytes, where they could be read"),
    Field("attempts", "integer", "how often it was tried"),
)
RUNS = (
    RUN,
    Field("started", "time", "when the run started (UTC)"),
    Field("finished", "time", "when it ended; null where it was killed"),
    Field("state", "text", "running, finished or interrupted"),
    Field("extractor_version", "text", "version of the program"),
    Field("patterns_version", "text", "digest of the patterns"),
    Field("model_version", "text", "name and version of the model"),
    Field("found", "integer", "inputs that were listed"),
    Field("done", "integer", "documents loaded"),
    Field("failed", "integer", "inputs that failed"),
    Field("skipped", "integer", "inputs that needed no work"),
)
INDICATORS = (
    Field("indicator", "text", "code"),
    Field("name", "text", "Chinese name"),
    Field("unit", "text", "usual unit"),
    Field("measure", "text", "usual measure"),
    Field("note", "text", "what it counts"),
)
BODIES = (
    Field("body_id", "text", "key: one body, over all its years"),
    Field("name", "text", "normal form of the name"),
    Field("identified", "boolean", "whether the name says which body it is; if not, the key is the document's own"),
    Field("level", "text", "ministry, province, city, county or township; null where not certain"),
    Field("kind", "text", "government, office, department, zone or other"),
    Field("government", "text", "government that it belongs to, where certain"),
    Field("region_code", "text", "code of GB/T 2260; null where not certain"),
    Field("region_name", "text", "full name of that region"),
)
REVIEWS = (
    Field("fact_id", "text", "fact that was reviewed"),
    Field("verdict", "text", "accepted, corrected or rejected"),
    Field("value", "decimal", "corrected value"),
    Field("unit", "text", "corrected unit"),
    Field("indicator", "text", "corrected indicator"),
    Field("note", "text", "the reviewer's words"),
    Field("reviewed", "time", "when"),
)
PROPERTIES = (
    Field("name", "text", "schema_version, warehouse_id"),
    Field("value", "text", "its value"),
)


@cache
def tables() -> dict[str, TableShape]:
    """Every table by name, in the order of creation."""
    shapes = (
        TableShape("documents", ("document_id",), DOCUMENTS, "one document, by content", True),
        TableShape("facts", ("fact_id",), _facts(), "one statistical claim", True),
        TableShape("table_cells", ("document_id", "ordinal"), CELLS, "one cell of a standard table", True),
        TableShape("findings", ("document_id", "fingerprint"), FINDINGS, "one audit check that speaks", True),
        TableShape("coverage", ("document_id",), COVERAGE, "the account of a document's numbers", True),
        TableShape("sources", ("source", "document_id"), SOURCES, "where a document was found"),
        TableShape("failures", ("source",), FAILURES, "one input that could not be processed"),
        TableShape("runs", ("run_id",), RUNS, "one run of the program"),
        TableShape("indicators", ("indicator",), INDICATORS, "one code of the vocabulary"),
        TableShape("bodies", ("body_id",), BODIES, "one reporting body"),
        TableShape("reviews", ("fact_id",), REVIEWS, "a reviewer's decision; never written by a run"),
        TableShape("properties", ("name",), PROPERTIES, "what the warehouse says of itself"),
    )
    return {shape.name: shape for shape in shapes}


def _facts() -> tuple[Field, ...]:
    """The one list of columns of facts, with keys first, and the places on paper."""
    shared = {
        RENAMED.get(c.name, c.name): Field(RENAMED.get(c.name, c.name), c.type, c.doc)
        for c in COLUMNS
        if c.name not in LEFT_OUT
    }
    keys = (shared.pop("fact_id"), DOCUMENT, RUN)
    shared.pop("document_id")
    places = (
        Field("period_raw", "text", "wording of the period"),
        Field("sentence_start", "integer", "first character of the sentence in the document's text"),
        Field("sentence_end", "integer", "character behind the sentence"),
        Field("boxes", "json", "boxes of the sentence in points"),
        Field("value_boxes", "json", "boxes of the value in points"),
    )
    return (*keys, *shared.values(), *places)
