"""Settings of the service, as one frozen object."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class ServiceSettings:
    """What whoever runs the service may choose.

    home      -- folder of uploads, page images and the embedded database.
    database  -- SQLAlchemy URL (``postgresql+psycopg://…``); None is SQLite in ``home``.
    workers   -- processes that read reports; memory, cpu_seconds, wall_seconds -- of one report
                 (time in line for the processor is not counted).
    upload    -- bytes of one file; files -- files a request; queue, quota -- jobs that may wait, bytes of a space.
    rate, burst -- requests a second that a key may make for long, and at once; uploads -- files a second of a key.
    busy      -- requests in work at once, more get 503; body_seconds, idle_seconds,
                 header_seconds -- limits of slow clients.
    lease     -- seconds after which a job of a dead server is taken over.
    secure    -- whether cookies demand HTTPS.
    """

    home: Path
    database: str | None = None
    workers: int = 2
    memory: int = 1024 * MIB
    cpu_seconds: int = 30
    wall_seconds: int = 60
    upload: int = 50 * MIB
    files: int = 20
    queue: int = 100
    quota: int = 20 * 1024 * MIB
    rate: float = 200.0
    burst: int = 400
    uploads: float = 20.0
    busy: int = 32
    body_seconds: float = 120.0
    idle_seconds: float = 20.0
    header_seconds: float = 10.0
    lease: float = 15.0
    secure: bool = False

    @property
    def url(self) -> str:
        """The database's URL."""
        return self.database or f"sqlite:///{self.home / 'service.db'}"

    @property
    def request_bytes(self) -> int:
        """Bytes of a request's body."""
        return self.upload + MIB
