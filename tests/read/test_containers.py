import zipfile

import odd_maker
import pytest
import test_docx
import test_html
import test_pdf
import test_text
from odd_maker import LINES, archive, attached, eml, escape, gbk_archive, message, mhtml, odt, ofd, part, rtf, zipped

from extractor.errors import ReadError
from extractor.read import read

TEXT = "".join(line + "\n" for line in LINES)


def codes(document):
    return [notice.code for notice in document.warnings]


SAME = [
    ("rtf", rtf(), "application/rtf"),
    ("odt", odt(), odd_maker.ODT_TYPE),
    ("ofd", ofd(), "application/ofd"),
]


@pytest.mark.parametrize(("data", "media_type"), [x[1:] for x in SAME], ids=[x[0] for x in SAME])
def test_paragraphs_of_the_report(data, media_type):
    document = read(data)
    assert document.text == TEXT
    assert document.media_type == media_type
    assert document.warnings == ()


CELL = "\\trowd\\cellx1000\\cellx3000 "
RICH = [
    ("code points", "\\uc1\\u20840?\\u24180?1286\\u26465?", "全年1286条\n"),
    ("code points above the first plane", "\\uc1\\u-10176?\\u-8960?1", "\U00020100" + "1\n"),
    ("two bytes to skip", "\\uc2\\u20840\\'c8\\'ab3", "全3\n"),
    ("Western label on Chinese bytes", f"\\f1 {escape('公开3条')}", "公开3条\n"),
    ("Traditional font", "{\\fonttbl{\\f3\\fcharset136 Ming;}}\\f3 " + escape("公開3條", "big5"), "公開3條\n"),
    ("deleted and hidden text", "12{\\deleted 99}{\\v 98}34", "1234\n"),
    ("head, picture and comment", "{\\header 77}{\\pict 0102}{\\*\\annotation 78}3", "3\n"),
    ("printed list number", "{\\listtext\\'d2\\'bb\\'a1\\'a2\\tab}\\'d7\\'dc", "一、\t总\n"),
    ("footnote", "3{\\footnote 4}", "34\n"),
    ("field", "{\\field{\\*\\fldinst HYPERLINK \"http://x.example\"}{\\fldrslt 5}}", "5\n"),
    ("binary", "1{\\pict\\bin7 {}{}{}2}3", "13\n"),
    ("table", f"{CELL}\\intbl a\\cell b\\cell\\row {CELL}\\intbl 1\\cell 2\\cell\\row\\pard c\\par", "a\tb\n1\t2\nc\n"),
    ("unclosed groups", "{{{{3", "3\n"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "text"), [x[1:] for x in RICH], ids=[x[0] for x in RICH])
def test_rich_text(body, text):
    assert read(rtf(body)).text == text


def test_merged_cells_of_rich_text():
    rows = (
        "\\trowd\\cellx1000\\clvmgf\\cellx3000 a\\cell b\\cell\\row",
        "\\trowd\\cellx500\\cellx1000\\clvmrg\\cellx3000 1\\cell 2\\cell \\cell\\row",
    )
    (grid,) = read(rtf("\\intbl " + "".join(rows) + "\\pard")).grids
    places = [(c.row, c.column, c.row_span, c.column_span, c.text) for c in grid.cells]
    assert places == [(0, 0, 1, 2, "a"), (0, 2, 2, 1, "b"), (1, 0, 1, 1, "1"), (1, 1, 1, 1, "2")]


