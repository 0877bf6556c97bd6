"""Many clients at once against a service of its own: what they are answered, how fast, and whether a job is lost.

python benchmarks/load.py [--people 150] [--scripts 50] [--seconds 120] [--database URL]

People look at the library, at reports and at single facts, and decide; they pause 4 s on average (0.5 s at least, then
exponential). Scripts list, ask for jobs and facts, and bring a new report with every fifth call; they pause 1 s on
average. The generator is a process of its own with plain sockets, kept cheap because it shares the machine with what
it measures; its times start at the write of a request and end with the last byte of the answer. Extraction runs all
the while; ``idle_seconds`` tells for how long no job was there.
"""

import argparse
import asyncio
import json
import os
import random
import sys
import tempfile
import time
import traceback
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from service_process import SAMPLES, ServiceProcess  # noqa: E402

KEYS = 10
IDLE = 10.0  # seconds after which a connection is not used again; the service closes it after 15
READINGS = ("provincial-office-2021.pdf", "township-2021.pdf", "district-2023.pdf", "bureau-2019.pdf")
SHARES = {"p50": 0.5, "p95": 0.95, "p99": 0.99}
BOUNDARY = "----load"
# kind, share, method, path
PEOPLE = (
    ("page", 3, "GET", "/library/rows"),
    ("page", 1, "GET", "/documents/{document}"),
    ("page", 4, "GET", "/documents/{document}/facts/{fact}"),
    ("read", 2, "GET", "/v1/documents?limit=20"),
    ("read", 2, "GET", "/v1/documents/{document}"),
    ("decision", 1, "POST", "/v1/documents/{document}/decisions"),
)
SCRIPTS = (
    ("read", 3, "GET", "/v1/jobs?limit=20"),
    ("read", 3, "GET", "/v1/jobs/{job}"),
    ("read", 3, "GET", "/v1/facts?document={document}&limit=50"),
    ("upload", 2, "POST", "/v1/jobs"),
)


@dataclass
class Tally:
    answers: Counter = field(default_factory=Counter)
    times: dict = field(default_factory=lambda: defaultdict(list))
    accepted: list = field(default_factory=list)


@dataclass
class Plan:
    port: int
    until: float
    targets: list  # of dictionaries: document, fact, job that the calls ask for
    samples: list


class Line:
    """A kept-open connection that speaks just enough HTTP."""

    def __init__(self, port, key):
        self.port, self.head = port, f"Host: x\r\nAuthorization: Bearer {key}\r\n"
        self.streams, self.used = None, 0.0

    async def ask(self, method, path, body=b"", media="application/json"):
        if time.monotonic() - self.used > IDLE:
            self.close()
        if self.streams is None:
            self.streams = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self.streams
        more = f"Content-Type: {media}\r\nContent-Length: {len(body)}\r\n" if body else ""
        writer.write(f"{method} {path} HTTP/1.1\r\n{self.head}{more}\r\n".encode() + body)
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        headers = dict(line.split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line)
        content = await reader.readexactly(int(headers.get("content-length", 0)))
        self.used = time.monotonic()
        if headers.get("connection") == "close":
            self.close()
        return int(head[9:12]), headers, content

    def close(self):
        if self.streams is not None:
            self.streams[1].close()
        self.streams = None


def make_body(kind, target, plan, chance):
    if kind == "decision":
        decision = {"about": "fact", "target": target["fact"], "action": "accept"}
        return json.dumps(decision).encode(), "application/json"
    if kind == "upload":
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="files"; filename="{chance.random()}.pdf"\r\n\r\n'
        content = chance.choice(plan.samples) + f"\n%{chance.random()}".encode()
        return head.encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode(), f"multipart/form-data; boundary={BOUNDARY}"
    return b"", ""


async def client(number, key, calls, pause, plan, tally):
    chance, line = random.Random(number), Line(plan.port, key)
    weights = [call[1] for call in calls]
    await asyncio.sleep(chance.random() * pause)
    while time.monotonic() < plan.until:
        kind, _, method, path = chance.choices(calls, weights)[0]
        target = chance.choice(plan.targets)
        body, media = make_body(kind, target, plan, chance)
        begun, wait = time.perf_counter(), 0.0
        try:
            status, headers, content = await line.ask(method, path.format(**target), body, media)
            wait = float(headers.get("retry-after", 0))
            if status < 300:
                tally.times[kind].append(time.perf_counter() - begun)
            if kind == "upload" and status == 202:
                tally.accepted += [job["job"] for job in json.loads(content)["jobs"]]
            tally.answers[f"{kind} {status}"] += 1
        except (OSError, asyncio.IncompleteReadError) as error:
            line.close()
            tally.answers[f"{kind} {type(error).__name__}"] += 1
        await asyncio.sleep(max(wait, min(pause, 0.5) + chance.expovariate(1) * max(pause - 0.5, 0.5)))
    line.close()


