"""What can go wrong, as a tree.

ExtractorError
├── ReadError        the input can't be read; ``reason`` is one of a closed list
├── PatternError     patterns/ do not fit their schema
└── UsageError       the caller asked for something that does not exist
"""

REASONS = (
    "not_found",
    "permission",
    "empty",
    "encrypted",
    "no_text",
    "damaged",
    "type",
    "too_large",
    "io",
    "timeout",
    "memory",
    "crash",
)


class ExtractorError(Exception):
    """Root of every error that this library raises on purpose."""


class ReadError(ExtractorError):
    """The input can't be read.

    reason -- one of ``REASONS``; the message says what happened and what to do about it, on one line.
    """

    def __init__(self, reason: str, message: str) -> None:
        if reason not in REASONS:
            raise ValueError(f"unknown reason {reason!r}")
        super().__init__(message)
        self.reason = reason


class PatternError(ExtractorError):
    """A file of ``patterns/`` does not fit its schema; the message names file, entry and field."""


class UsageError(ExtractorError):
    """The caller asked for something that does not exist (an indicator, a reader, an output)."""
