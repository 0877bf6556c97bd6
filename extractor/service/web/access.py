"""Who asks, and what they may do: a key in the Authorization header, or a browser's session."""

from __future__ import annotations

import hmac
import time
from collections.abc import Callable
from typing import Annotated, Any

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


class Doorkeeper:
    """Looks keys and sessions up, and remembers them for a moment."""

    def __init__(self, store: Any) -> None:
        self._store = store
        self._seen: dict[str, tuple[float, Caller]] = {}

    def forget(self) -> None:
        """Look everything up anew, after a key was revoked or a session closed."""
        self._seen.clear()

    def know(self, secret: str, find: Callable[[Any, str], Caller | None]) -> Caller | None:
        """The caller whom ``secret`` belongs to."""
        name, now = hash_secret(secret), time.monotonic()
        until, caller = self._seen.get(name, (0.0, None))
        if caller is not None and until > now:
            return caller
        with self._store.reading() as connection:
            found = find(connection, secret)
        if len(self._seen) >= KNOWN:
            self._seen.clear()
        if found is not None:
            self._seen[name] = (now + REMEMBER, found)
        return found


bearer = HTTPBearer(auto_error=False, description="An API key")


def find_caller(
    request: Request, credentials: Annotated[HTTPAuthorizationCredentials | None, Security(bearer)]
) -> Caller:
    """The caller; raises Problem 401 without a good key or session, 403 for a write of a browser without its token."""
    door: Doorkeeper = request.app.state.door
    if credentials is not None:
        caller = door.know(credentials.credentials, find_key)
        if caller is None:
            raise Problem(401, "the key is not known", "bad_key", WHO)
        return caller
    session = request.cookies.get(COOKIE)
    caller = door.know(session, find_session) if session else None
    if caller is None:
        raise Problem(401, "send an API key: Authorization: Bearer nbk_…", headers=WHO)
    if request.method not in SAFE:
        sent = request.headers.get("x-csrf-token", "")
        if not hmac.compare_digest(sent.encode(), (caller.csrf or "").encode()):
            raise Problem(403, "the request does not come from our page; load it again", "csrf")
    return caller


def need(role: str) -> Any:
    """Dependency: the caller, who must have ``role`` or a higher one; else Problem 403."""

    def check(caller: Annotated[Caller, Depends(find_caller)]) -> Caller:
        if not caller.may(role):
            raise Problem(403, f"this needs a key with the role {role}")
        return caller

    return Depends(check)


Reader = Annotated[Caller, need("reader")]
Reviewer = Annotated[Caller, need("reviewer")]
Admin = Annotated[Caller, need("admin")]
