"""The arguments of ``extract batch``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import NoReturn

from extractor.bulk import BatchRequest, Choice, Limits, all_cores
from extractor.errors import UsageError
from extractor.settings import Settings

TEXT = """Extract many reports into a warehouse. Run the same command again to go on after a stop, or to load what is
new; untouched files are passed by."""
INPUTS = """folders, files, patterns, archives (.zip, .tar, .tar.gz), addresses (s3://...); @FILE is a list of paths,
one a line; - is such a list on standard input"""
MIB = 1024 * 1024


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageError(f"batch: {message}; see extract batch --help")


def parse_batch(arguments: Sequence[str]) -> BatchRequest | None:
    """The request that ``arguments`` make; None where they ask for help, which is printed.

    Raises UsageError with one line that says what is wrong.
    """
    words = list(arguments)
    options = words[: words.index("--")] if "--" in words else words
    parser = _parser()
    if {"-h", "--help"} & set(options):
        sys.stdout.write(parser.format_help().replace("usage:", "Usage:", 1))
        return None
    found = parser.parse_intermixed_args(words)
    return BatchRequest(
        inputs=tuple(found.inputs),
        destination=found.to,
        workers=found.workers,
        engine=found.engine,
        choice=Choice(_moment(found.since), found.retry_failed),
        dry_run=found.dry_run,
        limits=_limits(found),
        settings=Settings(audit=found.audit),
        ledger=found.ledger,
    )


def _parser() -> _Parser:
    parser = _Parser(prog="extract batch", description=TEXT, add_help=False, allow_abbrev=False)
    shown = parser.add_argument
    shown("inputs", metavar="INPUT", nargs="+", help=INPUTS)
    shown("--to", metavar="DEST", required=True, help="duckdb:///FILE, postgresql://..., dlt:NAME, or FOLDER (Parquet)")
    shown("--workers", type=_count, default=all_cores(), help="children beside each other (default: all cores)")
    shown("--engine", default="local", help="local, or ray for a cluster (extra: distributed)")
    shown("--dry-run", action="store_true", help="only say what would be done")
    shown("--retry-failed", action="store_true", help="try failed inputs again; otherwise only when they changed")
    shown("--since", metavar="DATE", help="only files changed since this date or moment: 2024-03-31")
    shown("--no-audit", action="store_false", dest="audit", help="leave the audit rules out")
    shown("--ledger", type=Path, help="where the ledger is (default: beside the destination)")
    _add_limits(parser)
    return parser


def _add_limits(parser: _Parser) -> None:
    usual = Limits()
    group = parser.add_argument_group("limits")
    for name, value, told in (
        ("--max-bytes", usual.file_bytes, f"bytes of a file (default: {usual.file_bytes // MIB} MiB)"),
        ("--max-unpacked", usual.unpacked_bytes, f"bytes of an archive (default: {usual.unpacked_bytes // MIB} MiB)"),
        ("--max-entries", usual.entries, "members of an archive"),
        ("--memory", usual.memory_bytes // MIB, "MiB of a worker"),
        ("--cpu-seconds", usual.cpu_seconds, "CPU time of a file"),
        ("--seconds", usual.wall_seconds, "time of a file"),
        ("--ocr-memory", usual.ocr_memory_bytes // MIB, "MiB of a worker while it recognises a scan"),
        ("--ocr-cpu-seconds", usual.ocr_cpu_seconds, "CPU time of a scan"),
        ("--ocr-seconds", usual.ocr_wall_seconds, "time of a scan"),
        ("--office-seconds", usual.office_seconds, "time that LibreOffice has for an old Office file"),
        ("--renew", usual.renew, "files after which a worker is replaced"),
    ):
        shown = told if "default" in told else f"{told} (default: {value})"
        group.add_argument(name, type=_count, default=value, metavar="N", help=shown)


def _limits(found: argparse.Namespace) -> Limits:
    return Limits(
        file_bytes=found.max_bytes,
        unpacked_bytes=found.max_unpacked,
        entries=found.max_entries,
        memory_bytes=found.memory * MIB,
        cpu_seconds=found.cpu_seconds,
        wall_seconds=found.seconds,
        ocr_memory_bytes=found.ocr_memory * MIB,
        ocr_cpu_seconds=found.ocr_cpu_seconds,
        ocr_wall_seconds=found.ocr_seconds,
        office_seconds=found.office_seconds,
        renew=found.renew,
    )


def _count(text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text}: not a whole number above zero")
    return number


def _moment(text: str | None) -> float | None:
    """Seconds since 1970 of an ISO date, or date and time."""
    if text is None:
        return None
    try:
        return datetime.fromisoformat(text).timestamp()
    except ValueError:
        raise UsageError(f"batch: --since {text}: not a date such as 2024-03-31 or 2024-03-31T08:00") from None
