"""A report as a table for people at a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.outputs.audit_rows import count_checks, count_numbers
from extractor.outputs.findings import speaking
from extractor.outputs.names import name_code, name_fact
from extractor.outputs.numbers import print_decimal
from extractor.outputs.texts import escape_controls
from extractor.types import Fact, Finding, Period, Report

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

AROUND = 40  # characters of the sentence shown on either side of the number
SEVERITY_STYLES = {"critical": "bold red", "high": "red", "medium": "yellow", "low": "dim", "info": "dim"}


def show_report(report: Report, console: Console) -> None:
    """Print title, facts, findings, reading notes and the account of the numbers."""
    from rich.text import Text

    title = report.metadata.title or report.document.name
    console.print(
        Text(escape_controls(title), style="bold"), Text(escape_controls(report.document.source), style="dim")
    )
    if report.facts:
        console.print(_fact_table(report))
    found = speaking(report.findings)
    if found:
        console.print(finding_table(found))
    for notice in report.warnings:
        console.print(Text(f"! {escape_controls(notice.message)}", style="yellow"))
    console.print(Text(summarise(report), style="dim"))


def summarise(report: Report) -> str:
    """One line: numbers seen, facts, set aside, unexplained."""
    coverage = report.coverage
    counts = [
        (coverage.numbers, "numbers_seen"),
        (len(report.facts), "facts_found"),
        (len(coverage.non_facts), "set_aside"),
        (len(coverage.unexplained), "unexplained"),
    ]
    if coverage.blanks:
        counts.append((len(coverage.blanks), "blanks"))
    chinese = "，".join(f"{count} {name_code('word', name)}" for count, name in counts)
    english = ", ".join(f"{count} {name_code('word', name, 'en')}" for count, name in counts)
    return f"{chinese} ({english})"


def print_value(fact: Fact) -> str:
    """Value with unit, range, and what it is where it is no plain count: 增幅 -12.3%."""
    upper = "" if fact.value_max is None else f"–{print_decimal(fact.value_max)}"
    lead = name_code("per", fact.per) if fact.per else ""
    if not lead and fact.measure in {"growth", "change", "average"}:
        lead = name_code("measure", fact.measure)
    return f"{lead} {print_decimal(fact.value)}{upper}{escape_controls(fact.unit or '')}".strip()


def print_period(period: Period) -> str:
    """2021 for a whole year, 截至2021-06-30 for a day, else from and to."""
    if period.as_of:
        return f"{name_code('word', 'as_of')}{period.as_of}"
    if period.start is None and period.end is None:
        return ""
    start, end = period.start or "", period.end or ""
    if start[:4] == end[:4] and start[4:] == "-01-01" and end[4:] == "-12-31":
        return start[:4]
    return f"{start}–{end}"


def summarise_audit(report: Report, language: str = "zh") -> str:
    """One line: numbers seen, linked, set aside, unexplained; checks run, passed, failed, uncertain, not assessable."""
    mark, stop = ("，", "；") if language == "zh" else (", ", "; ")
    groups = (count_numbers(report), count_checks(report))
    told = [{name: count for name, count in group.items() if count or name != "blanks"} for group in groups]
    named = [[f"{name_code('count', name, language)} {count}" for name, count in group.items()] for group in told]
    return stop.join(mark.join(group) for group in named)


def finding_table(findings: list[Finding], language: str = "zh") -> Table:
    """Findings as a rich table: severity, rule, what was found."""
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="dim", title_justify="left")
    for name in ("severity", "rule", "message"):
        table.add_column(name_code("column", name, language), overflow="fold")
    for finding in findings:
        codes = (("severity", finding.severity), ("outcome", finding.outcome))
        level = " ".join(name_code(*code, language) for code in codes)
        style = SEVERITY_STYLES.get(finding.severity, "") if finding.outcome in ("FAIL", "UNCERTAIN") else "dim"
        message = finding.message if language == "en" else finding.message_zh or finding.message
        table.add_row(Text(level, style=style), Text(finding.rule), Text(escape_controls(message)))
    return table


def _fact_table(report: Report) -> Table:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column(name_code("column", "indicator"), overflow="fold", min_width=8, max_width=24)
    table.add_column(name_code("column", "value"), justify="right", no_wrap=True)
    table.add_column(name_code("column", "period"), no_wrap=True)
    table.add_column(name_code("column", "sentence"), overflow="fold", ratio=1)
    for fact in report.facts:
        name = Text(escape_controls(name_fact(fact)), style="" if fact.indicator else "italic")
        table.add_row(name, Text(print_value(fact), style="bold"), print_period(fact.period), _sentence(fact))
    return table


def _sentence(fact: Fact) -> Text:
    """The words around the number on one line, the number highlighted."""
    from rich.text import Text

    evidence = fact.evidence
    first, last = (at - evidence.sentence_span[0] for at in evidence.span)
    left, right = max(0, first - AROUND), last + AROUND
    whole = evidence.sentence
    text = Text("…" if left else "")
    text.append(_flat(whole[left:first]))
    text.append(_flat(whole[first:last]), style="bold green")
    text.append(_flat(whole[last:right]) + ("…" if right < len(whole) else ""))
    return text


def _flat(text: str) -> str:
    return escape_controls(" ".join(text.split()) if not text.isspace() else " ")
