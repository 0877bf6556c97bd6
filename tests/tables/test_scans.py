"""Cells of scanned tables: a number that the recogniser is not sure of is never there as if it were certain."""

import dataclasses
import io

import pytest
from read.paper_maker import Paper
from tables import table_writer

from extractor import extract
from extractor.outputs import to_dict
from extractor.read.ocr import has_ocr
from extractor.tables import find_tables
from extractor.types import ReaderInfo

needs_ocr = pytest.mark.skipif(not has_ocr(), reason="the extra [ocr] is not installed here")
ROWS = [
    ("第二十条第（一）项", "", "", ""),
    ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数"),
    ("规章", "0", "2", "27"),
    ("行政规范性文件", "13", "0", "118"),
]
TEXT = "".join("\t".join(row) + "\n" for row in ROWS)

ODD = [
    ("one number", "118", True, True),
    ("two numbers", "1 18", True, False),
    ("two numbers, wide blank", "1\u300018", True, False),
    ("words", "118万元118万元", True, False),
    ("stroke", "/", True, True),
    ("two numbers of a text layer", "1 18", False, True),
    ("words of a text layer", "118万元118万元", False, True),
]


@pytest.mark.parametrize(("raw", "ocr", "certain"), [o[1:] for o in ODD], ids=[o[0] for o in ODD])
def test_cells_of_a_scan_that_may_be_two(raw, ocr, certain):
    text = TEXT.replace("118", raw)
    document = dataclasses.replace(table_writer.document(text), reader=ReaderInfo("test", "1", ocr))
    (table,) = find_tables(document, table_writer.fold(text), (), table_writer.NOBODY)
    assert [(cell.raw, cell.certain) for cell in table.cells][-1] == (raw, certain)


# number of table 2; how sure the recogniser is of the characters that stand at a place in its text; ocr; what comes out
WEIGHED = [
    ("sure of all", "118", (0.99, 0.99, 0.99), True, True, 0.99),
    ("unsure of the middle", "118", (0.99, 0.5, 0.99), True, False, 0.5),
    ("just unsure", "27", (0.95, 0.89), True, False, 0.89),
    ("just sure", "27", (0.9, 0.95), True, True, 0.9),
    ("unsure of the label beside", "规章", (0.3, 0.3), True, True, 1.0),
    ("text layer", "118", (1.0, 1.0, 1.0), False, True, 1.0),
]


@pytest.mark.parametrize(("where", "sure", "ocr", "certain", "confidence"), [w[1:] for w in WEIGHED],
                         ids=[w[0] for w in WEIGHED])  # fmt: skip
def test_cell_is_as_sure_as_its_least_sure_character(where, sure, ocr, certain, confidence):
    start = TEXT.index(where)
    confidences = [1.0] * len(TEXT)
    confidences[start : start + len(sure)] = sure
    document = dataclasses.replace(table_writer.document(TEXT), confidences=confidences,
                                   reader=ReaderInfo("test", "1", ocr))  # fmt: skip
    (table,) = find_tables(document, table_writer.fold(TEXT), (), table_writer.NOBODY)
    assert len(table.cells) == 6
    for cell in table.cells:
        told = cell.raw == where
        assert (cell.certain, cell.confidence) == ((certain, confidence) if told else (True, 1.0)), cell.key


def scan(spoil=None):
    """The table printed and scanned; ``spoil`` -- the number that is smeared."""
    import pypdfium2
    from PIL import Image, ImageFilter

    paper = Paper().text(200, 80, "青禾县水利局2022年政府信息公开工作年度报告", 13)
    paper.text(72, 120, "二、主动公开政府信息情况", 12)
    paper.table((72, 200, 300, 400, 520), 150, ROWS, height=30)
    sheet = pypdfium2.PdfDocument(paper.bytes())[0].render(scale=200 / 72).to_pil().convert("L")
    if spoil is not None:
        top = 150 + 30 * (2 + [row[-1] for row in ROWS[2:]].index(spoil))
        box = tuple(round(at * 200 / 72) for at in (401, top + 1, 440, top + 29))
        part = sheet.crop(box)
        coarse = part.resize((part.width // 6, part.height // 6), Image.BILINEAR).resize(part.size, Image.BILINEAR)
        sheet.paste(coarse.filter(ImageFilter.GaussianBlur(2)), box)
    buffer = io.BytesIO()
    sheet.save(buffer, "PNG", dpi=(200, 200))
    return extract(buffer.getvalue())


@needs_ocr
def test_clear_scan_is_certain():
    (table,) = scan().tables
    assert [cell.raw for cell in table.cells] == ["0", "2", "27", "13", "0", "118"]
    assert [cell.key for cell in table.cells if not cell.certain] == []
    assert all(0.9 <= cell.confidence <= 1.0 for cell in table.cells)


@needs_ocr
@pytest.mark.parametrize(("spoilt", "key"), [("27", "2.regulations.in_force"), ("118", "2.normative.in_force")])
def test_smeared_number_is_uncertain_in_output_and_audit(spoilt, key):
    report = scan(spoil=spoilt)
    cells = {cell["key"]: cell for cell in to_dict(report)["tables"][0]["cells"]}
    assert cells[key]["certain"] is False and cells[key]["confidence"] < 0.9
    assert [name for name, cell in cells.items() if not cell["certain"]] == [key]
    (finding,) = [found for found in report.findings if found.rule == "DQ-04" and key in found.cells]
    assert (finding.outcome, finding.cause) == ("UNCERTAIN", "reading")
