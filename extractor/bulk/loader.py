"""Loads outcomes in batches on a thread of its own, so that the workers never wait for the destination."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor

from extractor.bulk.items import Outcome
from extractor.bulk.warehouse import Batch, Warehouse

OLDEST = 10.0  # seconds that an outcome waits for its batch to fill
AHEAD = 3  # batches that may wait before the run pauses


class Loader:
    """``add`` outcomes, ``close`` at the end; ``settled`` is called, on the caller's thread, with what is committed."""

    def __init__(self, warehouse: Warehouse, run_id: str, size: int, settled: Callable[[list[Outcome]], None]) -> None:
        self._warehouse, self._run_id, self._size, self._settled = warehouse, run_id, size, settled
        self._thread = ThreadPoolExecutor(1)
        self._waiting: list[Outcome] = []
        self._since = time.monotonic()
        self._loading: tuple[Future[None], list[Outcome]] | None = None

    def add(self, outcomes: Iterable[Outcome]) -> None:
        """Put outcomes in line; raises what loading an earlier batch raised."""
        if not self._waiting:
            self._since = time.monotonic()
        self._waiting += outcomes
        self.look()

    def look(self) -> None:
        """Load what is due."""
        self._collect(wait=len(self._waiting) >= AHEAD * self._size)
        due = len(self._waiting) >= self._size or time.monotonic() - self._since > OLDEST
        if self._waiting and due and self._loading is None:
            self._start()

    def flush(self) -> None:
        """Load everything that is in line, and wait for it."""
        self._collect(wait=True)
        while self._waiting:
            self._start()
            self._collect(wait=True)

    def close(self) -> None:
        """Load the rest."""
        try:
            self.flush()
        finally:
            self._thread.shutdown(cancel_futures=True)

    def _start(self) -> None:
        batch, self._waiting = self._waiting[: self._size], self._waiting[self._size :]
        self._since = time.monotonic()
        self._loading = self._thread.submit(self._warehouse.load, Batch(self._run_id, tuple(batch))), batch

    def _collect(self, wait: bool) -> None:
        if self._loading is None:
            return
        future, batch = self._loading
        if wait or future.done():
            self._loading = None
            future.result()
            self._settled(batch)
