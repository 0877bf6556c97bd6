"""Servers and workers are killed at random moments: every accepted job ends, once."""

import os
import random
import signal
import sqlite3
import time
from contextlib import suppress

import pytest
from service_process import SAMPLES, ServiceProcess, httpx

KILLS, FILES = 6, 36
SEED = 20


@pytest.fixture
def fragile(tmp_path):
    running = ServiceProcess(tmp_path / "home").start()
    yield running
    with suppress(Exception):
        running.stop()


def contents():
    sample = (SAMPLES / "township-2021.pdf").read_bytes()
    return [(f"{number}.pdf", sample + b"\n%" + str(number).encode()) for number in range(FILES)]


def test_no_accepted_job_is_lost_or_done_twice(fragile):
    chance, accepted = random.Random(SEED), {}
    files = contents()
    for turn in range(KILLS):
        for name, content in files[turn * 6 : turn * 6 + 6]:
            with suppress(httpx.TransportError):
                answer = fragile.client.post("/v1/jobs", files={"files": (name, content)})
                if answer.status_code == 202:
                    accepted[name] = answer.json()["jobs"][0]["job"]
        time.sleep(chance.random())
        if turn % 2:
            for pid in fragile.workers():
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
        else:
            fragile.stop(signal.SIGKILL)
            fragile.start()
    assert len(accepted) > FILES // 2
    ended = fragile.wait(*accepted.values())
    assert {job["state"] for job in ended} == {"done"}
    with sqlite3.connect(fragile.home / "service.db") as database:
        done = database.execute(
            "SELECT count(*), count(DISTINCT document), count(DISTINCT job) FROM results"
        ).fetchone()
        jobs = database.execute("SELECT count(*), count(DISTINCT document) FROM jobs").fetchone()
    assert done[0] == done[1] == done[2] == jobs[0] == jobs[1] >= len(accepted)
    assert list((fragile.home / "scratch").iterdir()) == []


def test_workers_end_with_their_server(fragile):
    fragile.wait(fragile.upload(contents()[0])[0]["job"])
    workers = fragile.workers()
    assert workers
    fragile.stop(signal.SIGKILL)
    until = time.monotonic() + 10
    while time.monotonic() < until and any(os.path.exists(f"/proc/{pid}") for pid in workers):
        time.sleep(0.1)
    assert not any(os.path.exists(f"/proc/{pid}") for pid in workers)
