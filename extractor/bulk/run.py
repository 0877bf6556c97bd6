"""One bulk run from its inputs to its summary."""

from __future__ import annotations

import sqlite3
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from typing import Protocol

from extractor.bulk.inputs import list_inputs
from extractor.bulk.items import Outcome, Task
from extractor.bulk.ledger import Ledger
from extractor.bulk.loader import Loader
from extractor.bulk.local import LocalEngine
from extractor.bulk.lock import hold
from extractor.bulk.plan import Plan, Tally
from extractor.bulk.request import BatchRequest, Summary
from extractor.bulk.tables import tables
from extractor.bulk.warehouse import Warehouse, open_warehouse, shown_address
from extractor.bulk.warehouse.base import version_text
from extractor.bulk.warehouse.open import ledger_path
from extractor.errors import ExtractorError, UsageError
from extractor.lexicon import digest, table
from extractor.model import find_adviser
from extractor.settings import VERSION

Watch = Callable[[Tally], None]
BOUND = "warehouse"  # property of the ledger: the warehouse that it belongs to


class Engine(Protocol):
    """What runs tasks; see ``LocalEngine``."""

    peaks: list[int]
    warnings: list[str]

    def run(self, tasks: Iterator[Task | None], stopped: Callable[[], bool]) -> Iterator[Outcome | None]:
        """Outcomes as they come."""


def run_batch(
    request: BatchRequest, watch: Watch = lambda tally: None, stopped: Callable[[], bool] = lambda: False
) -> Summary:
    """Do what ``request`` asks.

    watch -- is shown the account from time to time; stopped -- says when to take no more inputs.
    Raises UsageError for inputs and destinations that can't be, ExtractorError where another run holds the
    destination or the destination refuses the rows.
    """
    started = time.monotonic()
    path = request.ledger or ledger_path(request.destination)
    with ExitStack() as stack:
        stack.enter_context(hold(path, shown_address(request.destination)))
        warehouse = open_warehouse(request.destination)
        stack.callback(warehouse.close)
        ledger = stack.enter_context(Ledger(path))
        bind(ledger, warehouse)
        run = Run(request, warehouse, ledger)
        try:
            return run.rehearse(started) if request.dry_run else run.perform(watch, stopped, started)
        except sqlite3.Error as error:
            raise ExtractorError(
                f"the ledger {path} can't be written: {error}; run again when that is put right"
            ) from None


def bind(ledger: Ledger, warehouse: Warehouse) -> None:
    """Make sure that ledger and warehouse belong together; another one's ledger is written anew."""
    warehouse_id = warehouse.prepare()
    if ledger.property(BOUND) != warehouse_id:
        ledger.forget(warehouse.documents(), warehouse.sources())
        ledger.set_property(BOUND, warehouse_id)


class Run:
    """One run on an open warehouse."""

    def __init__(self, request: BatchRequest, warehouse: Warehouse, ledger: Ledger) -> None:
        self._request, self._warehouse, self._ledger = request, warehouse, ledger
        adviser = find_adviser() if request.settings.model else None
        self._versions = (VERSION, digest(), adviser.version if adviser else None)
        self._version = version_text(self._versions)
        self._id = uuid.uuid4().hex
        self._started = datetime.now(UTC)
        self._plan = Plan(ledger, self._version, request.choice)

    def rehearse(self, started: float) -> Summary:
        """Go through the inputs without extracting anything; what would be extracted counts as done."""
        for task in self._plan.tasks(list_inputs(self._request.inputs, self._request.limits)):
            if task is not None:
                self._plan.take(Outcome(task.source, task.sha256, b""))
        return self._summary(started)

    def perform(self, watch: Watch, stopped: Callable[[], bool], started: float) -> Summary:
        """Extract, load, and write the history of the run."""
        self._write_run("running")
        self._refresh_indicators()
        loader = Loader(self._warehouse, self._id, self._request.batch, self._settle)
        engine = self._engine()
        try:
            left = list(self._ledger.waiting(self._version))
            recovered = sum(outcome.payload is not None for outcome in left)
            loader.add(left)
            loader.flush()  # before the inputs are listed, so that these are passed by
            self._work(engine, loader, watch, stopped)
        finally:
            loader.close()
        if stopped():
            self._plan.give_up()
        self._write_run("interrupted" if stopped() else "finished")
        self._warehouse.finish()
        watch(self._plan.tally)
        return self._summary(started, recovered, engine, stopped())

    def _work(self, engine: Engine, loader: Loader, watch: Watch, stopped: Callable[[], bool]) -> None:
        items = list_inputs(self._request.inputs, self._request.limits)
        for outcome in engine.run(self._plan.tasks(items), stopped):
            if outcome is not None:
                self._keep(loader, self._plan.take(outcome))
            if self._plan.ready:
                ready, self._plan.ready = self._plan.ready, []
                self._keep(loader, ready)
            loader.look()
            watch(self._plan.tally)
        self._keep(loader, self._plan.ready)

    def _keep(self, loader: Loader, outcomes: list[Outcome]) -> None:
        with self._ledger.together():
            for outcome in outcomes:
                self._ledger.keep(outcome, self._version)
        loader.add(outcomes)

    def _settle(self, loaded: list[Outcome]) -> None:
        self._plan.remember(loaded)
        self._ledger.settle(loaded, self._version)

    def _engine(self) -> Engine:
        if self._request.engine == "ray":
            from extractor.bulk.ray import RayEngine

            return RayEngine(self._request.workers, self._request.limits, self._request.settings)
        if self._request.engine != "local":
            raise UsageError(f"--engine {self._request.engine}: no such engine; known: local, ray")
        return LocalEngine(self._request.workers, self._request.limits, self._request.settings)

    def _refresh_indicators(self) -> None:
        keys = ("code", "zh", "unit", "measure", "note")
        rows = [[entry.get(key) for key in keys] for entry in table("indicators")]
        with self._warehouse.transaction():
            self._warehouse.put("indicators", rows, "indicator")

    def _write_run(self, state: str) -> None:
        tally = self._plan.tally
        counts = (tally.found, tally.done, tally.failed.total(), tally.skipped.total())
        ended = None if state == "running" else datetime.now(UTC).isoformat()
        row = [self._id, self._started.isoformat(), ended, state, *self._versions, *counts]
        assert len(row) == len(tables()["runs"].fields)
        with self._warehouse.transaction():
            self._warehouse.put("runs", [row], "run_id")

    def _summary(
        self, started: float, recovered: int = 0, engine: Engine | None = None, interrupted: bool = False
    ) -> Summary:
        tally, peaks = self._plan.tally, tuple(engine.peaks) if engine else ()
        warnings = tuple(engine.warnings) if engine else ()
        seconds = time.monotonic() - started
        counts = (tally.found, tally.done, tally.failed, tally.skipped)
        return Summary(*counts, recovered, seconds, peaks, interrupted, warnings)
