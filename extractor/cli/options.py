"""The options of ``extract FILE...`` that take values; read only where one of them is given."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from extractor.errors import UsageError


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message}; see extract --help")


def parse_options(words: Sequence[str]) -> argparse.Namespace:
    """files, form, html, section, indicator, min_confidence, text; raises UsageError."""
    parser = _Parser(prog="extract", add_help=False, allow_abbrev=False)
    parser.add_argument("files", nargs="*")
    forms = parser.add_mutually_exclusive_group()
    for form in ("json", "jsonl", "csv"):
        forms.add_argument(f"--{form}", action="store_const", const=form, dest="form")
    parser.add_argument("--html", type=Path)
    parser.add_argument("--section", action="append", default=[])
    parser.add_argument("--indicator", action="append", default=[])
    parser.add_argument("--min-confidence", default="0")
    parser.add_argument("--no-text", action="store_false", dest="text")
    return parser.parse_intermixed_args(list(words))