CHINESE_LEVEL = (
    '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="一, 二, 三, ..." '
    'style:num-suffix="、"/></text:list-style>'
)
ITEMS = "".join(f"<text:list-item><text:p>{t}</text:p></text:list-item>" for t in ("总体情况", "主动公开"))
OPEN = [
    ("automatic numbers", f'<text:list text:style-name="L">{ITEMS}</text:list>', "一、总体情况\n二、主动公开\n"),
    ("blanks", '<text:p>a<text:s text:c="2"/>b<text:tab/>c<text:line-break/>d</text:p>', "a  b\tc\nd\n"),
    ("deleted text", "<text:tracked-changes><text:p>99</text:p></text:tracked-changes><text:p>3</text:p>", "3\n"),
    ("note", "<text:p>3<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>注</text:p>"
             "</text:note-body></text:note>条</text:p>", "3条\n注\n"),
    ("text box", "<text:p>3<draw:frame><draw:text-box><text:p>框</text:p></draw:text-box></draw:frame></text:p>",
     "3\n框\n"),
    ("table", "<table:table><table:table-row><table:table-cell table:number-columns-spanned='2'><text:p>规章</text:p>"
              "</table:table-cell><table:covered-table-cell/></table:table-row><table:table-row><table:table-cell>"
              "<text:p>1</text:p></table:table-cell><table:table-cell><text:p>2</text:p></table:table-cell>"
              "</table:table-row></table:table>", "规章\n1\t2\n"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "text"), [x[1:] for x in OPEN], ids=[x[0] for x in OPEN])
def test_open_document(body, text):
    assert read(odt(body, CHINESE_LEVEL)).text == text


def test_fixed_layout_has_boxes_and_tables():
    lines = [odd_maker.path_object(20, y, 100, y) for y in (50, 60)]
    lines += [odd_maker.path_object(x, 50, x, 60) for x in (20, 60, 100)]
    cells = [odd_maker.text_object(22, 52, "规章"), odd_maker.text_object(62, 52, "3")]
    document = read(ofd(*lines, *cells))
    assert document.text == "规章\t3\n"
    assert document.pages == 1 and document.layout.box(0)[0] == pytest.approx(22 * 72 / 25.4, abs=0.5)


PDF_TEXT = read(test_pdf.sample()).text
HTML_TEXT = read(test_html.sample()).text
DOCX_TEXT = read(test_docx.sample()).text
WRAPPED = [
    ("archive", archive(), PDF_TEXT),
    ("archive with pictures and notes", archive(("说明.txt", "说明"), ("logo.png", odd_maker.zipped([]))), PDF_TEXT),
    ("archive with junk", archive(("__MACOSX/._a.pdf", test_pdf.sample()), ("Thumbs.db", b"x")), PDF_TEXT),
    ("name in GBK", gbk_archive(), HTML_TEXT),
    ("named like a report", zipped([("附件.html", test_html.sample()), ("年报.docx", test_docx.sample())]), DOCX_TEXT),
    ("archive in an archive", zipped([("a.zip", archive())]), PDF_TEXT),
    ("mail", eml(), DOCX_TEXT),
    ("mail without attachment", message(part("text/plain; charset=gb2312", LINES[2].encode("gbk"))), LINES[2]),
    ("mail with a logo", message(part("text/html; charset=utf-8", test_html.sample()), attached(b"GIF", "a.bin")),
     HTML_TEXT),
    ("forwarded mail", message(f"Content-Type: message/rfc822\r\n\r\n{eml().decode()}"), DOCX_TEXT),
]  # fmt: skip


@pytest.mark.parametrize(("data", "text"), [x[1:] for x in WRAPPED], ids=[x[0] for x in WRAPPED])
def test_one_report_inside(data, text):
    document = read(data)
    assert document.text == text
    assert codes(document)[0] == "read_from_container"


def test_gbk_name_is_told_in_chinese():
    assert "2022年度报告.html" in read(gbk_archive()).warnings[0].message


def html_part(body, *headers):
    return part("text/html; charset=utf-8", test_html.page(body), *headers)


FRAMES = [
    ("frameset", html_part("<frameset><frame src='menu.htm'><frame src='http://x.example/b/main.htm'></frameset>"),
     html_part("<p>菜单</p>", "Content-Location: http://x.example/b/menu.htm"),
     html_part(test_html.paragraphs(), "Content-Location: http://x.example/b/main.htm")),
    ("inner frame", html_part("<div><iframe src='cid:42@x'></iframe></div>"),
     html_part(test_html.paragraphs(), "Content-ID: <42@x>")),
]  # fmt: skip


@pytest.mark.parametrize("parts", [x[1:] for x in FRAMES], ids=[x[0] for x in FRAMES])
def test_frames_of_a_saved_page(parts):
    text = read(mhtml(*parts)).text
    assert all(line in text for line in test_html.BODY)


