"""``extract audit``: the findings of reports, and whether they reach a threshold."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from extractor import outputs
from extractor.audit import audit, load_profile, pair_reports, share_a_body
from extractor.cli.extraction import read_all, write_page
from extractor.cli.streams import on_terminal, say
from extractor.errors import UsageError
from extractor.record import record, replace
from extractor.settings import Settings
from extractor.types import Finding, Report

SEVERITIES = ("info", "low", "medium", "high", "critical")
NEVER = "never"
LANGUAGES = ("zh", "en")
ZIP_START = b"PK\x03\x04"  # what a workbook starts with
Audited = tuple[Report, Report | None]


@record
class AuditRequest:
    """What to audit and how to tell it.

    source -- a report, or a folder of reports that are paired by body and year; last_year -- a report's predecessor.
    fail_on -- the threshold of the exit status; profile -- the settings of the rules; language -- zh or en.
    everything -- whether passed checks are shown; page, workbook -- files to write.
    """

    source: str
    last_year: str | None = None
    fail_on: str = "high"
    everything: bool = False
    as_json: bool = False
    page: Path | None = None
    workbook: Path | None = None
    profile: str = "default"
    language: str = "zh"


def run_audit(request: AuditRequest) -> int:
    """Print the findings; 1 when a file failed or a finding is as severe as the threshold."""
    _refuse_unknown(request)
    failed: list[str] = []
    several = os.path.isdir(request.source)
    pairs = _read_folder(request, failed) if several else _read_pair(request, failed)
    audited = [(replace(report, findings=audit(report, last, profile=request.profile)), last) for report, last in pairs]
    _write_files(request, [report for report, _ in audited], several)
    for report, last in audited:
        _tell(request, report, last, several)
    reached = any(reaches(finding, request.fail_on) for report, _ in audited for finding in report.findings)
    return int(bool(failed) or reached)


def reaches(finding: Finding, fail_on: str) -> bool:
    """Whether ``finding`` failed and is at least as severe as ``fail_on``."""
    if finding.outcome != "FAIL" or fail_on == NEVER or finding.severity not in SEVERITIES:
        return False
    return SEVERITIES.index(finding.severity) >= SEVERITIES.index(fail_on)


def _refuse_unknown(request: AuditRequest) -> None:
    if request.fail_on not in (*SEVERITIES, NEVER):
        known = ", ".join((*SEVERITIES, NEVER))
        raise UsageError(f"--fail-on {request.fail_on}: no such severity; known: {known}")
    if request.language not in LANGUAGES:
        raise UsageError(f"--lang {request.language}: no such language; known: {', '.join(LANGUAGES)}")
    load_profile(request.profile)
    if request.workbook is not None:
        _refuse_foreign(request.workbook)
    if request.last_year is not None and os.path.isdir(request.source):
        raise UsageError(f"{request.last_year}: a folder pairs its reports by itself; give the folder alone")


def _read_pair(request: AuditRequest, failed: list[str]) -> list[Audited]:
    sources = [source for source in (request.source, request.last_year) if source is not None]
    reports = list(read_all(sources, failed, Settings(audit=False)))
    if failed:
        return []
    last = reports[1] if len(reports) > 1 else None
    if last is not None and not share_a_body(reports[0], last):
        say(f"{request.last_year}: may be of another body; its figures are compared all the same")
    return [(reports[0], last)]


def _read_folder(request: AuditRequest, failed: list[str]) -> list[Audited]:
    """The reports of a folder by path, each with the same body's report of the year before."""
    from extractor.read import load_readers, readers

    load_readers()
    suffixes = {suffix.lower() for _, reader in readers.items() for suffix in reader.suffixes}
    found = sorted(path for path in Path(request.source).rglob("*") if path.suffix.lower() in suffixes)
    sources = [str(path) for path in found if path.is_file()]
    if not sources:
        raise UsageError(f"{request.source}: holds no file that a reader knows; see extract list readers")
    return list(pair_reports(list(read_all(sources, failed, Settings(audit=False)))))


