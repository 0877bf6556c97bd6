from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from extractor.tables import find_tables
from extractor.types import Metadata

CASES = Path(__file__).parent.parent / "cases" / "tables" / "shared_reports.yaml"
REPORTS = Path(__file__).parents[3] / "shared" / "reports"
EXPECTED = yaml.safe_load(CASES.read_text("utf-8"))
FILES = [(row, suffix) for row in EXPECTED for suffix in (".txt", ".docx", ".html", ".pdf")]


def shown(cell):
    if cell.value is not None:
        return cell.value
    return {"blank": "", "not_applicable": "/"}.get(cell.semantics, cell.raw)


def wanted(text):
    return Decimal(text) if text not in ("", "/") else text


@pytest.mark.parametrize(("row", "suffix"), FILES, ids=[row["report"] + suffix for row, suffix in FILES])
def test_every_cell(row, suffix):
    path = REPORTS / (row["report"] + suffix)
    if not path.exists():
        pytest.skip("not there")
    from extractor.normalise import fold
    from extractor.read import read

    document = read(path)
    tables = find_tables(document, fold(document), (), Metadata(None, None, None, None, None, None))
    for table in tables:
        expected = row[f"table_{table.table}"]
        want = {name: [wanted(cell) for cell in line.split(",")] for name, line in expected["rows"].items()}
        got: dict[str, list] = {}
        for cell in table.cells:
            got.setdefault(cell.row, []).append(shown(cell))
            assert document.text[slice(*cell.span)] == cell.raw
            assert suffix != ".pdf" or not cell.raw or (cell.page is not None and cell.box is not None)
            assert cell.certain
        assert (table.form, got) == (expected["form"], want)
    assert [table.table for table in tables] == [2, 3, 4]
