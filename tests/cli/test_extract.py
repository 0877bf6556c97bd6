"""The command as people start it: a process of its own, its two streams, its exit status."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from extractor import cli

REPORT = """青禾县人民政府2021年政府信息公开工作年度报告
一、总体情况
2021年，全县通过政府网站公开信息3500条，其中政策解读128条。县政务服务大厅设有窗口20个。
五、存在的主要问题及改进情况
一年来举办培训4期，培训人员300人次。
六、其他需要报告的事项
本年度未收取信息处理费。
"""
PDF = Path(__file__).resolve().parents[2] / "samples" / "bureau-2019.pdf"
HEAVY = ("typer", "rich", "click", "spacy", "numpy", "pydantic", "pdfplumber", "yaml")
SLOW = ("argparse", "dataclasses", "inspect", "logging", "opencc", "pathlib", "pypdfium2", "rapidfuzz", "jieba")


def run(*words, data=b"", environment=None, **options):
    command = [sys.executable, "-m", "extractor", *map(str, words)]
    variables = {**os.environ, **(environment or {})}
    return subprocess.run(command, input=data, capture_output=True, env=variables, check=False, timeout=120, **options)


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "年报.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


def facts_of(output):
    return [fact["raw"] for fact in json.loads(output)["facts"]]


@pytest.mark.parametrize("words", [[], ["--json"]])
def test_one_file_is_one_object(report, words):
    result = run(report, *words)
    assert (result.returncode, result.stderr) == (0, b"")
    raws = facts_of(result.stdout)
    assert {"3500条", "128条", "20个", "4期", "300人次"} <= set(raws)


def test_several_files_are_lines(report, tmp_path):
    other = tmp_path / "b.txt"
    other.write_text(REPORT.replace("3500", "3600"), encoding="utf-8")
    for words in ([], ["--json"], ["--jsonl"]):
        result = run(report, other, *words)
        lines = result.stdout.decode().splitlines()
        assert [json.loads(line)["document"]["name"] for line in lines] == ["年报.txt", "b.txt"]


def test_csv(report):
    rows = list(csv.DictReader(io.StringIO(run(report, "--csv").stdout.decode())))
    assert "3500条" in {row["raw"] for row in rows}
    assert {row["document"] for row in rows} == {"年报.txt"}


def test_page(report, tmp_path):
    page = tmp_path / "out.html"
    result = run(report, "--html", page)
    assert (result.returncode, result.stdout) == (0, b"")
    assert ">3500条</mark>" in page.read_text(encoding="utf-8")
    assert run(report, "--html", page, "--json").stdout.startswith(b"{")


def test_pages_of_several_files_go_into_a_folder(report, tmp_path):
    (tmp_path / "x").mkdir()
    twin = tmp_path / "x" / report.name
    twin.write_text(REPORT, encoding="utf-8")
    run(report, twin, "--html", tmp_path / "pages")
    assert sorted(path.name for path in (tmp_path / "pages").iterdir()) == ["年报-2.html", "年报.html"]


def test_a_page_never_takes_the_place_of_something_else(report):
    result = run(report, "--html", report)
    assert result.returncode == 2
    assert report.read_text(encoding="utf-8") == REPORT


@pytest.mark.parametrize("place", ["missing/out.html", ".", "年报.txt/out.html"])
def test_a_page_that_cannot_be_written_is_told(report, place):
    result = run(report, "--html", report.parent / place)
    assert result.returncode == 2
    assert result.stderr.decode().startswith("extract: --html ")
    assert len(result.stderr.splitlines()) == 1
    assert run(report, report, "--html", report).returncode == 2


@pytest.mark.parametrize(
    ("words", "want"),
    [
        (["--section", "problems"], {"4期", "300人次"}),
        (["--indicator", "hall.*"], {"20个"}),
        (["--indicator", "hall.*,interpretation.*"], {"20个", "128条"}),
        (["--section", "problems", "--indicator", "hall.*"], set()),
    ],
)
def test_narrowing(report, words, want):
    assert set(facts_of(run(report, *words).stdout)) == want


def test_narrowing_by_confidence_and_text(report):
    assert facts_of(run(report, "--min-confidence", "1").stdout) == []
    assert json.loads(run(report, "--no-text").stdout)["document"]["text"] is None


def test_a_glob_that_fits_nothing_is_wrong_use(report):
    result = run(report, "--indicator", "hal.*")
    assert (result.returncode, result.stdout) == (2, b"")
    assert b"fits no code" in result.stderr


def test_standard_input(report):
    result = run("-", "--json", data=report.read_bytes())
    assert "3500条" in facts_of(result.stdout)
    assert json.loads(result.stdout)["document"]["source"] == "-"


@pytest.mark.parametrize(
    "environment",
    [
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "gbk"},
        {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
        {"TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8"},
    ],
)
def test_output_is_the_same_in_every_locale(report, environment):
    for form in ("--json", "--csv"):
        assert (
            run("年报.txt", form, environment=environment, cwd=report.parent).stdout
            == run("年报.txt", form, cwd=report.parent).stdout
        )


def test_a_file_that_fails_is_one_line_and_the_others_come_out(report, tmp_path):
    junk = tmp_path / "junk.pdf"
    junk.write_bytes(b"%PDF-1.4 nothing behind it")
    result = run(tmp_path / "none.txt", report, junk, "--jsonl")
    assert result.returncode == 1
    assert len(result.stdout.splitlines()) == 1
    lines = result.stderr.decode().splitlines()
    assert len(lines) == 2
    assert all(line.startswith(f"extract: {tmp_path}") for line in lines)
    assert "Traceback" not in result.stderr.decode()


@pytest.mark.parametrize("name", ["batch", "audit", "schema"])
def test_a_file_called_like_a_command(tmp_path, name):
    (tmp_path / name).write_text(REPORT, encoding="utf-8")
    assert "3500条" in facts_of(run("--", name, cwd=tmp_path).stdout)
    assert "3500条" in facts_of(run(f"./{name}", cwd=tmp_path).stdout)


@pytest.mark.parametrize("words", [["--xlsx"], ["a.txt", "--json", "--csv"], ["--json"], []])
def test_wrong_use(words):
    result = run(*words)
    assert (result.returncode, result.stdout) == (2, b"")
    assert b"Traceback" not in result.stderr


def test_a_reader_that_goes_away_is_no_error(report):
    process = subprocess.Popen(
        [sys.executable, "-m", "extractor", *[str(report)] * 40, "--jsonl"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    process.stdout.read(10)
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait(60) == 0


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no device that is always full")
@pytest.mark.parametrize("redirect", [">/dev/full", ">&-", ">&- 2>&-", "2>&- >/dev/full"])
def test_output_that_cannot_be_written_is_told_once(report, redirect):
    command = f'"{sys.executable}" -m extractor "{report}" --json {redirect}'
    result = subprocess.run(["sh", "-c", command], capture_output=True, check=False, timeout=120)
    assert result.returncode == 1
    assert len(result.stderr.splitlines()) == (0 if "2>" in redirect else 1)


def test_interrupt_is_quiet(report, monkeypatch, capsys):
    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("extractor.cli.extraction.read_one", interrupt)
    assert cli.run([str(report)]) == 130
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("error", [RuntimeError("boom"), RecursionError("deep"), KeyError("x")])
def test_a_fault_of_ours_is_one_line_too(report, monkeypatch, capsys, error):
    def fail(*_):
        raise error

    monkeypatch.setattr("extractor.cli.extraction.read_one", fail)
    assert cli.run([str(report), str(report)]) == 1
    output, errors = capsys.readouterr()
    assert output == ""
    assert [line.split(":")[2].strip() for line in errors.splitlines()] == [
        f"unexpected error ({type(error).__name__}"
    ] * 2


def test_one_shot_extraction_is_light(report):
    code = (
        "import sys; from extractor.cli import run; status = run(sys.argv[1:]);"
        "print(*sorted({name.split('.')[0] for name in sys.modules}), file=sys.stderr); sys.exit(status)"
    )
    command = [sys.executable, "-c", code, str(report), "--json"]
    subprocess.run(command, capture_output=True, check=True)  # fills the cache of the patterns
    result = subprocess.run(command, capture_output=True, check=True)
    loaded = result.stderr.decode().split()
    assert "extractor" in loaded
    assert [name for name in HEAVY if name in loaded] == []


def test_a_pdf_loads_only_what_it_needs():
    code = "import sys; from extractor.cli import run; run(sys.argv[1:]); print(*sys.modules, file=sys.stderr)"
    command = [sys.executable, "-c", code, str(PDF), "--json"]
    subprocess.run(command, capture_output=True, check=True)  # fills the cache of the patterns
    loaded = subprocess.run(command, capture_output=True, check=True).stderr.decode().split()
    assert "extractor.read.pdf" in loaded
    assert [name for name in (*HEAVY, *SLOW) if name in loaded] == []


def test_import_alone_loads_nothing():
    code = "import sys, extractor; print(*[n for n in sys.modules if n.startswith('extractor')])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout.split() == [
        b"extractor"
    ]
