"""Which way the arguments go: straight to extraction, or to the Typer app of the other commands."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Sequence
from typing import TextIO

from extractor.cli.commands import COMMANDS, help_text
from extractor.cli.streams import close_quietly, prepare_streams, say
from extractor.errors import ExtractorError, UsageError

INTERRUPTED = 130
RARELY = 1_000_000  # new objects after which a process that only extracts looks for cycles


def run(arguments: Sequence[str]) -> int:
    """Do what ``arguments`` ask and return the exit status; an error is one line on stderr, never a traceback."""
    prepare_streams()
    if sys.stdout is None:
        say("standard output is closed; send it to a file or to /dev/null")
        return 1
    try:
        status = _dispatch(list(arguments))
        sys.stdout.flush()
        return status
    except BrokenPipeError:
        close_quietly()
        return 0
    except KeyboardInterrupt:
        return INTERRUPTED
    except UsageError as error:
        say(str(error))
        return 2
    except ExtractorError as error:
        say(str(error))
        return 1
    except OSError as error:
        say(f"{error.filename or 'standard output'}: {error.strerror}; nothing more was written")
        close_quietly()
        return 1
    except Exception as error:
        say(f"unexpected error ({type(error).__name__}: {error}); please report it")
        return 1


def run_process(arguments: Sequence[str]) -> int:
    """``run`` for a process of its own, which ends here where it only extracts.

    Such a process lives for a moment: looking for cycles and taking every object down at the end would cost a third of
    its time, and gain nothing.
    """
    if arguments and arguments[0] in COMMANDS:
        return run(arguments)
    gc.set_threshold(RARELY)
    status = run(arguments)
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and not _flush(stream):
            return status or 1
    os._exit(status)


def _flush(stream: TextIO) -> bool:
    """Whether all that was written has gone out."""
    try:
        stream.flush()
    except (OSError, ValueError):
        return False
    return True


def _dispatch(arguments: list[str]) -> int:
    if not arguments:
        sys.stderr.write(help_text())
        return 2
    if arguments[0] in COMMANDS:
        from extractor.cli.app import run_command

        return run_command(arguments)
    options = arguments[: arguments.index("--")] if "--" in arguments else arguments
    if {"-h", "--help"} & set(options):
        sys.stdout.write(help_text())
        return 0
    if "--version" in options:
        from extractor.settings import VERSION

        print(f"extract {VERSION}")
        return 0
    from extractor.cli.arguments import parse_arguments
    from extractor.cli.extraction import run_extraction

    return run_extraction(parse_arguments(arguments))
