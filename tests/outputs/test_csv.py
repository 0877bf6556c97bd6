import csv
import io
from decimal import Decimal

import pytest
from report_builder import TEXT, make_fact, make_report

from extractor.outputs import COLUMNS, fact_rows, load_sinks, write_csv


def written(*reports):
    target = io.StringIO()
    count = write_csv(reports, target)
    return count, target.getvalue()


def read_back(text):
    return list(csv.DictReader(io.StringIO(text)))


def test_one_row_a_fact_with_the_columns_of_the_list():
    count, text = written(make_report(), make_report())
    rows = read_back(text)
    assert count == len(rows) == 8
    assert list(rows[0]) == [column.name for column in COLUMNS]
    assert rows[0]["raw"] == "3.5万余条"
    assert (rows[2]["value"], rows[2]["low"]) == ("-12.3", "-12.35")
    assert TEXT[int(rows[1]["start"]) : int(rows[1]["end"])] == rows[1]["raw"]


def test_no_report_gives_the_header_alone():
    assert written() == (0, written(make_report(facts=()))[1])


@pytest.mark.parametrize("lead", ["", " ", '"', "'", "\u3000", "\ufeff", '" '])
@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_no_text_cell_starts_a_formula(lead, start):
    label = f"{lead}{start}cmd|' /C calc'!A0"
    _, text = written(make_report(facts=(make_fact(TEXT, "128条", "128", label=label),)))
    cell = read_back(text)[0]["label"]
    assert cell == f"'{label}"


@pytest.mark.parametrize(
    "label", ["政务大厅", "a=1", "3.5%", "%", "|", "公开, \n“信息”", 'say "8"', "x;=1+1", "x\t=1+1"]
)
def test_other_text_comes_back_as_it_was(label):
    _, text = written(make_report(facts=(make_fact(TEXT, "128条", "128", label=label),)))
    assert read_back(text)[0]["label"] == label
    assert f'"{label}"'.replace('say "8"', 'say ""8""') in text


def test_unprintable_characters_are_replaced():
    _, text = written(make_report(facts=(make_fact(TEXT, "128条", "128", label="a\x00b\uffffc\ud800"),)))
    assert read_back(text)[0]["label"] == "a\ufffdb\ufffdc\ufffd"


@pytest.mark.parametrize("value", ["0.0000001", "12345678901234567890.5", "-3"])
def test_numbers_are_bare_digits(value):
    _, text = written(make_report(facts=(make_fact(TEXT, "128条", value),)))
    assert f",{value}," in text


def test_file_starts_with_a_byte_order_mark(tmp_path):
    target = tmp_path / "事实.csv"
    load_sinks().get("csv").write([make_report()], target)
    assert target.read_bytes().startswith(b'\xef\xbb\xbf"document"')


def test_rows_hold_decimals():
    first = next(fact_rows(make_report()))
    assert (first["value"], first["high"]) == (Decimal(35000), Decimal(36000))


def test_columns_are_told_apart_and_explained():
    assert len({column.name for column in COLUMNS}) == len(COLUMNS)
    assert all(column.doc and column.type in {"text", "integer", "decimal", "real", "date"} for column in COLUMNS)
