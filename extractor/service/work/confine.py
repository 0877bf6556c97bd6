"""What a worker process gives up before it opens anything: memory, CPU, files, programs, network, new privileges."""

from __future__ import annotations

import os
import resource
from contextlib import suppress

from extractor.bulk import close_doors

OPEN_FILES = 128


def confine(memory: int) -> list[str]:
    """Lower this process's limits and close its doors; gives back what the kernel did not grant."""
    missing = []
    for name, kind, value in (("memory", resource.RLIMIT_AS, memory), ("files", resource.RLIMIT_NOFILE, OPEN_FILES)):
        try:
            resource.setrlimit(kind, (value, value))
        except (OSError, ValueError):
            missing.append(f"no limit of {name}")
    os.umask(0o077)
    return [*missing, *close_doors()]


def yield_to_server(niceness: int) -> None:
    """Let the server's own work come first, also where the kernel shares the processor out by sessions."""
    os.nice(niceness)
    with suppress(OSError), open("/proc/self/autogroup", "w") as group:
        group.write(str(niceness))


def allow_seconds(seconds: int) -> None:
    """Let the process have ``seconds`` of CPU from now; the kernel ends it behind that."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + seconds + 1, hard))
