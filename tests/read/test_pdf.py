import io
import json
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest
from paper_maker import SIZE, Paper, unembedded

from extractor.errors import ReadError
from extractor.read import read

SHARED = Path(__file__).resolve().parents[3] / "shared" / "reports"
BODY = (
    "全年主动公开政府信息1286条，其中政府网站公开907条，微信公众号公",
    "开379条；举办业务培训3期，参训人员164人次，较上年增加12人次。",
)


def sample():
    paper = Paper()
    paper.text(150, 60, "青禾县民政局2022年政府信息公开工作年度报告", 14)
    paper.text(72, 100, "一、总体情况")
    paper.text(96, 125, BODY[0]).text(72, 145, BODY[1])
    paper.table((72, 200, 330, 460), 180, [("信息内容", "制发件数", "有效件数"), ("规章", "0", "2")])
    return paper.bytes()


def test_text_and_layout():
    document = read(sample(), name="a.pdf")
    assert document.text.splitlines() == [
        "青禾县民政局2022年政府信息公开工作年度报告",
        "一、总体情况",
        "".join(BODY),
        "信息内容\t制发件数\t有效件数",
        "规章\t0\t2",
    ]
    assert document.pages == 1
    assert len(document.layout.pages) == len(document.text)
    assert document.reader.name == "pdfium"


def test_boxes_hold_the_same_characters():
    data = sample()
    document = read(data)
    page = pypdfium2.PdfDocument(data)[0]
    text = page.get_textpage()
    for at, char in enumerate(document.text):
        box = document.layout.box(at)
        if box is None:
            assert char in "\t\n"
            continue
        found = text.get_text_bounded(box[0] + 0.2, SIZE[1] - box[3] + 0.2, box[2] - 0.2, SIZE[1] - box[1] - 0.2)
        assert char in found


LINES = [
    ("wrapped line goes on", [(96, BODY[0]), (72, BODY[1])], 1),
    ("indent opens a paragraph", [(96, BODY[0]), (72, BODY[1]), (96, BODY[0]), (72, BODY[1])], 2),
    ("short line ends a paragraph", [(96, BODY[0]), (72, "开30条。"), (72, BODY[1])], 2),
    ("heading stands alone", [(72, "（二）依申请公开情况"), (72, BODY[0])], 2),
    ("number cut by a line end", [(96, BODY[0] + "开12"), (72, "86条。" + BODY[1])], 1),
    ("range cut at its dash", [(96, BODY[0] + "1-"), (72, "12月" + BODY[1])], 1),
    ("lines of a table of contents", [(72, "一、总体情况" + "." * 60 + "1"), (72, "二、主动公开" + "." * 60 + "2")], 2),
    (
        "item that ends before a long number",
        [
            (72, BODY[1]),
            (72, "（三）开放日期间共组织讲解活动12场，发放各类宣传材料"),
            (72, "15400余份，" + BODY[0][:24]),
        ],
        2,
    ),
    ("new item after a full line", [(96, BODY[1]), (72, "（三）" + BODY[0])], 2),
]


@pytest.mark.parametrize(("lines", "count"), [x[1:] for x in LINES], ids=[x[0] for x in LINES])
def test_paragraphs(lines, count):
    paper = Paper()
    for row, (x, text) in enumerate(lines):
        paper.text(x, 100 + 20 * row, text)
    document = read(paper.bytes())
    assert len(document.blocks) == count
    assert document.text.replace("\n", "") == "".join(text for _, text in lines)


FURNITURE = [
    ("dashes", "- {} -"),
    ("Chinese", "第{}页 共3页"),
    ("English", "Page {}"),
    ("bare", "{}"),
    ("running foot", "青禾县民政局年度报告　{}"),
]


@pytest.mark.parametrize("foot", [x[1] for x in FURNITURE], ids=[x[0] for x in FURNITURE])
def test_page_furniture_is_left_out_between_halves_of_a_paragraph(foot):
    paper = Paper()
    for number in (1, 2, 3):
        paper.text(220, 30, "青禾县民政局", 9)
        paper.text(96 if number == 1 else 72, 640, BODY[0])
        paper.text(290, 790, foot.format(number), 9)
        if number < 3:
            paper.next_page()
    document = read(paper.bytes())
    assert document.text == BODY[0] * 3 + "\n"
    assert len(document.blocks) == 1


