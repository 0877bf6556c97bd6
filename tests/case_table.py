"""Tables of cases: YAML lists of rows with ``text``, ``want`` and, for a known failure, ``todo``."""

from pathlib import Path

import pytest
import yaml

CASES = Path(__file__).parent / "cases"


def rows(table):
    """The rows of tests/cases/TABLE.yaml as they stand."""
    return yaml.safe_load((CASES / f"{table}.yaml").read_text(encoding="utf-8"))


def cases(table):
    """One param a row of tests/cases/TABLE.yaml; a ``todo`` row must keep failing."""
    return [
        pytest.param(row["text"], row["want"], id=row.get("name", row["text"]), marks=marks(row)) for row in rows(table)
    ]


def marks(row):
    return [pytest.mark.xfail(reason=row["todo"], strict=True)] if "todo" in row else []
