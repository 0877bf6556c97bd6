"""API keys and sessions: random, stored as hashes, revocable."""

from __future__ import annotations

import hashlib
import secrets
import time
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select, update

from extractor.service.store.tables import keys, sessions

ROLES = ("reader", "reviewer", "admin")
PREFIX = "nbk_"
SESSION_SECONDS = 12 * 3600.0


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks: id and name of the key, its role, the space whose documents it sees, the session's token for writes."""

    id: str
    name: str
    role: str
    space: str
    csrf: str | None = None

    def may(self, role: str) -> bool:
        """Whether the key has ``role`` or a higher one."""
        return ROLES.index(self.role) >= ROLES.index(role)


def hash_secret(secret: str) -> str:
    """What is stored of a secret; 256 random bits need no slow hash."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def make_key(connection: Connection, name: str, role: str, space: str) -> tuple[str, str]:
    """A new key: its id and its secret, which is told this once and never again."""
    number, secret = secrets.token_hex(8), PREFIX + secrets.token_urlsafe(32)
    values = {"id": number, "name": name, "role": role, "space": space, "hash": hash_secret(secret)}
    connection.execute(insert(keys).values(**values, created=time.time()))
    return number, secret


def has_keys(connection: Connection) -> bool:
    """Whether any key was ever made."""
    return connection.execute(select(keys.c.id).limit(1)).first() is not None


def find_key(connection: Connection, secret: str) -> Caller | None:
    """The caller whose key ``secret`` is; the hash is looked up, so that no comparison tells how near a guess was."""
    row = connection.execute(select(keys).where(keys.c.hash == hash_secret(secret), keys.c.revoked.is_(None))).first()
    return None if row is None else Caller(row.id, row.name, row.role, row.space)


def revoke_key(connection: Connection, number: str) -> bool:
    """Take a key and its sessions away; False where there is none."""
    done = connection.execute(
        update(keys).where(keys.c.id == number, keys.c.revoked.is_(None)).values(revoked=time.time())
    )
    connection.execute(delete(sessions).where(sessions.c.key_id == number))
    return done.rowcount > 0


def list_keys(connection: Connection) -> list[dict[str, object]]:
    """Every key without its hash."""
    columns = (keys.c.id, keys.c.name, keys.c.role, keys.c.space, keys.c.created, keys.c.revoked)
    return [dict(row._mapping) for row in connection.execute(select(*columns).order_by(keys.c.created))]


def open_session(connection: Connection, caller: Caller) -> str:
    """A new session of a browser: its token; old ones are swept."""
    token, now = secrets.token_urlsafe(32), time.time()
    connection.execute(delete(sessions).where(sessions.c.expires < now))
    values = {"hash": hash_secret(token), "key_id": caller.id, "csrf": secrets.token_urlsafe(24)}
    connection.execute(insert(sessions).values(**values, expires=now + SESSION_SECONDS))
    return token


def find_session(connection: Connection, token: str) -> Caller | None:
    """The caller of a session."""
    query = (
        select(keys.c.id, keys.c.name, keys.c.role, keys.c.space, sessions.c.csrf)
        .join(sessions, sessions.c.key_id == keys.c.id)
        .where(sessions.c.hash == hash_secret(token), sessions.c.expires > time.time(), keys.c.revoked.is_(None))
    )
    row = connection.execute(query).first()
    return None if row is None else Caller(*row)


def close_session(connection: Connection, token: str) -> None:
    """End a session."""
    connection.execute(delete(sessions).where(sessions.c.hash == hash_secret(token)))
