"""One running service for all tests of this folder; without its libraries they are skipped."""

import pytest

pytest.importorskip("fastapi")
pytest.importorskip("sqlalchemy")
pytest.importorskip("uvicorn")
pytest.importorskip("prometheus_client")

from service_process import SAMPLES, ServiceProcess


@pytest.fixture(scope="session")
def service(tmp_path_factory):
    running = ServiceProcess(tmp_path_factory.mktemp("service") / "home").start()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def document(service):
    """Id of a sample that has been read."""
    job = service.upload(SAMPLES / "provincial-office-2021.pdf")[0]
    assert service.wait(job["job"])[0]["state"] == "done"
    return job["document"]
