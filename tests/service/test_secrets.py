"""What nobody may read in a log, an error or a figure: keys, passwords, names and words of reports."""

import pytest
from service_process import ServiceProcess, httpx, make_key

WORDS = [f"planted{number:02d}zx" for number in range(16)]
TEXT = """{0}县2022年政府信息公开工作年度报告
一、总体情况{1}
（一）{2}主动公开。2022年，{3}发布{4}信息35条，{5}收到申请4件。
"""


@pytest.fixture(scope="module")
def talkative(tmp_path_factory):
    """A service that logs everything, and has met reports, decisions, errors and refusals."""
    running = ServiceProcess(tmp_path_factory.mktemp("talkative") / "home", uploads=3.0).start()
    yield running
    if running.process.poll() is None:
        running.stop()


def use_everything(service):
    """Answers of calls that planted the words somewhere."""
    made = make_key(service, "admin")
    text = TEXT.format(*WORDS)
    parts = [(f"{WORDS[6]}.txt", text.encode()), (f"{WORDS[7]}.pdf", f"%PDF-1.4\n{WORDS[8]}".encode())]
    jobs = service.upload(*parts)
    service.wait(*(job["job"] for job in jobs))
    own = f"/v1/documents/{jobs[0]['document']}"
    fact = service.client.get("/v1/facts", params={"document": jobs[0]["document"]}).json()["items"][0]["id"]
    decision = {"about": "fact", "target": fact, "action": "correct", "human": {"label": WORDS[9], "value": 1}}
    ask = service.client.request
    yield ask("POST", f"{own}/decisions", json={**decision, "note": WORDS[10]})
    yield ask("POST", f"{own}/decisions", json={**decision, "colour": WORDS[11]})
    yield ask("POST", "/v1/keys", json={"name": WORDS[12], "role": "none"})
    yield ask("GET", f"/{WORDS[13]}", params={"q": WORDS[14]})
    yield ask(
        "POST", "/v1/jobs", content=WORDS[15].encode(), headers={"Content-Type": "multipart/form-data; boundary=b"}
    )
    yield ask("POST", "/v1/extract", files={"files": (f"{WORDS[6]}.bin", b"\x7fELF" + WORDS[8].encode())})
    for path in (
        "/",
        f"/documents/{jobs[0]['document']}",
        f"{own}/report",
        "/v1/exports/working-paper.xlsx",
        "/metrics",
    ):
        yield ask("GET", path, headers=made)
    with httpx.Client(base_url=service.url) as browser:
        yield browser.post("/login", data={"key": service.key})
        yield browser.post("/login", data={"key": f"nbk_{WORDS[15]}"})
        yield browser.get("/keys")


def test_logs_and_refusals_hold_no_secret_and_no_word_of_a_report(talkative):
    answers = list(use_everything(talkative))
    secrets = [answer.cookies["nianbao_session"] for answer in answers if "nianbao_session" in answer.cookies]
    assert secrets
    figures = talkative.client.get("/metrics").text
    talkative.stop()
    log = talkative.told()
    assert "DEBUG" in log and "job" in log
    assert log.count(talkative.key) == 1, "the first key, shown once at the first start"
    assert [word for word in [*WORDS, *secrets, "nbk_"] if word in log.replace(talkative.key, "")] == []
    assert [word for word in [*WORDS, *secrets, "nbk_"] if word in figures] == []
    for answer in answers:
        assert (
            talkative.key not in answer.text
            and "Traceback" not in answer.text
            and str(talkative.home) not in answer.text
        )
