"""The arguments of ``extract FILE...``, read without the libraries that the other commands need."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from extractor.cli.commands import COMMANDS
from extractor.errors import UsageError
from extractor.outputs import Selection
from extractor.record import record

if TYPE_CHECKING:
    from pathlib import Path

FORMS = ("--json", "--jsonl", "--csv")
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


def parse_arguments(arguments: Sequence[str]) -> Request:
    """The request that ``arguments`` make; everything behind ``--`` is a file.

    Raises UsageError with one line that says what is wrong and what to do.
    """
    words = list(arguments)
    mark = words.index("--") if "--" in words else len(words)
    words, behind = words[:mark], words[mark + 1 :]
    request = _read_plain(words, behind) or _read_all(words, behind)
    if not request.sources:
        raise UsageError("no file was named; see extract --help")
    if len(request.sources) > len(behind):
        _refuse_typo(request.sources[0])
    return request


def _read_plain(words: Sequence[str], behind: Sequence[str]) -> Request | None:
    """The request of files and at most one form; None where there are other options, which take longer to read."""
    options = [word for word in words if word.startswith("-") and word != "-"]
    if len(options) > 1 or not set(options) <= set(FORMS):
        return None
    files = tuple(word for word in words if word not in options)
    form = options[0].removeprefix("--") if options else None
    return Request((*files, *behind), form, None, Selection(), True)


def _read_all(words: Sequence[str], behind: Sequence[str]) -> Request:
    from extractor.cli.options import parse_options

    found = parse_options(words)
    selection = Selection(_sections(found.section), _words(found.indicator), _confidence(found.min_confidence))
    return Request((*found.files, *behind), found.form, found.html, selection, found.text)


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
