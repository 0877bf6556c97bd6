"""The samples are honest: their tables add up and their text says what the tables say, but for the damaged one."""

import sys
from pathlib import Path

import pytest

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
sys.path.insert(0, str(SAMPLES))
source = pytest.importorskip("source")

NAMES = sorted(path.stem for path in (SAMPLES / "texts").glob("*.txt"))
DAMAGED = {"damaged-2020"}


def table_values(name, number):
    """The figures of a standard table, row by row."""
    forms = [part.form for part in source.read_source(name) if part.form is not None and part.form.number == number]
    cells = [cell for form in forms for cell in form.cells if cell.text.isdigit()]
    rows = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(int(cell.text))
    return list(rows.values())


def narrative(name):
    return "".join(part.text for part in source.read_source(name) if part.form is None)


@pytest.mark.parametrize("name", NAMES)
def test_table_three_adds_up_unless_damaged(name):
    rows = table_values(name, 3)
    if not rows:
        assert name == "legacy-2014"
        return
    *results, total, carried_out = rows[2:]
    received, carried_in = rows[:2]
    sums = [sum(column) for column in zip(*results, strict=True)]
    crosswise = all(sum(row[:6]) == row[6] for row in rows)
    balanced = [a + b for a, b in zip(received, carried_in, strict=True)] == [
        a + b for a, b in zip(total, carried_out, strict=True)
    ]
    assert (crosswise and balanced and sums == total) == (name not in DAMAGED)


@pytest.mark.parametrize("name", [name for name in NAMES if name not in DAMAGED])
def test_text_tells_the_totals_of_table_three(name):
    rows = table_values(name, 3)
    if not rows or not rows[0][6]:
        assert "未收到政府信息公开申请" in narrative(name) or name == "legacy-2014"
        return
    text = narrative(name)
    assert f"{rows[0][6]}件" in text
    assert f"{rows[-1][6]}件" in text or not rows[-1][6]


@pytest.mark.parametrize("name", [name for name in NAMES if name not in DAMAGED])
def test_text_and_table_four_agree_on_whether_there_were_reviews(name):
    rows = table_values(name, 4)
    if rows and not any(rows[0]):
        told = ("未发生", "也未发生行政复议", "没有因政府信息公开引起的行政复议")
        assert any(words in narrative(name) for words in told) or "复议" not in narrative(name)


def test_figures_that_break_the_form_are_refused():
    with pytest.raises(ValueError, match="table 3, column 0"):
        source.build_form("3", "2021", {"received": ["2", "0", "0", "0", "0", "0"]})


@pytest.mark.parametrize(("year", "rows", "cells"), [("2019", 23, 161), ("2021", 25, 175)])
def test_form_of_the_year_has_its_rows(year, rows, cells):
    form = source.build_form("3", year, {})
    figures = [cell for cell in form.cells if cell.column >= 3 and cell.row >= 3]
    assert (len(figures), form.rows - 3) == (cells, rows)
