"""Writes a report as DOCX, HTML, plain text or Markdown; the same parts give the same bytes."""

import io
import zipfile
from html import escape
from pathlib import Path

from cloak import cloak
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt
from source import Form, Part

NAVIGATION = [
    "首页",
    "走进望川",
    "新闻中心",
    "政务公开",
    "政务服务",
    "互动交流",
    "数据开放",
    "长者版",
    "无障碍",
    "IPv6",
]
SIDEBAR = [
    "政府信息公开指南",
    "政府信息公开制度",
    "法定主动公开内容",
    "政府信息公开年报",
    "依申请公开",
    "政府公报2022年第12期",
]
STYLESHEET = "body{font-family:sans-serif;width:1200px;margin:0 auto}td{border:1px solid #999;text-align:center}"
CARD = (
    '<table class="card"><tr><td>索引号</td><td>000014349/2023-00816</td><td>发布机构</td><td>望川市人民政府办公室'
    "</td></tr><tr><td>主题分类</td><td>综合政务</td><td>成文日期</td><td>2023-03-28</td></tr></table>"
)
PORTAL = """<!DOCTYPE html>
<html lang="zh-CN">
<head><meta charset="utf-8"><title>{title}_望川市人民政府门户网站</title><style>{stylesheet}</style>
<script>var visits = 20230328; document.title += "";</script></head>
<body>
<div class="top"><span>今天是2023年4月6日 星期四</span> <span>今日访问量：18342人次</span></div>
<ul class="nav">{links}</ul>
<div class="crumb">当前位置：<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a> &gt;
<a href="/nb/">政府信息公开年报</a></div>
<div class="side"><ul>{side}</ul><p>市长热线：12345</p></div>
<div class="article">
<h1>{title}</h1>
{card}
<div class="info">发布时间：2023-03-28 09:15　来源：市政府办公室　浏览次数：<span>1026</span>
字号：【大 中 小】　打印</div>
<div id="zoom">
{body}
</div>
<div class="related"><h3>相关文章</h3><ul><li><a href="/nb/2021.html">望川市2021年政府信息公开工作年度报告</a></li>
<li><a href="/nb/2020.html">望川市2020年政府信息公开工作年度报告</a></li></ul></div>
</div>
<div class="foot"><p>主办：望川市人民政府办公室　地址：望川市人民大道1号　邮编：000000　电话：0000-8888166</p>
<p>网站标识码：0000000001　备案号：00000000号　公安备案00000002000001号</p></div>
</body>
</html>
"""
FIXED_DATE = (2022, 1, 1, 0, 0, 0)


def write_docx(parts: list[Part], target: Path, font: str = "宋体") -> None:
    """Write a word-processor document with real headings and merged table cells."""
    document = Document()
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = font, Pt(14)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), font)
    for part in parts:
        if part.form is not None:
            add_docx_table(document, part.form)
            continue
        paragraph = document.add_paragraph()
        run = paragraph.add_run(part.text)
        if part.kind == "title":
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            run.font.size, run.bold = Pt(20), True
        else:
            paragraph.paragraph_format.first_line_indent = Pt(28)
            run.bold = part.kind == "heading"
    buffer = io.BytesIO()
    document.save(buffer)
    target.write_bytes(fix_dates(buffer.getvalue()))


def add_docx_table(document: "Document", form: Form) -> None:
    """Add a form as a table with merged cells."""
    table = document.add_table(rows=form.rows, cols=form.columns, style="Table Grid")
    grid = [row.cells for row in table.rows]
    for cell in form.cells:
        corner = grid[cell.row][cell.column]
        if cell.rows > 1 or cell.columns > 1:
            corner = corner.merge(grid[cell.row + cell.rows - 1][cell.column + cell.columns - 1])
        corner.text = cell.text
        for run in corner.paragraphs[0].runs:
            run.font.size = Pt(8)


