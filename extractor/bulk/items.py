"""The shapes that travel through a bulk run."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass

Mark = tuple[int, int, int, int]  # size, modified, changed (ns), inode: equal marks mean an untouched file


@dataclass(frozen=True, slots=True)
class Item:
    """One input: its name, how to get its bytes, and the mark of an untouched file.

    source -- path, ``archive!member`` or address; load -- reads the bytes, raises ReadError.
    mark -- None where the input has none; modified -- seconds since 1970, None where unknown.
    refused -- (reason, message) of an input that is listed and never read.
    """

    source: str
    load: Callable[[], bytes]
    mark: Mark | None = None
    modified: float | None = None
    refused: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """A document to extract: the input that it came from, hash of its bytes, the bytes."""

    source: str
    sha256: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an input: the payload of its rows, stage, reason and message of a failure, or neither of them.

    Neither means that the document ``sha256`` is there already and ``source`` is one more place where it was found.
    """

    source: str
    sha256: str
    payload: bytes | None = None
    stage: str = "extract"
    reason: str = ""
    message: str = ""
    attempts: int = 1

    @property
    def failed(self) -> bool:
        """Whether it is a failure; else it is a document, or one more source of a document that is there already."""
        return bool(self.reason)


def show_path(path: str) -> str:
    """``path`` with bytes that are no UTF-8 in an escaped form, so that it can stand in every table."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")
