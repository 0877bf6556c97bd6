"""Standard streams: UTF-8 whatever the locale, one-line messages, quiet ends."""

from __future__ import annotations

import io
import os
import sys

from extractor.outputs import escape_controls

NAME = "extract"


def prepare_streams() -> None:
    """Make stdout and stderr UTF-8; a lone surrogate comes out as ``\\udc80``, which JSON reads back."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def say(message: str) -> None:
    """One line on stderr: ``extract: message``."""
    if sys.stderr is not None:
        print(f"{NAME}: {escape_controls(' '.join(message.split()))}", file=sys.stderr)


def close_quietly() -> None:
    """Point stdout at nothing, so that the end of the process does not complain about a reader that has gone."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, sys.stdout.fileno())
    except (OSError, ValueError):
        pass
    finally:
        os.close(nowhere)


def on_terminal() -> bool:
    """Whether stdout is a terminal."""
    return sys.stdout is not None and sys.stdout.isatty()
