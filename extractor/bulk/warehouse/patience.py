"""Waiting for a server that is gone for a while."""

from __future__ import annotations

import time
from collections.abc import Callable

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from extractor.errors import ExtractorError

LONGEST = 60.0  # seconds in all
FIRST, GROWTH, STEP = 0.2, 1.7, 8.0


def patiently(action: Callable[[], None], reconnect: Callable[[], None]) -> None:
    """Do ``action``; when the connection is lost, reconnect with growing pauses and do it again from its start.

    Raises ExtractorError when the server stays away for a minute, or says that it will not do it.
    """
    waited, pause, lost = 0.0, FIRST, False
    while True:
        try:
            if lost:
                reconnect()
            action()
            return
        except DBAPIError as error:
            if not _is_lost(error):
                raise ExtractorError(
                    f"the database refuses the rows: {' '.join(str(error.orig).split())[:300]}"
                ) from None
            if waited >= LONGEST:
                raise ExtractorError("the database has been away for a minute; run again when it is back") from None
            lost = True
        time.sleep(pause)
        waited, pause = waited + pause, min(pause * GROWTH, STEP)


def _is_lost(error: DBAPIError) -> bool:
    return error.connection_invalidated or isinstance(error, (OperationalError, InterfaceError))
