"""A report as rows of the warehouse: plain lists in the order of the columns, ready for JSON."""

from __future__ import annotations

import json
import re
import zlib
from decimal import Decimal
from functools import cache
from typing import Any

from extractor.bulk.bodies import Body, identify
from extractor.bulk.tables import RENAMED, tables
from extractor.outputs import COLUMNS, speaking, to_dict
from extractor.types import Report

Row = list[Any]
Rows = dict[str, list[Row]]
UNSTORABLE = re.compile("[\x00\ud800-\udfff\ufffe\uffff]")
SCALE, WHOLE_DIGITS = 10, 28  # of the decimal columns
PARTIAL = {"pages_failed", "pages_unread", "page_failed", "too_many_pages"}


def report_rows(report: Report) -> Rows:
    """Rows of one report by table; ``run_id`` is None until they are loaded."""
    whole = to_dict(report)
    body = identify(report.metadata.organization, report.document.sha256)
    rows = {
        "documents": [_document(report, whole, body)],
        "facts": [_fact(report, fact, found) for fact, found in zip(report.facts, whole["facts"], strict=True)],
        "table_cells": _cells(report, whole),
        "findings": _findings(report),
        "coverage": [_coverage(report, whole["coverage"])],
        "bodies": [_by_name("bodies", body.fields())],
    }
    return {name: [[_clean(value) for value in row] for row in found] for name, found in rows.items()}


def pack(rows: Rows) -> bytes:
    """Rows as compressed JSON: what a worker sends, and what waits in the ledger."""
    return zlib.compress(json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode("utf-8"), 1)


def unpack(payload: bytes) -> Rows:
    """The rows of ``pack``."""
    rows: Rows = json.loads(zlib.decompress(payload))
    return rows


def print_exact(value: Decimal | None) -> str | None:
    """Digits of ``value`` for a decimal column; None where the column can't hold it without loss."""
    if value is None or not value.is_finite() or value.adjusted() >= WHOLE_DIGITS:
        return None
    exact = value.normalize() if value else Decimal(0)
    exponent = exact.as_tuple().exponent
    return f"{exact:f}" if isinstance(exponent, int) and exponent >= -SCALE else None


def _by_name(table: str, values: dict[str, Any]) -> Row:
    return [values.get(name) for name in tables()[table].names()]


def _clean(value: Any) -> Any:
    """The value with U+FFFD for characters that databases refuse; the length stays."""
    if isinstance(value, str):
        return UNSTORABLE.sub("\ufffd", value)
    return print_exact(value) if isinstance(value, Decimal) else value


def _json(value: Any) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _document(report: Report, whole: dict[str, Any], body: Body) -> Row:
    document = whole["document"]
    outcomes = [finding.outcome for finding in report.findings]
    same = ("bytes", "media_type", "pages", "title", "organization", "region", "year", "form", "script", "text")
    period, warnings = document["period"] or {}, whole["warnings"]
    values = {name: document[name] for name in same} | {
        "document_id": document["sha256"],
        "body_id": body.body_id,
        "period_start": period.get("start"),
        "period_end": period.get("end"),
        "state": "partial" if any(w["code"] in PARTIAL for w in warnings) else "done",
        "facts": len(report.facts),
        "table_cells": sum(len(table.cells) for table in report.tables),
        "checks_passed": outcomes.count("PASS"),
        "checks_not_assessable": outcomes.count("NOT_ASSESSABLE"),
        "warnings": _json(warnings),
        "sections": _json([{k: s[k] for k in ("kind", "heading", "number", "span")} for s in whole["sections"]]),
        "reader_name": document["reader"]["name"],
        "reader_version": document["reader"]["version"],
        "extractor_version": report.versions.extractor,
        "patterns_version": report.versions.patterns,
        "model_version": report.versions.model,
    }
    return _by_name("documents", values)


@cache
def _takers() -> tuple[tuple[str, Any], ...]:
    return tuple((RENAMED.get(column.name, column.name), column.take) for column in COLUMNS)


def _fact(report: Report, fact: Any, found: dict[str, Any]) -> Row:
    evidence = found["evidence"]
    values = {name: take(report, fact) for name, take in _takers()} | {
        "period_raw": fact.period.raw or None,
        "sentence_start": evidence["sentence_span"][0],
        "sentence_end": evidence["sentence_span"][1],
        "boxes": _json(evidence["boxes"]),
        "value_boxes": _json(evidence["value_boxes"]),
    }
    return _by_name("facts", values)


def _cells(report: Report, whole: dict[str, Any]) -> list[Row]:
    rows: list[Row] = []
    for table, found in zip(report.tables, whole["tables"], strict=True):
        for cell, shown in zip(table.cells, found["cells"], strict=True):
            values = {
                "document_id": report.document.sha256,
                "ordinal": len(rows),
                "form": table.form,
                "table_number": table.table,
                "cell_key": cell.key,
                "row_key": cell.row,
                "column_key": cell.column,
                "raw": cell.raw,
                "value": cell.value,
                "semantics": cell.semantics,
                "span_start": cell.span[0],
                "span_end": cell.span[1],
                "page": cell.page,
                "box": _json(shown["box"]),
                "certain": cell.certain,
                "confidence": round(cell.confidence, 4),
            }
            rows.append(_by_name("table_cells", values))
    return rows


def _findings(report: Report) -> list[Row]:
    """Checks that failed or stay uncertain, one row a fingerprint."""
    rows: dict[str, Row] = {}
    for finding in speaking(report.findings):
        values = {
            "document_id": report.document.sha256,
            "fingerprint": finding.fingerprint,
            "rule": finding.rule,
            "severity": finding.severity,
            "outcome": finding.outcome,
            "message": finding.message,
            "message_zh": finding.message_zh,
            "calculation": _json([dict(term) for term in finding.calculation]),
            "facts": _json(list(finding.facts)),
            "cells": _json(list(finding.cells)),
            "cause": finding.cause,
        }
        rows.setdefault(finding.fingerprint, _by_name("findings", values))
    return list(rows.values())


def _coverage(report: Report, found: dict[str, Any]) -> Row:
    details = {key: found[key] for key in ("non_facts", "unexplained", "blanks")}
    counts = {"document_id": report.document.sha256, "details": _json(details), **found["counts"]}
    return _by_name("coverage", counts)
