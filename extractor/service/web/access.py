"""Who asks, and what they may do: a key in the Authorization header, or a browser's session."""

from __future__ import annotations

import hmac
import time
from collections.abc import Callable
from typing import Annotated, Any

import anyio.to_thread
from fastapi import Depends, Request, Security
from fastapi.security import HTTPBearer
from fastapi.security.http import HTTPAuthorizationCredentials

from extractor.service.store.keys import Caller, find_key, find_session, hash_secret
from extractor.service.web.problems import Problem

COOKIE = "nianbao_session"
SAFE = ("GET", "HEAD", "OPTIONS")
REMEMBER = 5.0  # seconds that a key is taken for good without a look; a revoked one works so long on other servers
KNOWN = 1000
WHO = {"WWW-Authenticate": "Bearer"}
Find = Callable[[Any, str], Caller | None]


class Doorkeeper:
    """Looks keys and sessions up, and remembers them for a moment."""

    def __init__(self, store: Any) -> None:
        self._store = store
        self._seen: dict[tuple[Find, str], tuple[float, Caller]] = {}

    def forget(self) -> None:
        """Look everything up anew, after a key was revoked or a session closed."""
        self._seen = {}

    def recall(self, secret: str, find: Find) -> Caller | None:
        """The caller whom ``secret`` belongs to, if that was looked up a moment ago."""
        until, caller = self._seen.get((find, hash_secret(secret)), (0.0, None))
        return caller if until > time.monotonic() else None

    def know(self, secret: str, find: Find) -> Caller | None:
        """The caller whom ``secret`` belongs to, from the database."""
        seen, until = self._seen, time.monotonic() + REMEMBER
        with self._store.reading() as connection:
            found = find(connection, secret)
        if len(seen) >= KNOWN:
            seen.clear()
        if found is not None:
            seen[find, hash_secret(secret)] = (until, found)  # into a dictionary that nobody asks, if forgotten since
        return found


async def _find(door: Doorkeeper, secret: str, find: Find) -> Caller | None:
    return door.recall(secret, find) or await anyio.to_thread.run_sync(door.know, secret, find)


bearer = HTTPBearer(auto_error=False, description="An API key")


async def find_caller(
    request: Request, credentials: Annotated[HTTPAuthorizationCredentials | None, Security(bearer)]
) -> Caller:
    """The caller; raises Problem 401 without a good key or session, 403 for a write of a browser without its token."""
    door: Doorkeeper = request.app.state.door
    if credentials is not None:
        caller = await _find(door, credentials.credentials, find_key)
        if caller is None:
            raise Problem(401, "the key is not known", "bad_key", WHO)
        return caller
    session = request.cookies.get(COOKIE)
    caller = await _find(door, session, find_session) if session else None
    if caller is None:
        raise Problem(401, "send an API key: Authorization: Bearer nbk_…", headers=WHO)
    if request.method not in SAFE:
        sent = request.headers.get("x-csrf-token", "")
        if not hmac.compare_digest(sent.encode(), (caller.csrf or "").encode()):
            raise Problem(403, "the request does not come from our page; load it again", "csrf")
    return caller


def need(role: str) -> Any:
    """Dependency: the caller, who must have ``role`` or a higher one; else Problem 403."""

    async def check(caller: Annotated[Caller, Depends(find_caller)]) -> Caller:
        if not caller.may(role):
            raise Problem(403, f"this needs a key with the role {role}")
        return caller

    return Depends(check)


Reader = Annotated[Caller, need("reader")]
Reviewer = Annotated[Caller, need("reviewer")]
Admin = Annotated[Caller, need("admin")]
