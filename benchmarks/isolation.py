"""What a file costs in an isolated worker, for ``speed.py``."""

from __future__ import annotations

import resource
import select

from extractor import Settings
from extractor.bulk.items import Outcome, Task
from extractor.bulk.limits import Limits
from extractor.bulk.worker import Worker


def isolated_seconds(data: bytes, settings: Settings) -> float:
    """CPU seconds of this process and of a worker for one file more, told by a worker of many and one of few."""
    few, many = 5, 35
    return (worker_seconds(data, settings, many) - worker_seconds(data, settings, few)) / (many - few)


def worker_seconds(data: bytes, settings: Settings, times: int) -> float:
    """CPU seconds of both sides from the start of a worker to its end."""
    usages = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    before = [resource.getrusage(usage) for usage in usages]
    worker = Worker(Limits(), settings)
    while not worker.ready:
        wait_for(worker)
    for _ in range(times):
        worker.give(Task("report.pdf", "", data))
        while (outcome := wait_for(worker)) is None:
            pass
        if outcome.payload is None:
            raise RuntimeError(outcome.message)
    worker.close()
    after = [resource.getrusage(usage) for usage in usages]
    return sum(b.ru_utime + b.ru_stime - a.ru_utime - a.ru_stime for a, b in zip(before, after, strict=True))


def wait_for(worker: Worker) -> Outcome | None:
    """What a worker has to say next."""
    select.select([worker], [], [], 1.0)
    return worker.look()
