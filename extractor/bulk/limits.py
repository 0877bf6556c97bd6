"""Limits of a bulk run; each can be set, and each error names the one that it met."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Allowance:
    """Limits of one child: address space, CPU and wall time of a file; ``prefix`` -- of the options that set them."""

    memory_bytes: int
    cpu_seconds: int
    wall_seconds: int
    prefix: str


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost.

    file_bytes -- size of a file; unpacked_bytes, ratio, entries -- of an archive.
    memory_bytes -- address space of a worker; cpu_seconds, wall_seconds -- for one file.
    ocr_... -- the same for files whose images have to be recognised, in a child of their own.
    office_seconds -- for LibreOffice, which converts old Office files.
    renew -- files after which a worker is replaced by a fresh one; retries -- after a crash.
    """

    file_bytes: int = 100 * MIB
    unpacked_bytes: int = 500 * MIB
    ratio: int = 100
    entries: int = 10_000
    memory_bytes: int = 1024 * MIB
    cpu_seconds: int = 30
    wall_seconds: int = 60
    ocr_memory_bytes: int = 4096 * MIB
    ocr_cpu_seconds: int = 900
    ocr_wall_seconds: int = 900
    office_seconds: int = 90
    renew: int = 100
    retries: int = 1

    def of_child(self, recognises: bool) -> Allowance:
        """Limits of an ordinary child, or of one that recognises images."""
        if recognises:
            return Allowance(self.ocr_memory_bytes, self.ocr_cpu_seconds, self.ocr_wall_seconds, "--ocr-")
        return Allowance(self.memory_bytes, self.cpu_seconds, self.wall_seconds, "--")
