"""``extract FILE...``: read, narrow, print; a file that fails is one line on stderr and the others go on."""

from __future__ import annotations

import fnmatch
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from extractor import outputs
from extractor.cli.arguments import Request
from extractor.cli.streams import on_terminal, say
from extractor.errors import ExtractorError, PatternError, UsageError
from extractor.settings import Settings
from extractor.types import Report

if TYPE_CHECKING:
    from pathlib import Path

STDIN = "-"
PAGE_MARK = "nianbao-extractor evidence"


def run_extraction(request: Request) -> int:
    """Do one request; 1 when a file failed, else 0."""
    _refuse_unknown(request.selection.indicators)
    failed: list[str] = []
    with progress(request.sources) as sources:
        reports = (outputs.narrow(report, request.selection) for report in read_all(sources, failed))
        _printer(request)(_with_pages(reports, request))
    return 1 if failed else 0


def _refuse_unknown(patterns: Sequence[str]) -> None:
    """A glob that no code fits would silently print nothing."""
    for pattern in patterns:
        if not fnmatch.filter(outputs.indicator_names(), pattern):
            raise UsageError(f"--indicator {pattern}: fits no code; see extract list indicators")


def read_all(sources: Iterable[str], failed: list[str], settings: Settings | None = None) -> Iterator[Report]:
    """A report for each source that can be read; names of the others go to ``failed`` and their reasons to stderr."""
    for source in sources:
        try:
            report = read_one(source, settings or Settings())
        except (PatternError, UsageError):
            raise
        except (ExtractorError, OSError) as error:
            say(f"{source}: {_without_name(str(error), source)}")
            failed.append(source)
        except Exception as error:
            say(f"{source}: unexpected error ({type(error).__name__}: {error}); please report it with the file")
            failed.append(source)
        else:
            yield report


def _without_name(message: str, source: str) -> str:
    """``message`` without the name of the file in front, which stands there already."""
    for name in (source, os.path.basename(source)):
        if name and message.startswith(f"{name} "):
            return message[len(name) + 1 :]
    return message


def read_one(source: str, settings: Settings) -> Report:
    """The report of a path, or of standard input for ``-``; raises ReadError."""
    from extractor.pipeline import extract

    if source == STDIN:
        return extract(sys.stdin.buffer.read(settings.max_bytes + 1), settings, name=STDIN)
    return extract(source, settings)


@contextmanager
def progress(sources: Sequence[str]) -> Iterator[Iterable[str]]:
    """The sources, with a bar on stderr where several are read, somebody is looking, and stdout goes elsewhere."""
    if len(sources) < 2 or on_terminal() or not sys.stderr.isatty():
        yield sources
        return
    from rich.console import Console
    from rich.progress import Progress

    # redirect_stdout would send the data to stderr.
    with Progress(console=Console(stderr=True), transient=True, redirect_stdout=False) as bar:
        yield bar.track(sources, description="extract")


def _printer(request: Request) -> Callable[[Iterable[Report]], None]:
    """What to do with the reports on stdout."""
    form = request.form
    if form is None and request.page is not None:
        return _print_nothing
    if form is None and on_terminal():
        return _print_tables
    if form == "csv":
        return _print_csv
    several = len(request.sources) > 1 or form == "jsonl"

    def print_json(reports: Iterable[Report]) -> None:
        for report in reports:
            sys.stdout.write(outputs.dumps(report, text=request.text, indent=None if several else 2) + "\n")
            sys.stdout.flush()

    return print_json


def _print_csv(reports: Iterable[Report]) -> None:
    outputs.write_csv(reports, sys.stdout)


def _print_nothing(reports: Iterable[Report]) -> None:
    for _ in reports:
        pass


def _print_tables(reports: Iterable[Report]) -> None:
    from rich.console import Console

    console = Console(highlight=False)
    for report in reports:
        outputs.show_report(report, console)
        console.print()


def _with_pages(reports: Iterable[Report], request: Request) -> Iterator[Report]:
    """The reports, each written as an evidence page on its way where the request asks for one."""
    taken: set[Path] = set()
    for report in reports:
        if request.page is not None:
            write_page(report, _page_path(request.page, report, len(request.sources) > 1, taken))
        yield report


def write_page(report: Report, target: Path, panel: str = "facts") -> None:
    """Write the evidence page of ``report`` and say so; raises UsageError where something else stands at ``target``.

    panel -- which cards the page opens with: facts or findings.
    """
    page = outputs.render_page(report, panel)
    try:
        _refuse_foreign(target)
        with outputs.open_whole(target, overwrite=True) as file:
            file.write(page)
    except OSError as error:
        raise UsageError(f"--html {target}: {error.strerror}; name a file that can be written") from None
    say(f"{report.document.source}: {len(report.facts)} facts, page in {target}")


def _page_path(out: Path, report: Report, several: bool, taken: set[Path]) -> Path:
    """Where the page of ``report`` goes: ``out`` itself, or a file in the folder ``out`` that no other report took."""
    from pathlib import Path

    if not several:
        return out
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"--html {out}: {error.strerror}; several reports need a folder") from None
    stem = Path(report.document.name).stem or "report"
    target, number = out / f"{stem}.html", 1
    while target in taken:
        number += 1
        target = out / f"{stem}-{number}.html"
    taken.add(target)
    return target


def _refuse_foreign(target: Path) -> None:
    """Only a page of this program is overwritten: ``--html report.txt`` must not cost anybody the report."""
    if target.is_dir():
        raise UsageError(f"--html {target}: is a folder; name a file, or give several reports")
    if target.exists() and target.stat().st_size:
        with open(target, encoding="utf-8", errors="replace") as file:
            if PAGE_MARK not in file.read(500):
                raise UsageError(f"--html {target}: is there already and is no evidence page; name another file")
