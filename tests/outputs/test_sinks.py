import csv
import json

import pytest
from report_builder import make_report

from extractor.errors import UsageError
from extractor.outputs import load_sinks

NAMES = [name for name, _ in load_sinks().items()]


def read_csv(text):
    return [row["raw"] for row in csv.DictReader(text.splitlines())]


RAWS = {
    "json": lambda text: [fact["raw"] for fact in json.loads(text)["facts"]],
    "jsonl": lambda text: [fact["raw"] for line in text.splitlines() for fact in json.loads(line)["facts"]],
    "csv": lambda text: read_csv(text.removeprefix("\ufeff")),
    "html": None,
}


@pytest.mark.parametrize("name", NAMES)
def test_sink_writes_every_fact(name, tmp_path):
    target = tmp_path / f"out{load_sinks().get(name).suffix}"
    report = make_report()
    assert load_sinks().get(name).write([report], target) == 4
    text = target.read_text(encoding="utf-8")
    raws = [fact.raw for fact in report.facts]
    assert RAWS[name](text) == raws if RAWS[name] else all(raw in text for raw in raws)
    assert [path.name for path in tmp_path.iterdir()] == [target.name]


@pytest.mark.parametrize("name", NAMES)
def test_sink_does_not_overwrite_unless_told(name, tmp_path):
    target = tmp_path / "out"
    target.write_text("mine", encoding="utf-8")
    sink = load_sinks().get(name)
    with pytest.raises(UsageError, match="there already"):
        sink.write([make_report()], target)
    assert target.read_text(encoding="utf-8") == "mine"
    sink.write([make_report()], target, overwrite=True)
    assert target.read_text(encoding="utf-8") != "mine"


@pytest.mark.parametrize("name", NAMES)
def test_broken_write_leaves_what_was_there(name, tmp_path):
    def reports():
        yield make_report()
        raise RuntimeError("power cut")

    target = tmp_path / "out"
    target.write_text("mine", encoding="utf-8")
    with pytest.raises(RuntimeError):
        load_sinks().get(name).write(reports(), target, overwrite=True)
    assert target.read_text(encoding="utf-8") == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("name", ["json", "html"])
@pytest.mark.parametrize("count", [0, 2])
def test_one_report_a_file(name, count, tmp_path):
    with pytest.raises(UsageError, match="one report a file"):
        load_sinks().get(name).write([make_report()] * count, tmp_path / "out")


def test_unknown_sink_names_the_known():
    with pytest.raises(UsageError, match="jsonl"):
        load_sinks().get("xls")
