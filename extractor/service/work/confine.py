"""What a worker process gives up before it opens anything: memory, CPU, files, network, new privileges."""

from __future__ import annotations

import ctypes
import os
import resource
import signal

PR_SET_PDEATHSIG, PR_SET_NO_NEW_PRIVS = 1, 38
CLONE_NEWNET, CLONE_NEWUSER = 0x40000000, 0x10000000
OPEN_FILES = 128


def confine(memory: int) -> list[str]:
    """Lower this process's limits; gives back what the kernel did not grant."""
    missing = []
    for name, kind, value in (
        ("core", resource.RLIMIT_CORE, 0),
        ("memory", resource.RLIMIT_AS, memory),
        ("files", resource.RLIMIT_NOFILE, OPEN_FILES),
        ("writing", resource.RLIMIT_FSIZE, 0),
    ):
        try:
            resource.setrlimit(kind, (value, value))
        except (OSError, ValueError):
            missing.append(name)
    library = ctypes.CDLL(None, use_errno=True)
    if library.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0) != 0:
        missing.append("end with the server")
    if library.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        missing.append("privileges")
    if library.unshare(CLONE_NEWNET) != 0 and library.unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0:
        missing.append("network")
    os.umask(0o077)
    return missing


def allow_seconds(seconds: int) -> None:
    """Let the process have ``seconds`` of CPU from now; the kernel ends it behind that."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + seconds + 1, hard))
