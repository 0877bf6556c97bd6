"""One running service for all tests of this folder."""

import pytest


@pytest.fixture(scope="session")
def service(tmp_path_factory):
    from service_process import ServiceProcess

    running = ServiceProcess(tmp_path_factory.mktemp("service") / "home").start()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def document(service):
    """Id of a sample that has been read."""
    from service_process import SAMPLES

    job = service.upload(SAMPLES / "provincial-office-2021.pdf")[0]
    assert service.wait(job["job"])[0]["state"] == "done"
    return job["document"]
