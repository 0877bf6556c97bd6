"""The JSON contract: one object a report; ``schema.json`` beside this file says the same to machines."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from extractor.outputs.numbers import print_decimal, to_exact, to_number
from extractor.types import (
    Box,
    Coverage,
    Document,
    Evidence,
    Fact,
    Finding,
    Period,
    Report,
    Section,
    Span,
    Table,
    TableCell,
    in_hundredths,
)

try:  # the module around it makes expressions for reading JSON
    from _json import encode_basestring
except ImportError:
    from json.encoder import encode_basestring

SCHEMA_VERSION = "1"
Number = Callable[[Decimal], Any]
LINE_ENDS = {"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def to_dict(report: Report, *, text: bool = True) -> dict[str, Any]:
    """The public JSON object of a report: plain dicts, lists and values, keys in the order of the contract.

    text -- False leaves ``document.text`` null; evidence keeps its sentences.
    Raises ValueError when a value is NaN or infinite.
    """
    return _report(report, to_number, text)


def dumps(report: Report, *, text: bool = True, indent: int | None = None) -> str:
    """The JSON object as text: the same report gives the same characters, numbers are printed without loss or exponent.

    indent -- None puts everything on one line (no line end inside, as JSON Lines wants it), a number of blanks breaks
    objects and lists over lines; lists of plain values stay on one.
    """
    line = _write(_report(report, to_exact, text), None if indent is None else "\n", " " * (indent or 0))
    for char, escape in LINE_ENDS.items():
        line = line.replace(char, escape)
    return line


def _report(report: Report, number: Number, text: bool) -> dict[str, Any]:
    source = report.document.text
    return {
        "schema_version": SCHEMA_VERSION,
        "document": _document(report, text),
        "sections": [_section(section, report.document) for section in report.sections],
        "facts": [_fact(fact, number) for fact in report.facts],
        "tables": [_table(table, number) for table in report.tables],
        "findings": [_finding(finding) for finding in report.findings],
        "coverage": _coverage(report.coverage, source),
        "warnings": [{"code": w.code, "message": w.message, "page": w.page} for w in report.warnings],
        "versions": {
            "extractor": report.versions.extractor,
            "patterns": report.versions.patterns,
            "model": report.versions.model,
        },
    }


def _document(report: Report, text: bool) -> dict[str, Any]:
    document, metadata = report.document, report.metadata
    period = metadata.period
    return {
        "source": document.source,
        "name": document.name,
        "media_type": document.media_type,
        "sha256": document.sha256,
        "bytes": document.bytes,
        "pages": document.pages,
        "text": document.text if text else None,
        "title": metadata.title,
        "organization": metadata.organization,
        "region": metadata.region,
        "year": metadata.year,
        "period": None if period is None else {"start": period.start, "end": period.end},
        "form": metadata.form,
        "script": report.script,
        "reader": {"name": document.reader.name, "version": document.reader.version, "ocr": document.reader.ocr},
    }


def _section(section: Section, document: Document) -> dict[str, Any]:
    return {
        "kind": section.kind,
        "heading": section.heading,
        "number": section.number,
        "span": [section.start, section.end],
        "pages": _pages(section, document),
        "children": [{"heading": child.heading, "span": [child.start, child.end]} for child in section.children],
    }


def _pages(section: Section, document: Document) -> list[int] | None:
    """Pages that a section touches; None where the format has none."""
    if document.layout is None:
        return None
    if section.start >= section.end:
        return []
    first, last = document.layout.page(section.start), document.layout.page(section.end - 1)
    return list(range(first, last + 1))


def _fact(fact: Fact, number: Number) -> dict[str, Any]:
    return {
        "id": fact.id,
        "indicator": fact.indicator,
        "label": fact.label,
        "value": number(fact.value),
        "value_max": None if fact.value_max is None else number(fact.value_max),
        "unit": fact.unit,
        "low": number(fact.low),
        "high": number(fact.high),
        "raw": fact.raw,
        "kind": fact.kind,
        "measure": fact.measure,
        "per": fact.per,
        "modifier": fact.modifier,
        "period": _period(fact.period),
        "subject": fact.subject,
        "channel": fact.channel,
        "category": fact.category,
        "part_of": fact.part_of,
        "denominator": fact.denominator,
        "numerator": fact.numerator,
        "confidence": _rounded(fact.confidence, 4),
        "method": fact.method,
        "evidence": _evidence(fact.evidence),
    }


def _period(period: Period) -> dict[str, Any]:
    return {"start": period.start, "end": period.end, "as_of": period.as_of, "raw": period.raw}


def _evidence(evidence: Evidence) -> dict[str, Any]:
    return {
        "section": evidence.section,
        "heading": evidence.heading,
        "sentence": evidence.sentence,
        "sentence_span": list(evidence.sentence_span),
        "span": list(evidence.span),
        "page": evidence.page,
        "boxes": [_box(box) for box in evidence.boxes],
        "value_boxes": [_box(box) for box in evidence.value_boxes],
    }


def _table(table: Table, number: Number) -> dict[str, Any]:
    return {"form": table.form, "table": table.table, "cells": [_cell(cell, number) for cell in table.cells]}


def _cell(cell: TableCell, number: Number) -> dict[str, Any]:
    return {
        "key": cell.key,
        "row": cell.row,
        "column": cell.column,
        "raw": cell.raw,
        "value": None if cell.value is None else number(cell.value),
        "semantics": cell.semantics,
        "span": list(cell.span),
        "page": cell.page,
        "box": None if cell.box is None else _box(cell.box),
        "certain": cell.certain,
        "confidence": _rounded(cell.confidence, 4),
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "outcome": finding.outcome,
        "message": finding.message,
        "message_zh": finding.message_zh,
        "calculation": [term.copy() for term in finding.calculation],
        "facts": list(finding.facts),
        "cells": list(finding.cells),
        "cause": finding.cause,
        "fingerprint": finding.fingerprint,
    }


def _coverage(coverage: Coverage, source: str) -> dict[str, Any]:
    """The account: two totals, the three lists, and the length of everything under ``counts``."""

    def place(span: Span) -> dict[str, Any]:
        return {"span": list(span), "raw": source[span[0] : span[1]]}

    counts = {
        "numbers": coverage.numbers,
        "facts": coverage.facts,
        "non_facts": len(coverage.non_facts),
        "unexplained": len(coverage.unexplained),
        "blanks": len(coverage.blanks),
    }
    return {
        "numbers": coverage.numbers,
        "facts": coverage.facts,
        "counts": counts,
        "non_facts": [{**place((n.start, n.end)), "reason": n.reason} for n in coverage.non_facts],
        "unexplained": [place(span) for span in coverage.unexplained],
        "blanks": [place(span) for span in coverage.blanks],
    }


def _box(box: Box) -> list[float]:
    """A box in hundredths of a point."""
    if not math.isfinite(sum(box)):
        raise ValueError(f"{box!r} is no box for an output")
    return list(in_hundredths(box))


def _rounded(value: float, digits: int) -> float:
    if not math.isfinite(value):
        raise ValueError(f"{value!r} is no number for an output")
    return round(float(value), digits)


def _write(value: Any, newline: str | None, step: str) -> str:
    """The JSON text of ``value``; ``newline`` is a line end with the present indent, or None for one line."""
    write = SCALARS.get(type(value))
    if write is not None:
        return write(value)
    return (_write_object if isinstance(value, dict) else _write_list)(value, newline, step)


def _write_object(value: dict[str, Any], newline: str | None, step: str) -> str:
    if not value:
        return "{}"
    inner = None if newline is None else newline + step
    items = [f"{encode_basestring(key)}: {_write(item, inner, step)}" for key, item in value.items()]
    if inner is None:
        return f"{{{', '.join(items)}}}"
    return f"{{{inner}{(',' + inner).join(items)}{newline}}}"


def _write_list(value: list[Any], newline: str | None, step: str) -> str:
    if newline is None or all([type(item) in SCALARS for item in value]):
        return f"[{', '.join([_write(item, None, step) for item in value])}]"
    inner = newline + step
    return f"[{inner}{(',' + inner).join([_write(item, inner, step) for item in value])}{newline}]"


def _write_float(value: float) -> str:
    digits = repr(value)
    if digits.endswith(".0") or "e" in digits or "n" in digits:
        return print_decimal(Decimal(digits))
    return digits


SCALARS: dict[type, Callable[[Any], str]] = {
    str: encode_basestring,
    int: str,
    float: _write_float,
    Decimal: print_decimal,
    bool: lambda value: "true" if value else "false",
    type(None): lambda value: "null",
}
