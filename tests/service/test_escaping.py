"""Whatever a report, a name or a reader writes is text on every page, never an element, an attribute or an address."""

from html import escape
from urllib.parse import quote

import pytest
from case_table import rows
from service_process import make_key

lexbor = pytest.importorskip("selectolax.lexbor")

PROBES = rows("service/probes")
MARK = "XQZ"
HOLDS_TEXT = {"value", "title", "placeholder", "aria-label", "data-words", "hx-confirm"}
HOLDS_ADDRESS = {"href", "hx-get", "hx-post", "action"}
OWN = ("/", "?", "#")
RAW = {"script", "style", "noscript", "iframe", "template"}
REPORT = """<!doctype html><html><head><meta charset="utf-8"></head><body>
<h1>{probe}滨林县{probe}人民政府2022年政府信息公开工作年度报告</h1>
<p>一、总体情况{probe}</p>
<p>（一）{probe}主动公开。2022年，{probe}发布{probe}信息35条，{probe}收到申请4件，{probe}办结申请4件。</p>
<table><tr><td>{probe}</td><td>12</td></tr><tr><td>{probe}</td><td>{probe}</td></tr></table>
<p>二、{probe}存在的问题</p>
<p>{probe}</p></body></html>
"""


@pytest.fixture(scope="module")
def read(service):
    """The document of every probe, in a space of its own: its id, a fact, the headers that see it."""
    headers, made = make_key(service, "admin", "probes"), []
    parts = [("files", (f"{probe}.html", REPORT.format(probe=escape(probe)).encode())) for probe in PROBES]
    for start in range(0, len(parts), 20):
        made += service.client.post("/v1/jobs", files=parts[start : start + 20], headers=headers).json()["jobs"]
    ended = service.wait(*(job["job"] for job in made), headers=headers)
    assert [job["message"] for job in ended if job["state"] != "done"] == []
    return {probe: (job["document"], headers) for probe, job in zip(PROBES, made, strict=True)}


def write_everywhere(service, document, headers, probe):
    """Put the probe into every field that a person fills; gives back a fact and a finding."""
    ask = {"headers": headers, "params": {"document": document, "limit": 1}}
    facts, findings = (service.client.get(f"/v1/{name}", **ask).json()["items"] for name in ("facts", "findings"))
    url, human = f"/v1/documents/{document}/decisions", {"value": 1, "label": probe, "subject": probe}
    human |= {"printed": probe[:100], "unit": probe[:20], "indicator": probe[:64]}
    decisions = [{"about": "fact", "target": facts[0]["id"], "action": "correct", "human": human}]
    decisions += [{"about": "finding", "target": one["fingerprint"], "action": "ask_body"} for one in findings]
    for decision in decisions:
        assert service.client.post(url, json={**decision, "note": probe}, headers=headers).status_code == 201
    added = {"start": 0, "end": 5, "fact": human, "note": probe}
    assert service.client.post(f"{url}/added", json=added, headers=headers).status_code == 201
    assert service.client.post("/v1/keys", json={"name": probe, "role": "reader"}, headers=headers).status_code == 201
    return facts[0]["id"], findings[0]["fingerprint"] if findings else None


def pages(document, fact, finding, body, probe):
    own, asked = f"/documents/{document}", quote(probe, safe="")
    yield from (own, f"{own}/text", f"{own}/history", f"{own}/facts/{fact}", f"{own}/batch?confidence=0.5")
    yield from (f"{own}/add?start=0&end=9", f"{own}?language={asked}", "/keys", f"/?body={asked}&year={asked}")
    yield from (f"/library/rows?words={asked}", f"/library/rows?order={asked}&state={asked}&severity={asked}")
    yield from (f"/compare?body={quote(body)}&first={asked}", f"/compare?body={asked}", f"/notice?body={quote(body)}")
    yield from (f"/notice?body={asked}&year={asked}", f"/trends?indicator={asked}&body={asked}")
    yield from (f"/trends?indicator=application.received&body={quote(body)}", f"/login?language={asked}")
    if finding:
        yield f"{own}/findings/{finding}"


def find_trespass(html):
    """Elements, attributes and addresses that only a probe can have made."""
    wrong = []
    for node in lexbor.LexborHTMLParser(html).css("*"):
        if MARK.lower() in node.tag.lower() or (node.tag in RAW and MARK in (node.text() or "")):
            wrong.append(node.tag)
        for name, value in node.attributes.items():
            holds = MARK in (value or "")
            fits = name in HOLDS_TEXT or (name in HOLDS_ADDRESS and (value or "").startswith(OWN))
            if name.startswith("on") or name == "style" or MARK.lower() in name or (holds and not fits):
                wrong.append(f"{node.tag} {name}={value}")
            if name in HOLDS_ADDRESS | {"src"} and not (value or "").startswith(OWN):
                wrong.append(f"{node.tag} {name}={value}")
    return wrong


@pytest.mark.parametrize("probe", PROBES)
def test_nothing_of_a_probe_becomes_markup(service, read, probe):
    document, headers = read[probe]
    fact, finding = write_everywhere(service, document, headers, probe)
    body = service.client.get(f"/v1/documents/{document}", headers=headers).json()["organization"] or "无"
    shown = 0
    for path in pages(document, fact, finding, body, probe):
        answer = service.client.get(path, headers=headers)
        assert answer.status_code == 200, (path, answer.text)
        assert answer.headers["content-type"].startswith("text/html")
        assert find_trespass(answer.text) == [], path
        shown += probe in (lexbor.LexborHTMLParser(answer.text).text() or "")
    assert shown >= 3, "and it is shown as it was written"


@pytest.mark.parametrize("probe", PROBES)
@pytest.mark.parametrize(
    "path", ["/{}", "/documents/{}", "/v1/documents/{}", "/static/{}", "/v1/facts?x={}", "/v1/documents?state={}"]
)
def test_paths_and_refusals_never_speak_html(service, path, probe):
    answer = service.client.get(path.format(quote(probe, safe="")))
    assert answer.status_code in (404, 422)
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "html",
    [
        f"<p title='x' onclick='{MARK}'>",
        f"<script>{MARK}</script>",
        f"<a href='javascript:{MARK}'>x</a>",
        f"<div hx-trigger='{MARK}'>",
        f"<x{MARK}>",
        "<img src='https://evil.example'>",
    ],
)
def test_the_check_itself_sees_what_it_is_for(html):
    assert find_trespass(html)
    assert find_trespass(f"<p title='{MARK}'>{MARK}</p><a href='/compare?body={MARK}'>x</a>") == []
