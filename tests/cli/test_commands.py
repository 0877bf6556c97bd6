import json
from pathlib import Path

import pytest
import typer

import extractor
from extractor.cli import run
from extractor.cli.app import app
from extractor.cli.commands import COMMANDS, help_text
from extractor.lexicon import table

GOLD = {
    "doc": "r.txt",
    "n": 1,
    "quote": "公开信息3500条",
    "num": "3500条",
    "value": 3500,
    "unit": "条",
    "indicator": "disclosure.items",
}


def call(capsys, *words):
    status = run([str(word) for word in words])
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def test_every_command_is_in_the_app_and_in_the_help():
    names = set(typer.main.get_command(app).commands)
    assert names == set(COMMANDS)
    assert all(f"  {name}" in help_text() for name in names)


@pytest.mark.parametrize("words", [["--help"], ["-h"], ["a.pdf", "--help"]])
def test_help(capsys, words):
    status, out, err = call(capsys, *words)
    assert (status, err) == (0, "")
    for option in ("--json", "--jsonl", "--csv", "--html", "--section", "--indicator", "--min-confidence", "--no-text"):
        assert option in out
    assert "extract - --json" in out


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_a_command(capsys, name):
    status, out, _ = call(capsys, name, "--help")
    assert status == 0
    assert f"Usage: extract {name}" in out


def test_version(capsys):
    assert call(capsys, "--version")[:2] == (0, f"extract {extractor.__version__}\n")


def test_version_is_that_of_the_project():
    project = Path(__file__).parents[2] / "pyproject.toml"
    if not project.exists():
        pytest.skip("not a checkout")
    assert f'\nversion = "{extractor.__version__}"\n' in project.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", extractor.__all__)
def test_public_names(name):
    assert getattr(extractor, name) is not None
    assert name in dir(extractor)


def test_no_other_public_name():
    with pytest.raises(AttributeError, match="no attribute 'extractor_of_everything'"):
        extractor.extractor_of_everything  # noqa: B018


@pytest.mark.parametrize(
    ("what", "holds"), [("indicators", "hall.windows"), ("readers", "pdf"), ("sinks", "csv"), ("rules", None)]
)
def test_list(capsys, what, holds):
    status, out, _ = call(capsys, "list", what)
    first = [line.split("\t")[0] for line in out.splitlines()]
    assert status == 0
    assert holds is None or holds in first
    status, out, _ = call(capsys, "list", what, "--json")
    assert [next(iter(entry.values())) for entry in json.loads(out)] == first


def test_list_of_indicators_is_whole(capsys):
    assert len(call(capsys, "list", "indicators")[1].splitlines()) == len(table("indicators"))


def test_schema(capsys):
    status, out, _ = call(capsys, "schema")
    assert status == 0
    assert json.loads(out)["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize(
    "words",
    [
        ["list", "things"],
        ["list"],
        ["schema", "more"],
        ["patterns"],
        ["patterns", "mend"],
        ["audit"],
        ["audit", "a.txt", "--fail-on", "grave"],
        ["evaluate", "nowhere.jsonl"],
        ["evaluate", "nowhere.json"],
        ["evaluate", "gold.jsonl", "--show", "many"],
    ],
)
def test_wrong_use(capsys, words):
    status, out, err = call(capsys, *words)
    assert (status, out) == (2, "")
    assert err.startswith("extract: ")
    assert err.count("\n") == 1


@pytest.fixture
def gold(tmp_path):
    (tmp_path / "r.txt").write_text("一、总体情况\n2021年共主动公开信息3500条。\n", encoding="utf-8")
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(GOLD, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def test_evaluate(capsys, gold, tmp_path):
    status, out, _ = call(capsys, "evaluate", gold, "--reports", tmp_path, "--json")
    figures = json.loads(out)
    assert status == 0
    assert figures["found"]["f1"] == 1.0
    saved = tmp_path / "saved.json"
    saved.write_text(out, encoding="utf-8")
    status, out, _ = call(capsys, "evaluate", gold, "--reports", tmp_path, "--compare", saved)
    assert status == 0
    assert "+0.0000" in out
    assert call(capsys, "evaluate", saved, "--compare", saved)[0] == 0


def test_evaluate_shows_mistakes(capsys, gold, tmp_path):
    text = gold.read_text(encoding="utf-8")
    gold.write_text(text.replace('"value": 3500', '"value": 3600'), encoding="utf-8")
    out = call(capsys, "evaluate", gold, "--reports", tmp_path, "--show", "5")[1]
    assert "r.txt | missed | 公开信息3500条" in out
    assert "r.txt | spurious | 3500条" in out


def test_a_report_that_cannot_be_read_counts_as_missed(capsys, gold, tmp_path):
    (tmp_path / "r.txt").unlink()
    status, out, err = call(capsys, "evaluate", gold, "--reports", tmp_path, "--json")
    assert status == 1
    assert json.loads(out)["found"]["recall"] == 0.0
    assert "does not exist" in err


def test_evaluate_without_any_report_is_wrong_use(capsys, gold, tmp_path):
    assert call(capsys, "evaluate", gold, "--reports", tmp_path, "--suffix", ".pdf")[0] == 2
