from itertools import chain
from pathlib import Path

import pytest
import yaml
from tables import table_writer

from extractor.tables import find_tables
from extractor.tables.values import read_value

CASES = Path(__file__).parent.parent / "cases" / "tables"
SAMPLES = yaml.safe_load((CASES / "samples.yaml").read_text("utf-8"))
LAYOUTS = ["stacked", "tabs", "pipes", "stacked pipes", "columns", "one a line", "line ends lost"]
WITHOUT_BLANKS = LAYOUTS[3:]
SIZE = {"2019": {2: 22, 3: 161, 4: 15}, "2021": {2: 10, 3: 175, 4: 15}}


def cells_of(line):
    return ["" if cell == "_" else cell for cell in line.split()]


def parts(sample):
    return ([cells_of(line) for line in sample["disclosure"]], [cells_of(line) for line in sample["application"]],
            cells_of(sample["review"]))  # fmt: skip


def check(document, sample):
    tables = find_tables(document, table_writer.fold(document.text), (), table_writer.NOBODY)
    disclosure, application, review = parts(sample)
    printed = {2: [*chain(*disclosure)], 3: [*chain(*application)], 4: review}
    assert [(table.table, table.form) for table in tables] == [(number, sample["form"]) for number in (2, 3, 4)]
    for table in tables:
        assert [cell.raw for cell in table.cells] == printed[table.table]
        assert len(table.cells) == SIZE[sample["form"]][table.table]
        assert all(document.text[slice(*cell.span)] == cell.raw for cell in table.cells)
        assert all(cell.semantics == read_value(cell.raw).semantics for cell in table.cells)
        assert all(cell.key == f"{table.table}.{cell.row}.{cell.column}" for cell in table.cells)
        assert all(cell.certain for cell in table.cells)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample["name"])
def test_text_dumps(sample, layout):
    if sample.get("blanks") and layout in WITHOUT_BLANKS:
        pytest.skip("this layout does not print empty cells")
    text = table_writer.write(layout, table_writer.text_rows(sample["form"], *parts(sample)))
    check(
        table_writer.document("一、总体情况\n全年办理行政许可88件，予以公开3件。\n" + text + "\n五、存在的主要问题\n"),
        sample,
    )


@pytest.mark.parametrize("split", [None, 3, 12, 24])
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample["name"])
def test_grids(sample, split):
    split = split if split is None else min(split, len(sample["application"]) - 1)
    check(table_writer.write_grids(sample["form"], *parts(sample), split=split), sample)


NO_TABLES = [
    "",
    "全年新收政府信息公开申请12件，予以公开3件，上年结转0件。\n" * 50,
    "\t\n" * 1000,
    "|" * 5000,
    "0 " * 50_000,
    "行政许可\t" * 20_000,
]


@pytest.mark.parametrize("text", NO_TABLES, ids=range(len(NO_TABLES)))
def test_no_tables(text):
    assert find_tables(table_writer.document(text), table_writer.fold(text), (), table_writer.NOBODY) == ()


def test_swapped_rows_are_uncertain():
    sample = SAMPLES[0]
    rows = table_writer.text_rows(sample["form"], *parts(sample))
    first = next(at for at, row in enumerate(rows) if "5.属于三类内部事务信息" in row)
    rows[first], rows[first + 1] = rows[first + 1], rows[first]
    text = table_writer.write("stacked", rows)
    table = find_tables(table_writer.document(text), table_writer.fold(text), (), table_writer.NOBODY)[1]
    doubtful = {cell.row for cell in table.cells if not cell.certain}
    assert doubtful and doubtful <= {"refused.internal_affairs", "refused.process_information"}
    values = {cell.key: cell.raw for cell in table.cells}
    assert values["3.refused.process_information.natural_person"] == "1"


def test_money_in_yuan_becomes_ten_thousand_yuan():
    sample = SAMPLES[0]
    rows = table_writer.text_rows(sample["form"], *parts(sample))
    rows = [[cell.replace("单位：万元", "单位：元") for cell in row] for row in rows]
    text = table_writer.write("tabs", rows)
    table = find_tables(table_writer.document(text), table_writer.fold(text), (), table_writer.NOBODY)[0]
    fee = table.cells[-1]
    assert (fee.key, fee.raw, str(fee.value.normalize())) == ("2.fees.amount", "1603.5", "0.16035")