def test_lone_number_in_the_text_is_no_page_number():
    paper = Paper().text(96, 300, BODY[0]).text(72, 320, "37")
    assert read(paper.bytes()).text == BODY[0] + "37\n"


def test_paint_order_is_not_reading_order():
    paper = Paper().text(72, 140, "二、主动公开政府信息情况").text(72, 100, "一、总体情况")
    assert read(paper.bytes()).text == "一、总体情况\n二、主动公开政府信息情况\n"


def test_quotation_mark_painted_late_stands_in_its_place():
    paper = Paper().text(72, 100, "推进").text(108, 100, "一网通办").text(162, 100, "改革").text(96, 100, "“")
    paper.text(156, 100, "”")
    assert read(paper.bytes()).text.strip() == "推进“一网通办”改革"


def test_text_off_the_page_is_not_read():
    paper = Paper().text(72, 100, "公开3条").text(72, -50, "公开9条").text(700, 100, "公开8条")
    assert read(paper.bytes()).text.strip() == "公开3条"


def test_fake_bold_is_read_once():
    paper = Paper()
    for shift in (0, 0.3, 0.6):
        paper.text(72 + shift, 100, "（一）主动公开情况11条")
    assert read(paper.bytes()).text.strip() == "（一）主动公开情况11条"


def merged():
    paper = Paper()
    paper.cell(72, 100, 172, 140, "申请人").cell(172, 100, 372, 120, "法人或其他组织")
    paper.cell(172, 120, 272, 140, "企业").cell(272, 120, 372, 140, "其他")
    paper.cell(72, 140, 172, 170, "本年新收\n申请数量").cell(172, 140, 272, 170, "4").cell(272, 140, 372, 170)
    return paper.bytes()


def test_merged_and_empty_cells():
    document = read(merged())
    (grid,) = document.grids
    assert (grid.rows, grid.columns) == (3, 3)
    found = [(c.row, c.column, c.row_span, c.column_span, c.text) for c in grid.cells]
    assert found == [
        (0, 0, 2, 1, "申请人"),
        (0, 1, 1, 2, "法人或其他组织"),
        (1, 1, 1, 1, "企业"),
        (1, 2, 1, 1, "其他"),
        (2, 0, 1, 1, "本年新收申请数量"),
        (2, 1, 1, 1, "4"),
        (2, 2, 1, 1, ""),
    ]
    assert grid.cells[-1].start == grid.cells[-1].end
    assert (grid.cells[-1].page, grid.cells[-1].box) == (1, (272, 140, 372, 170))
    assert grid.cells[0].page == 1 and grid.cells[0].box[0] == pytest.approx(75, abs=1)


def test_same_cells_as_pdfplumber():
    pdfplumber = pytest.importorskip("pdfplumber")
    with pdfplumber.open(io.BytesIO(merged())) as reference:
        tables = reference.pages[0].find_tables()
    assert [len([c for c in t.cells if c]) for t in tables] == [len(read(merged()).grids[0].cells)]


def test_text_beside_tables_is_in_neither():
    paper = Paper()
    paper.text(240, 125, "单位").table((72, 150, 228), 100, [("收到", "11"), ("办结", "9")])
    paper.text(240, 105, "件").table((300, 380, 460), 100, [("公开", "7"), ("不予公开", "2")])
    document = read(paper.bytes())
    assert [[cell.text for cell in grid.cells] for grid in document.grids] == [
        ["收到", "11", "办结", "9"],
        ["公开", "7", "不予公开", "2"],
    ]
    assert [document.text[b.start : b.end] for b in document.blocks if b.kind == "paragraph"] == ["件单位"]


def test_cell_and_text_painted_by_turns():
    paper = Paper()
    paper.cell(72, 100, 172, 120).cell(172, 100, 272, 120, "4")
    for place, (inner, outer) in enumerate(zip("本年新收", "单位为件", strict=True)):
        paper.text(75 + 9 * place, 103, inner, 9).text(72 + 12 * place, 60, outer)
    document = read(paper.bytes())
    assert document.text == "单位为件\n本年新收\t4\n"
    boxes = [document.layout.box(at) for at in range(4)]
    assert [round(box[0]) for box in boxes] == [72, 84, 96, 108]


