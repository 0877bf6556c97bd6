"""A child that crashes, hangs, or needs too much; and what a child can't do."""

import importlib.util
import io
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from extractor.bulk.items import Task
from extractor.bulk.limits import MIB, Limits
from extractor.bulk.rows import unpack
from extractor.bulk.tables import tables
from extractor.bulk.worker import Worker
from extractor.settings import Settings

PAGE = "<p>2023年，望川市主动公开政府信息12条。</p>".encode()
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="the sandbox is that of Linux")
PATIENCE = 240
SAMPLES = Path(__file__).resolve().parents[2] / "samples"
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WordDocument".encode("utf-16-le")
CONVERTED = SAMPLES / "county-service-centre-2020.docx"
OCR = pytest.mark.skipif(importlib.util.find_spec("rapidocr") is None, reason="needs the extra ocr")


def until(worker, condition):
    """What ``look`` says when it first says something, or None once ``condition`` holds."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        outcome = worker.look()
        if outcome is not None or condition():
            return outcome
        time.sleep(0.01)
    raise AssertionError("nothing happened")


@pytest.fixture
def worker(request):
    made = Worker(getattr(request, "param", Limits()), Settings())
    until(made, lambda: made.ready)
    yield made
    made.close(kill=True)


def serve(worker, data=PAGE, name="a.html"):
    until(worker, lambda: worker.ready)
    worker.give(Task(name, "hash", data))
    return until(worker, lambda: False)


def hold(worker, data=PAGE):
    """Give a task to a child that stands still."""
    os.kill(worker._child.pid, signal.SIGSTOP)
    worker.give(Task("a.html", "hash", data))


def test_a_document_comes_back_as_rows(worker):
    outcome = serve(worker)
    assert (outcome.source, outcome.sha256, outcome.failed) == ("a.html", "hash", False)
    assert outcome.payload


@pytest.mark.parametrize(
    ("data", "reason"), [(b"", "empty"), (b"%PDF-1.7\n\x00\x01", "damaged")], ids=["empty", "damaged"]
)
def test_an_unreadable_file_has_the_reason_of_its_reader(worker, data, reason):
    outcome = serve(worker, data)
    assert (outcome.stage, outcome.reason) == ("read", reason)
    assert not serve(worker).failed


def test_a_crash_is_tried_once_more(worker):
    hold(worker)
    os.kill(worker._child.pid, signal.SIGKILL)
    outcome = until(worker, lambda: False)
    assert (outcome.failed, outcome.attempts) == (False, 2)


def test_a_file_that_always_crashes_fails_and_the_next_one_is_done(worker):
    hold(worker)
    os.kill(worker._child.pid, signal.SIGKILL)
    until(worker, lambda: worker.task is not None and worker._attempts == 2)
    os.kill(worker._child.pid, signal.SIGKILL)
    outcome = until(worker, lambda: False)
    if outcome.failed:
        assert (outcome.reason, outcome.attempts) == ("crash", 2)
    assert not serve(worker).failed


@pytest.mark.parametrize("worker", [Limits(wall_seconds=1)], indirect=True)
def test_a_hang_is_ended_by_the_clock(worker):
    hold(worker)
    outcome = until(worker, lambda: False)
    assert (outcome.reason, outcome.attempts) == ("timeout", 1)
    assert not serve(worker).failed


@pytest.mark.parametrize("worker", [Limits(cpu_seconds=1)], indirect=True)
def test_a_loop_is_ended_by_the_kernel(worker):
    hold(worker)
    os.kill(worker._child.pid, signal.SIGXCPU)
    os.kill(worker._child.pid, signal.SIGCONT)
    assert until(worker, lambda: False).reason == "timeout"


@pytest.mark.parametrize("worker", [Limits(memory_bytes=400 * MIB, file_bytes=900 * MIB)], indirect=True)
def test_a_file_that_needs_too_much_memory_says_so(worker):
    assert serve(worker, "公".encode() * (80 * MIB)).reason == "memory"
    assert not serve(worker).failed


@pytest.mark.parametrize("worker", [Limits(renew=2)], indirect=True)
def test_a_worker_is_renewed(worker):
    first = worker._child.pid
    outcomes = [serve(worker) for _ in range(3)]
    assert [outcome.failed for outcome in outcomes] == [False] * 3
    assert worker._child.pid != first


def document(outcome):
    """The row of the document of an outcome, by column."""
    assert not outcome.failed, outcome.message
    return dict(zip(tables()["documents"].names(), unpack(outcome.payload)["documents"][0], strict=True))


@pytest.fixture
def office(tmp_path, monkeypatch):
    """Lets a shell script stand in for LibreOffice: it finds the path of the file to convert in ``$file``."""

    def stand_in(*lines):
        program = tmp_path / "soffice"
        program.write_text("\n".join(["#!/bin/sh", "for file; do :; done", *lines]) + "\n")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")

    return stand_in


@LINUX
def test_an_old_word_file_is_converted_outside_the_sandbox(worker, office):
    office(f'cp "{CONVERTED}" "${{file%.doc}}.docx"')
    found = document(serve(worker, OLD_WORD, "a.doc"))
    assert (found["media_type"], found["bytes"]) == ("application/msword", len(OLD_WORD))
    assert found["facts"] > 10
    assert document(serve(worker))["media_type"] == "text/html"


@LINUX
@pytest.mark.parametrize("worker", [Limits(office_seconds=1)], indirect=True)
@pytest.mark.parametrize(("lines", "reason"), [(("exit 1",), "damaged"), (("sleep 600",), "timeout")])
def test_a_conversion_that_fails_is_a_failure_of_its_file(worker, office, lines, reason):
    office(*lines)
    outcome = serve(worker, OLD_WORD, "a.doc")
    assert (outcome.stage, outcome.reason) == ("read", reason)
    assert not serve(worker).failed


def picture():
    """The top of a page of a sample, as an image."""
    pdfium = pytest.importorskip("pypdfium2")
    page = pdfium.PdfDocument(SAMPLES / "township-2021.pdf")[0].render(scale=1.5).to_pil()
    file = io.BytesIO()
    page.crop((0, 0, page.width, page.height // 3)).save(file, "PNG")
    return file.getvalue()


@OCR
def test_a_scan_gets_a_child_with_limits_of_its_own(worker):
    found = document(serve(worker, picture(), "a.png"))
    assert (found["reader_name"], found["media_type"]) == ("rapidocr", "image/png")
    assert "青砚镇" in found["text"]
    assert document(serve(worker))["reader_name"] == "html"


@OCR
@pytest.mark.parametrize("worker", [Limits(ocr_wall_seconds=0.2)], indirect=True)
def test_a_scan_over_its_limit_names_that_limit(worker):
    outcome = serve(worker, picture(), "a.png")
    assert outcome.reason == "timeout"
    assert "--ocr-" in outcome.message
    assert not serve(worker).failed


PROBES = {
    "read": "open('/etc/hostname').read()",
    "write": "open({scratch!r}, 'w').write('x')",
    "run": "__import__('subprocess').run(['/bin/true'], check=True)",
    "connect": "__import__('socket').create_connection(('127.0.0.1', {port}), 2)",
    "compute": "print(6 * 7)",
}


@LINUX
@pytest.mark.parametrize("probe", PROBES)
@pytest.mark.parametrize("closed", [True, False], ids=["closed", "open"])
def test_what_a_child_can_do_with_its_doors_closed(probe, closed, tmp_path):
    """With the doors open every probe succeeds, so that a refusal is the sandbox's."""
    import socket

    with socket.create_server(("127.0.0.1", 0)) as server:
        code = PROBES[probe].format(scratch=str(tmp_path / "x"), port=server.getsockname()[1])
        close = "missing = close_doors()" if closed else "missing = []"
        imports = "import socket, subprocess, sys\nfrom extractor.bulk.sandbox import close_doors\n"
        script = f"{imports}{close}\nif missing: sys.exit(77)\n{code}\n"
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    if done.returncode == 77:
        pytest.skip("this kernel lacks a means")
    assert (done.returncode == 0) is (not closed or probe == "compute"), done.stderr
    assert (tmp_path / "x").exists() is (probe == "write" and not closed)


def test_a_child_has_no_secrets_in_its_environment(worker, monkeypatch):
    monkeypatch.setenv("PGPASSWORD", "hidden")
    with open(f"/proc/{worker._child.pid}/environ", "rb") as file:
        names = {entry.split(b"=")[0] for entry in file.read().split(b"\0")}
    assert not {name for name in names if b"PASS" in name or b"TOKEN" in name or b"KEY" in name}
