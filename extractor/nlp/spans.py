"""Spans with attributes: what spaCy can save is written into the doc, what people ask for is an extension.

spaCy keeps extension values by characters, so two facts on one span would share them; here they hang on the span's id.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

from spacy.tokens import Doc
from spacy.tokens import Span as SpacySpan

from extractor.types import Span

KEY = "extractor"
NUMBERS = ("value", "value_max", "low", "high")
WORDS = ("unit", "indicator", "indicators", "label", "measure", "modifier", "kind")


@dataclass(frozen=True, slots=True)
class Annotation:
    """A stretch of the doc's text with a label, an id that is unique in the doc, and attributes (plain values only)."""

    offsets: Span
    label: str
    id: str
    attributes: dict[str, Any]


def write_spans(doc: Doc, key: str, annotations: Iterable[Annotation]) -> None:
    """Put ``annotations`` into ``doc.spans[key]``, widened to whole tokens, and their attributes into the doc.

    Raises ValueError for offsets outside the doc.
    """
    announce()
    store = doc.user_data.setdefault(KEY, {})
    spans = []
    for annotation in annotations:
        start, end = annotation.offsets
        span = doc.char_span(start, end, annotation.label, span_id=annotation.id, alignment_mode="expand")
        if span is None or not start < end:
            raise ValueError(f"no characters {start}:{end} in a doc of {len(doc.text)}")
        store[annotation.id] = {**annotation.attributes, "start": start, "end": end}
        spans.append(span)
    doc.spans[key] = spans


def print_number(value: Decimal | None) -> str | None:
    """A number as the doc keeps it: digits, which survive saving without loss."""
    return None if value is None else f"{value:f}"


def announce() -> None:
    """Make ``span._.value``, ``span._.unit``, ``span._.offsets`` and the others known to spaCy, once."""
    if SpacySpan.has_extension("offsets"):
        return
    SpacySpan.set_extension("offsets", getter=_offsets)
    for name in NUMBERS:
        SpacySpan.set_extension(name, getter=partial(_number, name=name))
    for name in WORDS:
        SpacySpan.set_extension(name, getter=partial(_attribute, name=name))


def _offsets(span: SpacySpan) -> Span:
    return _attribute(span, "start"), _attribute(span, "end")


def _attribute(span: SpacySpan, name: str) -> Any:
    return span.doc.user_data.get(KEY, {}).get(span.id_, {}).get(name)


def _number(span: SpacySpan, name: str) -> Decimal | None:
    digits = _attribute(span, name)
    return None if digits is None else Decimal(digits)