@pytest.mark.parametrize("degrees", [90, -90])
def test_turned_label_in_reading_order(degrees):
    paper = Paper()
    paper.cell(72, 100, 100, 200).cell(100, 100, 200, 150, "予以公开").cell(200, 100, 300, 150, "3")
    paper.cell(100, 150, 200, 200, "其他处理").cell(200, 150, 300, 200, "1")
    paper.turned(90 if degrees == 90 else 82, 190 if degrees == 90 else 110, "本年度办理结果", degrees)
    assert read(paper.bytes()).grids[0].cells[0].text == "本年度办理结果"


def test_stacked_label_in_reading_order():
    paper = Paper()
    paper.cell(72, 100, 110, 200).cell(110, 100, 200, 200, "予以公开")
    for column, text in ((94, "本年度办"), (78, "理结果")):
        for row, char in enumerate(text):
            paper.text(column, 105 + 14 * row, char)
    assert read(paper.bytes()).grids[0].cells[0].text == "本年度办理结果"


def test_table_over_a_page_end_is_one_grid():
    xs, head = (72, 200, 300, 400), ("信息内容", "制发", "废止")
    paper = Paper()
    paper.table(xs, 740, [head, ("规章", "1", "0")], 30)
    paper.text(290, 815, "1", 9).next_page()
    paper.table(xs, 60, [head, ("规范性文件", "5", "2")], 30)
    paper.text(72, 200, "三、收到和处理政府信息公开申请情况")
    document = read(paper.bytes())
    (grid,) = document.grids
    assert (grid.rows, grid.columns, grid.pages) == (3, 3, (1, 2))
    assert [c.text for c in grid.cells] == [*head, "规章", "1", "0", "规范性文件", "5", "2"]
    assert [c.page for c in grid.cells] == [1] * 6 + [2] * 3


def test_row_cut_by_a_page_end_is_one_row():
    xs = (72, 200, 300)
    paper = Paper()
    paper.table(xs, 760, [("没有现成信息", "3")], 30)
    paper.next_page()
    paper.table(xs, 60, [("需要另行制作", ""), ("重复申请", "1")], 30)
    (grid,) = read(paper.bytes()).grids
    assert [(c.row, c.text) for c in grid.cells] == [
        (0, "没有现成信息需要另行制作"),
        (0, "3"),
        (1, "重复申请"),
        (1, "1"),
    ]


def test_shading_and_underlines_are_no_tables():
    paper = Paper()
    paper.canvas.setFillGray(0.9)
    for row in range(3):
        paper.canvas.rect(72, 700 - 20 * row, 400, 20, fill=1, stroke=1)
    paper.canvas.setFillGray(0)
    paper.text(80, 130, "公开信息12条").line(72, 250, 300, 250)
    document = read(paper.bytes())
    assert document.grids == ()
    assert document.text == "公开信息12条\n"


def test_cells_in_doubt_stand_apart():
    paper = Paper()
    paper.line(72, 100, 272, 100).line(72, 140, 272, 140).line(72, 100, 72, 140).line(272, 100, 272, 140)
    paper.line(172, 100, 172, 120).line(72, 120, 172, 120)  # an L remains
    paper.text(80, 103, "甲", 9).text(180, 103, "7", 9)
    (grid,) = read(paper.bytes()).grids
    assert {c.text for c in grid.cells} >= {"甲", "7"}
    taken = [
        (r, c)
        for x in grid.cells
        for r in range(x.row, x.row + x.row_span)
        for c in range(x.column, x.column + x.column_span)
    ]
    assert len(taken) == len(set(taken)) == grid.rows * grid.columns


def test_form_objects_keep_their_places():
    paper = Paper()
    paper.canvas.beginForm("stamp")
    paper.text(10, 822, "办结45件")
    paper.canvas.rect(0, 0, 60, 30)
    paper.canvas.rect(60, 0, 60, 30)
    paper.canvas.endForm()
    paper.canvas.translate(100, 400)
    paper.canvas.doForm("stamp")
    document = read(paper.bytes())
    assert document.grids[0].columns == 2
    box = document.layout.box(document.text.index("45"))
    assert box[0] == pytest.approx(134, abs=2) and box[1] == pytest.approx(842 - 400 - 20, abs=4)


