"""Reports built by hand, for tests of everything behind the rooms."""

import dataclasses
import hashlib
from decimal import Decimal

from extractor.types import (
    Coverage,
    Document,
    Evidence,
    Fact,
    Finding,
    Layout,
    Metadata,
    NonFact,
    Notice,
    Period,
    ReaderInfo,
    Report,
    Section,
    Subsection,
    Table,
    TableCell,
    Versions,
)

TEXT = (
    "青禾县2021年政府信息公开工作年度报告\n"
    "一、总体情况\n"
    "（一）主动公开\n"
    "2021年，全县通过政府网站公开信息3.5万余条，其中政策解读128条，同比下降12.3%。\n"
    "未收到行政复议案件。联系电话：0000-1234567。\n"
)


def make_fact(text, raw, value, **fields):
    """A fact on the first hit of ``raw`` in ``text``; everything else may be given by name."""
    start = fields.pop("start", None)
    start = text.index(raw) if start is None else start
    end = start + len(raw)
    left = text.rfind("\n", 0, start) + 1
    right = min((at for at in (text.find("。", end), text.find("\n", end)) if at >= 0), default=len(text) - 1) + 1
    evidence = Evidence("overview", "（一）主动公开", text[left:right], (left, right), (start, end))
    number = Decimal(value)
    base = Fact(
        id=hashlib.sha256(f"{start}:{end}:{fields.get('indicator')}".encode()).hexdigest()[:16],
        indicator=None,
        label="公开信息",
        value=number,
        value_max=None,
        unit="条",
        low=number,
        high=number,
        raw=raw,
        kind="explicit",
        measure="count",
        per=None,
        modifier="exact",
        period=Period("2021-01-01", "2021-12-31"),
        subject=None,
        channel=None,
        category=None,
        part_of=None,
        denominator=None,
        numerator=None,
        confidence=0.9,
        method="rule:test/1",
        evidence=evidence,
    )
    return dataclasses.replace(base, **fields)


def make_facts(text=TEXT):
    total = make_fact(text, "3.5万余条", "35000", indicator="website.posts", low=Decimal(35000), high=Decimal(36000),
                      modifier="over", channel="website", subject="全县")  # fmt: skip
    part = make_fact(text, "128条", "128", indicator="interpretation.items", part_of=total.id, label="政策解读")
    change = make_fact(text, "12.3%", "-12.3", indicator="interpretation.items", unit="%", measure="growth",
                       low=Decimal("-12.35"), high=Decimal("-12.25"), confidence=0.6)  # fmt: skip
    zero = make_fact(
        text, "未收到行政复议案件", "0", indicator="review.cases", kind="zero", unit="件", label="行政复议案件"
    )
    return (total, part, change, zero)


def make_document(text=TEXT, **fields):
    data = text.encode("utf-8", "surrogatepass")
    base = Document(
        text=text,
        blocks=(),
        grids=(),
        source="青禾.txt",
        name="青禾.txt",
        media_type="text/plain",
        sha256=hashlib.sha256(data).hexdigest(),
        bytes=len(data),
        pages=None,
        reader=ReaderInfo("text", "1"),
    )
    return dataclasses.replace(base, **fields)


def make_sections(text=TEXT):
    overview, part = text.find("一、"), text.find("（一）")
    if overview < 0 or part < 0:
        return ()
    child = Subsection("（一）主动公开", part, len(text), part + 7)
    return (Section("overview", "一、总体情况", "一", overview, overview + 6, len(text), (child,)),)


def make_report(text=TEXT, facts=None, **fields):
    """A report over ``text``; the default one holds something of everything."""
    facts = make_facts(text) if facts is None else facts
    phone = text.find("0000-1234567")
    non_facts = (NonFact(phone, phone + 12, "phone"),) if phone >= 0 else ()
    base = Report(
        document=make_document(text),
        metadata=Metadata(
            "青禾县2021年政府信息公开工作年度报告", "青禾县", None, 2021, Period("2021-01-01", "2021-12-31"), "2021"
        ),
        script="simplified",
        sections=make_sections(text),
        facts=facts,
        tables=(Table("2021", 3, (TableCell("3.received.total", "新收", "总计", "", None, "blank", (0, 0)),)),),
        findings=(
            Finding(
                "NT-01",
                "high",
                "FAIL",
                "35000 in the text, 34 in the table",
                "正文35000条，表格34条",
                ({"term": "text", "value": "35000", "fact": facts[0].id if facts else None},),
                tuple(f.id for f in facts[:1]),
                ("3.received.total",),
                "report",
                "ab" * 8,
            ),
        ),
        coverage=Coverage(5, 3, non_facts, ((0, 3),), ()),
        warnings=(Notice("no_tables", "table 4 was not found"),),
        versions=Versions("0.1.0", "0123456789abcdef"),
    )
    return dataclasses.replace(base, **fields)


def with_pages(report):
    """The same report as if it had been read from two pages of a PDF."""
    half = len(report.document.text) // 2
    pages = [1] * half + [2] * (len(report.document.text) - half)
    boxes = [edge for at in range(len(pages)) for edge in (10.0 * (at % 40), 20.0, 10.0 * (at % 40) + 10, 30.123456)]
    document = dataclasses.replace(report.document, layout=Layout(pages, boxes), pages=2, media_type="application/pdf")
    facts = tuple(
        dataclasses.replace(
            f, evidence=dataclasses.replace(f.evidence, page=1, boxes=((1.0, 2.0, 3.123456, 4.0),), value_boxes=())
        )
        for f in report.facts
    )
    return dataclasses.replace(report, document=document, facts=facts)
