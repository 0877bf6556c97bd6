import pytest

from extractor.errors import ReadError
from extractor.read import read

BODY = (
    "2022年，青禾县民政局主动公开政府信息1286条，其中政府网站公开907条，微信公众号公开379条。",
    "全年收到政府信息公开申请14件，均在法定期限内答复，同比增长16.7%。",
)
CHROME = (
    "<div class='top'><a href='/'>首页</a> &gt; <a href='/zw'>政务公开</a> &gt; <a href='/nb'>年度报告</a></div>"
    "<div>当前位置：首页 &gt; 年报</div>"
    "<ul class='menu'><li>热线电话 12345</li><li>今日访问 1024 次</li></ul>"
)
META = "<div class='meta'>发布日期：2023-01-12 浏览次数：318 次 字号：[大 中 小]</div>"
FOOT = "<div class='footer'>主办：青禾县人民政府 备案号：某ICP备05000041号 联系电话 0000-5236210</div>"


def page(body, head="<meta charset='utf-8'>", charset="utf-8"):
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode(charset)


def sample():
    return page("<h1>青禾县民政局2022年年度报告</h1>" + paragraphs() + "<table><tr><td>规章<td>0</table>")


def paragraphs():
    return "".join(f"<p>{text}</p>" for text in BODY)


def framed(*parts):
    return "<table>" + "".join(f"<tr><td>{part}</td></tr>" for part in parts) + "</table>"


HIDDEN = (
    "<script>var a=1;</script><style>p{}</style><noscript>请打开脚本</noscript>"
    "<div style='display: none'>旧闻99条</div><p hidden>旧闻98条</p>"
)
SHAPES = [
    ("one content block", f"{CHROME}<div class='article'>{META}<div id='zoom'>{paragraphs()}</div></div>{FOOT}"),
    ("no content block", f"{CHROME}{META}{paragraphs()}{FOOT}"),
    ("layout table", framed(CHROME, framed(META + paragraphs())) + FOOT),
    ("line breaks", f"{CHROME}<div>{BODY[0]}<br><br>&nbsp;&nbsp;{BODY[1]}</div>{FOOT}"),
    ("spans", f"{CHROME}<div>" + "".join(f"<p><span>{t[:5]}</span><b>{t[5:]}</b></p>" for t in BODY) + f"</div>{FOOT}"),
    ("scripts and hidden parts", HIDDEN + paragraphs()),
    ("nav and footer tags", f"<nav>首页 年报 2021 2022</nav>{paragraphs()}<footer>青禾县 0000-123</footer>"),
    ("links around the text", f"<div><a href='#'>{'相关链接之一 ' * 30}</a></div><div>{paragraphs()}</div>"),
]  # fmt: skip


@pytest.mark.parametrize("body", [x[1] for x in SHAPES], ids=[x[0] for x in SHAPES])
def test_only_the_report_is_read(body):
    lines = [line.replace("\xa0", "").strip() for line in read(page(body)).text.splitlines()]
    assert lines == list(BODY)


def test_content_in_several_blocks_is_kept_whole():
    text = read(page(CHROME + "".join(f"<div class='part'>{t}</div>" for t in BODY * 2) + FOOT)).text
    assert text.splitlines() == list(BODY * 2)


def test_a_short_block_of_sentences_beside_the_text_is_kept():
    intro = "根据《中华人民共和国政府信息公开条例》的规定，现公布青禾县民政局2022年政府信息公开工作年度报告全文。"
    lines = read(page(f"{CHROME}<div>{intro}</div><div>{paragraphs() * 12}</div>{FOOT}")).text.splitlines()
    assert lines[0] == intro or lines[1] == intro
    assert lines.count(BODY[0]) == 12


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("分享政务公开经验3次", True),
        ("关闭政务新媒体账号12个", True),
        ("浏览量达12万次", True),
        ("主办：6件；会办：8件", True),
        ("相关信息12条", True),
        ("大、中、小微企业28家", True),
        ("分享到： 微信 微博", False),
        ("【打印本页】 【关闭窗口】", False),
        ("字体：[大] [中] [小]", False),
        ("上一篇：青禾县2021年年度报告", False),
        ("浏览量：12345", False),
        ("首页 > 政务公开 > 年报", False),
        ("青禾县人民政府 版权所有", False),
    ],
)
def test_lines_of_the_page(line, kept):
    lines = read(page(f"<div><p>{line}</p>{paragraphs()}</div>")).text.splitlines()
    assert (line in lines) == kept
    assert lines[-2:] == list(BODY)


def test_repeated_paragraphs_stay():
    assert read(page("<div><p>无。</p><p>无。</p>" + paragraphs() + "</div>")).text.splitlines()[:2] == ["无。", "无。"]


