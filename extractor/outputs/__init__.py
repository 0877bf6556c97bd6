"""What leaves the program: JSON, tables of rows, pages; every name loads its module when it is first used."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extractor.outputs.audit_rows import count_checks, count_numbers
    from extractor.outputs.csv import write_csv
    from extractor.outputs.findings import rank_findings, speaking
    from extractor.outputs.json import dumps, to_dict
    from extractor.outputs.names import indicator_names, name_code
    from extractor.outputs.page import render_page
    from extractor.outputs.rows import COLUMNS, Column, fact_rows
    from extractor.outputs.schema import load_schema
    from extractor.outputs.selection import Selection, narrow
    from extractor.outputs.sinks import Sink, load_sinks, open_whole, open_whole_bytes
    from extractor.outputs.table import finding_table, show_report, summarise_audit
    from extractor.outputs.texts import escape_controls
    from extractor.outputs.xlsx import render_workbook

_HOMES = {
    "COLUMNS": "rows",
    "Column": "rows",
    "Selection": "selection",
    "Sink": "sinks",
    "count_checks": "audit_rows",
    "count_numbers": "audit_rows",
    "dumps": "json",
    "escape_controls": "texts",
    "finding_table": "table",
    "indicator_names": "names",
    "fact_rows": "rows",
    "load_schema": "schema",
    "load_sinks": "sinks",
    "name_code": "names",
    "narrow": "selection",
    "open_whole": "sinks",
    "open_whole_bytes": "sinks",
    "rank_findings": "findings",
    "render_page": "page",
    "render_workbook": "xlsx",
    "show_report": "table",
    "speaking": "findings",
    "summarise_audit": "table",
    "to_dict": "json",
    "write_csv": "csv",
}

__all__ = [
    "COLUMNS", "Column", "Selection", "Sink", "count_checks", "count_numbers", "dumps", "escape_controls", "fact_rows",
    "finding_table", "indicator_names", "load_schema", "load_sinks", "name_code", "narrow", "open_whole",
    "open_whole_bytes", "rank_findings", "render_page", "render_workbook", "show_report", "speaking",
    "summarise_audit", "to_dict", "write_csv",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """The public name, from the module that it lives in."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
