"""Workers meet reports that hang, eat memory or end their process; they say why, and the next task goes on."""

import socket
import subprocess
import sys
import textwrap

import pytest
from read.paper_maker import unembedded
from service_process import SAMPLES

from extractor.service.parcel import unwrap
from extractor.service.settings import MIB, ServiceSettings
from extractor.service.work.worker import Worker

HOSTILE = """
    import os, signal, socket, subprocess, sys, time
    from extractor.service.work import child

    def spin(task, files):
        while True:
            pass

    def write(task, files):
        with open("left-behind", "w") as file:
            file.write("x" * 10)
        return b"written"

    def connect(task, files):
        socket.create_connection(("127.0.0.1", task["port"]), timeout=2)
        return b"connected"

    def drip(task, files):
        os.write(task["pipe"], (5000).to_bytes(4, "big"))
        while True:
            os.write(task["pipe"], b"x")
            time.sleep(0.2)

    def read(task, files):
        with open(task["path"], "rb") as file:
            return file.read()

    child.TASKS.update({
        "spin": spin, "write": write, "connect": connect,
        "drip": drip,
        "sleep": lambda task, files: time.sleep(600),
        "memory": lambda task, files: bytearray(8 << 30),
        "read": read,
        "program": lambda task, files: subprocess.run(["/bin/echo", "hello"], stdout=subprocess.PIPE).stdout,
        "killed": lambda task, files: os.kill(os.getpid(), signal.SIGKILL),
        "secrets": lambda task, files: "\\n".join(os.environ).encode(),
        "print": lambda task, files: print("between the frames") or b"said",
    })
    sys.exit(child.main())
"""


@pytest.fixture(scope="module")
def worker(tmp_path_factory):
    """A worker whose process also knows hostile tasks."""
    folder = tmp_path_factory.mktemp("worker")
    program = folder / "hostile.py"
    program.write_text(textwrap.dedent(HOSTILE), encoding="utf-8")
    limits = ServiceSettings(folder, cpu_seconds=2, wall_seconds=6, memory=1024 * MIB)
    running = Worker(limits, folder, (str(program),), niceness=0)
    yield running
    running.stop()


@pytest.mark.parametrize(
    ("task", "reason"),
    [("spin", "timeout"), ("sleep", "timeout"), ("memory", "memory"), ("killed", "crash"), ("write", "crash")],
)
def test_a_hostile_report_ends_with_its_reason_and_the_next_is_read(worker, task, reason):
    answer = worker.run({"task": task})
    assert (answer.reason, answer.content) == (reason, b""), answer.message
    assert answer.message
    good = worker.run({"task": "report", "name": "x.txt"}, [SAMPLES / "damaged-2020.txt"])
    assert unwrap(good.content).head["facts"]


def test_an_answer_that_drips_has_an_end_too(worker):
    # the pipe of answers: the first descriptor that the child made for itself
    assert worker.run({"task": "drip", "pipe": 3}).reason == "timeout"


def test_a_task_nobody_wants_is_stopped(worker):
    assert worker.run({"task": "sleep"}, wanted=lambda: False).reason == "cancelled"


def test_a_worker_has_no_secret(worker, monkeypatch):
    monkeypatch.setenv("EXTRACTOR_DATABASE", "postgresql://someone:secret@host/name")
    worker.stop()
    names = worker.run({"task": "secrets"}).content.decode().splitlines()
    assert "PATH" in names and "EXTRACTOR_DATABASE" not in names


@pytest.mark.parametrize("task", [{"task": "read"}, {"task": "read", "path": "/etc/passwd"}, {"task": "program"}])
def test_a_worker_reads_no_other_file_and_starts_no_program(worker, tmp_path, task):
    secret = tmp_path / "service.db"
    secret.write_bytes(b"of another user")
    worker.run({"task": "print"})
    if any("Landlock" in one for one in worker.missing):
        pytest.skip("this kernel restricts no files")
    answer = worker.run({"path": str(secret), **task})
    assert (answer.reason, answer.content) == ("crash", b"")
    assert "PermissionError" in answer.message


def test_an_upload_that_is_gone_is_told(worker, tmp_path):
    answer = worker.run({"task": "report", "name": "x.txt"}, [tmp_path / "none"])
    assert answer.reason == "not_found"
    assert worker.run({"task": "print"}).content == b"said"


def test_a_worker_has_no_network(worker):
    worker.run({"task": "print"})
    if any("network" in one for one in worker.missing):
        pytest.skip("this kernel gives no network of its own")
    with socket.create_server(("127.0.0.1", 0)) as server:
        assert worker.run({"task": "connect", "port": server.getsockname()[1]}).reason == "crash"


def test_what_a_library_prints_does_not_disturb(worker):
    assert worker.run({"task": "print"}).content == b"said"


def test_a_page_is_drawn_with_the_fonts_of_the_machine(worker, tmp_path):
    path = tmp_path / "unembedded.pdf"
    path.write_bytes(unembedded())
    program = "import sys; from extractor.service.work.child import draw_page; sys.stdout.buffer.write(draw_page("
    program += "{'page': 1}, [open(sys.argv[1], 'rb').read()]))"
    free = subprocess.run([sys.executable, "-c", program, str(path)], check=True, stdout=subprocess.PIPE).stdout
    assert worker.run({"task": "page", "page": 1}, [path]).content == free