def _write_files(request: AuditRequest, reports: Sequence[Report], several: bool) -> None:
    if request.page is not None:
        _write_pages(request.page, reports, several)
    if request.workbook is None or not reports:
        return
    content = outputs.render_workbook(reports, request.language)
    try:
        with outputs.open_whole_bytes(request.workbook, overwrite=True) as file:
            file.write(content)
    except OSError as error:
        raise UsageError(f"--xlsx {request.workbook}: {error.strerror}; name a file that can be written") from None
    say(f"{len(reports)} reports, working paper in {request.workbook}")


def _write_pages(target: Path, reports: Sequence[Report], several: bool) -> None:
    """One page, or for a folder one for each report, called after it and numbered where two have one name."""
    if several:
        target.mkdir(parents=True, exist_ok=True)
    taken: set[str] = set()
    for report in reports:
        stem = Path(report.document.name).stem or "report"
        name = next(name for name in (stem, *(f"{stem}-{n}" for n in range(2, len(reports) + 2))) if name not in taken)
        taken.add(name)
        write_page(report, target / f"{name}.html" if several else target, panel="findings")


def _refuse_foreign(target: Path) -> None:
    """Only a workbook is overwritten."""
    if target.is_dir():
        raise UsageError(f"--xlsx {target}: is a folder; name a file")
    if target.exists() and target.stat().st_size:
        with open(target, "rb") as file:
            if file.read(len(ZIP_START)) != ZIP_START or target.suffix.lower() != ".xlsx":
                raise UsageError(f"--xlsx {target}: is there already and is no workbook; name another file")


def _tell(request: AuditRequest, report: Report, last: Report | None, several: bool) -> None:
    if request.as_json:
        text = json.dumps(_to_dict(request, report, last), ensure_ascii=False, indent=None if several else 2)
        print(text)
        return
    if on_terminal():
        _print_table(request, report, last)
    elif several or (request.page is None and request.workbook is None):
        _print_lines(request, report, several)
        say(outputs.summarise_audit(report, request.language))


def _shown(report: Report, everything: bool) -> list[Finding]:
    return outputs.rank_findings(report.findings) if everything else outputs.speaking(report.findings)


def _to_dict(request: AuditRequest, report: Report, last: Report | None) -> dict[str, Any]:
    whole = outputs.to_dict(report, text=False)
    return {
        "document": {key: whole["document"][key] for key in ("source", "sha256", "title", "organization", "year")},
        "last_year": None if last is None else last.document.source,
        "profile": request.profile,
        "numbers": outputs.count_numbers(report),
        "checks": outputs.count_checks(report),
        "findings": whole["findings"],
    }


def _print_table(request: AuditRequest, report: Report, last: Report | None) -> None:
    from rich.console import Console

    console = Console(highlight=False)
    title = report.metadata.title or report.document.source
    console.print(outputs.escape_controls(title), style="bold", markup=False)
    if last is not None:
        compared = outputs.name_code("count", "compared", request.language)
        console.print(outputs.escape_controls(f"{compared}: {last.document.source}"), style="dim", markup=False)
    shown = _shown(report, request.everything)
    if shown:
        console.print(outputs.finding_table(shown, request.language))
    console.print(outputs.summarise_audit(report, request.language), style="dim", markup=False)
    if len(shown) < len(report.findings):
        console.print(outputs.name_code("count", "hidden", request.language), style="dim", markup=False)
    console.print()


def _print_lines(request: AuditRequest, report: Report, several: bool) -> None:
    """Severity, outcome, rule and message parted by tabs; for a folder the file behind them."""
    for finding in _shown(report, request.everything):
        message = finding.message if request.language == "en" else finding.message_zh or finding.message
        words = [finding.severity, finding.outcome, finding.rule, message]
        words += [report.document.source] if several else []
        print("\t".join(outputs.escape_controls(word) for word in words))
