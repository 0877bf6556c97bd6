"""Every code that can come out has a name in both languages."""

import dataclasses
from pathlib import Path

import pytest
from report_builder import make_report

from extractor import extract
from extractor.lexicon import table
from extractor.outputs import load_schema
from extractor.outputs.names import name_code, name_fact
from extractor.quantities import reasons

SCHEMA = load_schema()["$defs"]


def codes():
    fact = SCHEMA["fact"]["properties"]
    for name in ("measure", "kind", "modifier", "channel", "per"):
        yield from ((name, code) for code in fact[name]["enum"] if code is not None)
    yield from (("section", kind) for kind in SCHEMA["section"]["properties"]["kind"]["enum"])
    yield from (("semantics", code) for code in SCHEMA["cell"]["properties"]["semantics"]["enum"])
    yield from (("outcome", code) for code in SCHEMA["finding"]["properties"]["outcome"]["enum"])
    yield from (("table", str(number)) for number in SCHEMA["table"]["properties"]["table"]["enum"])
    yield from (("severity", code) for code in ("critical", "high", "medium", "low", "info"))
    yield from (("reason", code) for code in reasons())


@pytest.mark.parametrize(("group", "code"), list(codes()))
def test_every_code_has_a_name(group, code):
    assert code in table("messages")[group]
    assert name_code(group, code, "zh") != name_code(group, code, "en")


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_every_cell_has_names(form):
    samples = Path(__file__).parents[2] / "samples"
    tables = [t for path in sorted(samples.glob("*.pdf")) for t in extract(path).tables]
    cells = [cell for t in tables if t.form == form for cell in t.cells]
    assert cells
    assert {cell.row for cell in cells} <= set(table("messages")["row"])
    assert {cell.column for cell in cells} <= set(table("messages")["cell_column"])


@pytest.mark.parametrize(("code", "want"), [("no_such_code", "no_such_code"), (None, "")])
def test_a_code_without_a_name_stands_for_itself(code, want):
    assert name_code("measure", code) == want


def test_a_fact_without_a_code_is_called_by_its_label():
    fact = make_report().facts[1]
    assert name_fact(fact) == next(e["zh"] for e in table("indicators") if e["code"] == fact.indicator)
    assert name_fact(dataclasses.replace(fact, indicator=None)) == fact.label
