import io
import zipfile

import pytest

from extractor.errors import ReadError
from extractor.read import read

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STYLES = """<w:styles xmlns:w="{w}">
<w:style w:styleId="1"><w:name w:val="heading 1"/></w:style>
<w:style w:styleId="a"><w:name w:val="Mine"/><w:basedOn w:val="1"/></w:style>
<w:style w:styleId="n"><w:name w:val="Numbered"/><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>
<w:style w:styleId="h"><w:name w:val="heading ²"/></w:style>
<w:style w:styleId="t"><w:name w:val="Title"/></w:style></w:styles>"""
NUMBERING = """<w:numbering xmlns:w="{w}">
<w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="1">
<w:lvl w:ilvl="0"><w:start w:val="4"/><w:numFmt w:val="decimalEnclosedCircle"/><w:lvlText w:val="%1"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="2">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="0"/>
<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
</w:numbering>"""


def pack(body, extra=(), prolog="", numbering=NUMBERING):
    """A Word document with ``body`` as the content of its main part."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        main = f'{prolog}<w:document xmlns:w="{NAMESPACE}" xmlns:m="urn:m"><w:body>{body}</w:body></w:document>'
        package.writestr("word/document.xml", main)
        package.writestr("word/styles.xml", STYLES.format(w=NAMESPACE))
        package.writestr("word/numbering.xml", numbering.format(w=NAMESPACE))
        for name, content in extra:
            package.writestr(name, content)
    return buffer.getvalue()


def sample():
    return pack(p("一、总体情况", style="1") + p("全年公开信息128条。") + table(row(tc("规章"), tc("0"))))


def run(text, properties=""):
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def p(*runs, style="", number=None):
    numbers = f'<w:numPr><w:ilvl w:val="{number[1]}"/><w:numId w:val="{number[0]}"/></w:numPr>' if number else ""
    inner = "".join(r if r.startswith("<") else run(r) for r in runs)
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{numbers}</w:pPr>{inner}</w:p>'


def tc(*paragraphs, span=1, merge=None):
    vertical = "" if merge is None else f'<w:vMerge w:val="{merge}"/>' if merge else "<w:vMerge/>"
    content = "".join(x if x.startswith("<") else p(x) for x in paragraphs)
    return f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/>{vertical}</w:tcPr>{content}</w:tc>'


def row(*cells, properties=""):
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def table(*rows):
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def inside(tag, text):
    return f"<w:{tag}>{run(text)}</w:{tag}>"


def items(*numbers):
    return "".join(p("甲", number=number) for number in numbers)


BOX = f"<w:r><w:pict><w:txbxContent>{p('框内3条')}</w:txbxContent></w:pict></w:r>"
LEVELS = ["一、甲", "（一）甲", "（二）甲", "二、甲", "（一）甲", "1. 甲"]
BODIES = [
    ("runs are joined", p("公开信", "息12", "8条"), ["公开信息128条"]),
    ("deletions go", p("共", "<w:del><w:r><w:delText>8</w:delText></w:r></w:del>", inside("ins", "9件")), ["共9件"]),
    ("moved text stands once", p("甲", inside("moveFrom", "乙"), inside("moveTo", "丙")), ["甲丙"]),
    ("hidden runs go", p("甲", run("乙", "<w:vanish/>"), run("丙", '<w:vanish w:val="0"/>')), ["甲丙"]),
    ("field codes go", p("<w:r><w:instrText>PAGE 7</w:instrText></w:r>", "共3页"), ["共3页"]),
    ("links stay", p("<w:hyperlink>" + run("县政府网站") + "</w:hyperlink>", "发布5条"), ["县政府网站发布5条"]),
    ("breaks part lines", p("<w:r><w:t>一、概述</w:t><w:br/><w:t>全年2次</w:t></w:r>"), ["一、概述", "全年2次"]),
    ("dash that does not break", p("<w:r><w:t>1</w:t><w:noBreakHyphen/><w:t>12月</w:t></w:r>"), ["1-12月"]),
    ("content controls", "<w:sdt><w:sdtContent>" + p("甲") + "</w:sdtContent></w:sdt>", ["甲"]),
    ("text box once, after its paragraph", p(BOX, "框外"), ["框外", "框内3条"]),
    ("repeated paragraphs stay", p("无。") + p("无。"), ["无。", "无。"]),
    ("list levels", items((1, 0), (1, 1), (1, 1), (1, 0), (1, 1), (1, 2)), LEVELS),
    ("list that starts anew", items((1, 0), (4, 0), (4, 0)), ["一、甲", "一、甲", "二、甲"]),
    ("bullets have no number", p("甲", number=(2, 0)), ["甲"]),
    ("number by style, not from one", p("甲", style="n") + p("乙", style="n"), ["④甲", "⑤乙"]),
    ("number switched off", p("甲", style="n", number=(0, 0)), ["甲"]),
    ("unknown list", p("甲", number=(99, 0)), ["甲"]),
]  # fmt: skip


@pytest.mark.parametrize(("body", "lines"), [x[1:] for x in BODIES], ids=[x[0] for x in BODIES])
def test_paragraphs(body, lines):
    assert read(pack(body)).text.splitlines() == lines


@pytest.mark.parametrize("level", ["", "万", "1,234", "²", "-1"])
def test_levels_that_are_no_numbers(level):
    """A damaged level is the first one; other lists keep their numbers."""
    numbering = NUMBERING.replace('<w:lvl w:ilvl="2">', f'<w:lvl w:ilvl="{level}">')
    numbering = numbering.replace('<w:lvlOverride w:ilvl="0">', f'<w:lvlOverride w:ilvl="{level}">')
    lines = read(pack(items((3, 0), (3, 0), (1, 1)), numbering=numbering)).text.splitlines()
    assert lines == ["④甲", "⑤甲", "（一）甲"]


def test_eleventh_item():
    text = read(pack("".join(p("甲", number=(1, 0)) for _ in range(21)))).text.splitlines()
    assert (text[9], text[10], text[19], text[20]) == ("十、甲", "十一、甲", "二十、甲", "二十一、甲")


@pytest.mark.parametrize(
    ("style", "kind", "level"),
    [("1", "heading", 1), ("a", "heading", 1), ("t", "title", None), ("h", "paragraph", None), ("", "paragraph", None)],
)
def test_kinds_by_style(style, kind, level):
    (block,) = read(pack(p("总体情况", style=style))).blocks
    assert (block.kind, block.level) == (kind, level)


def test_merged_cells():
    body = table(
        row(tc("申请人", span=2), tc("总计", merge="restart")),
        row(tc("自然人"), tc("企业"), tc("", merge="")),
        row(tc("本年", "新收"), tc(""), tc("3", "件")),
    )
    (grid,) = read(pack(body)).grids
    assert (grid.rows, grid.columns) == (3, 3)
    assert [(c.row, c.column, c.row_span, c.column_span, c.text) for c in grid.cells] == [
        (0, 0, 1, 2, "申请人"),
        (0, 2, 2, 1, "总计"),
        (1, 0, 1, 1, "自然人"),
        (1, 1, 1, 1, "企业"),
        (2, 0, 1, 1, "本年新收"),
        (2, 1, 1, 1, ""),
        (2, 2, 1, 1, "3件"),
    ]


def test_table_text_is_rows_of_tabs():
    document = read(pack(p("甲") + table(row(tc("规章"), tc("1")), row(tc("文件"), tc("2"))) + p("乙")))
    assert document.text == "甲\n规章\t1\n文件\t2\n乙\n"
    assert [b.kind for b in document.blocks] == ["paragraph", "table", "paragraph"]


def test_deleted_rows_go():
    body = table(row(tc("规章"), tc("1")), row(tc("文件"), tc("2"), properties="<w:del/>"))
    assert read(pack(body)).text == "规章\t1\n"


def test_table_inside_a_frame():
    inner = table(row(tc("规章"), tc("1")))
    document = read(pack(table(row(tc("青禾县年度报告", inner + p("说明"))))))
    assert document.text == "青禾县年度报告\n规章\t1\n说明\n"
    assert [g.columns for g in document.grids] == [2]


REFUSED = [
    ("no text", pack(p("")), "no_text"),
    ("cut", sample()[:-200], "damaged"),
    ("broken XML", pack("<w:p>"), "damaged"),
    ("DTD", pack(p("&a;"), prolog='<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'), "damaged"),
    ("bomb", pack(p("甲"), extra=[("word/media/x.bin", b"\0" * 30_000_000)]), "too_large"),
    ("many entries", pack(p("甲"), extra=[(f"x/{i}", b"") for i in range(10_001)]), "too_large"),
]


@pytest.mark.parametrize(("data", "reason"), [x[1:] for x in REFUSED], ids=[x[0] for x in REFUSED])
def test_refusals(data, reason):
    with pytest.raises(ReadError) as refused:
        read(data)
    assert refused.value.reason == reason
    assert "\n" not in str(refused.value)


def test_directory_that_lies_about_sizes():
    data = pack(p("甲" * 3_000_000))
    at = data.index(b"PK\x01\x02")
    lying = data[: at + 24] + (1000).to_bytes(4, "little") + data[at + 28 :]
    with pytest.raises(ReadError):
        read(lying)


def test_made_by_python_docx():
    docx = pytest.importorskip("docx")
    made = docx.Document()
    made.add_heading("一、总体情况", 1)
    made.add_paragraph("全年公开信息128条。")
    grid = made.add_table(2, 2)
    for i, cell in enumerate(c for r in grid.rows for c in r.cells):
        cell.text = str(i)
    buffer = io.BytesIO()
    made.save(buffer)
    document = read(buffer.getvalue())
    assert document.text == "一、总体情况\n全年公开信息128条。\n0\t1\n2\t3\n"
    assert document.blocks[0].kind == "heading"
