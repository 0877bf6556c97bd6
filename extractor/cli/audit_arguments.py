"""The arguments of ``extract audit``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from extractor.cli.auditing import LANGUAGES, NEVER, SEVERITIES, AuditRequest
from extractor.errors import UsageError

TEXT = """Compare the numbers of a report with each other, with its tables, and with last year's report.
The reports of a folder are paired by body and year."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageError(f"audit: {message}; see extract audit --help")


def parse_audit(arguments: Sequence[str]) -> AuditRequest | None:
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
    if found.extra:
        raise UsageError("audit: takes a report and last year's, or one folder; see extract audit --help")
    return AuditRequest(
        found.file,
        found.last_year,
        found.fail_on,
        found.everything,
        found.as_json,
        found.html,
        found.xlsx,
        found.profile,
        found.lang,
    )


def _parser() -> _Parser:
    parser = _Parser(prog="extract audit", description=TEXT, add_help=False, allow_abbrev=False)
    parser.add_argument("file", metavar="FILE", help="the report, or a folder of reports; - is standard input")
    parser.add_argument("last_year", metavar="LAST_YEAR", nargs="?", help="the same body's report of the year before")
    parser.add_argument("extra", nargs="*", help=argparse.SUPPRESS)
    shown = parser.add_argument
    shown("--all", action="store_true", dest="everything", help="show what passed or could not be assessed as well")
    shown("--json", action="store_true", dest="as_json", help="print JSON; for a folder one object a line")
    shown("--html", type=Path, metavar="OUT", help="write the evidence page with the findings; for a folder a folder")
    shown("--xlsx", type=Path, metavar="OUT", help="write a working paper: findings, facts, tables, coverage")
    levels = ", ".join((*reversed(SEVERITIES), NEVER))
    shown("--fail-on", default="high", metavar="LEVEL", help=f"exit with 1 from this severity on: {levels}")
    shown("--profile", default="default", help="default: few false alarms; strict: every doubt")
    shown("--lang", default="zh", help=f"language of the messages: {', '.join(LANGUAGES)}")
    return parser