def fix_dates(data: bytes) -> bytes:
    """The same archive with every member dated alike."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, FIXED_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return buffer.getvalue()


def html_table(form: Form) -> str:
    """A form as an HTML table with row and column spans."""
    rows = []
    for at in range(form.rows):
        cells = [cell for cell in form.cells if cell.row == at]
        marks = [f"<td{spans(cell.rows, cell.columns)}>{escape(cell.text, quote=False)}</td>" for cell in cells]
        rows.append("<tr>" + "".join(marks) + "</tr>")
    return '<table cellspacing="0">\n' + "\n".join(rows) + "\n</table>"


def spans(rows: int, columns: int) -> str:
    """Span attributes of a cell."""
    return (f' rowspan="{rows}"' if rows > 1 else "") + (f' colspan="{columns}"' if columns > 1 else "")


def write_portal_html(parts: list[Part], target: Path) -> None:
    """Write the page of a city portal: navigation, breadcrumb, information card, sidebar, footer around the report."""
    title = parts[0].text
    links = "".join(f'<li><a href="/c{at}/">{name}</a></li>' for at, name in enumerate(NAVIGATION))
    side = "".join(f'<li><a href="/gk/{at}.html">{name}</a></li>' for at, name in enumerate(SIDEBAR))
    body = []
    for part in parts[1:]:
        if part.form is not None:
            body.append(html_table(part.form))
        elif part.kind == "heading":
            body.append(f"<p><strong>　　{part.text}</strong></p>")
        else:
            body.append(f'<p style="text-indent:2em">{escape(part.text, quote=False)}</p>')
    page = PORTAL.format(title=title, stylesheet=STYLESHEET, links=links, side=side, card=CARD, body="\n".join(body))
    target.write_text(page, encoding="utf-8", newline="\n")


def write_cloaked_html(parts: list[Part], target: Path) -> None:
    """Write an old department page: traditional script with pinyin, line breaks for paragraphs, no charset."""
    lines = [f"<html><head><title>{cloak(parts[0].text)}</title></head><body bgcolor=#ffffff>"]
    lines.append(f"<table width=980><tr><td>{cloak('首页 | 园区概况 | 招商引资 | 信息公开')}</td></tr></table>")
    lines.append(f"<center><font size=5>{cloak(parts[0].text)}</font></center><div class=content>")
    for part in parts[1:]:
        if part.form is not None:
            lines.append(cloak(html_table(part.form)))
        else:
            lines.append("&nbsp;&nbsp;&nbsp;&nbsp;" + cloak(half_width(part.text)) + "<br><br>")
    lines.append(
        f"</div><p align=center>{cloak('版权所有 汀洲高新技术产业园区管理委员会 阅读次数 731')}</p></body></html>"
    )
    target.write_bytes("\r\n".join(lines).encode("gb18030"))


def half_width(text: str) -> str:
    """The text with half-width marks, as converters leave it."""
    return text.translate(str.maketrans("，：；（）", ",:;()"))


def write_plain_text(parts: list[Part], target: Path) -> None:
    """Write a plain text file of the older kind: national encoding, DOS line ends, paragraphs set in by two blanks."""
    lines = [part.text if part.kind == "title" else "　　" + part.text for part in parts]
    target.write_bytes(("\r\n".join(lines) + "\r\n").encode("gb18030"))


def write_dump(parts: list[Part], target: Path) -> None:
    """Write a text dump of a document: one cell a line behind a tab, an empty line after each row."""
    lines: list[str] = []
    for part in parts:
        if part.form is None:
            lines.append(part.text)
            continue
        for at in range(part.form.rows):
            row = dump_row(part.form, at)
            lines += ["\t" + text for text in row] + [""]
        lines += ["", ""]
    target.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def dump_row(form: Form, row: int) -> list[str]:
    """Texts of one row of a dump; a cell that reaches down from an earlier row is empty."""
    reaching = [cell for cell in form.cells if cell.row <= row < cell.row + cell.rows]
    reaching.sort(key=lambda cell: cell.column)
    return [cell.text if cell.row == row else "" for cell in reaching]


def write_markdown(parts: list[Part], target: Path) -> None:
    """Write Markdown with pipe tables; merged cells keep their text in the corner and are empty elsewhere."""
    lines: list[str] = []
    for part in parts:
        if part.form is not None:
            lines += [*pipe_rows(part.form), ""]
        else:
            mark = {"title": "# ", "heading": "## "}.get(part.kind, "")
            lines += [mark + part.text, ""]
    target.write_text("\n".join(lines), encoding="utf-8", newline="\n")


def pipe_rows(form: Form) -> list[str]:
    """A form as pipe rows with a separator under the first."""
    grid = [[""] * form.columns for _ in range(form.rows)]
    for cell in form.cells:
        grid[cell.row][cell.column] = cell.text
    rows = ["| " + " | ".join(row) + " |" for row in grid]
    rows.insert(1, "|" + " --- |" * form.columns)
    return rows
