"""The parent's side of one child: start it, give it a task, read its answer, end it, say what killed it."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import asdict
from typing import Any

from extractor.bulk.items import Outcome, Task
from extractor.bulk.limits import MIB, Limits
from extractor.bulk.office import Conversion
from extractor.errors import ReadError
from extractor.settings import Settings

HEAD = 4
PIECE = 1 << 20
MOST = 512 * MIB  # of an answer; more is no answer
STEP = 2.0  # seconds that one look at the clock may add: a suspended parent must not condemn a file
TO_START = 120.0
KEPT = ("EXTRACTOR_PATTERNS", "EXTRACTOR_MODELS", "XDG_CACHE_HOME", "HOME", "PYTHONPATH", "LD_LIBRARY_PATH")
MEMORY_SHARE = 2  # a child that died with more than half of its limit in use died of memory


class Worker:
    """One child process and the task that it works on.

    A file whose images have to be recognised gets a child with limits of its own; an old Office file is converted by a
    helper process first.  The child says which of them it needs.
    task -- what it works on, None while it is free; warnings -- what its sandbox could not close.
    """

    def __init__(self, limits: Limits, settings: Settings) -> None:
        self.limits, self.settings = limits, settings
        self.task: Task | None = None
        self.warnings: list[str] = []
        self.peak = 0  # largest resident memory of its children so far, bytes
        self._attempts = 0
        self._recognises = False  # whether this child is one that recognises images
        self._conversion: Conversion | None = None
        self._converted = False  # whether its task has been converted
        self._again: tuple[Task, int] | None = None  # a task that waits for the new child after a crash
        self._start()

    def _start(self) -> None:
        self._allowed = allowed = self.limits.of_child(self._recognises)
        environment = {name: os.environ[name] for name in KEPT if name in os.environ}
        environment |= {"EXTRACTOR_PARENT": str(os.getpid()), "PYTHONUTF8": "1", "MALLOC_ARENA_MAX": "1"}
        code = [sys.executable, "-m", "extractor.bulk.child", str(allowed.memory_bytes), str(allowed.cpu_seconds)]
        code += ["recognise"] if self._recognises else []
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115
        self._child = subprocess.Popen(
            code,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env=environment,
            start_new_session=True,
        )
        assert self._child.stdin and self._child.stdout
        self._to, self._from = self._child.stdin, self._child.stdout
        os.set_blocking(self._from.fileno(), False)
        self._buffer = bytearray()
        # Linux counts what the parent held when it started the child as the child's own; only more than that tells.
        self._inherited = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        self._served, self._ready = 0, False
        self._spent, self._looked = 0.0, time.monotonic()

    @property
    def ready(self) -> bool:
        """Whether it can take a task."""
        return self._ready and not self.busy

    @property
    def busy(self) -> bool:
        """Whether it has a task, or will have it as soon as its new child is up."""
        return self.task is not None or self._again is not None

    def fileno(self) -> int:
        """What to wait on for its answer."""
        return self._from.fileno()

    def give(self, task: Task, attempts: int = 1, converted: bytes = b"") -> None:
        """Hand it a task; an answer or its death comes back through ``look``."""
        self.task, self._attempts, self._converted = task, attempts, bool(converted)
        self._spent, self._looked = 0.0, time.monotonic()
        settings = asdict(self.settings) | {"max_bytes": self.limits.file_bytes}
        head = {"source": task.source, "bytes": len(task.data), "converted": len(converted), "settings": settings}
        text = json.dumps(head).encode()
        with suppress(BrokenPipeError):  # its death is seen by ``look``
            self._to.write(len(text).to_bytes(HEAD, "big") + text)
            self._to.write(task.data)
            self._to.write(converted)
            self._to.flush()

    def look(self) -> Outcome | None:
        """Read what is there and look at the clock: the outcome of its task, or None when it is still at work."""
        if self._conversion is not None:
            return self._look_at(self._conversion)
        alive = self._read()
        frame = self._frame()
        if frame is not None and not self._ready:
            self._ready, self.warnings = True, frame[0]["warnings"]
            if self._again is not None:
                again, self._again = self._again, None
                self.give(*again)
            frame = self._frame()
        if frame is not None and self.task is not None:
            return self._answer(*frame)
        if not alive:
            return self._died()
        return self._late() if self._over_time() else None

    def close(self, kill: bool = False) -> None:
        """End the child."""
        if self._conversion is not None:
            self._conversion.cancel()
            self._conversion = None
        if kill:
            self._kill()
        for stream in (self._to, self._from):
            with suppress(OSError):
                stream.close()
        self._wait()
        self._errors.close()

    def _read(self) -> bool:
        """Take what the pipe holds; False at its end."""
        while True:
            try:
                piece = os.read(self._from.fileno(), PIECE)
            except BlockingIOError:
                return True
            if not piece:
                return False
            self._buffer += piece
            if len(self._buffer) > MOST:
                return False

    def _frame(self) -> tuple[dict[str, Any], bytes] | None:
        """The next whole answer and its payload."""
        if len(self._buffer) < HEAD:
            return None
        begin = HEAD + int.from_bytes(self._buffer[:HEAD], "big")
        if len(self._buffer) < begin:
            return None
        answer = json.loads(self._buffer[HEAD:begin])
        end = begin + int(answer.get("bytes", 0))
        if len(self._buffer) < end:
            return None
        payload = bytes(self._buffer[begin:end])
        del self._buffer[:end]
        return answer, payload

    def _answer(self, answer: dict[str, Any], payload: bytes) -> Outcome | None:
        if "left" in answer:
            return self._do_what_is_left(str(answer["left"]), payload)
        task = self._finish()
        self.peak = max(self.peak, _peak(self._child.pid))
        self._served += 1
        broken = not answer["ok"] and answer["reason"] in ("memory", "crash")
        if broken or self._recognises or self._served >= self.limits.renew:
            self._recognises = False
            self._restart(kill=broken)
        if answer["ok"]:
            return Outcome(task.source, task.sha256, payload, attempts=self._attempts)
        told = (str(answer["stage"]), str(answer["reason"]), str(answer["message"]))
        return Outcome(task.source, task.sha256, None, *told, self._attempts)

    def _do_what_is_left(self, work: str, data: bytes) -> Outcome | None:
        """Do what the child may not: let another kind of child recognise images, or a helper convert the file."""
        assert self.task is not None
        if work == "recognition" and not self._recognises:
            again = (self.task, self._attempts)
            self._recognises = True
            self._restart(kill=False)
            self._again = again
        elif work == "conversion" and not self._converted:
            self._conversion = Conversion(data, self.limits.office_seconds)
        else:
            task = self._finish()
            return Outcome(task.source, task.sha256, None, "read", "crash", f"{work} was done and is asked for again")
        return None

    def _look_at(self, conversion: Conversion) -> Outcome | None:
        """Give the task again when it is converted, or fail it with what the helper said."""
        assert self.task is not None
        try:
            converted = conversion.result()
        except ReadError as error:
            self._conversion = None
            task = self._finish()
            return Outcome(task.source, task.sha256, None, "read", error.reason, str(error), self._attempts)
        if converted is not None:
            self._conversion = None
            self.give(self.task, self._attempts, converted)
        return None

    def _died(self) -> Outcome | None:
        """The child is gone: its task is tried once more, or failed with what the system said."""
        status = self._wait()
        self._errors.seek(0)
        last = self._errors.read()[-400:].decode("utf-8", "replace").strip().rsplit("\n", 1)[-1]
        if not self._ready:
            raise RuntimeError(f"a worker could not start: {last or status}")
        task, attempts = self.task, self._attempts
        reason, message = self._cause(status, last)
        again = task is not None and reason == "crash" and attempts <= self.limits.retries
        self._recognises = self._recognises and again
        self._restart(kill=True)
        if task is None:
            return None
        if again:
            self._again = (task, attempts + 1)
            return None
        return Outcome(task.source, task.sha256, None, "extract", reason, message, attempts)

    def _cause(self, status: int, last: str) -> tuple[str, str]:
        if status == -signal.SIGXCPU:
            return "timeout", f"stopped after {self._allowed.cpu_seconds} s of CPU ({self._allowed.prefix}cpu-seconds)"
        memory = self._allowed.memory_bytes
        if self._last_peak > max(memory // MEMORY_SHARE, self._inherited) or "MemoryError" in last:
            return "memory", f"needs more than {memory // MIB} MiB ({self._allowed.prefix}memory)"
        name = signal.Signals(-status).name if status < 0 else f"exit status {status}"
        return "crash", f"the reader ended with {name}"

    def _late(self) -> Outcome | None:
        task, attempts, allowed = self.task, self._attempts, self._allowed
        self._recognises = False
        self._restart(kill=True)
        if task is None:
            raise RuntimeError("a worker did not start in time")
        message = f"stopped after {allowed.wall_seconds} s ({allowed.prefix}seconds)"
        return Outcome(task.source, task.sha256, None, "extract", "timeout", message, attempts)

    def _over_time(self) -> bool:
        """Whether its task has had its time; only time in which this process ran counts."""
        now = time.monotonic()
        self._spent += min(now - self._looked, STEP)
        self._looked = now
        if not self._ready:
            return self._spent > TO_START
        return self.task is not None and self._spent > self._allowed.wall_seconds

    def _finish(self) -> Task:
        task, self.task = self.task, None
        assert task is not None
        return task

    def _restart(self, kill: bool) -> None:
        self.task = None
        self.close(kill)
        self._start()

    def _kill(self) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self._child.pid, signal.SIGKILL)

    def _wait(self) -> int:
        """Reap the child and note the memory that it took, or that its parent had when it was started."""
        if self._child.returncode is None:
            _, status, usage = os.wait4(self._child.pid, 0)
            self._child.returncode = os.waitstatus_to_exitcode(status)
            self._last_peak = usage.ru_maxrss * 1024
        return self._child.returncode


def _peak(pid: int) -> int:
    """Largest resident memory of a running process in bytes; 0 where the system does not tell."""
    try:
        with open(f"/proc/{pid}/status", "rb") as lines:
            return next((int(line.split()[1]) * 1024 for line in lines if line.startswith(b"VmHWM")), 0)
    except OSError:
        return 0
