"""Many clients at once against a service of its own: what they are answered, how fast, and whether a job is lost.

python benchmarks/load.py [--clients 200] [--seconds 120] [--think 1.0] [--database URL]
"""

import argparse
import asyncio
import json
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from service_process import SAMPLES, ServiceProcess, httpx  # noqa: E402

KEYS = 10
UPLOADS = 0.05  # share of calls that bring a new report
READS = (
    "/v1/documents?limit=20",
    "/v1/jobs?limit=20",
    "/v1/documents/{document}",
    "/v1/facts?document={document}&limit=50",
)


class Tally:
    def __init__(self):
        self.answers, self.times, self.accepted = Counter(), [], {}

    def note(self, kind, status, seconds):
        self.answers[f"{kind} {status}"] += 1
        if kind == "read" and status == 200:
            self.times.append(seconds)


async def client(number, service, headers, document, tally, plan):
    until, think = plan
    chance = random.Random(number)
    sample = (SAMPLES / "township-2021.pdf").read_bytes()
    async with httpx.AsyncClient(base_url=service.url, headers=headers, timeout=60) as line:
        await asyncio.sleep(chance.random() * think)
        turn = 0
        while time.monotonic() < until:
            turn += 1
            begun = time.perf_counter()
            try:
                if chance.random() < UPLOADS:
                    name = f"{number}-{turn}.pdf"
                    file = {"files": (name, sample + f"\n%{name}".encode())}
                    kind, answer = "upload", await line.post("/v1/jobs", files=file)
                    if answer.status_code == 202:
                        tally.accepted[name] = answer.json()["jobs"][0]["job"]
                else:
                    kind, answer = "read", await line.get(chance.choice(READS).format(document=document))
                tally.note(kind, answer.status_code, time.perf_counter() - begun)
                if answer.status_code in (429, 503):
                    await asyncio.sleep(float(answer.headers["Retry-After"]))
            except httpx.TransportError as error:
                tally.note(kind, type(error).__name__, 0)
            await asyncio.sleep(think * (0.5 + chance.random()))


def make_keys(service):
    made = [service.client.post("/v1/keys", json={"name": f"load-{n}", "role": "reviewer"}).json() for n in range(KEYS)]
    return [{"Authorization": f"Bearer {key['secret']}"} for key in made]


async def run(service, options, document, tally):
    keys, until = make_keys(service), time.monotonic() + options.seconds
    numbers = range(options.clients)
    calls = (client(n, service, keys[n % KEYS], document, tally, (until, options.think)) for n in numbers)
    await asyncio.gather(*calls)


def percentile(times, share):
    return sorted(times)[int(len(times) * share)] if times else 0.0


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--clients", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--think", type=float, default=1.0, help="mean seconds between a client's calls")
    parser.add_argument("--database")
    options = parser.parse_args()
    extra = ("--database", options.database) if options.database else ()
    with tempfile.TemporaryDirectory() as folder:
        service, tally = ServiceProcess(Path(folder) / "home", *extra).start(), Tally()
        first = service.upload(SAMPLES / "provincial-office-2021.pdf")[0]
        service.wait(first["job"])
        asyncio.run(run(service, options, first["document"], tally))
        begun = time.monotonic()
        while time.monotonic() - begun < 300 and any(
            service.client.get("/v1/jobs", params={"state": state, "limit": 1}).json()["total"]
            for state in ("queued", "running")
        ):
            time.sleep(1)
        states = Counter(service.client.get(f"/v1/jobs/{job}").json()["state"] for job in tally.accepted.values())
        service.stop()
    told = {
        "clients": options.clients,
        "seconds": options.seconds,
        "answers": dict(sorted(tally.answers.items())),
        "accepted": len(tally.accepted),
        "ended": dict(states),
        "read_ms": {
            f"p{round(share * 100)}": round(1000 * percentile(tally.times, share), 1) for share in (0.5, 0.95, 0.99)
        },
    }
    print(json.dumps(told, indent=2))


if __name__ == "__main__":
    main()
