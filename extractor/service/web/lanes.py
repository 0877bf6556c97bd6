"""Threads for what waits (disk, worker processes), apart from those for quick look-ups."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, TypeVar

import anyio.to_thread
from fastapi import FastAPI, Request

QUICK, SLOW = 20, 24  # threads; some of the quick ones may wait for their turn to write while others look up
SWITCH = 0.001  # seconds until a thread that computes lets others go on

Result = TypeVar("Result")


def open_lanes(app: FastAPI) -> None:
    """Set the lanes up, in the event loop of the application."""
    sys.setswitchinterval(SWITCH)
    anyio.to_thread.current_default_thread_limiter().total_tokens = QUICK
    app.state.slow = anyio.CapacityLimiter(SLOW)


async def run_slowly(request: Request, function: Callable[..., Result], *arguments: Any) -> Result:
    """Run a function that waits, in the slow lane."""
    return await anyio.to_thread.run_sync(function, *arguments, limiter=request.app.state.slow)