def test_saved_page():
    document = read(mhtml())
    assert (document.text, document.media_type) == (HTML_TEXT, "multipart/related")


def test_frame_that_frames_itself():
    loop = html_part("<p>1286条</p><iframe src='a.htm'></iframe>", "Content-Location: http://x.example/a.htm")
    assert "1286条" in read(mhtml(loop)).text


def test_page_that_only_frames_others_says_which():
    with pytest.raises(ReadError) as refused:
        read(b"<html><frameset cols='20%,80%'><frame src='menu.htm'><frame src='main.htm'></frameset></html>")
    assert refused.value.reason == "no_text" and "main.htm" in str(refused.value)


def test_frame_left_out_is_a_warning():
    document = read(test_html.page(test_html.paragraphs() + "<iframe src='http://x.example/t.htm'></iframe>"))
    assert codes(document) == ["frames_left_out"]


def test_page_inside_an_attribute():
    inner = test_html.paragraphs().replace("<", "&lt;").replace('"', "&quot;")
    document = read(test_html.page(f'<iframe class="x" srcdoc="{inner}"></iframe>'))
    assert all(line in document.text for line in test_html.BODY)


REFUSED = [
    ("several reports", zipped([("a.pdf", test_pdf.sample()), ("b.docx", test_docx.sample())]), "type", "2 documents"),
    ("nothing to read", zipped([("a.bin", bytes(range(256)))]), "type", "no document"),
    ("nested beyond reason", zipped([("c.zip", zipped([("b.zip", zipped([("a.zip", archive())]))]))]),
     "too_large", "deep"),
    ("archive bomb", zipped([("a.txt", "零" * 9_000_000)], compression=zipfile.ZIP_DEFLATED), "too_large", "100 times"),
    ("many entries", zipped([(f"{i}.txt", "") for i in range(10_001)]), "too_large", "10001 entries"),
    ("old Word, locked", odd_maker.compound(locked=True), "encrypted", "password"),
    ("old spreadsheet", odd_maker.compound(word=False), "type", "Office"),
    ("locked OpenDocument", odt(extra=[("META-INF/manifest.xml", '<m:a xmlns:m="urn:m"><m:encryption-data/></m:a>')]),
     "encrypted", "password"),
    ("empty mail", message(part("text/plain", b" ")), "no_text", "mail"),
    ("rich text without text", rtf("{\\pict 00}"), "no_text", "OCR"),
    ("OFD without pages", zipped([("OFD.xml", "<a/>")]), "damaged", "missing"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "reason", "words"), [x[1:] for x in REFUSED], ids=[x[0] for x in REFUSED])
def test_refusals(data, reason, words):
    with pytest.raises(ReadError) as refused:
        read(data)
    assert refused.value.reason == reason
    assert words in str(refused.value) and "\n" not in str(refused.value)


NUL = [
    ("text", test_text.REPORT.replace("，", "\0，").encode()),
    ("mark twice", b"\xef\xbb\xbf\xef\xbb\xbf" + test_text.REPORT.encode()),
    ("UTF-16", test_text.REPORT.encode("utf-16")),
    ("UTF-32", b"\xff\xfe\0\0" + test_text.REPORT.encode("utf-32-le")),
    ("rich text", rtf().replace(b"\\par", b"\0\\par")),
    ("page without a charset, in GBK", test_html.page(test_html.paragraphs(), head="", charset="gbk")),
]


@pytest.mark.parametrize("data", [x[1] for x in NUL], ids=[x[0] for x in NUL])
def test_marks_and_nul(data):
    text = read(data).text
    assert any(word in text for word in ("１２８条", "1286条"))
    assert "\0" not in text and "\ufeff" not in text


def test_libreoffice_is_asked_for_old_word(monkeypatch):
    monkeypatch.setattr("extractor.read.libreoffice.find_program", lambda: None)
    with pytest.raises(ReadError) as refused:
        read(odd_maker.compound())
    assert refused.value.reason == "type" and "LibreOffice" in str(refused.value)
