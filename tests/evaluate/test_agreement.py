"""The figures are those of the scorer that comes with the shared gold."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from extractor import extract
from extractor.evaluate import evaluate, read_gold, summarise

SHARED = Path(__file__).resolve().parents[3] / "shared"
SCORER = SHARED / "tools" / "score.py"
REPORTS = SHARED / "reports"
RUNS = [
    ("dev.jsonl", REPORTS, None),
    ("dev.jsonl", REPORTS, ".pdf"),
    ("passages.jsonl", REPORTS / "passages", ".txt"),
]

pytestmark = pytest.mark.skipif(not SCORER.exists(), reason="the shared gold is not here")


@pytest.mark.parametrize(("gold", "folder", "suffix"), RUNS)
def test_figures_are_those_of_the_scorer(gold, folder, suffix, tmp_path):
    facts = read_gold(SHARED / "gold" / gold)
    results = {}
    for doc in facts:
        name = Path(doc).stem + suffix if suffix else doc
        if (folder / name).exists():
            results[doc] = json.loads(json.dumps(extract(folder / name).to_dict()))
            (tmp_path / f"{name}.json").write_text(json.dumps(results[doc]), encoding="utf-8")
    ours = summarise(evaluate(facts, results.get))
    command = [sys.executable, SCORER, SHARED / "gold" / gold, "--reports", folder, "--predictions", tmp_path, "--json"]
    if suffix:
        command += ["--suffix", suffix]
    theirs = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    for family in ("found", "strict", "indicator", "links"):
        del ours[family]["interval"]
    assert ours == theirs
    assert theirs["gold"] > 50
