"""Sinks: where reports can be written to, by name.

A sink takes reports and a path and returns how many facts it wrote; it writes the whole file or nothing.
"""

from __future__ import annotations

import importlib
import io
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, TextIO

from extractor.errors import UsageError
from extractor.record import record
from extractor.registry import Registry
from extractor.types import Report

Write = Callable[[Iterable[Report], TextIO], int]


@record
class Sink:
    """A way to write reports to a file.

    name, suffix, doc -- what ``extract list sinks`` shows; encoding -- of the file.
    write_to -- writes reports to an open text file and returns the number of facts.
    """

    name: str
    suffix: str
    doc: str
    write_to: Write
    encoding: str = "utf-8"

    def write(self, reports: Iterable[Report], target: Path, *, overwrite: bool = False) -> int:
        """Write ``reports`` to ``target`` and return the number of facts.

        Raises UsageError when ``target`` is there already and ``overwrite`` is False; leaves it untouched on any error.
        """
        with open_whole(target, self.encoding, overwrite) as file:
            return self.write_to(reports, file)


SINKS: Registry[Sink] = Registry("sink")
MODULES = ("files",)


def load_sinks() -> Registry[Sink]:
    """The registry with every sink of this package in it."""
    for module in MODULES:
        importlib.import_module(f"{__package__}.{module}")
    return SINKS


@contextmanager
def open_whole(target: Path, encoding: str = "utf-8", overwrite: bool = False) -> Iterator[TextIO]:
    """A text file that takes the place of ``target`` when the block ends well, and disappears when it does not."""
    with open_whole_bytes(target, overwrite) as raw:
        file = io.TextIOWrapper(raw, encoding=encoding, errors="backslashreplace", newline="\n")
        yield file
        file.flush()
        file.detach()


@contextmanager
def open_whole_bytes(target: Path, overwrite: bool = False) -> Iterator[BinaryIO]:
    """``open_whole`` for bytes."""
    if not overwrite and target.exists():
        raise UsageError(f"{target} is there already; name another file or allow to overwrite it")
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:100]}.")
    try:
        with open(handle, "wb") as file:
            yield file
        os.chmod(name, 0o666 & ~_umask())
        os.replace(name, target)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