TITLES = [
    ("heading outside the text", "<h1>青禾县2022年年度报告</h1>", "", "青禾县2022年年度报告"),
    ("only in the head", "", "<title>青禾县2022年年度报告_青禾县政府网</title>", "青禾县2022年年度报告"),
    ("no report", "<h1>政务公开</h1>", "<title>青禾县政府网</title>", BODY[0]),
]


@pytest.mark.parametrize(("heading", "head", "first"), [x[1:] for x in TITLES], ids=[x[0] for x in TITLES])
def test_title(heading, head, first):
    body = f"<div>{heading}</div><div>{paragraphs() * 6}</div>"
    lines = read(page(body, head)).text.splitlines()
    assert lines[0] == first
    assert lines.count(first) == (6 if first == BODY[0] else 1)


def test_table_with_spans():
    rows = (
        "<tr><td rowspan=2>申请人<br>情况</td><td colspan='2'>法人或其他组织</td></tr>"
        "<tr><td><p>企业</p></td><td>其他</td></tr>"
        "<tr><td>本年<p>新收</p></td><td>4</td><td> </td></tr>"
    )
    (grid,) = read(page(f"{paragraphs()}<table>{rows}</table>")).grids
    assert [(c.row, c.column, c.row_span, c.column_span, c.text) for c in grid.cells] == [
        (0, 0, 2, 1, "申请人情况"),
        (0, 1, 1, 2, "法人或其他组织"),
        (1, 1, 1, 1, "企业"),
        (1, 2, 1, 1, "其他"),
        (2, 0, 1, 1, "本年新收"),
        (2, 1, 1, 1, "4"),
        (2, 2, 1, 1, ""),
    ]


def test_page_that_is_nearly_all_table():
    rows = "<tr><td>行政许可</td><td>12</td></tr>" * 30
    document = read(page(f"{CHROME}<div><p>说明。</p><table>{rows}</table></div>{FOOT}"))
    assert [(g.rows, g.columns) for g in document.grids] == [(30, 2)]
    assert document.text.startswith("说明。\n行政许可\t12\n")


@pytest.mark.parametrize("span", ["0", "-3", "x", "9999999999", "²"])
def test_odd_spans_do_no_harm(span):
    document = read(page(f"{paragraphs()}<table><tr><td rowspan='{span}' colspan='{span}'>甲<td>7</table>"))
    assert document.text.endswith("甲\t7\n")


def test_a_table_of_giant_cells_ends():
    cell = "<td rowspan=60000 colspan=60000>12</td>"
    document = read(page(f"<p>说明。</p><table>{('<tr>' + cell * 20 + '</tr>') * 200}</table>"))
    (grid,) = document.grids
    assert (grid.rows, len(grid.cells)) == (200, 4000)
    assert grid.columns <= 20 * 100 * 200


def test_block_kinds():
    document = read(page(f"<div><h2>一、总体情况</h2>{paragraphs()}<ul><li>第一条8件</li></ul></div>"))
    assert [(b.kind, b.level) for b in document.blocks] == [
        ("heading", 2), ("paragraph", None), ("paragraph", None), ("list_item", None),
    ]  # fmt: skip


def test_cut_out_part_of_a_page():
    assert read(("　　" + paragraphs() * 2).encode()).text.splitlines() == list(BODY * 2)


CHARSETS = [
    ("declared GBK", "<meta charset='gbk'>", "gbk"),
    ("GBK without a word", "", "gbk"),
    ("GB18030 that claims UTF-8", "<meta charset='utf-8'>", "gb18030"),
    ("UTF-8 that claims GB2312", "<meta charset='gb2312'>", "utf-8"),
    ("UTF-8 with a mark", "", "utf-8-sig"),
    ("UTF-16", "", "utf-16"),
    ("Big5", "<meta http-equiv='Content-Type' content='text/html; charset=big5'>", "big5"),
]


@pytest.mark.parametrize(("head", "charset"), [x[1:] for x in CHARSETS], ids=[x[0] for x in CHARSETS])
def test_charsets(head, charset):
    text = "全年主動公開政府信息一百二十八條" if charset == "big5" else BODY[0]
    assert read(page(f"<p>{text}</p>" * 3, head, charset)).text.splitlines() == [text] * 3


def test_lone_surrogates_never_come_out():
    read(page(f"{paragraphs()}<p>&#xD800;乙&#0;</p>")).text.encode("utf-8")


def test_deep_nesting_ends():
    assert "7件" in read(page("<div>" * 250 + "7件" + "</div>" * 250)).text
    read(page(paragraphs() + "<div><b>" * 20_000 + "7件"))


def test_text_that_scripts_would_show():
    assert BODY[0] in read(page(f"<div style='display:none'>{paragraphs()}</div>")).text


def test_page_without_text():
    with pytest.raises(ReadError) as refused:
        read(page("<script>load()</script><img src='x'>"))
    assert refused.value.reason == "no_text"
