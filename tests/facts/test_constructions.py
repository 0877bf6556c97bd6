"""Whole sentences against what a careful reader finds in them, by rules alone: tables of cases, one a construction."""

from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from extractor import Settings, extract

CASES = Path(__file__).parents[1] / "cases" / "constructions"
LINKS = ("part_of", "numerator")


def rows():
    found = []
    for path in sorted(CASES.glob("*.yaml")):
        for row in yaml.safe_load(path.read_text(encoding="utf-8")):
            marks = [pytest.mark.xfail(reason=row["todo"], strict=True)] if "todo" in row else []
            found.append(pytest.param(row, id=row["text"], marks=marks))
    return found


def wanted(line):
    """raw, value, unit, indicator and attributes of one want line; an attribute without a value must be none."""
    raw, value, unit, indicator, *rest = (part.strip() for part in line.split(" | "))
    attributes = dict(pair.split("=", 1) for pair in rest[0].split()) if rest else {}
    given = {name: value or None for name, value in attributes.items()}
    return raw, Decimal(value), unit, None if indicator == "-" else indicator, given


def told(fact, facts, names):
    """The attributes ``names`` of a fact, links as the line number of their target."""
    order = {other["id"]: str(number) for number, other in enumerate(facts, 1)}
    found = {}
    for name in names:
        value = fact[name]
        if name in LINKS:
            value = order.get(value)
        if name == "period":
            value = f"@{value['as_of']}" if value["as_of"] else f"{value['start']}/{value['end']}"
        found[name] = value
    return found


@pytest.mark.parametrize("row", rows())
def test_a_sentence_gives_its_facts(row):
    head = f"{row['year']}年政府信息公开工作年度报告\n" if "year" in row else ""
    report = extract((head + row["text"]).encode(), Settings(model=False), name="case.txt").to_dict()
    facts = [fact for fact in report["facts"] if fact["evidence"]["section"] != "preface"]
    lines = [wanted(line) for line in row["want"]]
    found = [(f["raw"], Decimal(str(f["value"])), f["unit"], f["indicator"]) for f in facts]
    assert found == [line[:4] for line in lines]
    for fact, line in zip(facts, lines, strict=True):
        assert told(fact, facts, line[4]) == line[4], fact["raw"]
    assert report["coverage"]["unexplained"] == []
