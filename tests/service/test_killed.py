"""Servers and workers are killed at random moments: every accepted job ends, once."""

import os
import signal
import time
from contextlib import suppress

import pytest
from service_kills import count_results, run_rounds, wait_for_all
from service_process import SAMPLES, ServiceProcess

ROUNDS, SEED = 6, 20


@pytest.fixture
def fragile(tmp_path):
    running = ServiceProcess(tmp_path / "home").start()
    yield running
    with suppress(Exception):
        running.stop()


def test_no_accepted_job_is_lost_or_done_twice(fragile):
    accepted, _, _ = run_rounds(fragile, ROUNDS, SEED, pause=0.8)
    assert len(accepted) > ROUNDS
    assert set(wait_for_all(fragile, accepted)) == {"done"}
    found = count_results(fragile)
    assert found.pop("attempts") <= ROUNDS
    assert len(set(found.values())) == 1 and found["jobs"] >= len(accepted)
    assert list((fragile.home / "scratch").iterdir()) == []


def test_workers_end_with_their_server(fragile):
    fragile.wait(fragile.upload(SAMPLES / "township-2021.pdf")[0]["job"])
    workers = fragile.workers()
    assert workers
    fragile.stop(signal.SIGKILL)
    until = time.monotonic() + 10
    while time.monotonic() < until and any(os.path.exists(f"/proc/{pid}") for pid in workers):
        time.sleep(0.1)
    assert not any(os.path.exists(f"/proc/{pid}") for pid in workers)
