"""One long-lived worker process as the server sees it: started when needed, watched, replaced."""

from __future__ import annotations

import json
import logging
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from extractor.service.settings import ServiceSettings
from extractor.service.work.frames import HEAD, LARGEST

log = logging.getLogger("extractor.service")
RENEW = 100  # tasks after which a fresh process takes over
OUT_OF_MEMORY = {signal.SIGABRT, signal.SIGTRAP, signal.SIGILL}  # how allocators give up
PASSED_ON = ("PATH", "LANG", "LC_ALL", "TZ", "PYTHONPATH", "EXTRACTOR_PATTERNS", "EXTRACTOR_MODELS")
PROGRAM = ("-m", "extractor.service.work.child")
PIECE = 1 << 20
TO_START = 60.0  # seconds
MOST_IN_LINE = 10  # times the time of a task that it may take with the processor busy elsewhere
NICE = 10  # of a process that nobody waits for: whoever asks the server comes first
BEAT = 1.0  # seconds between two looks at the task's holder


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a task: its content, or a reason (see ``errors.REASONS``, or ``cancelled``) and a message."""

    content: bytes = b""
    reason: str | None = None
    message: str = ""


class _Ended(Exception):
    """The process gave no answer; ``reason`` says why."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class TimeLeft:
    """The time of one task; what its process spends in line for the processor is left to the limit of CPU."""

    def __init__(self, seconds: float, pid: int) -> None:
        self._left, self._pid, self._seen = seconds, pid, time.monotonic()
        self._end = self._seen + seconds * MOST_IN_LINE

    def is_due(self) -> bool:
        """Whether one should ask again."""
        return time.monotonic() - self._seen > BEAT

    def is_over(self) -> bool:
        """Whether the time is used up; to be asked about every second."""
        now, before = time.monotonic(), self._seen
        self._seen = now
        if not _wants_processor(self._pid):
            self._left -= now - before
        return self._left < 0 or now > self._end


class Worker:
    """A process that does one task at a time; not for use by two threads at once."""

    def __init__(
        self, settings: ServiceSettings, scratch: Path, program: Sequence[str] = PROGRAM, niceness: int = NICE
    ) -> None:
        self._settings, self._scratch, self._program, self._niceness = settings, scratch, program, niceness
        self._process: subprocess.Popen[bytes] | None = None
        self._done = 0
        self.starts = 0
        self.missing: list[str] = []

    def run(
        self, task: dict[str, Any], files: Sequence[Path] = (), wanted: Callable[[], bool] = lambda: True
    ) -> Answer:
        """The answer to ``task`` about ``files``, which the process gets as bytes.

        ``wanted`` is asked every second, and the task is stopped when it says no.
        """
        try:
            head, content = self._ask(task, files, wanted)
        except FileNotFoundError:
            self.stop()
            return Answer(reason="not_found", message="the upload is gone")
        except BrokenPipeError:
            self.stop()
            return Answer(reason="crash", message="the worker has gone")
        except _Ended as error:
            return Answer(reason=error.reason, message=str(error))
        self._done += 1
        if self._done >= RENEW or head.get("reason") == "memory":
            self.stop()
        return Answer(content) if head["ok"] else Answer(reason=head["reason"], message=head["message"])

    def _ask(
        self, task: dict[str, Any], files: Sequence[Path], wanted: Callable[[], bool]
    ) -> tuple[dict[str, Any], bytes]:
        process = self._ready()
        stdin, stdout = process.stdin, process.stdout
        assert stdin is not None and stdout is not None
        time_left = TimeLeft(self._settings.wall_seconds, process.pid)
        asked = json.dumps({**task, "seconds": self._settings.cpu_seconds, "files": len(files)}).encode()
        self._give(stdin, HEAD.pack(len(asked)) + asked, time_left, wanted)
        for path in files:
            with path.open("rb") as file:
                self._give(stdin, HEAD.pack(os.fstat(file.fileno()).st_size), time_left, wanted)
                while part := file.read(PIECE):
                    self._give(stdin, part, time_left, wanted)
        return json.loads(self._receive(stdout, time_left, wanted)), self._receive(stdout, time_left, wanted)

    def stop(self) -> None:
        """End the process at once."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                try:
                    stream.close()
                except BrokenPipeError:
                    continue

    def _ready(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        self.stop()
        self._done, self.starts = 0, self.starts + 1
        environment = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        environment |= {"EXTRACTOR_PARENT": str(os.getpid()), "PYTHONUTF8": "1"}
        environment |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "HOME": "/nonexistent"}
        command = [sys.executable, "-P", *self._program, str(self._settings.memory), str(self._niceness)]
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            cwd=self._scratch, env=environment, bufsize=0, start_new_session=True,
        )  # fmt: skip
        self._process = process
        assert process.stdin is not None and process.stdout is not None
        os.set_blocking(process.stdin.fileno(), False)
        first = json.loads(self._receive(process.stdout, TimeLeft(TO_START, process.pid), lambda: True))
        if first["missing"] != self.missing:
            log.warning("workers are less confined than they should be: %s", "; ".join(first["missing"]))
        self.missing = list(first["missing"])
        return process

    def _give(self, stream: IO[bytes], content: bytes, time_left: TimeLeft, wanted: Callable[[], bool]) -> None:
        """Write all of ``content``, however slowly the process takes it."""
        rest = memoryview(content)
        while rest:
            ready = select.select([], [stream], [], BEAT)[1]
            if not ready or time_left.is_due():
                self._check(time_left, wanted)
            if ready:
                rest = rest[os.write(stream.fileno(), rest) :]

    def _receive(self, stream: IO[bytes], time_left: TimeLeft, wanted: Callable[[], bool]) -> bytes:
        (size,) = HEAD.unpack(self._take(stream, HEAD.size, time_left, wanted))
        if size > LARGEST:
            raise self._end("crash", "the worker's answer makes no sense")
        return self._take(stream, size, time_left, wanted)

    def _take(self, stream: IO[bytes], size: int, time_left: TimeLeft, wanted: Callable[[], bool]) -> bytes:
        parts: list[bytes] = []
        while size > 0:
            ready = select.select([stream], [], [], BEAT)[0]
            if not ready or time_left.is_due():
                self._check(time_left, wanted)
            if not ready:
                continue
            part = os.read(stream.fileno(), min(size, PIECE))
            if not part:
                raise self._end(*self._epitaph())
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    def _check(self, time_left: TimeLeft, wanted: Callable[[], bool]) -> None:
        if time_left.is_over():
            raise self._end("timeout", f"reading took longer than {self._settings.wall_seconds} s")
        if not wanted():
            raise self._end("cancelled", "the job was cancelled")

    def _epitaph(self) -> tuple[str, str]:
        assert self._process is not None
        status = self._process.wait()
        if status == -signal.SIGXCPU:
            return "timeout", f"reading took more than {self._settings.cpu_seconds} s of CPU"
        if -status in OUT_OF_MEMORY:
            return "memory", f"reading needs more than {self._settings.memory // 1024**2} MiB"
        return "crash", f"the worker ended with status {status}"

    def _end(self, reason: str, message: str) -> _Ended:
        self.stop()
        return _Ended(reason, message)


def _wants_processor(pid: int) -> bool:
    """Whether the process runs or would, rather than waits for something; False where the system doesn't tell."""
    try:
        return Path(f"/proc/{pid}/stat").read_bytes().rpartition(b") ")[2][:1] == b"R"
    except OSError:
        return False
