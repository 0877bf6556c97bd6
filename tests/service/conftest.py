"""One running service for all tests of this folder, and one for Chromium."""

import os
import shutil

import pytest


@pytest.fixture(scope="session")
def service(tmp_path_factory):
    from service_process import ServiceProcess

    # the tests together ask more in a second than one user does
    running = ServiceProcess(
        tmp_path_factory.mktemp("service") / "home", rate=100_000.0, burst=100_000, uploads=1_000.0
    ).start()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def document(service):
    """Id of a sample that has been read."""
    from service_process import SAMPLES

    job = service.upload(SAMPLES / "provincial-office-2021.pdf")[0]
    assert service.wait(job["job"])[0]["state"] == "done"
    return job["document"]


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    """A service for the browser alone."""
    from service_process import ServiceProcess

    running = ServiceProcess(tmp_path_factory.mktemp("browser") / "home").start()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def browser():
    """Chromium."""
    playwright = pytest.importorskip("playwright.sync_api")
    program = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("no Chromium here")
    with playwright.sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture
def page(own, browser):
    """A signed-in page that must meet no error, no dialog, no refused content and no foreign address."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, accept_downloads=True)
    shown = context.new_page()
    wrong, foreign = [], []
    shown.on("pageerror", lambda error: wrong.append(str(error)))
    shown.on("dialog", lambda dialog: (wrong.append(dialog.message), dialog.dismiss()))
    shown.on("console", lambda line: wrong.append(line.text) if "Content Security Policy" in line.text else None)
    shown.on("request", lambda request: None if request.url.startswith(own.url) else foreign.append(request.url))
    shown.goto(own.url)
    shown.fill("[name=key]", own.key)
    shown.click("button.strong")
    yield shown
    context.close()
    assert (wrong, foreign) == ([], [])
