"""``extract audit``: the findings of a report, and whether they reach a threshold."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

from extractor import outputs
from extractor.audit import audit
from extractor.cli.extraction import read_all, write_page
from extractor.cli.streams import on_terminal
from extractor.errors import UsageError
from extractor.settings import Settings
from extractor.types import Finding, Report

SEVERITIES = ("info", "low", "medium", "high", "critical")
NEVER = "never"


@dataclass(frozen=True, slots=True)
class AuditRequest:
    """What to audit: a report and last year's; the threshold; whether passed checks are shown; JSON; the page."""

    source: str
    last_year: str | None
    fail_on: str
    everything: bool
    as_json: bool
    page: Path | None


def run_audit(request: AuditRequest) -> int:
    """Print the findings; 1 when a file failed or a finding is as severe as the threshold."""
    if request.fail_on not in (*SEVERITIES, NEVER):
        known = ", ".join((*SEVERITIES, NEVER))
        raise UsageError(f"--fail-on {request.fail_on}: no such severity; known: {known}")
    failed: list[str] = []
    sources = [source for source in (request.source, request.last_year) if source is not None]
    reports = list(read_all(sources, failed, Settings(audit=False)))
    if failed:
        return 1
    report = replace(reports[0], findings=audit(reports[0], reports[1] if len(reports) > 1 else None))
    if request.page is not None:
        write_page(report, request.page)
    if request.as_json:
        _print_json(report)
    elif on_terminal():
        _print_table(report, request.everything)
    elif request.page is None:
        _print_lines(report, request.everything)
    return int(any(reaches(finding, request.fail_on) for finding in report.findings))


def reaches(finding: Finding, fail_on: str) -> bool:
    """Whether ``finding`` failed and is at least as severe as ``fail_on``."""
    if finding.outcome != "FAIL" or fail_on == NEVER or finding.severity not in SEVERITIES:
        return False
    return SEVERITIES.index(finding.severity) >= SEVERITIES.index(fail_on)


def _shown(report: Report, everything: bool) -> list[Finding]:
    return outputs.rank_findings(report.findings) if everything else outputs.speaking(report.findings)


def _print_json(report: Report) -> None:
    whole = outputs.to_dict(report, text=False)
    document = {key: whole["document"][key] for key in ("source", "sha256", "title", "organization", "year")}
    print(json.dumps({"document": document, "findings": whole["findings"]}, ensure_ascii=False, indent=2))


def _print_table(report: Report, everything: bool) -> None:
    from rich.console import Console

    console = Console(highlight=False)
    console.print(outputs.escape_controls(report.metadata.title or report.document.source), style="bold", markup=False)
    console.print(outputs.finding_table(_shown(report, everything)))
    counts = Counter(finding.outcome for finding in report.findings)
    console.print(", ".join(f"{counts[name]} {name}" for name in sorted(counts)), style="dim")


def _print_lines(report: Report, everything: bool) -> None:
    for finding in _shown(report, everything):
        message = outputs.escape_controls(finding.message_zh or finding.message)
        print(f"{finding.severity}\t{finding.outcome}\t{finding.rule}\t{message}")
