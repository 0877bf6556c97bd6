"""Decisions: what they change, what they refuse, that they outlive a new reading, and what exports make of them."""

import csv
import io
import json
import zipfile

import pytest
from service_process import SAMPLES

from extractor.evaluate import read_gold


@pytest.fixture(scope="module")
def report(service):
    job = service.upload(SAMPLES / "township-2021.pdf")[0]
    assert service.wait(job["job"])[0]["state"] == "done"
    found = service.client.get(f"/v1/documents/{job['document']}/report").json()
    return job["document"], found


def decide(service, document, **decision):
    return service.client.post(f"/v1/documents/{document}/decisions", json=decision)


def history(service, document):
    return service.client.get(f"/v1/documents/{document}/decisions").json()["items"]


def test_a_correction_keeps_machine_human_and_printed_value_apart(service, report):
    document, found = report
    fact = found["facts"][0]
    human = {"value": 77.5, "unit": "件", "printed": "775件"}
    said = {"human": human, "reason": "wrong_value", "note": "见第2页"}
    made = decide(service, document, about="fact", target=fact["id"], action="correct", **said)
    assert made.status_code == 201
    entry = made.json()
    assert entry["human"] == human and entry["machine"]["value"] == fact["value"]
    assert (entry["author"], entry["reason"], entry["note"]) == ("admin", "wrong_value", "见第2页")
    assert entry["versions"]["extractor"] == found["versions"]["extractor"]
    assert entry["standing"] and entry["changed"] == []


def test_the_history_only_grows_and_undo_is_an_entry(service, report):
    document, found = report
    target = found["facts"][1]["id"]
    before = len(history(service, document))
    decide(service, document, about="fact", target=target, action="accept")
    decide(service, document, about="fact", target=target, action="reject", reason="not_a_fact")
    undone = service.client.post(f"/v1/documents/{document}/decisions/undo", params={"target": target})
    assert undone.json()["action"] == "reject" and not undone.json()["standing"]
    entries = history(service, document)[before:]
    assert [entry["action"] for entry in entries] == ["accept", "reject", "undo"]
    assert [entry["standing"] for entry in entries] == [True, False, False]
    assert entries[1]["before"]["action"] == "accept"


@pytest.mark.parametrize(
    ("decision", "status"),
    [
        ({"about": "fact", "target": "0" * 16, "action": "accept"}, 404),
        ({"about": "finding", "target": "0" * 16, "action": "acceptable"}, 404),
        ({"about": "fact", "action": "acceptable"}, 422),
        ({"about": "fact", "action": "correct"}, 422),
        ({"about": "fact", "action": "correct", "human": {"value": 1e30}}, 422),
        ({"about": "fact", "action": "correct", "human": {"colour": "red"}}, 422),
        ({"about": "fact", "action": "accept", "note": "x" * 3000}, 422),
        ({"about": "fact", "action": "accept", "note": "a\u0000b"}, 422),
    ],
)
def test_what_is_no_decision_is_refused(service, report, decision, status):
    document, found = report
    before = len(history(service, document))
    assert decide(service, document, **{"target": found["facts"][2]["id"], **decision}).status_code == status
    assert len(history(service, document)) == before


def test_a_missed_fact_is_cut_from_the_text(service, report):
    document, found = report
    text = found["document"]["text"]
    start = text.index("2021年")
    fact = {"value": 2021, "unit": "年", "label": "年度"}
    made = service.client.post(
        f"/v1/documents/{document}/decisions/added", json={"start": start, "end": start + 5, "fact": fact}
    ).json()
    assert made["human"]["raw"] == "2021年"
    first, last = made["human"]["sentence_span"]
    assert made["human"]["sentence"] == text[first:last] and first <= start < last
    outside = {"start": len(text), "end": len(text) + 3, "fact": fact}
    assert service.client.post(f"/v1/documents/{document}/decisions/added", json=outside).status_code == 422


def test_accepting_in_bulk_shows_first_and_leaves_decided_facts(service, report):
    document, found = report
    url = f"/v1/documents/{document}/decisions/batch"
    decided = {entry["target"] for entry in history(service, document) if entry["standing"]}
    shown = service.client.post(url, json={"confidence": 0.9}).json()
    wanted = [fact["id"] for fact in found["facts"] if fact["confidence"] >= 0.9 and fact["id"] not in decided]
    assert shown["facts"] == wanted and wanted
    before = len(history(service, document))
    done = service.client.post(url, json={"confidence": 0.9, "preview": False}).json()
    assert done == shown
    assert len(history(service, document)) == before + len(wanted)
    assert service.client.post(url, json={"confidence": 0.9}).json()["count"] == 0


