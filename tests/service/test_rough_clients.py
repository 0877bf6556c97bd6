"""Clients that are slow, endless, too many or false: each is turned away with its own answer, the others are served."""

import hashlib
import socket
import threading
import time
from contextlib import suppress

import pytest
from service_process import ServiceProcess, httpx, make_key

TEXT = "一、总体情况\n2022年，滨林县主动公开政府信息{}条，受理申请12件。\n"
PART = b'--b\r\nContent-Disposition: form-data; name="files"; filename="x"\r\n\r\n'
# two blocks with one MD5; they differ in the highest bit of six bytes
COLLIDING = bytes.fromhex(
    "d131dd02c5e6eec4693d9a0698aff95c2fcab58712467eab4004583eb8fb7f89"
    "55ad340609f4b30283e488832571415a085125e8f7cdc99fd91dbdf280373c5b"
    "d8823e3156348f5bae6dacd436c919c6dd53e2b487da03fd02396306d248cda0"
    "e99f33420f577ee8ce54b67080a80d1ec69821bcb6a8839396f9652b6ff72a70"
)
TURNED = (19, 45, 59, 83, 109, 123)


@pytest.fixture(scope="module")
def strict(tmp_path_factory):
    """A service with short patience and a small queue."""
    limits = {"header_seconds": 1.0, "idle_seconds": 1.0, "body_seconds": 2.0, "queue": 20, "uploads": 2.0, "busy": 8}
    running = ServiceProcess(tmp_path_factory.mktemp("strict") / "home", **limits).start()
    yield running
    running.stop()


def open_line(service):
    return socket.create_connection(("127.0.0.1", service.port), timeout=20)


def drip(line, pieces, pause):
    """Send piece after piece until the other side has enough; gives back what it answered."""
    with suppress(OSError):
        for piece in pieces:
            line.sendall(piece)
            time.sleep(pause)
    try:
        return line.recv(4096)
    except OSError:
        return b""


def test_slow_headers_are_cut_off(strict):
    with open_line(strict) as line:
        assert drip(line, [b"GET /health HTTP/1.1\r\nX: "] + [b"x"] * 100, 0.1) == b""


def test_slow_headers_of_a_second_request_are_cut_off(strict):
    with open_line(strict) as line:
        line.sendall(b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n")
        first = b""
        while not first.endswith(b"}"):
            first += line.recv(4096)
        assert first.startswith(b"HTTP/1.1 200")
        assert drip(line, [b"GET /health HTTP/1.1\r\nX: "] + [b"x"] * 100, 0.1) == b""


def test_endless_headers_are_cut_off(strict):
    with open_line(strict) as line:
        assert drip(line, [b"GET /health HTTP/1.1\r\nX: "] + [b"x" * 65536] * 400, 0) == b""


@pytest.mark.parametrize("pause", [0.1, 3.0], ids=["a byte at a time", "silence"])
def test_slow_bodies_are_told_so(strict, pause):
    head = f"POST /v1/jobs HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {strict.key}\r\nContent-Length: 5000\r\n"
    with open_line(strict) as line:
        line.sendall(f"{head}Content-Type: multipart/form-data; boundary=b\r\n\r\n".encode())
        answer = drip(line, [PART] + [b"x"] * min(100, int(6 / pause)), pause)
    assert answer.startswith(b"HTTP/1.1 408") and b'"code": "too_slow"' in answer


def test_a_client_that_goes_away_leaves_nothing(strict):
    head = f"POST /v1/jobs HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {strict.key}\r\nContent-Length: 5000\r\n"
    with open_line(strict) as line:
        line.sendall(f"{head}Content-Type: multipart/form-data; boundary=b\r\n\r\n--b\r\n".encode())
    time.sleep(0.5)
    assert strict.client.get("/v1/jobs").status_code == 200
    assert list((strict.home / "scratch").iterdir()) == []


@pytest.mark.parametrize("part", ['name="files"; filename="{}"', 'name="field-{}"'])
def test_ten_thousand_parts_are_too_many(strict, part):
    parts = "".join(
        f"--b\r\nContent-Disposition: form-data; {part.format(number)}\r\n\r\nx\r\n" for number in range(10_000)
    )
    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    answer = strict.client.post("/v1/jobs", content=f"{parts}--b--\r\n".encode(), headers=headers)
    assert answer.status_code == 413


def test_a_flood_is_refused_and_others_are_served(strict):
    flooding, other, answers = make_key(strict, "reviewer", "flood"), make_key(strict, "reviewer", "calm"), []

    def flood(worker):
        with httpx.Client(base_url=strict.url, headers=flooding, timeout=60) as client:
            for number in range(100):
                content = (TEXT.format(f"{worker}{number}") + " " * 900).encode()
                answers.append(client.post("/v1/jobs", files={"files": ("x.txt", content)}))

    threads = [threading.Thread(target=flood, args=(worker,)) for worker in range(1, 6)]
    for thread in threads:
        thread.start()
    calm = []
    while any(thread.is_alive() for thread in threads):
        calm.append(strict.client.get("/health").status_code)
        calm.append(strict.client.get("/v1/documents", headers=other).status_code)
        time.sleep(0.1)
    file = {"files": ("calm.txt", TEXT.format(5).encode())}
    assert strict.client.post("/v1/jobs", files=file, headers=other).status_code == 202
    assert set(calm) <= {200, 503} and calm.count(200) > len(calm) / 2
    told = {(answer.status_code, answer.json().get("code")) for answer in answers}
    assert told <= {(202, None), (429, "too_many"), (429, "queue_full"), (503, "busy")} and len(told) > 1
    assert all(int(answer.headers["Retry-After"]) >= 1 for answer in answers if answer.status_code != 202)
    jobs = [answer.json()["jobs"][0]["job"] for answer in answers if answer.status_code == 202]
    assert {job["state"] for job in strict.wait(*jobs, headers=flooding)} == {"done"}


def test_a_full_queue_of_one_space_leaves_room_for_another(tmp_path):
    from extractor.service.store import jobs
    from extractor.service.store.engine import open_store

    store = open_store(f"sqlite:///{tmp_path / 'x.db'}")
    with store.writing() as connection:
        for number in range(3):
            jobs.add_job(connection, "one", f"{number:032x}", "upload", 3)
        with pytest.raises(jobs.QueueFull):
            jobs.add_job(connection, "one", f"{9:032x}", "upload", 3)
        assert jobs.add_job(connection, "two", f"{10:032x}", "upload", 3)[1]
        with pytest.raises(jobs.QueueFull):
            for number in range(20, 60):
                jobs.add_job(connection, f"space-{number}", f"{number:032x}", "upload", 3)
    store.close()


def test_colliding_files_stay_two_documents(strict):
    pair = [COLLIDING, bytes(byte ^ 0x80 * (at in TURNED) for at, byte in enumerate(COLLIDING))]
    assert pair[0] != pair[1] and len({hashlib.md5(one).digest() for one in pair}) == 1
    made = [strict.upload(("same.pdf", one))[0] for one in pair]
    assert len({one["document"] for one in made}) == 2 and all(one["new"] for one in made)
    for one, content in zip(made, pair, strict=True):
        assert strict.client.get(f"/v1/documents/{one['document']}/original").content == content
