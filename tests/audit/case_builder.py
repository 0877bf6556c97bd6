"""Reports for the audit tests: an invented county, built from texts, facts and changes of cells."""

import dataclasses
import hashlib
from decimal import Decimal
from pathlib import Path

import yaml

from extractor.tables.cells import make_cell
from extractor.tables.rows import Slot
from extractor.types import (
    Coverage,
    Document,
    Evidence,
    Fact,
    Metadata,
    NonFact,
    Period,
    ReaderInfo,
    Report,
    Section,
    Table,
    Versions,
)

CASES = Path(__file__).parent.parent / "cases" / "audit"
BASE = yaml.safe_load((CASES / "county.yaml").read_text("utf-8"))
HEADINGS = [
    ("overview", "一、总体情况"),
    ("disclosure_table", "二、主动公开政府信息情况"),
    ("application_table", "三、收到和处理政府信息公开申请情况"),
    ("review_table", "四、政府信息公开行政复议、行政诉讼情况"),
    ("problems", "五、存在的主要问题及改进情况"),
    ("other", "六、其他需要报告的事项"),
]
APPLICANTS = [
    "natural_person",
    "business",
    "research",
    "public_welfare",
    "legal_service",
    "other_organization",
    "total",
]
OUTCOMES = ["upheld", "corrected", "other", "pending", "total"]


def make_report(spec=None, year=2022, organization="青禾县人民政府"):
    """The county's report with what ``spec`` changes: texts, facts, cells, and so on."""
    spec = spec or {}
    year = spec.get("year", year)
    organization = spec.get("organization", organization)
    title = spec.get("title", f"青禾县人民政府{year}年政府信息公开工作年度报告")
    preface = spec.get("preface", f"本报告由青禾县人民政府办公室编制，统计期限自{year}年1月1日起至{year}年12月31日止。")
    texts = {kind: spec.get(kind, BASE["texts"].get(kind, "")) for kind, _ in HEADINGS}
    text, sections = f"{title}\n{preface}\n", []
    for kind, heading in HEADINGS:
        if kind in spec.get("without_sections", ()):
            continue
        start = len(text)
        text += f"{heading}\n{texts[kind]}\n"
        sections.append(Section(kind, heading, heading[0], start, start + len(heading) + 1, len(text)))
    text += spec.get("signed", "")
    document = _document(text, spec)
    facts = _facts(text, spec.get("facts", ()), year, document.sha256)
    return Report(
        document=document,
        metadata=Metadata(title, organization, spec.get("region"), year, Period(f"{year}-01-01", f"{year}-12-31"),
                          spec.get("form", "2021")),
        script="simplified",
        sections=tuple(sections),
        facts=facts,
        tables=make_tables(spec),
        findings=(),
        coverage=_coverage(text, spec),
        warnings=(),
        versions=Versions("0", "0" * 16),
        extra={"published": spec["published"]} if "published" in spec else {},
    )  # fmt: skip


def _document(text, spec):
    digest = hashlib.sha256(text.encode()).hexdigest()
    reader = ReaderInfo("test", "1", bool(spec.get("ocr")))
    return Document(text, (), (), "a.txt", "a.txt", "text/plain", digest, len(text), None, reader)


def _coverage(text, spec):
    def spans(words):
        return tuple((text.index(word), text.index(word) + len(word)) for word in words)

    non_facts: tuple[NonFact, ...] = ()
    return Coverage(0, 0, non_facts, spans(spec.get("unexplained", ())), spans(spec.get("blanks", ())))


def _facts(text, rows, year, digest):
    """Facts from rows; ``raw`` is looked up behind the fact before; ``part_of`` and ``numerator`` are row numbers."""
    made, at = [], 0
    for number, row in enumerate(rows):
        start = text.index(row["raw"], at)
        at = start + len(row["raw"])
        made.append(_fact(text, row, start, year, f"{digest[:8]}{number:08d}"))
    links = ("part_of", "numerator", "denominator")
    return tuple(
        dataclasses.replace(fact, **{link: made[row[link]].id for link in links if link in row})
        for fact, row in zip(made, rows, strict=True)
    )


def _fact(text, row, start, year, name):
    start += row.get("shift", 0)
    end = start + len(row["raw"])
    left = max(text.rfind(mark, 0, start) for mark in "。\n") + 1
    right = min(found for mark in "。\n" if (found := text.find(mark, end)) >= 0) + 1
    digits = "".join(c for c in row["raw"] if c.isdigit() or c == ".")
    value = Decimal(str(row.get("value", digits or "0")))
    of = row.get("year", year)
    named = row.get("period", f"{of}年" if "year" in row else "")
    period = Period(row.get("start", f"{of}-01-01"), row.get("end", f"{of}-12-31"), None, named)
    evidence = Evidence("overview", "", text[left:right], (left, right), (start, end))
    return Fact(
        id=name, indicator=row.get("indicator"), label=row.get("label", ""), value=value, value_max=None,
        unit=row.get("unit", "件"), low=Decimal(str(row.get("low", value))), high=Decimal(str(row.get("high", value))),
        raw=row["raw"], kind=row.get("kind", "explicit"), measure=row.get("measure", "count"), per=row.get("per"),
        modifier=row.get("modifier", "exact"), period=period,
        subject=row.get("subject"), channel=row.get("channel"), category=row.get("category"), part_of=None,
        denominator=None, numerator=None, confidence=row.get("confidence", 0.95), method="rule:test/1",
        evidence=evidence,
    )  # fmt: skip


def base_cells():
    """Printed cells of the county by key, in form order."""
    cells = {}
    for row, line in BASE["disclosure"].items():
        columns = {3: ["issued", "repealed", "in_force"], 1: ["amount" if row == "fees" else "decisions"]}
        cells |= {f"2.{row}.{c}": v for c, v in zip(columns[len(line.split())], line.split(), strict=True)}
    for row, line in BASE["application"].items():
        cells |= {f"3.{row}.{c}": v for c, v in zip(APPLICANTS, line.split(), strict=True)}
    for row, line in BASE["review"].items():
        cells |= {f"4.{row}.{c}": v for c, v in zip(OUTCOMES, line.split(), strict=True)}
    return cells


def make_tables(spec):
    """Tables with changed cells; None takes a cell away, "" leaves it blank, ``doubtful`` cells are not certain."""
    cells = base_cells() | spec.get("cells", {})
    doubtful = spec.get("doubtful", ())
    made = []
    for number in (2, 3, 4):
        keys = [key for key, raw in cells.items() if key.startswith(f"{number}.") and raw is not None]
        if not keys or number in spec.get("without_tables", ()):
            continue
        found = []
        for key in keys:
            row, column = key.split(".", 1)[1].rsplit(".", 1)
            found.append(make_cell(number, row, column, Slot(cells[key], cells[key], 0, 0, 0), key not in doubtful))
        made.append(Table(spec.get("forms", {}).get(number, "2021"), number, tuple(found)))
    return tuple(made)
