"""10,000 small uploads within a minute from one key: is the service still there for others, and does it keep its size?

python benchmarks/flood.py [--uploads 10000] [--seconds 60]
"""

import argparse
import asyncio
import json
import tempfile
import time
from collections import Counter
from pathlib import Path

from load import BOUNDARY, Line, ServiceProcess, show_times

LINES = 50
TEXT = "一、总体情况\n2022年，滨林县主动公开政府信息{}条，受理申请12件。\n"


def make_upload(number):
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="files"; filename="{number}.txt"\r\n\r\n'
    return f"{head}{TEXT.format(number):<960}\r\n--{BOUNDARY}--\r\n".encode()


async def flood(line, first, pace, until, answers):
    """Upload at an even pace, whatever the answers say."""
    number, media = first, f"multipart/form-data; boundary={BOUNDARY}"
    while time.monotonic() < until:
        due = time.monotonic() + pace
        status, _, _ = await line.ask("POST", "/v1/jobs", make_upload(number), media)
        answers[status] += 1
        number += LINES
        await asyncio.sleep(max(0, due - time.monotonic()))
    line.close()


async def watch(line, path, until, times, answers):
    while time.monotonic() < until:
        begun = time.perf_counter()
        status, _, _ = await line.ask("GET", path)
        times.append(time.perf_counter() - begun)
        answers[status] += 1
        await asyncio.sleep(0.1)
    line.close()


async def run(service, keys, options):
    until, told = time.monotonic() + options.seconds, {}
    answers = {name: Counter() for name in ("flood", "health", "other key")}
    times = {"health": [], "other key": []}
    pace = LINES * options.seconds / options.uploads
    calls = [flood(Line(service.port, keys[0]), n, pace, until, answers["flood"]) for n in range(LINES)]
    for name, path in (("health", "/health"), ("other key", "/v1/documents?limit=20")):
        calls.append(watch(Line(service.port, keys[1]), path, until, times[name], answers[name]))
    await asyncio.gather(*calls)
    told["answers"] = answers
    told["milliseconds"] = {name: show_times(found) for name, found in times.items()}
    return told


def resident(pid):
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmRSS"))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--uploads", type=int, default=10_000)
    parser.add_argument("--seconds", type=float, default=60)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        service = ServiceProcess(Path(folder) / "home").start()
        try:
            wanted = [{"name": name, "role": "reviewer", "space": name} for name in ("flood", "calm")]
            keys = [service.client.post("/v1/keys", json=one).json()["secret"] for one in wanted]
            before = resident(service.process.pid)
            told = asyncio.run(run(service, keys, options))
            told["server_mib"] = {"before": before, "after": resident(service.process.pid)}
            headers = {"Authorization": f"Bearer {keys[1]}"}
            file = {"files": ("calm.txt", TEXT.format(7).encode())}
            told["upload of the other key"] = service.client.post("/v1/jobs", files=file, headers=headers).status_code
        finally:
            service.stop()
    print(json.dumps(told, indent=2))


if __name__ == "__main__":
    main()
