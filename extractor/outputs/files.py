"""The sinks that write one file: JSON, JSON Lines, CSV, evidence page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from extractor.errors import UsageError
from extractor.outputs.csv import write_csv
from extractor.outputs.json import dumps
from extractor.outputs.page import render_page
from extractor.outputs.sinks import SINKS, Sink
from extractor.types import Report


def write_json(reports: Iterable[Report], target: TextIO) -> int:
    """One report as one indented JSON object."""
    report = _only(reports, "json")
    target.write(dumps(report, indent=2) + "\n")
    return len(report.facts)


def write_jsonl(reports: Iterable[Report], target: TextIO) -> int:
    """One JSON object a line for each report."""
    count = 0
    for report in reports:
        target.write(dumps(report) + "\n")
        count += len(report.facts)
    return count


def write_page(reports: Iterable[Report], target: TextIO) -> int:
    """One report as one self-contained evidence page."""
    report = _only(reports, "html")
    target.write(render_page(report))
    return len(report.facts)


def _only(reports: Iterable[Report], name: str) -> Report:
    found = list(reports)
    if len(found) != 1:
        raise UsageError(f"the sink {name!r} takes one report a file, not {len(found)}; jsonl and csv take many")
    return found[0]


SINKS.add("json", Sink("json", ".json", "one report as one JSON object (extract schema)", write_json))
SINKS.add("jsonl", Sink("jsonl", ".jsonl", "one JSON object a line for each report", write_jsonl))
# Excel takes UTF-8 for a Chinese code page unless the file starts with a byte order mark.
SINKS.add("csv", Sink("csv", ".csv", "one row a fact, UTF-8 with byte order mark for Excel", write_csv, "utf-8-sig"))
SINKS.add("html", Sink("html", ".html", "one self-contained evidence page", write_page))
