"""Every indicator is told from the wordings that reports use for it, and from nothing else."""

from functools import cache
from pathlib import Path

import pytest
import yaml

from extractor import Settings, extract
from extractor.facts import indicators

CASES = Path(__file__).parents[1] / "cases" / "facts"
FOUND, NOT_FOUND = 3, 2  # fewest cases that each indicator needs


@cache
def entries():
    """All entries of the tables, in the order of the files."""
    return [
        entry for path in sorted(CASES.glob("*.yaml")) for entry in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]


def found_rows():
    return [
        pytest.param(entry["indicator"], row, id=f"{entry['indicator']} {row['raw']} {row['text']}")
        for entry in entries()
        for row in entry["found"]
    ]


def not_found_rows():
    return [
        pytest.param(entry["indicator"], text, id=f"{entry['indicator']} not in {text}")
        for entry in entries()
        for text in entry["not_found"]
    ]


@cache
def facts(text):
    """(raw, indicator) of every fact that the patterns alone find in a text that is one narrative section."""
    report = extract(text.encode(), Settings(model=False, audit=False), name="case.txt")
    return tuple((fact.raw, fact.indicator) for fact in report.facts)


@pytest.mark.parametrize(("indicator", "row"), found_rows())
def test_a_wording_tells_its_indicator(indicator, row):
    told = [found for raw, found in facts(row["text"]) if raw == row["raw"]]
    wanted = row.get("occurrence")
    assert told[wanted - 1] == indicator if wanted else indicator in told


@pytest.mark.parametrize(("indicator", "text"), not_found_rows())
def test_another_wording_does_not_tell_it(indicator, text):
    assert indicator not in [found for _, found in facts(text)]


@pytest.mark.parametrize("indicator", sorted(indicators()))
def test_an_indicator_has_enough_cases(indicator):
    own = [entry for entry in entries() if entry["indicator"] == indicator]
    assert sum(len(entry["found"]) for entry in own) >= FOUND
    assert sum(len(entry["not_found"]) for entry in own) >= NOT_FOUND
    assert all(row["raw"] in row["text"] for entry in own for row in entry["found"])