def test_replacement_text_in_a_form_keeps_its_place():
    paper = Paper()
    paper.canvas.beginForm("stamp")
    paper.canvas._code.append("/Span <</ActualText <FEFF00340035>>> BDC")
    paper.text(10, 822, "45")
    paper.canvas._code.append("EMC")
    paper.canvas.endForm()
    paper.canvas.translate(100, 400)
    paper.canvas.doForm("stamp")
    document = read(paper.bytes())
    assert document.text.strip() == "45"
    assert document.layout.box(0)[0] == pytest.approx(110, abs=1.5)


@pytest.mark.parametrize(
    ("turn", "middle"), [(0, (78, 606)), (90, (236, 78)), (180, (517, 236)), (270, (359, 764))], ids=str
)
def test_turned_pages_are_measured_as_displayed(turn, middle):
    paper = Paper().text(72, 600, "一、总体情况")
    paper.canvas.setPageRotation(turn)
    document = read(paper.bytes())
    box = document.layout.box(document.text.index("一"))
    assert ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2) == pytest.approx(middle, abs=3)
    assert sorted(document.text.strip()) == sorted("一、总体情况")


def test_no_text_layer_names_the_pages(monkeypatch):
    monkeypatch.setattr("extractor.read.pdf.has_ocr", lambda: False)
    paper = Paper().line(72, 100, 300, 100).next_page()
    with pytest.raises(ReadError, match=r"page 1, 2;.*\[ocr\]") as refused:
        read(paper.line(72, 100, 300, 100).bytes())
    assert refused.value.reason == "no_text"


def test_single_page_without_text_is_a_warning():
    paper = Paper().text(72, 100, "一、总体情况").next_page()
    document = read(paper.line(72, 100, 300, 100).bytes())
    assert [(w.code, w.page) for w in document.warnings] == [("page_without_text", 2)]


def test_locked_pdf_says_so():
    from reportlab.lib.pdfencrypt import StandardEncryption

    paper = Paper(encrypt=StandardEncryption("open", ownerPassword="own"))
    with pytest.raises(ReadError, match="password") as refused:
        read(paper.text(72, 100, "一、总体情况").bytes())
    assert refused.value.reason == "encrypted"


def test_owner_password_alone_does_not_matter():
    from reportlab.lib.pdfencrypt import StandardEncryption

    paper = Paper(encrypt=StandardEncryption("", ownerPassword="own"))
    assert read(paper.text(72, 100, "一、总体情况").bytes()).text == "一、总体情况\n"


def test_boxes_do_not_hang_on_the_fonts_of_the_machine():
    # in a process of its own, since pdfium keeps to the fonts that it was started with
    program = "import sys; from extractor.read import read; print(*read(sys.stdin.buffer.read()).layout.box(2))"
    told = subprocess.run([sys.executable, "-c", program], input=unembedded(), check=True, stdout=subprocess.PIPE)
    assert [float(edge) for edge in told.stdout.split()] == pytest.approx([100, 89.472, 114, 103.556], abs=0.002)


def shared_reports():
    return sorted(SHARED.glob("*.pdf")) if SHARED.is_dir() else []


@pytest.mark.skipif(not shared_reports(), reason="the shared reports are not here")
def test_standard_tables_of_real_reports():
    for path in shared_reports():
        document = read(path)
        shapes = [(grid.rows, grid.columns) for grid in document.grids]
        assert [columns for _, columns in shapes] == [4, 10, 15], path.name
        assert shapes[2][0] == 4, path.name
        for grid in document.grids:
            assert sum(c.row_span * c.column_span for c in grid.cells) == grid.rows * grid.columns


@pytest.mark.skipif(not shared_reports(), reason="the shared reports are not here")
@pytest.mark.parametrize("suffix", [".pdf", ".docx", ".html", ".txt"])
def test_quotes_of_real_reports_survive(suffix):
    gold = [
        json.loads(line) for line in (SHARED.parent / "gold" / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    texts = {}
    for fact in gold:
        path = SHARED / (fact["doc"].rsplit(".", 1)[0] + suffix)
        if path.exists():
            text = texts.setdefault(path, bare(read(path).text) if path not in texts else "")
            assert bare(fact["quote"]) in text, (path.name, fact["quote"])
    assert texts


def bare(text):
    return "".join(text.split())
