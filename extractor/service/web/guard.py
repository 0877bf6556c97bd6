"""The outermost layer: how much, how often and how slowly one may ask, and the headers on every answer."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import math
import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from extractor.service.settings import ServiceSettings
from extractor.service.web.buckets import Buckets
from extractor.service.web.metrics import Metrics
from extractor.service.web.problems import Problem, problem_body

log = logging.getLogger("extractor.service")
Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    b"content-security-policy": POLICY.encode(),
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"DENY",
    b"referrer-policy": b"no-referrer",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
}
CLOSE = {"Connection": "close"}
FREE = ("/health", "/ready", "/static/")  # answered whatever the load


class Guard:
    """Wraps the application; counts what it lets through and what it turns away."""

    def __init__(self, app: App, settings: ServiceSettings, metrics: Metrics) -> None:
        self._app, self._settings, self._metrics = app, settings, metrics
        self._buckets = Buckets(settings.rate, settings.burst)
        self._busy = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun, status = time.perf_counter(), [0]

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start":
                status[0] = message["status"]
                message = {**message, "headers": _complete(message["headers"], scope["path"])}
            await send(message)

        await self._admit(scope, receive, told)
        route = getattr(scope.get("route"), "path", "other")
        self._metrics.count_request(route, status[0], time.perf_counter() - begun)

    async def _admit(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"].startswith(FREE):
            await self._app(scope, receive, send)
            return
        if self._busy >= self._settings.busy:
            await _refuse(send, 503, "busy", "too many requests are in work; come again", 1)
            return
        wait = self._buckets.take(_caller(scope))
        if wait:
            await _refuse(send, 429, "too_many", "too many requests from this key or address", wait)
            return
        self._busy += 1
        try:
            await self._pass_on(scope, receive, send)
        finally:
            self._busy -= 1

    async def _pass_on(self, scope: Scope, receive: Receive, send: Send) -> None:
        limit = self._settings.request_bytes
        if _told_length(scope) > limit:
            await _refuse(send, 413, "too_large", f"a request may have {limit} bytes")
            return
        started = [False]

        async def watched(message: Message) -> None:
            started[0] = True
            await send(message)

        try:
            await self._app(scope, self._metered(receive, limit), watched)
        except Exception as error:  # answered already; a traceback could show a report's text
            log.error("%s ended a request", type(error).__name__)
            if not started[0]:
                await _refuse(send, 500, "internal", "something went wrong on our side")

    def _metered(self, receive: Receive, limit: int) -> Receive:
        taken, more = [0], [True]
        until = time.monotonic() + self._settings.body_seconds

        async def metered() -> Message:
            if not more[0]:
                return await receive()
            left = min(self._settings.idle_seconds, until - time.monotonic())
            try:
                message = await asyncio.wait_for(receive(), max(left, 0.01))
            except TimeoutError:
                raise Problem(408, "the body did not come in time", headers=CLOSE) from None
            taken[0] += len(message.get("body", b""))
            more[0] = bool(message.get("more_body", False))
            if taken[0] > limit:
                raise Problem(413, f"a request may have {limit} bytes", headers=CLOSE)
            return message

        return metered


def _caller(scope: Scope) -> str:
    """The key, the session or the address, never in clear."""
    headers = dict(scope["headers"])
    secret = headers.get(b"authorization") or headers.get(b"cookie")
    if secret:
        return hashlib.sha256(secret).hexdigest()
    client = scope.get("client")
    return str(client[0]) if client else "-"


def _told_length(scope: Scope) -> int:
    told = dict(scope["headers"]).get(b"content-length", b"0")
    return int(told) if told.isdigit() and len(told) < 16 else 0


def _complete(headers: list[tuple[bytes, bytes]], path: str) -> list[tuple[bytes, bytes]]:
    present = {name.lower() for name, _ in headers}
    added = [(name, value) for name, value in HEADERS.items() if name not in present]
    if b"cache-control" not in present:
        added.append((b"cache-control", b"no-cache" if path.startswith("/static/") else b"no-store"))
    return [*headers, *added]


async def _refuse(send: Send, status: int, code: str, detail: str, wait: float | None = None) -> None:
    body = problem_body(status, code, detail)
    headers = [(b"content-type", b"application/problem+json"), (b"content-length", str(len(body)).encode())]
    if wait is not None:
        headers.append((b"retry-after", str(max(1, math.ceil(wait))).encode()))
    else:
        headers.append((b"connection", b"close"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
