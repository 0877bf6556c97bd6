"""Numbered steps from an empty database to the present one; a step that was given out is never changed."""

from __future__ import annotations

import time
from collections.abc import Callable

from sqlalchemy import Column, Connection, Float, Integer, MetaData, Table, insert, select

from extractor.errors import UsageError
from extractor.service.store.tables import metadata

steps_done = Table(
    "migrations", MetaData(), Column("number", Integer, primary_key=True), Column("applied", Float, nullable=False)
)


def _make_tables(connection: Connection) -> None:
    metadata.create_all(connection)


STEPS: dict[int, Callable[[Connection], None]] = {1: _make_tables}


def migrate(connection: Connection) -> list[int]:
    """Take the steps that are missing; gives back their numbers.

    Raises UsageError for a database of a newer program.
    """
    steps_done.create(connection, checkfirst=True)
    done = set(connection.scalars(select(steps_done.c.number)))
    if done - STEPS.keys():
        raise UsageError(f"the database has step {max(done)}, this program knows {max(STEPS)}; use the newer program")
    missing = [number for number in sorted(STEPS) if number not in done]
    for number in missing:
        STEPS[number](connection)
        connection.execute(insert(steps_done).values(number=number, applied=time.time()))
    return missing
