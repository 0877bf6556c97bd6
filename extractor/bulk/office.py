"""LibreOffice for the workers, which may not start programs: a helper process of its own for each old Office file.

``python -m extractor.bulk.office SECONDS`` takes the file on standard input and gives .docx on standard output; where
that can't be, it ends with 1 and says the reason and a message on standard error.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from types import FrameType

from extractor.bulk.sandbox import die_with_parent
from extractor.errors import ReadError

GRACE = 20.0  # seconds above the limit for starting and clearing up
KEPT = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "FONTCONFIG_PATH", "TMPDIR")  # of the environment
MOST = 500_000_000  # bytes of a converted file


class Conversion:
    """One conversion on its way."""

    def __init__(self, data: bytes, seconds: int) -> None:
        self._until = time.monotonic() + seconds + GRACE
        self._given, self._made, self._told = (tempfile.TemporaryFile() for _ in range(3))  # noqa: SIM115
        self._given.write(data)
        self._given.seek(0)
        environment = {name: os.environ[name] for name in KEPT if name in os.environ}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "extractor.bulk.office", str(seconds)],
            stdin=self._given,
            stdout=self._made,
            stderr=self._told,
            env=environment | {"PYTHONUTF8": "1"},
            start_new_session=True,
        )

    def result(self) -> bytes | None:
        """The converted file, None while it is not there; raises ReadError where it can't be had."""
        status = self._process.poll()
        if status is None and time.monotonic() < self._until:
            return None
        self._stop()
        self._made.seek(0)
        self._told.seek(0)
        made, told = self._made.read(MOST + 1), self._told.read().decode("utf-8", "replace").strip()
        self._close()
        if status is None:
            raise ReadError("timeout", "LibreOffice took too long (--office-seconds); save the file as .docx or PDF")
        if status == 0 and 0 < len(made) <= MOST:
            return made
        reason, _, message = told.rpartition("\n")[2].partition(" ")
        known = status == 1 and reason in ("type", "timeout", "damaged")
        raise ReadError(*((reason, message) if known else ("crash", f"the conversion ended with status {status}")))

    def cancel(self) -> None:
        """End it."""
        self._stop()
        self._close()

    def _stop(self) -> None:
        """Ask the helper to end LibreOffice and itself, and see to it."""
        if self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(5)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()

    def _close(self) -> None:
        for file in (self._given, self._made, self._told):
            file.close()


def main(arguments: list[str]) -> int:
    """Convert standard input to standard output."""
    signal.signal(signal.SIGTERM, _end)
    die_with_parent(signal.SIGTERM)
    from extractor.read.libreoffice import convert

    try:
        made = convert(sys.stdin.buffer.read(), ".doc", int(arguments[0]))
    except ReadError as error:
        sys.stderr.write(f"\n{error.reason} {error}\n")
        return 1
    sys.stdout.buffer.write(made)
    return 0


def _end(number: int, frame: FrameType | None) -> None:
    raise SystemExit(128 + number)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
