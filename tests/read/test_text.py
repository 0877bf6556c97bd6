import pytest
from case_table import cases

from extractor.read import read

REPORT = "青禾县2022年年度报告\n一、总体情况\n全年公开信息１２８条，同比增长12.3%。\n"


def sample():
    return REPORT.encode()


CHARSETS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gbk", "gb18030"]


@pytest.mark.parametrize("charset", CHARSETS)
def test_charsets(charset):
    document = read(REPORT.encode(charset))
    assert document.text == REPORT
    assert document.warnings == ()


KEPT = [
    ("line ends", b"a1\r\nb2\rc3\n", "a1\nb2\nc3\n"),
    ("NUL", ("公开信息" * 30 + "12\0条").encode(), "公开信息" * 30 + "12条"),
    ("blanks and full-width signs", "　　公开 １２ 条".encode(), "　　公开 １２ 条"),
    ("no last line end", "无。".encode(), "无。"),
    ("four-byte characters", "𠮷县公开1条".encode("gb18030"), "𠮷县公开1条"),
]


@pytest.mark.parametrize(("data", "text"), [x[1:] for x in KEPT], ids=[x[0] for x in KEPT])
def test_text_is_kept(data, text):
    assert read(data).text == text


def test_one_bad_byte_is_a_warning():
    document = read((REPORT * 20).encode() + b"\xff\xfe\xfa" + REPORT.encode())
    assert "公开信息" in document.text
    assert [w.code for w in document.warnings] == ["charset"]


def test_dumped_tables_are_marked():
    document = read("二、主动公开\n\t规章\n\t0\n\n\t文件\n\t2\n三、收到\n".encode())
    assert [(b.kind, document.text[b.start : b.end]) for b in document.blocks] == [
        ("paragraph", "二、主动公开"),
        ("table", "\t规章\n\t0\n\n\t文件\n\t2"),
        ("paragraph", "三、收到"),
    ]
    assert document.grids == ()


@pytest.mark.parametrize(("text", "want"), cases("read/markdown"))
def test_markdown(text, want):
    document = read(text.encode())
    assert document.text == text
    assert [[c.text for c in g.cells if c.row == r] for g in document.grids for r in range(g.rows)] == want
    assert (document.media_type == "text/markdown") == bool(want) or "#" in text


def test_markdown_headings():
    document = read("# 年度报告\n\n## 一、总体情况\n公开3条。\n".encode())
    found = [(b.kind, b.level, document.text[b.start : b.end]) for b in document.blocks]
    assert found == [("heading", 1, "年度报告"), ("heading", 2, "一、总体情况"), ("paragraph", None, "公开3条。")]