async def generate(keys, options, plan, tally):
    people = [(PEOPLE, options.pause)] * options.people
    roles = people + [(SCRIPTS, 1.0)] * options.scripts
    await asyncio.gather(
        *(client(n, keys[n % KEYS], *role, plan, tally) for n, role in enumerate(roles)),
    )


def make_keys(service):
    names = [{"name": f"load-{number}", "role": "reviewer"} for number in range(KEYS)]
    return [service.client.post("/v1/keys", json=name).json()["secret"] for name in names]


def count_waiting(service):
    asked = [{"state": state, "limit": 1} for state in ("queued", "running")]
    return sum(service.client.get("/v1/jobs", params=one).json().get("total", 1) for one in asked)  # busy: not idle


def list_jobs(service):
    """Every job by its id."""
    jobs, total = {}, 1
    while len(jobs) < total:
        page = service.client.get("/v1/jobs", params={"limit": 500, "offset": len(jobs)}).json()
        jobs |= {job["id"]: job for job in page["items"]}
        total = page["total"]
    return jobs


def cpu_seconds(pid):
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def make_targets(service, samples):
    """Reports that are there before the load, each with some of its facts."""
    files = [(f"{number}.pdf", samples[number % len(samples)] + b"\n%" * number) for number in range(3 * len(samples))]
    made = service.upload(*files)
    service.wait(*(one["job"] for one in made))
    found = []
    for one in made:
        asked = {"document": one["document"], "limit": 10}
        facts = service.client.get("/v1/facts", params=asked).json()["items"]
        found += [{"document": one["document"], "job": one["job"], "fact": fact["id"]} for fact in facts]
    return found


def run(service, options):
    """The load, made by a child process that gives its tally back through a pipe."""
    samples = [(SAMPLES / name).read_bytes() for name in READINGS]
    targets, keys = make_targets(service, samples), make_keys(service)
    begun, until = cpu_seconds(service.process.pid), time.monotonic() + options.seconds
    plan = Plan(service.port, until, targets, samples)
    source, target = os.pipe()
    if (child := os.fork()) == 0:
        try:
            tally = Tally()
            asyncio.run(generate(keys, options, plan, tally))
            with os.fdopen(target, "wb") as pipe:
                pipe.write(json.dumps([tally.answers, tally.times, tally.accepted, time.process_time()]).encode())
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(0)
    os.close(target)
    idle = 0
    while time.monotonic() < until:
        time.sleep(1)
        idle += count_waiting(service) == 0
    spent = cpu_seconds(service.process.pid) - begun
    with os.fdopen(source, "rb") as pipe:
        answers, times, accepted, used = json.loads(pipe.read())
    os.waitpid(child, 0)
    shares = {"server": round(spent / options.seconds, 2), "generator": round(used / options.seconds, 2)}
    return Tally(answers, times, accepted), {"idle_seconds": idle, "cpu_share": shares}


def show_times(times):
    if not times:
        return {}
    times = sorted(1000 * one for one in times)
    told = {name: round(times[int(len(times) * share)], 1) for name, share in SHARES.items()}
    return {"count": len(times), **told, "max": round(times[-1], 1)}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=150)
    parser.add_argument("--scripts", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--pause", type=float, default=4.0, help="mean seconds between a person's calls")
    parser.add_argument("--database")
    options = parser.parse_args()
    extra = ("--database", options.database) if options.database else ()
    with tempfile.TemporaryDirectory() as folder:
        service = ServiceProcess(Path(folder) / "home", *extra).start()
        try:
            tally, told = run(service, options)
            begun = time.monotonic()
            while time.monotonic() - begun < 300 and count_waiting(service):
                time.sleep(1)
            jobs = list_jobs(service)
        finally:
            service.stop()
    told |= {
        "clients": options.people + options.scripts,
        "seconds": options.seconds,
        "answers": dict(sorted(tally.answers.items())),
        "milliseconds": {kind: show_times(times) for kind, times in sorted(tally.times.items())},
        "accepted": len(tally.accepted),
        "ended": Counter(jobs[job]["state"] if job in jobs else "lost" for job in tally.accepted),
        "attempts": Counter(job["attempts"] for job in jobs.values()),
        "documents_with_two_jobs": len(jobs) - len({job["document"] for job in jobs.values()}),
    }
    print(json.dumps(told, indent=2))


if __name__ == "__main__":
    main()
