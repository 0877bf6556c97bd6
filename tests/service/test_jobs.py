"""Uploads, the queue, and what is refused there."""

import socket

import pytest
from service_process import SAMPLES

TEXT = "一、总体情况\n2022年，滨林县主动公开政府信息{}条，受理申请12件。\n"


def test_the_same_bytes_are_read_once(service):
    content = TEXT.format(4711).encode()
    first, second = (service.upload((name, content))[0] for name in ("a.txt", "../b.txt"))
    assert first["new"] and not second["new"]
    assert (first["job"], first["document"]) == (second["job"], second["document"])
    assert service.wait(first["job"])[0]["state"] == "done"
    assert service.upload(("c.txt", content))[0]["job"] == first["job"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"", "empty"), (b"\x7fELF" + b"\0" * 60, "type"), (b"%PDF-1.4\nbroken", "damaged")],
    ids=["empty", "type", "damaged"],
)
def test_what_can_not_be_read_fails_with_its_reason(service, content, reason):
    job = service.upload(("bad.pdf", content))[0]["job"]
    ended = service.wait(job)[0]
    assert (ended["state"], ended["reason"]) == ("failed", reason)
    answer = service.client.get(f"/v1/jobs/{job}/result")
    assert (answer.status_code, answer.json()["code"]) == (409, "job_failed")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\reports\\x.txt", "x.txt"),
        ("．．／up.txt", "up.txt"),
        ("\u202etxt.exe", "\\u202etxt.exe"),
        ("$(id){{7*7}}'%s.txt", "$(id){{7*7}}'%s.txt"),
        ("n" * 4096, "n" * 200),
    ],
)
def test_names_never_become_paths(service, name, shown):
    before = {path for path in service.home.rglob("*") if "uploads" not in path.parts and path.is_file()}
    job = service.upload((name, TEXT.format(len(name)).encode()))[0]
    assert job["name"] == shown
    service.wait(job["job"])
    after = {path for path in service.home.rglob("*") if "uploads" not in path.parts and path.is_file()}
    assert after - before == set()


def test_extract_answers_at_once_and_keeps_nothing(service):
    before = service.client.get("/v1/documents").json()["total"]
    answer = service.client.post("/v1/extract", files={"files": ("x.txt", TEXT.format(815).encode())})
    assert answer.status_code == 200
    assert 815 in [fact["value"] for fact in answer.json()["facts"]]
    assert service.client.get("/v1/documents").json()["total"] == before
    assert list((service.home / "scratch").iterdir()) == []


def test_results_and_lists(service, document):
    report = service.client.get(f"/v1/documents/{document}/report").json()
    facts = service.client.get("/v1/facts", params={"document": document, "limit": 500}).json()
    assert facts["total"] == len(report["facts"])
    assert [fact["id"] for fact in facts["items"]] == [fact["id"] for fact in report["facts"]]
    code = facts["items"][0]["indicator"]
    some = service.client.get("/v1/facts", params={"document": document, "indicator": code, "limit": 1}).json()
    assert 0 < some["total"] < facts["total"] and len(some["items"]) == 1
    failed = service.client.get("/v1/findings", params={"document": document, "outcome": "PASS"}).json()
    assert failed["total"] == sum(finding["outcome"] == "PASS" for finding in report["findings"])


def test_reading_again_gives_the_same_and_keeps_the_document(service, document):
    before = service.client.get(f"/v1/documents/{document}/report").content
    job = service.client.post(f"/v1/documents/{document}/read-again").json()["jobs"][0]["job"]
    assert service.wait(job)[0]["state"] == "done"
    assert service.client.get(f"/v1/documents/{document}/report").content == before


def test_too_many_files_and_no_files(service):
    many = [("files", (f"{number}.txt", b"x")) for number in range(21)]
    assert service.client.post("/v1/jobs", files=many).status_code == 413
    assert service.client.post("/v1/jobs", data={"files": "no file"}).status_code == 415
    assert service.client.post("/v1/jobs", json={}).status_code == 415


@pytest.mark.parametrize("length", ["Content-Length: 99999999999", "Transfer-Encoding: chunked"])
def test_a_body_without_end_is_refused(service, length):
    head = f"POST /v1/jobs HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {service.key}\r\n{length}\r\n"
    with socket.create_connection(("127.0.0.1", service.port), timeout=30) as line:
        line.sendall(f"{head}Content-Type: multipart/form-data; boundary=b\r\n\r\n".encode())
        block = b'--b\r\nContent-Disposition: form-data; name="files"; filename="x"\r\n\r\n' + b"x" * 65000
        answer = b""
        try:
            for _ in range(1200):
                line.sendall(f"{len(block):x}\r\n".encode() + block + b"\r\n")
                block = b"x" * 65000
        except OSError:
            pass
        try:
            answer = line.recv(200)
        except OSError:
            answer = b""
    assert answer.startswith(b"HTTP/1.1 413") or answer == b""
    assert service.client.get("/health").status_code == 200


def test_a_cancelled_job_stays_cancelled(service):
    jobs = [
        service.upload((f"{n}.pdf", (SAMPLES / "district-2023.pdf").read_bytes() + b"%" * n))[0]["job"]
        for n in (1, 2, 3)
    ]
    answer = service.client.post(f"/v1/jobs/{jobs[-1]}/cancel").json()
    assert answer["state"] in ("cancelled", "done")
    assert service.wait(*jobs)[-1]["state"] == answer["state"]


def test_health_and_figures(service):
    assert service.client.get("/health").json() == {"status": "ok"}
    assert service.client.get("/ready").json() == {"status": "ready"}
    figures = service.client.get("/metrics").text
    assert 'extractor_jobs{state="done"}' in figures
    assert "extractor_request_seconds_bucket" in figures
