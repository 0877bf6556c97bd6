"""``extract audit``: the findings of reports, and whether they reach a threshold."""

from __future__ import annotations

import json
from collections.abc import Sequence

from extractor import outputs
from extractor.cli.extraction import read_all
from extractor.cli.streams import on_terminal
from extractor.errors import UsageError
from extractor.settings import Settings
from extractor.types import Finding, Report

SEVERITIES = ("info", "low", "medium", "high", "critical")
NEVER = "never"


def run_audit(sources: Sequence[str], fail_on: str, as_json: bool) -> int:
    """Print the findings of each report; 1 when a file failed or a finding is as severe as ``fail_on``."""
    if fail_on not in (*SEVERITIES, NEVER):
        raise UsageError(f"--fail-on {fail_on}: no such severity; known: {', '.join((*SEVERITIES, NEVER))}")
    failed: list[str] = []
    reached = False
    for report in read_all(sources, failed, Settings(audit=True)):
        reached = reached or any(reaches(finding, fail_on) for finding in report.findings)
        _print_findings(report, as_json)
    return 1 if failed or reached else 0


def reaches(finding: Finding, fail_on: str) -> bool:
    """Whether ``finding`` failed and is at least as severe as ``fail_on``."""
    if finding.outcome != "FAIL" or fail_on == NEVER or finding.severity not in SEVERITIES:
        return False
    return SEVERITIES.index(finding.severity) >= SEVERITIES.index(fail_on)


def _print_findings(report: Report, as_json: bool) -> None:
    if as_json:
        whole = outputs.to_dict(report, text=False)
        document = {key: whole["document"][key] for key in ("source", "sha256", "organization", "year")}
        print(json.dumps({"document": document, "findings": whole["findings"]}, ensure_ascii=False))
    elif on_terminal():
        from rich.console import Console

        console = Console(highlight=False)
        console.print(outputs.escape_controls(report.document.source), style="bold", markup=False)
        console.print(outputs.finding_table(list(report.findings)))
    else:
        name = outputs.escape_controls(report.document.source)
        for finding in report.findings:
            message = outputs.escape_controls(finding.message_zh or finding.message)
            print(f"{name}\t{finding.severity}\t{finding.outcome}\t{finding.rule}\t{message}")
