"""What a caller asks of a bulk run, and what comes back."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from extractor.bulk.limits import Limits
from extractor.bulk.plan import Choice
from extractor.settings import Settings


def all_cores() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class BatchRequest:
    """A bulk run.

    inputs -- see ``list_inputs``; destination -- see ``open_warehouse``; workers -- children beside each other.
    engine -- ``local`` or ``ray``; dry_run -- only say what would be done; ledger -- None for its usual place.
    batch -- documents of one transaction.
    """

    inputs: tuple[str, ...]
    destination: str
    workers: int = field(default_factory=all_cores)
    engine: str = "local"
    choice: Choice = field(default_factory=Choice)
    dry_run: bool = False
    limits: Limits = field(default_factory=Limits)
    settings: Settings = field(default_factory=Settings)
    ledger: Path | None = None
    batch: int = 50


@dataclass(frozen=True, slots=True)
class Summary:
    """The account of a run: found = done + failed + skipped.

    failed, skipped -- counts by reason; recovered -- results that a killed run had left and that were loaded now.
    seconds -- wall time; peaks -- largest memory of each worker in bytes; interrupted -- stopped before its end.
    """

    found: int
    done: int
    failed: Counter[str]
    skipped: Counter[str]
    recovered: int = 0
    seconds: float = 0.0
    peaks: tuple[int, ...] = ()
    interrupted: bool = False
    warnings: tuple[str, ...] = ()
