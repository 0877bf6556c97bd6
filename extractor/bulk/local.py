"""The engine of one machine: workers beside each other, each with one child process."""

from __future__ import annotations

import selectors
import time
from collections.abc import Callable, Iterator

from extractor.bulk.items import Outcome, Task
from extractor.bulk.limits import Limits
from extractor.bulk.worker import Worker
from extractor.settings import Settings

LOOK = 0.5  # seconds between two looks at the clocks of the workers
DRAIN = 10.0  # seconds that workers have to end their files when the run is stopped


class LocalEngine:
    """Runs tasks on ``count`` workers.

    peaks -- largest memory of each worker's children (bytes), after ``run``; warnings -- what is not closed to them.
    """

    def __init__(self, count: int, limits: Limits, settings: Settings) -> None:
        self._count, self._limits, self._settings = count, limits, settings
        self.peaks: list[int] = []
        self.warnings: list[str] = []

    def run(self, tasks: Iterator[Task | None], stopped: Callable[[], bool]) -> Iterator[Outcome | None]:
        """Outcomes as they come, and None when there was a moment without one.

        No task is taken any more once ``stopped`` says so; those at work get ten seconds.
        """
        workers: list[Worker] = []
        try:
            yield from self._serve(workers, tasks, stopped)
        finally:
            for worker in workers:
                worker.close(kill=worker.busy or stopped())
            self.peaks = [worker.peak for worker in workers]

    def _serve(
        self, workers: list[Worker], tasks: Iterator[Task | None], stopped: Callable[[], bool]
    ) -> Iterator[Outcome | None]:
        task, more, until = None, True, float("inf")
        while more or task is not None or any(worker.busy for worker in workers):
            if stopped():
                task, more, until = None, False, min(until, time.monotonic() + DRAIN)
                if time.monotonic() > until:
                    return
            if task is None and more:
                task, more = _next(tasks)
            elif workers:
                _wait(workers)
            outcomes = list(self._answers(workers))
            if task is not None and (free := self._free(workers)) is not None:
                free.give(task)  # before the outcomes are dealt with, so that the worker does not wait for that
                task = None
            yield from outcomes
            yield None

    def _free(self, workers: list[Worker]) -> Worker | None:
        """A worker that can take a task; children are started when there is something to do, not before."""
        while len(workers) < self._count:
            workers.append(Worker(self._limits, self._settings))
        return next((worker for worker in workers if worker.ready), None)

    def _answers(self, workers: list[Worker]) -> Iterator[Outcome]:
        for worker in workers:
            outcome = worker.look()
            self.warnings = self.warnings or worker.warnings
            if outcome is not None:
                yield outcome


def _next(tasks: Iterator[Task | None]) -> tuple[Task | None, bool]:
    """The next task, if the plan has one now, and whether there may be more."""
    try:
        return next(tasks), True
    except StopIteration:
        return None, False


def _wait(workers: list[Worker]) -> None:
    """Sleep until a child says something, or until it is time to look at the clocks."""
    with selectors.DefaultSelector() as selector:
        for worker in workers:
            selector.register(worker, selectors.EVENT_READ)
        selector.select(LOOK)