def test_decisions_outlive_a_new_reading(service, report):
    document, _ = report
    before = [(entry["number"], entry["standing"]) for entry in history(service, document)]
    reviewed = service.client.get(f"/v1/documents/{document}").json()["reviewed"]
    job = service.client.post(f"/v1/documents/{document}/read-again").json()["jobs"][0]["job"]
    assert service.wait(job)[0]["state"] == "done"
    assert [(entry["number"], entry["standing"]) for entry in history(service, document)] == before
    assert service.client.get(f"/v1/documents/{document}").json()["reviewed"] == reviewed > 0


def test_verdicts_settle_findings(service):
    job = service.upload(SAMPLES / "damaged-2020.txt")[0]
    service.wait(job["job"])
    document = job["document"]
    failing = service.client.get("/v1/findings", params={"document": document, "outcome": "FAIL"}).json()["items"]
    assert failing
    before = service.client.get(f"/v1/documents/{document}").json()["failed"]
    decide(service, document, about="finding", target=failing[0]["fingerprint"], action="acceptable")
    assert service.client.get(f"/v1/documents/{document}").json()["failed"] == before - 1
    decide(service, document, about="finding", target=failing[0]["fingerprint"], action="report_error", note="请核对")
    body = failing[0]["organization"]
    letter = service.client.get("/v1/exports/notice.docx", params={"body": body}).content
    text = zipfile.ZipFile(io.BytesIO(letter)).read("word/document.xml").decode()
    assert body in text and "请核对" in text
    assert failing[0]["message_zh"][:20] in text
    page = service.client.get("/notice", params={"body": body}).text
    assert "请核对" in page


def test_gold_is_read_by_the_scorer_and_points_at_the_text(service, report, tmp_path):
    document, found = report
    lines = service.client.get("/v1/exports/gold.jsonl", params={"document": document}).text
    path = tmp_path / "gold.jsonl"
    path.write_text(lines, encoding="utf-8")
    facts = read_gold(path)["township-2021.pdf"]
    text = found["document"]["text"]
    assert len(facts) > 10
    for fact in facts:
        at = -1
        for _ in range(fact.occurrence):
            at = text.find(fact.quote, at + 1)
        assert at >= 0 and fact.num in fact.quote
    told = [json.loads(line) for line in lines.splitlines()]
    assert [(fact["value"], fact["unit"]) for fact in told if fact["value"] in (77.5, 2021)] == [
        (2021, "年"),
        (77.5, "件"),
    ]


def test_tables_are_text_and_numbers_only(service, report):
    from openpyxl import load_workbook

    document, found = report
    target = found["facts"][3]["id"]
    decide(service, document, about="fact", target=target, action="accept", note='=HYPERLINK("http://x")')
    content = service.client.get("/v1/exports/working-paper.xlsx", params={"document": document}).content
    book = load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["事实", "发现", "记录"]
    kinds = {cell.data_type for sheet in book for row in sheet for cell in row}
    assert "f" not in kinds and not any(sheet._hyperlinks for sheet in book)
    rows = list(
        csv.reader(io.StringIO(service.client.get("/v1/exports/facts.csv", params={"document": document}).text))
    )
    assert len(rows) == len(found["facts"]) + 2  # header, and the fact that was added
    assert [cell for row in rows for cell in row if "HYPERLINK" in cell] == ['\'=HYPERLINK("http://x")']


@pytest.mark.parametrize("chosen", ["all", "reviewed"])
def test_parquet_holds_what_csv_holds(service, report, chosen):
    from pyarrow import parquet

    document, found = report
    asked = {"document": document, "facts": chosen}
    content = service.client.get("/v1/exports/facts.parquet", params=asked).content
    rows = parquet.read_table(io.BytesIO(content)).to_pylist()
    lines = list(csv.DictReader(io.StringIO(service.client.get("/v1/exports/facts.csv", params=asked).text)))
    assert [row["id"] for row in rows] == [line["事实编号"] for line in lines]
    assert {row["decision"] for row in rows} - {None} == {"accept", "correct", "add"}
    assert all(row["decision"] for row in rows) == (chosen == "reviewed")
    assert [row["value"] for row in rows if row["human_value"] == 77.5] == [77.5]
    assert {type(row["value"]) for row in rows} == {float} and {type(row["year"]) for row in rows} == {int}
    assert (len(rows) < len(found["facts"])) == (chosen == "reviewed")
