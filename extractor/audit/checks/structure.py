"""Structure and form: sections, tables, empty slots, years and names that must agree."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from extractor.audit.case import Case
from extractor.audit.check import FAIL, NOT_ASSESSABLE, PASS, READING, REPORT, UNCERTAIN, UNCLEAR, Check, Term
from extractor.audit.engine import rule
from extractor.audit.names import row_name
from extractor.lexicon import table
from extractor.types import Table

KINDS = ("overview", "disclosure_table", "application_table", "review_table", "problems", "other")
FEW = 60  # characters
REMNANTS = 4  # wordings of a table that show that it is there, though it could not be read
HARD = ("disclosure_table", "application_table", "review_table")


def is_report(case: Case) -> bool:
    """Whether the text has the sections of an official form (a passage alone has none)."""
    kinds = {section.kind for section in case.report.sections if section.heading}
    return len(kinds & set(KINDS)) >= 3 and case.report.metadata.form != "legacy"


def opening(case: Case) -> str:
    """Title and preamble: clean text before the first numbered section, at most 1,500 characters."""
    first = next((s for s in case.report.sections if s.kind in KINDS and s.heading), None)
    return case.fold(0, first.start)[:1500] if first else case.text[:600]


@rule("STR-01")
def check_sections(case: Case) -> Iterator[Check]:
    """All six sections are there, by their title or a known variant."""
    if not is_report(case):
        yield Check(NOT_ASSESSABLE, variant="no_form", subject=("sections",))
        return
    found = {kind for kind in KINDS if case.section(kind) is not None}
    titles = {entry["kind"]: entry["title"] for entry in case.content("sections")}
    for kind in KINDS:
        if kind not in found:
            yield Check(FAIL, values={"title": titles[kind]}, severity="critical" if kind in HARD else None,
                        subject=(kind,))  # fmt: skip
    if set(KINDS) <= found:
        yield Check(PASS, variant="complete", values={"count": "6"}, subject=("sections",))


@rule("STR-09")
def check_tables(case: Case) -> Iterator[Check]:
    """Tables 2, 3 and 4 are there as tables or readable text."""
    if not is_report(case):
        yield Check(NOT_ASSESSABLE, variant="no_form", subject=("tables",))
        return
    for number in (2, 3, 4):
        if number not in case.tables:
            kind = KINDS[number - 1]
            cause = REPORT if _is_empty(case, kind) else UNCLEAR
            seen = sum(line in case.section_text(kind) for line in table("headings")["form_lines"])
            outcome, cause = (FAIL, cause) if seen < REMNANTS else (UNCERTAIN, READING)
            yield Check(outcome, values={"table": str(number)}, subject=(str(number),), cause=cause)
    if all(number in case.tables for number in (2, 3, 4)):
        yield Check(PASS, variant="complete", values={"count": "3"}, subject=("tables",))


def _is_empty(case: Case, kind: str) -> bool:
    """Whether a section is there and holds no more than a few words, so that no table can have been missed."""
    section = case.section(kind)
    return section is not None and len(case.section_text(kind)) <= FEW and not case.report.document.reader.ocr


def _is_printed(case: Case, number: int, rows: list[str]) -> bool:
    """Whether labels of rows that were not read stand in the section all the same."""
    text = case.section_text(KINDS[number - 1])
    return any(row_name(number, row) in text for row in rows)


def _is_sure(case: Case, found: Table) -> bool:
    """Whether everything that was read of a table was read without doubt."""
    return not case.report.document.reader.ocr and all(cell.certain for cell in found.cells)


def _expected(number: int, form: str) -> dict[str, tuple[str, ...]]:
    """Keys of the cells that the form prints, by row."""
    spec = table("tables")
    if number == 2:
        rows = [(row["key"], row["columns"].get(form, [])) for row in spec["disclosure"]["rows"]]
    elif number == 3:
        columns = [column["key"] for column in spec["application"]["columns"]]
        dropped = "other" if form == "2021" else "other."
        rows = [(row["key"], columns) for row in spec["application"]["rows"]
                if row["key"] != dropped and not (dropped == "other." and row["key"].startswith(dropped))]  # fmt: skip
    else:
        columns = [column["key"] for column in spec["review"]["columns"]]
        rows = [(block["key"], columns) for block in spec["review"]["blocks"]]
    return {row: tuple(f"{number}.{row}.{column}" for column in columns) for row, columns in rows if columns}


@rule("STR-10")
def check_complete(case: Case) -> Iterator[Check]:
    """Rows and columns of the tables are complete, with their official labels."""
    for number, found in sorted(case.tables.items()):
        expected = _expected(number, found.form)
        absent = {row: keys for row, keys in expected.items() if any(key not in case.cells for key in keys)}
        values = {"table": str(number), "count": str(len(absent)), "rows": ", ".join(list(absent)[:4])}
        if absent:
            cells = tuple(key for keys in absent.values() for key in keys if key not in case.cells)
            outcome = FAIL if len(absent) <= len(expected) // 2 else UNCERTAIN
            cause = REPORT if _is_sure(case, found) else UNCLEAR
            if outcome == FAIL and _is_printed(case, number, list(absent)):
                outcome, cause = UNCERTAIN, READING
            yield Check(outcome, values=values, cells=cells, subject=(str(number), *cells), cause=cause)
        else:
            yield Check(PASS, values=values, variant="table", subject=(str(number),))


@rule("STR-11")
def check_form(case: Case) -> Iterator[Check]:
    """The generation of the form fits the year: 2019 for the reports of 2019 and 2020, 2021 for those after."""
    if case.year is None or case.year < 2019:
        return
    wanted = "2019" if case.year <= 2020 else "2021"
    for number in (2, 3):
        found = case.tables.get(number)
        if found is not None:
            outcome = PASS if found.form == wanted else FAIL
            values = {"table": str(number), "form": found.form, "wanted": wanted, "year": str(case.year)}
            yield Check(outcome, values=values, subject=(str(number),), variant="fail" if outcome == FAIL else "table")


@rule("STR-15")
def check_blank_slots(case: Case) -> Iterator[Check]:
    """No counter stands without its number."""
    for start, end in case.report.coverage.blanks:
        around = case.report.document.text[max(0, start - 15) : end + 15]
        yield Check(FAIL, values={"text": " ".join(around.split())}, subject=(f"{start}:{end}",))
    if not case.report.coverage.blanks:
        yield Check(PASS, variant="none", subject=("blanks",))


@rule("STR-05")
def check_year(case: Case) -> Iterator[Check]:
    """The report year is the same in title, preamble and statistics period."""
    title = case.report.metadata.title or ""
    year = case.year
    if year is None:
        yield Check(NOT_ASSESSABLE, variant="no_year", subject=("year",))
        return
    wrong = list(_other_years(case, year, title))
    for where, other, text in wrong:
        values = {"where": where, "year": str(year), "other": other, "text": text[:60]}
        yield Check(FAIL, values=values, subject=(where, other))
    if not wrong:
        yield Check(PASS, variant="same", values={"year": str(year)}, subject=("year",))


def _other_years(case: Case, year: int, title: str) -> Iterator[tuple[str, str, str]]:
    years = case.pattern("year").findall(title)
    if years and str(year) not in years:
        yield "title", years[0], title
    making = [line for line in opening(case).split("\n") if any(word in line for word in case.words("making"))]
    text = "\n".join(making)
    for name in ("year_of_work", "year_of_report"):
        for found in case.pattern(name).finditer(text):
            if int(found[1]) != year:
                yield "preamble", found[1], text[max(0, found.start() - 15) : found.end() + 15].strip()


@rule("STR-07")
def check_period(case: Case) -> Iterator[Check]:
    """The statistics period, where it is stated, is the whole report year."""
    year = case.year
    found = case.pattern("period").search(opening(case) + "\n" + case.section_text("overview")[:600])
    if year is None or found is None:
        yield Check(NOT_ASSESSABLE, variant="no_period", subject=("period",))
        return
    end = (found[4] or found[1], found[5] or found[7], found[6] or found[8])
    stated = [int(part) for part in (found[1], found[2], found[3], *end)]
    right = stated == [year, 1, 1, year, 12, 31]
    values = {"stated": found[0], "year": str(year)}
    yield Check(PASS if right else FAIL, values=values, variant="same" if right else "fail", subject=("period",))


@rule("STR-08")
def check_parts(case: Case) -> Iterator[Check]:
    """Where the preamble says how many parts the report has, that many sections are there."""
    text = opening(case)
    found = case.pattern("parts").search(text)
    if found is None:
        return
    said = case.numeral(found[1])
    there = sum(1 for section in case.report.sections if section.heading and section.kind != "preface")
    terms = (Term("", "number", None, Decimal(said), "stated"), Term("=" if said == there else "≠", "number", None,
             Decimal(there), "found"))  # fmt: skip
    values = {"said": str(said), "there": str(there)}
    yield Check(PASS if said == there else FAIL, terms, values, subject=("parts",))
