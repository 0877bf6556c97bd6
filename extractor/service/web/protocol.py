"""The HTTP protocol of a server that waits for nobody's headers for long."""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD = 64 * 1024  # bytes of a request's line and headers


class TimedProtocol(HttpToolsProtocol):
    """Closes a connection when a request's head takes longer than ``patience`` seconds or more than 64 KiB."""

    patience = 10.0
    _clock: asyncio.TimerHandle | None = None
    _taken = 0

    def connection_made(self, transport: Any) -> None:
        """Wait for the first request."""
        super().connection_made(transport)
        self._start()

    def on_message_begin(self) -> None:
        """Wait for the rest of a further request's head."""
        super().on_message_begin()
        if self._clock is None:
            self._start()

    def on_headers_complete(self) -> None:
        """Stop the clock."""
        self._stop()
        super().on_headers_complete()

    def data_received(self, data: bytes) -> None:
        """Count what comes before the head is whole."""
        super().data_received(data)
        self._taken += len(data)
        if self._clock is not None and self._taken > HEAD:
            self.transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the clock."""
        self._stop()
        super().connection_lost(exc)

    def _start(self) -> None:
        self._taken, self._clock = 0, self.loop.call_later(self.patience, self.transport.close)

    def _stop(self) -> None:
        if self._clock is not None:
            self._clock.cancel()
        self._clock = None


def timed_protocol(seconds: float) -> type[TimedProtocol]:
    """The protocol with another patience."""
    return type("PatientProtocol", (TimedProtocol,), {"patience": seconds})
