"""The arguments of ``extract FILE...``, read without the libraries that the other commands need."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from extractor.cli.commands import COMMANDS
from extractor.errors import UsageError
from extractor.outputs import Selection
from extractor.record import record

SECTIONS = ("overview", "problems", "other", "preface")


@record
class Request:
    """What to extract and how to show it.

    sources -- paths, ``-`` for standard input; form -- json, jsonl, csv, or None for the fitting one;
    page -- where to write the evidence page; text -- whether JSON holds the document's text.
    """

    sources: tuple[str, ...]
    form: str | None
    page: Path | None
    selection: Selection
    text: bool


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message}; see extract --help")


def parse_arguments(arguments: Sequence[str]) -> Request:
    """The request that ``arguments`` make; everything behind ``--`` is a file.

    Raises UsageError with one line that says what is wrong and what to do.
    """
    words = list(arguments)
    behind = words.index("--") if "--" in words else len(words)
    found = _parser().parse_intermixed_args(words[:behind])
    sources = (*found.files, *words[behind + 1 :])
    if not sources:
        raise UsageError("no file was named; see extract --help")
    if found.files:
        _refuse_typo(found.files[0])
    selection = Selection(_sections(found.section), _words(found.indicator), _confidence(found.min_confidence))
    return Request(sources, found.form, found.html, selection, found.text)


def _parser() -> argparse.ArgumentParser:
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
    return parser


def _words(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(word.strip() for value in values for word in value.split(",") if word.strip())


def _sections(values: Sequence[str]) -> tuple[str, ...]:
    sections = _words(values)
    for section in sections:
        if section not in SECTIONS:
            raise UsageError(f"--section {section}: no such section; known: {', '.join(SECTIONS)}")
    return sections


def _confidence(value: str) -> float:
    try:
        number = float(value)
    except ValueError:
        number = -1.0
    if not 0 <= number <= 1:
        raise UsageError(f"--min-confidence {value}: not a number from 0 to 1")
    return number


def _refuse_typo(word: str) -> None:
    """A first word that is no file and nearly a command was meant as one."""
    if os.path.exists(word) or "." in word or "/" in word or os.sep in word:
        return
    import difflib

    close = difflib.get_close_matches(word, COMMANDS, n=1, cutoff=0.7)
    if close:
        raise UsageError(f"no command or file {word!r}; did you mean {close[0]!r}?")
