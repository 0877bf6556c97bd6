"""What the samples give: golden facts, exact evidence, the same bytes everywhere."""

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pypdfium2
import pytest
from golden_files import golden_path, summarise

from extractor import extract
from extractor.outputs import to_dict

SAMPLES_FOLDER = Path(__file__).resolve().parents[1] / "samples"
FORMATS = {".pdf", ".docx", ".html", ".txt", ".md"}
SAMPLES = sorted(p for p in SAMPLES_FOLDER.iterdir() if p.suffix in FORMATS and p.name != "SOURCES.md")
PAGED = [path for path in SAMPLES if path.suffix == ".pdf"]
OFFLINE = """
import socket, sys
def refuse(*arguments, **options):
    raise AssertionError("the network was touched")
socket.socket.connect = socket.create_connection = socket.getaddrinfo = refuse
from extractor.__main__ import main
sys.exit(main())
"""

each_sample = pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)


@cache
def read_sample(sample):
    return extract(sample)


@each_sample
def test_sample_gives_its_golden_facts(sample, update_golden):
    lines = summarise(to_dict(read_sample(sample)))
    if update_golden:
        golden_path(sample).write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    assert lines == golden_path(sample).read_text(encoding="utf-8").splitlines()


def test_every_golden_file_has_its_sample():
    assert sorted(path.name for path in golden_path(SAMPLES[0]).parent.iterdir()) == [
        f"{path.name}.jsonl" for path in SAMPLES
    ]


@each_sample
def test_text_at_every_span_is_what_the_fact_says(sample):
    report = read_sample(sample)
    text = report.document.text
    assert report.facts
    for fact in report.facts:
        evidence = fact.evidence
        assert text[slice(*evidence.span)] == fact.raw
        assert text[slice(*evidence.sentence_span)] == evidence.sentence
        assert evidence.sentence_span[0] <= evidence.span[0] <= evidence.span[1] <= evidence.sentence_span[1]


@each_sample
def test_links_between_facts_lead_to_facts(sample):
    facts = read_sample(sample).facts
    known = {fact.id for fact in facts}
    assert len(known) == len(facts)
    links = [link for fact in facts for link in (fact.part_of, fact.numerator, fact.denominator) if link]
    assert set(links) <= known


@each_sample
def test_every_number_is_accounted_for_once(sample):
    coverage = read_sample(sample).coverage
    assert coverage.numbers == coverage.facts + len(coverage.non_facts) + len(coverage.unexplained)


@pytest.mark.parametrize("sample", PAGED, ids=lambda path: path.name)
def test_boxes_on_paper_hold_the_value(sample):
    report = read_sample(sample)
    pdf = pypdfium2.PdfDocument(sample)
    try:
        for fact in report.facts:
            evidence = fact.evidence
            assert evidence.page is not None
            assert evidence.boxes
            assert evidence.value_boxes
            value = squeeze(part_on_page(report, fact))
            assert value
            assert value in squeeze(crop(pdf, evidence.page, evidence.value_boxes))
            assert value in squeeze(crop(pdf, evidence.page, evidence.boxes))
    finally:
        pdf.close()


def part_on_page(report, fact):
    """The characters of the value that stand on the evidence's page; a page may end inside a value."""
    layout = report.document.layout
    offsets = range(*fact.evidence.span)
    return "".join(report.document.text[at] for at in offsets if layout.page(at) == fact.evidence.page)


def crop(pdf, page_number, boxes):
    """Text that stands inside the boxes of a page."""
    return "".join(crop_one(pdf, page_number, box) for box in boxes)


def crop_one(pdf, page_number, box):
    page = pdf[page_number - 1]
    height = page.get_height()
    x0, top, x1, bottom = box
    inset = min(0.8, (x1 - x0) / 8)
    text = page.get_textpage()
    return text.get_text_bounded(left=x0 + inset, bottom=height - bottom + 1, right=x1 - inset, top=height - top - 1)


def squeeze(text):
    return "".join(text.split())


def test_only_the_damaged_sample_contradicts_itself():
    """The others' tables and texts agree by construction: a finding there is a wrong reading or a wrong rule."""
    severe = {"critical", "high"}
    wrong = {
        sample.name
        for sample in SAMPLES
        if any(finding.outcome == "FAIL" and finding.severity in severe for finding in read_sample(sample).findings)
    }
    assert wrong == {"damaged-2020.txt"}


def run_all(*, wrapper=(), module=("-m", "extractor"), **environment):
    """Standard output of one run over all samples."""
    names = [path.name for path in SAMPLES]
    command = [*wrapper, sys.executable, *module, *names, "--jsonl"]
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("LC_", "LANG", "TZ", "PYTHON"))}
    clean["PYTHONPATH"] = str(SAMPLES_FOLDER.parent)
    done = subprocess.run(command, cwd=SAMPLES_FOLDER, env=clean | environment, capture_output=True, timeout=300)
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout.count(b"\n") == len(SAMPLES)
    return done.stdout


@pytest.fixture(scope="module")
def first_run():
    return run_all()


def test_a_second_run_gives_the_same_bytes(first_run):
    assert run_all(PYTHONHASHSEED="4711") == first_run


def test_locale_and_time_zone_change_nothing(first_run):
    assert run_all(LC_ALL="C", TZ="Asia/Tokyo") == first_run


def test_the_network_is_not_needed(first_run):
    assert run_all(module=("-c", OFFLINE)) == first_run


def test_nothing_changes_without_a_network(first_run):
    wrapper = ("unshare", "--net", "--map-root-user")
    if not shutil.which("unshare") or subprocess.run([*wrapper, "true"], capture_output=True).returncode:
        pytest.skip("no right to take the network away")
    assert run_all(wrapper=wrapper) == first_run


def test_library_and_command_agree(first_run):
    lines = first_run.decode("utf-8").splitlines()
    for sample, line in zip(SAMPLES, lines, strict=True):
        assert summarise(to_dict(read_sample(sample))) == summarise_line(line)


def summarise_line(line):
    import json

    return summarise(json.loads(line))


def test_reports_give_the_public_object():
    report = read_sample(SAMPLES[0])
    assert report.to_dict() == to_dict(report)


def test_generator_makes_the_committed_samples(tmp_path):
    """Texts to the byte; packed formats depend on the libraries' versions, so there one run must equal the next."""
    made = []
    for run in ("first", "second"):
        folder = tmp_path / run
        folder.mkdir()
        command = [sys.executable, str(SAMPLES_FOLDER / "make.py"), "--out", str(folder)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        made.append({path.name: path.read_bytes() for path in folder.iterdir()})
    assert made[0] == made[1]
    assert set(made[0]) == {path.name for path in SAMPLES if path.name != "district-2023.pdf"}
    for name, data in made[0].items():
        if not name.endswith((".pdf", ".docx")):
            assert data == (SAMPLES_FOLDER / name).read_bytes(), name
