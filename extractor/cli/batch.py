"""``extract batch``: many documents into a warehouse, with progress, a clean stop, and a summary that adds up."""

from __future__ import annotations

import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING

from extractor.cli.streams import say
from extractor.errors import UsageError

if TYPE_CHECKING:
    from extractor.bulk import BatchRequest, Summary, Tally

INTERRUPTED = 130
MIB = 1024 * 1024
FAILED_BEFORE = "failed_before"


def run_batch_command(request: BatchRequest) -> int:
    """Run it; 0 all well, 1 some inputs failed, 130 stopped by the user."""
    try:
        from extractor.bulk import run_batch
    except ImportError as error:
        raise UsageError(f"batch needs {error.name}; pip install 'nianbao-extractor[warehouse]'") from None

    with catch_signals() as stopped, progress(request) as watch:
        summary = run_batch(request, watch, stopped)
    show(summary, request)
    if summary.interrupted:
        return INTERRUPTED
    return int(bool(summary.failed) or bool(summary.skipped.get(FAILED_BEFORE)))


@contextmanager
def catch_signals() -> Iterator[Callable[[], bool]]:
    """Whether the user wants to stop: the first interrupt asks, the second one ends the run at once."""
    asked: list[int] = []

    def ask(number: int, frame: FrameType | None) -> None:
        if asked:
            raise KeyboardInterrupt
        asked.append(number)
        say("stopping: files at work are finished first; press Ctrl-C again to stop at once")

    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield lambda: bool(asked)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def progress(request: BatchRequest) -> Iterator[Callable[[Tally], None]]:
    """A bar on stderr with rate, time left and failures, where somebody is looking."""
    if not sys.stderr.isatty() or request.dry_run:
        yield lambda tally: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from extractor.bulk import count_inputs

    total = count_inputs(request.inputs, request.limits)
    told = TextColumn("{task.fields[told]}")
    columns = (TextColumn("extract batch"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), told)
    with Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False) as bar:
        task = bar.add_task("batch", total=total, told="")

        def watch(tally: Tally) -> None:
            ended = tally.done + tally.failed.total() + tally.skipped.total()
            speed = bar.tasks[0].speed
            told = f"{speed or 0:.0f}/s  {tally.failed.total()} failed"
            bar.update(task, completed=ended, told=told)

        yield watch


def show(summary: Summary, request: BatchRequest) -> None:
    """The account on stderr."""
    failed, skipped = summary.failed.total(), summary.skipped.total()
    done = "would be extracted" if request.dry_run else "done"
    say(f"{summary.found} found = {summary.done} {done} + {failed} failed + {skipped} skipped")
    for name, counts in (("failed", summary.failed), ("skipped", summary.skipped)):
        if counts.total():
            say(f"{name}: {_counted(counts)}")
    if summary.recovered:
        say(f"{summary.recovered} results of an earlier run that was killed were loaded")
    if summary.warnings:
        say(f"isolation is weaker on this system: {'; '.join(summary.warnings)}")
    if summary.done and not request.dry_run:
        peak = f", {max(summary.peaks) // MIB} MiB a worker at most" if summary.peaks else ""
        say(f"{summary.done / max(summary.seconds, 0.001):.1f} documents a second in {summary.seconds:.0f} s{peak}")
    if summary.interrupted:
        say("stopped; the same command goes on where it stopped")


def _counted(counts: Counter[str]) -> str:
    return ", ".join(f"{count} {reason}" for reason, count in sorted(counts.items()) if count)
