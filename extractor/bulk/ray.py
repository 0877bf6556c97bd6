"""The engine of many machines: the same per-file function in actors, through daft on Ray (extra ``distributed``).

Each actor drives one child process, as a local worker does.  A file that the actor can reach under its path is read
there and its hash compared; members of archives and addresses travel with the task.  What comes back is loaded by the
process that started the run, which alone writes to ledger and destination.
"""

from __future__ import annotations

import itertools
import os
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

from extractor.bulk.items import Outcome, Task
from extractor.bulk.limits import Limits
from extractor.bulk.worker import Worker
from extractor.settings import Settings

ROUND = 32  # tasks of one worker in one round
FIELDS = ("source", "sha256", "payload", "stage", "reason", "message", "attempts")
PAUSE = 0.05
RETRIES = 3  # of a round that lost its workers


class Driver:
    """Drives one child process: the same as a local worker, one task after the other."""

    def __init__(self, limits: Limits, settings: Settings) -> None:
        self._worker = Worker(limits, settings)

    def extract(self, source: str, sha256: str, data: bytes | None) -> Outcome:
        """The outcome of one task; a file without ``data`` is read here."""
        if data is None:
            try:
                with open(source, "rb") as file:
                    data = file.read()
            except OSError as error:
                return Outcome(source, sha256, None, "read", "io", f"can't be read by the worker: {error.strerror}")
        while not self._worker.ready:
            self._worker.look()
            time.sleep(PAUSE)
        self._worker.give(Task(source, sha256, data))
        while (outcome := self._worker.look()) is None:
            time.sleep(0.002)
        return outcome


class RayEngine:
    """Runs tasks on ``count`` actors of the cluster in $RAY_ADDRESS, or of a local Ray.

    peaks, warnings -- empty: they stay on the machines of the cluster.
    """

    def __init__(self, count: int, limits: Limits, settings: Settings) -> None:
        self._count, self._limits, self._settings = count, limits, settings
        self.peaks: list[int] = []
        self.warnings: list[str] = []

    def run(self, tasks: Iterator[Task | None], stopped: Callable[[], bool]) -> Iterator[Outcome | None]:
        """Outcomes round by round, and None in between."""
        daft: Any = import_module("daft")

        daft.set_runner_ray(address=os.environ.get("RAY_ADDRESS"), noop_if_initialized=True)
        extract = _function(self._count, self._limits, self._settings)
        work = (task for task in tasks if task is not None)
        while not stopped() and (some := list(itertools.islice(work, ROUND * self._count))):
            yield from self._round(daft, extract, some)
            yield None
        yield None

    def _round(self, daft: Any, extract: Any, some: list[Task]) -> Iterator[Outcome]:
        """One round; a round that the loss of a worker ended is run again, file by file it says the same."""
        columns = {
            "source": [task.source for task in some],
            "sha256": [task.sha256 for task in some],
            "data": [None if os.path.isfile(task.source) else task.data for task in some],
        }
        for attempt in range(RETRIES):
            try:
                frame = daft.from_pydict(columns).into_partitions(2 * self._count)
                found = frame.select(extract(*(daft.col(name) for name in columns)).alias("outcome")).to_pydict()
                break
            except Exception:
                if attempt + 1 == RETRIES:
                    raise
        for row in found["outcome"]:
            yield Outcome(**{name: row[name] for name in FIELDS})


def _function(count: int, limits: Limits, settings: Settings) -> Any:
    """The function for daft: one driver an actor, a struct of ``FIELDS`` a row."""
    daft: Any = import_module("daft")
    text, shape = daft.DataType.string(), {}
    for name in FIELDS:
        shape[name] = {"payload": daft.DataType.binary(), "attempts": daft.DataType.int64()}.get(name, text)

    @daft.udf(return_dtype=daft.DataType.struct(shape), concurrency=count, num_cpus=1, batch_size=4)
    class Extract:
        """Holds the driver of one actor."""

        def __init__(self) -> None:
            self.driver = Driver(limits, settings)

        def __call__(self, source: Any, sha256: Any, data: Any) -> list[dict[str, Any]]:
            rows = zip(source.to_pylist(), sha256.to_pylist(), data.to_pylist(), strict=True)
            outcomes = [self.driver.extract(*row) for row in rows]
            return [{name: getattr(outcome, name) for name in FIELDS} for outcome in outcomes]

    return Extract
