"""Kills a service under load at random moments and counts what became of what it had accepted."""

import os
import random
import signal
import sqlite3
import threading
import time
from contextlib import suppress

from service_process import SAMPLES, httpx

KINDS = ("server", "workers", "both")
STATES = "SELECT id, state, coalesce(message, '') FROM jobs"


class Uploader(threading.Thread):
    """Brings one new report after the other; what got no answer is sent again, as a client would."""

    def __init__(self, service, number, pause):
        super().__init__(daemon=True)
        self.service, self.number, self.pause = service, number, pause
        self.accepted, self.unanswered, self.ended = {}, 0, threading.Event()

    def run(self):
        sample = (SAMPLES / "township-2021.pdf").read_bytes()
        turn = 0
        while not self.ended.is_set():
            name = f"{self.number}-{turn}.pdf"
            with suppress(httpx.TransportError):
                turn += self.send(name, sample + f"\n%{name}".encode())
            self.ended.wait(self.pause)

    def send(self, name, content):
        """Whether the report was taken in."""
        self.unanswered += 1
        headers = {"Authorization": f"Bearer {self.service.key}"}
        answer = httpx.post(
            f"{self.service.url}/v1/jobs", files={"files": (name, content)}, headers=headers, timeout=60
        )
        self.unanswered -= 1
        if answer.status_code == 202:
            self.accepted[name] = answer.json()["jobs"][0]["job"]
        return answer.status_code == 202


def kill(service, kind):
    """End the server, its workers or both as the kernel would, and start the server again where it is gone."""
    if kind != "server":
        for pid in service.workers():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
    if kind != "workers":
        service.stop(signal.SIGKILL)
        service.start()


def run_rounds(service, rounds, seed, uploaders=2, pause=0.4, calm=2.0):
    """Jobs that were accepted by name, kills by kind, uploads that got no answer; ``calm`` bounds seconds of quiet."""
    chance = random.Random(seed)
    running = [Uploader(service, number, pause) for number in range(uploaders)]
    for one in running:
        one.start()
    kinds = [KINDS[turn % len(KINDS)] for turn in range(rounds)]
    for kind in kinds:
        time.sleep(0.5 + calm * chance.random())
        kill(service, kind)
    for one in running:
        one.ended.set()
        one.join(60)
    accepted = {name: job for one in running for name, job in one.accepted.items()}
    return accepted, {kind: kinds.count(kind) for kind in KINDS}, sum(one.unanswered for one in running)


def wait_for_all(service, accepted, seconds=300):
    """States of the accepted jobs, with the message of a failed one, once none waits or runs."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with sqlite3.connect(service.home / "service.db") as database:
            states = {job: " ".join(told) for job, *told in database.execute(STATES)}
        if not {"queued", "running"} & {state.strip() for state in states.values()}:
            break
        time.sleep(0.3)
    return [states.get(job, "lost").strip() for job in accepted.values()]


def count_results(service):
    """Jobs, documents with a job, results, documents with a result, jobs with a result, largest number of attempts."""
    with sqlite3.connect(service.home / "service.db") as database:
        jobs = database.execute("SELECT count(*), count(DISTINCT document), max(attempts) FROM jobs").fetchone()
        done = database.execute(
            "SELECT count(*), count(DISTINCT document), count(DISTINCT job) FROM results"
        ).fetchone()
    names = ("jobs", "documents", "attempts", "results", "documents_with_result", "jobs_with_result")
    return dict(zip(names, (*jobs, *done), strict=True))
