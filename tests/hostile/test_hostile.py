"""Every hostile file ends in a told way, within its limits, and reaches for nothing."""

import http.server
import json
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from case_table import rows

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))
import makers  # noqa: E402

from extractor.read.ocr import has_ocr  # noqa: E402

MEMORY = (1 << 30) + (has_ocr() << 29)  # the recogniser alone maps more than 1 GiB
SECONDS = 30
SECRET = "canary-7f3a"
ROWS = rows("hostile/files")


@pytest.fixture(scope="module")
def canary():
    """A server that nobody may ask, and the list of who did."""
    asked = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(SECRET.encode())

        def log_message(self, *arguments):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/x", asked
    server.shutdown()


def run(path, memory=MEMORY, seconds=SECONDS):
    command = [sys.executable, str(HERE / "child.py"), str(path), str(memory), str(seconds)]
    return subprocess.run(command, capture_output=True, text=True, timeout=4 * seconds, cwd=path.parent)


def outcome_of(done):
    """What the child said, or what its end says of it."""
    if done.stdout.strip():
        return json.loads(done.stdout.splitlines()[-1])
    reason = {-24: "timeout", -9: "memory"}.get(done.returncode, "crash")
    return {"state": "killed", "reason": reason, "events": [], "warnings": [], "error": done.stderr[-2000:]}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["name"])
def test_hostile_file(row, tmp_path, canary):
    address, asked = canary
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET, encoding="ascii")
    work = tmp_path / "work"
    work.mkdir()
    path = work / f"report{row.get('suffix', '')}"
    path.write_bytes(makers.make(row["name"], address, str(secret)))
    outcome = outcome_of(run(path, seconds=row.get("seconds", SECONDS)))
    told = outcome["state"] if outcome["state"] == "done" else f"{outcome['state']}: {outcome['reason']}"
    assert told in row["expect"], outcome
    assert "Traceback" not in outcome.get("error", "") and "\n" not in outcome.get("message", "")
    assert not outcome.get("leak") and outcome.get("evidence_wrong", 0) == 0
    assert outcome["events"] == [] and asked == []
    assert set(row.get("warnings", [])) <= set(outcome["warnings"])
    assert [p.name for p in work.iterdir()] == [path.name]


def test_every_file_has_its_row():
    assert {row["name"] for row in ROWS} == set(makers.MAKERS)
    assert len(ROWS) >= 40


def test_the_canary_sings(canary):
    import urllib.request

    address, asked = canary
    assert urllib.request.urlopen(address).read().decode() == SECRET
    assert asked == ["/x"]
    asked.clear()


CONTROLS = [
    ("memory", "b = bytearray(3 << 30)", "MemoryError"),
    ("time", "while True: pass", ""),
]


@pytest.mark.parametrize(("name", "line", "error"), CONTROLS, ids=[x[0] for x in CONTROLS])
def test_limits_bite(name, line, error):
    limits = f"import resource as r; r.setrlimit(r.RLIMIT_AS, ({MEMORY}, {MEMORY})); r.setrlimit(r.RLIMIT_CPU, (1, 6))"
    done = subprocess.run([sys.executable, "-c", f"{limits}\n{line}"], capture_output=True, text=True, timeout=60)
    assert done.returncode != 0 and error in done.stderr


def test_a_parser_that_reaches_out_would_leak(tmp_path):
    """The control of the entity cases: a careless parser does read the canary."""
    from lxml import etree

    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET, encoding="ascii")
    careless = etree.XMLParser(resolve_entities=True, load_dtd=True)
    node = etree.fromstring(f'<!DOCTYPE a [<!ENTITY e SYSTEM "file://{secret}">]><a>&e;</a>'.encode(), careless)
    assert node.text == SECRET
