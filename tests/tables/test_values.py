from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from extractor.tables.values import read_value

CASES = Path(__file__).parent.parent / "cases" / "tables" / "cells.yaml"


@pytest.mark.parametrize("row", yaml.safe_load(CASES.read_text("utf-8")), ids=lambda row: repr(row["raw"]))
def test_read_value(row):
    read = read_value(row["raw"])
    want = None if row["value"] is None else Decimal(row["value"])
    assert (read.semantics, read.value) == (row["semantics"], want)


def test_long_runs_of_digits_are_text():
    assert read_value("1" * 100_000).semantics == "text"
