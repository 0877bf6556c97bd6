"""Limits of a bulk run; each can be set, and each error names the one that it met."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost.

    file_bytes -- size of a file; unpacked_bytes, ratio, entries -- of an archive.
    memory_bytes -- address space of a worker; cpu_seconds, wall_seconds -- for one file.
    renew -- files after which a worker is replaced by a fresh one; retries -- after a crash.
    """

    file_bytes: int = 100 * MIB
    unpacked_bytes: int = 500 * MIB
    ratio: int = 100
    entries: int = 10_000
    memory_bytes: int = 1024 * MIB
    cpu_seconds: int = 30
    wall_seconds: int = 60
    renew: int = 100
    retries: int = 1
