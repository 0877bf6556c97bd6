"""Reads Chinese government-information-disclosure annual reports into structured facts with exact evidence.

>>> from extractor import extract
>>> report = extract("report.pdf")  # doctest: +SKIP
>>> [(fact.label, fact.value, fact.unit) for fact in report.facts]  # doctest: +SKIP
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extractor.errors import ExtractorError, PatternError, ReadError, UsageError
    from extractor.pipeline import Failure, extract, extract_many
    from extractor.settings import VERSION as __version__
    from extractor.settings import Settings
    from extractor.types import Document, Fact, Finding, Report

_HOMES = {
    "Document": "types",
    "ExtractorError": "errors",
    "Fact": "types",
    "Failure": "pipeline",
    "Finding": "types",
    "PatternError": "errors",
    "ReadError": "errors",
    "Report": "types",
    "Settings": "settings",
    "UsageError": "errors",
    "extract": "pipeline",
    "extract_many": "pipeline",
}

__all__ = [
    "Document", "ExtractorError", "Fact", "Failure", "Finding", "PatternError", "ReadError", "Report", "Settings",
    "UsageError", "__version__", "extract", "extract_many",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """The public name, from the module that it lives in; ``import extractor`` alone loads nothing else."""
    if name == "__version__":
        from extractor.settings import VERSION

        return VERSION
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    """The public names, loaded or not."""
    return sorted({*globals(), *__all__})
