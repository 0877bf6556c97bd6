"""A real service on a free port, as ``extract serve`` starts it; for the tests of the service."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

for needed in ("fastapi", "jinja2", "multipart", "prometheus_client", "sqlalchemy", "uvicorn", "xlsxwriter"):
    pytest.importorskip(needed, reason="the service's libraries are not installed")
httpx = pytest.importorskip("httpx")

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "samples"
PATIENCE = 120.0
ACTIVE = ("queued", "running")

WITH_SETTINGS = """
import logging
from pathlib import Path
from extractor.service import ServiceSettings, serve
logging.basicConfig(level=logging.DEBUG)
serve(ServiceSettings(Path({0!r}), **{2!r}), port={1})
"""


class ServiceProcess:
    """Starts in ``home``, with ``settings`` also logs everything; ``client`` speaks with the first admin key."""

    def __init__(self, home, *options, **settings):
        self.home, self.options, self.settings = Path(home), options, settings
        self.key = None
        self.process = None
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"

    def start(self):
        command = [sys.executable, "-m", "extractor", "serve", "--home", str(self.home), "--port", str(self.port)]
        if self.settings:  # those that the command line does not offer
            command = [sys.executable, "-c", WITH_SETTINGS.format(str(self.home), self.port, self.settings)]
        self.log = open(self.home.parent / f"{self.home.name}.log", "ab")  # noqa: SIM115
        self.process = subprocess.Popen([*command, *self.options], stderr=self.log, stdout=self.log, cwd=ROOT)
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and self.process.poll() is None:
            try:
                if httpx.get(f"{self.url}/ready", timeout=2).status_code == 200:
                    break
            except httpx.TransportError:
                time.sleep(0.1)
        else:
            raise RuntimeError(self.told())
        found = re.search(r"nbk_[\w-]+", self.told())
        self.key = self.key or found.group()
        self.client = httpx.Client(base_url=self.url, headers={"Authorization": f"Bearer {self.key}"}, timeout=PATIENCE)
        return self

    def told(self):
        return Path(self.log.name).read_text(encoding="utf-8")

    def stop(self, how=signal.SIGTERM):
        self.client.close()
        self.process.send_signal(how)
        self.process.wait(PATIENCE)
        self.log.close()

    def upload(self, *files):
        """Names with bytes, or paths; gives back the entries of the answer."""
        parts = [(f.name, f.read_bytes()) if isinstance(f, Path) else f for f in files]
        answer = self.client.post("/v1/jobs", files=[("files", part) for part in parts])
        assert answer.status_code == 202, answer.text
        return answer.json()["jobs"]

    def wait(self, *jobs, headers=None):
        """The jobs, once all have ended; ``headers`` where another key made them."""
        until, found = time.monotonic() + PATIENCE, []
        for job in jobs:
            while (told := self.client.get(f"/v1/jobs/{job}", headers=headers).json())["state"] in ACTIVE:
                assert time.monotonic() < until, told
                time.sleep(0.1)
            found.append(told)
        return found

    def workers(self):
        """Process ids of the server's workers."""
        threads = Path(f"/proc/{self.process.pid}/task").glob("*/children")
        return [int(pid) for thread in threads for pid in thread.read_text().split() if os.path.exists(f"/proc/{pid}")]


def make_key(service, role, space="main"):
    """Headers of a new key."""
    made = service.client.post("/v1/keys", json={"name": f"{role}-{space}", "role": role, "space": space})
    assert made.status_code == 201, made.text
    return {"Authorization": f"Bearer {made.json()['secret']}"}
