"""docs/reliability.md names what is there: tests, rows of the hostile set, every threat and fault of a row."""

import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "reliability.md"
sys.path.insert(0, str(ROOT / "tests"))
from case_table import rows  # noqa: E402


@pytest.fixture(scope="module")
def page():
    return PAGE.read_text(encoding="utf-8")


def test_named_tests_exist(page):
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    named = set(re.findall(r"`(test_\w+)`", page))
    assert len(named) > 60
    assert {name for name in named if f"def {name}(" not in code} == set()


@pytest.mark.parametrize("row", rows("hostile/files"), ids=lambda row: row["name"])
def test_threat_of_a_hostile_file_is_on_the_page(page, row):
    for threat in row["threats"]:
        assert re.search(rf"^\| {threat} \|.*hostile: ", page, re.MULTILINE), threat
