"""The tables, for SQLite and PostgreSQL alike; ``migrations`` makes them."""

from __future__ import annotations

from sqlalchemy import Column, Float, Index, Integer, LargeBinary, MetaData, String, Table, Text, UniqueConstraint

metadata = MetaData()

keys = Table(
    "api_keys",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("name", Text, nullable=False),
    Column("role", String(16), nullable=False),
    Column("space", Text, nullable=False),
    Column("hash", String(64), nullable=False, unique=True),
    Column("created", Float, nullable=False),
    Column("revoked", Float),
)

sessions = Table(
    "sessions",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("key_id", String(32), nullable=False, index=True),
    Column("csrf", String(64), nullable=False),
    Column("expires", Float, nullable=False),
)

documents = Table(
    "documents",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("space", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("bytes", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("created", Float, nullable=False),
    Column("updated", Float, nullable=False),
    Column("state", String(16), nullable=False),
    Column("reason", String(32)),
    Column("message", Text),
    Column("media_type", Text),
    Column("title", Text),
    Column("organization", Text),
    Column("region", Text),
    Column("year", Integer),
    Column("pages", Integer),
    Column("facts", Integer, nullable=False),
    Column("failed", Integer, nullable=False),
    Column("worst", Integer, nullable=False),
    Column("unsure", Integer, nullable=False),
    Column("unexplained", Integer, nullable=False),
    Column("reviewed", Integer, nullable=False),
    Column("result", String(32)),
    UniqueConstraint("space", "sha256", "bytes"),
    Index("documents_by_body", "space", "organization", "year"),
    Index("documents_by_update", "space", "updated"),
)

jobs = Table(
    "jobs",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("space", Text, nullable=False),
    Column("document", String(32), nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    Column("state", String(16), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("lease", String(32)),
    Column("lease_until", Float),
    Column("created", Float, nullable=False),
    Column("started", Float),
    Column("ended", Float),
    Column("reason", String(32)),
    Column("message", Text),
    Index("jobs_to_do", "state", "created"),
    Index("jobs_of_space", "space", "created"),
)

results = Table(
    "results",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("document", String(32), nullable=False, index=True),
    Column("job", String(32), nullable=False, unique=True),
    Column("created", Float, nullable=False),
    Column("versions", Text, nullable=False),
    Column("report", LargeBinary, nullable=False),
    Column("view", LargeBinary, nullable=False),
)

facts = Table(
    "facts",
    metadata,
    Column("document", String(32), primary_key=True),
    Column("id", String(32), primary_key=True),
    Column("place", Integer, nullable=False),
    Column("indicator", String(64), index=True),
    Column("measure", String(16), nullable=False),
    Column("section", String(32), nullable=False),
    Column("confidence", Float, nullable=False),
    Column("body", Text, nullable=False),
    Index("facts_in_order", "document", "place"),
)

findings = Table(
    "findings",
    metadata,
    Column("document", String(32), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("fingerprint", String(32), nullable=False),
    Column("rule", String(32), nullable=False, index=True),
    Column("severity", String(16), nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("body", Text, nullable=False),
)

decisions = Table(
    "decisions",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("document", String(32), nullable=False),
    Column("about", String(16), nullable=False),
    Column("target", String(32), nullable=False),
    Column("action", String(16), nullable=False),
    Column("undoes", Integer, unique=True),
    Column("author", Text, nullable=False),
    Column("made", Float, nullable=False),
    Column("machine", Text, nullable=False),
    Column("human", Text, nullable=False),
    Column("before", Text, nullable=False),
    Column("reason", String(32)),
    Column("note", Text, nullable=False),
    Column("versions", Text, nullable=False),
    Index("decisions_of_document", "document", "number"),
)
