"""The evidence page: one HTML file that shows a report's text with every fact marked, and the facts beside it."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Template

from extractor.outputs import cards
from extractor.outputs.cards import both
from extractor.outputs.findings import speaking
from extractor.outputs.marks import render_text
from extractor.outputs.names import name_code
from extractor.outputs.texts import escape_html
from extractor.types import Report

HERE = Path(__file__).parent


def render_page(report: Report, panel: str = "facts") -> str:
    """The page of ``report``: no external file, no network, the same report gives the same characters.

    panel -- which cards are shown first: facts, or findings where there are any.

    Everything that comes from the report is escaped; style and script are named by hash in the page's own policy.
    """
    panels = [
        ("facts", len(report.facts), cards.fact_cards(report)),
        ("findings", len(speaking(report.findings)), cards.finding_cards(report)),
        ("tables", len(report.tables), cards.table_cards(report)),
        ("numbers", _others(report), cards.number_cards(report)),
    ]
    filled = {"facts": True, "findings": report.findings, "tables": report.tables, "numbers": _others(report)}
    shown = [panel for panel in panels if filled[panel[0]]]
    first = panel if filled.get(panel) else "facts"
    style, script = _part("evidence.css"), _part("evidence.js")
    return Template(_part("evidence.html")).substitute(
        version=escape_html(report.versions.extractor),
        style_hash=_hash(style),
        script_hash=_hash(script),
        style=style,
        script=script,
        title=escape_html(report.metadata.title or report.document.name or "report"),
        about=_about(report),
        account=_account(report),
        filter=escape_html(f"{name_code('word', 'filter')} / filter"),
        text=render_text(report),
        tabs="".join(_tab(name, count, name == first) for name, count, _ in shown),
        panels="\n".join(_panel(name, content, name == first) for name, _, content in shown),
    )


@cache
def _part(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")


def _hash(content: str) -> str:
    """The hash of an inline element as a content security policy wants it."""
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()


def _others(report: Report) -> int:
    coverage = report.coverage
    return len(coverage.non_facts) + len(coverage.unexplained) + len(coverage.blanks)


def _about(report: Report) -> str:
    document, metadata = report.document, report.metadata
    facts = [
        metadata.organization,
        metadata.year,
        document.name,
        document.reader.name,
        f"sha256 {document.sha256[:12]}",
    ]
    return " · ".join(escape_html(str(fact)) for fact in facts if fact)


def _account(report: Report) -> str:
    coverage = report.coverage
    counts = [
        ("numbers_seen", coverage.numbers, ""),
        ("facts_found", len(report.facts), ""),
        ("set_aside", len(coverage.non_facts), ""),
        ("unexplained", len(coverage.unexplained), "bad"),
        ("blanks", len(coverage.blanks), "bad"),
    ]
    return "".join(
        f'<span class="{look if count else ""}"><b>{count}</b>{both("word", name)}</span>'
        for name, count, look in counts
        if count or name != "blanks"
    )


def _tab(name: str, count: int, chosen: bool) -> str:
    look = ' class="on"' if chosen else ""
    return f'<button type="button" data-panel="{name}"{look}>{both("word", name)}<i>{count}</i></button>'


def _panel(name: str, content: Iterator[str], chosen: bool) -> str:
    hidden = "" if chosen else " hidden"
    return f'<div class="panel" id="panel-{name}"{hidden}>{"".join(content)}</div>'
