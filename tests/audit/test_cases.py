from pathlib import Path

import pytest
import yaml
from audit.case_builder import make_report

from extractor.audit import audit, load_rules
from extractor.lexicon import table

FOLDER = Path(__file__).parent.parent / "cases" / "audit"
FILES = [path for path in sorted(FOLDER.glob("*.yaml")) if path.name != "county.yaml"]
ROWS = [row for path in FILES for row in yaml.safe_load(path.read_text("utf-8"))]
SPEAKING = ("FAIL", "UNCERTAIN")


def findings_of(row):
    last = make_report(row["last"], year=row.get("year", 2022) - 1) if "last" in row else None
    found = audit(make_report(row), last, row.get("profile", "default"))
    return [finding for finding in found if finding.rule == row["rule"]]


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['rule']} {row['name']}" for row in ROWS])
def test_rule(row):
    found = findings_of(row)
    assert sorted({f.outcome for f in found} - {"NOT_ASSESSABLE"}) == row["want"], [f.message for f in found]
    speaking = [f for f in found if f.outcome in SPEAKING]
    if "count" in row:
        assert len(speaking or [f for f in found if f.outcome == "PASS"]) == row["count"]
    if "cause" in row:
        assert {f.cause for f in speaking} == {row["cause"]}
    if "severity" in row:
        assert {f.severity for f in speaking} == {row["severity"]}
    if "says" in row:
        assert any(row["says"] in f.message_zh for f in speaking), [f.message_zh for f in speaking]


def test_every_rule_has_a_case_that_speaks_and_one_that_is_silent():
    speaks = {row["rule"] for row in ROWS if set(row["want"]) & set(SPEAKING)}
    silent = {row["rule"] for row in ROWS if not set(row["want"]) & set(SPEAKING)}
    names = {name for name, _ in load_rules().items()}
    assert (names - speaks, names - silent) == (set(), set())


def test_every_rule_is_set_and_every_setting_is_a_rule():
    assert {entry["id"] for entry in table("audit")["rules"]} == {name for name, _ in load_rules().items()}


@pytest.mark.parametrize("profile", ["default", "strict"])
def test_findings_of_a_clean_county(profile):
    findings = audit(make_report(), make_report({"cells": {"3.carried_out.natural_person": "3",
                     "3.carried_out.total": "3", "2.normative.in_force": "78"}}, year=2021), profile)  # fmt: skip
    assert [f.message for f in findings if f.outcome in SPEAKING] == []


def test_findings_are_the_same_each_time_and_name_what_exists():
    spec = {"cells": {"3.granted.natural_person": "41", "4.review.total": "9"}}
    report = make_report(spec)
    first, second = audit(report), audit(make_report(spec))
    assert first == second
    cells = {cell.key for found in report.tables for cell in found.cells}
    for finding in first:
        assert set(finding.cells) <= cells
        assert len(finding.fingerprint) == 16
        assert finding.message and finding.message_zh and "{" not in finding.message + finding.message_zh
    speaking = [(f.rule, f.fingerprint) for f in first if f.outcome == "FAIL"]
    assert len(speaking) == len(set(speaking)) > 0


def test_keys_of_last_year_stand_in_the_calculation_only():
    findings = audit(make_report(), make_report({"cells": {"3.carried_out.total": "5"}}, year=2021))
    finding = next(f for f in findings if f.rule == "YOY-01")
    assert finding.cells == ("3.carried_in.total",)
    assert [(term["kind"], term["key"], term["value"]) for term in finding.calculation] == [
        ("last_cell", "3.carried_out.total", "5"),
        ("cell", "3.carried_in.total", "3"),
    ]


def test_a_fingerprint_does_not_hang_on_the_message():
    one = audit(make_report({"cells": {"4.review.total": "9"}}))
    other = audit(make_report({"cells": {"4.review.total": "8"}}))
    assert [f.fingerprint for f in one if f.rule == "T4-01"] == [f.fingerprint for f in other if f.rule == "T4-01"]


def test_one_broken_cell_does_not_raise_many_findings():
    fact = {"raw": "34件", "indicator": "application.received", "label": "新收政府信息公开申请"}
    row = {"overview": "全县新收政府信息公开申请34件。", "facts": [fact]}
    findings = audit(make_report({**row, "cells": {"3.received.total": "84"}}))
    assert sorted(f.rule for f in findings if f.outcome == "FAIL") == ["T3-04", "T3-06", "T3-12"]
    muted = [f for f in findings if f.rule == "NT-01"]
    assert [(f.outcome, "T3-0" in f.message) for f in muted] == [("NOT_ASSESSABLE", True)]
