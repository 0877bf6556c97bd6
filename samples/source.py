"""Reads the text sources of the samples: titles, headings, paragraphs, and the standard tables behind their directives.

A source is plain text, one paragraph a line.  ``= …`` is the title; a line such as ``一、总体情况`` is a heading;
``{table 3 2021}`` opens the figures of a standard table of that year's form, ``{end}`` closes them.  Rows that are not
given are zero.  Totals are computed, and the identities of the form are checked, unless a row ``total`` is given:
that is how a sample shows a table that does not add up.
"""

import re
from dataclasses import dataclass
from pathlib import Path

TEXTS = Path(__file__).resolve().parent / "texts"
HEADING = re.compile(r"[一二三四五六七6]、.{2,24}$")
DIRECTIVE = re.compile(r"\{table (\d) (\d{4})\}")

REASONS = [
    ("granted", "（一）予以公开", None),
    ("partial", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）", None),
    ("refused.state_secret", "（三）不予公开", "1.属于国家秘密"),
    ("refused.other_law", "（三）不予公开", "2.其他法律行政法规禁止公开"),
    ("refused.safety", "（三）不予公开", "3.危及“三安全一稳定”"),
    ("refused.third_party", "（三）不予公开", "4.保护第三方合法权益"),
    ("refused.internal_affairs", "（三）不予公开", "5.属于三类内部事务信息"),
    ("refused.process_information", "（三）不予公开", "6.属于四类过程性信息"),
    ("refused.enforcement_file", "（三）不予公开", "7.属于行政执法案卷"),
    ("refused.administrative_inquiry", "（三）不予公开", "8.属于行政查询事项"),
    ("unavailable.not_held", "（四）无法提供", "1.本机关不掌握相关政府信息"),
    ("unavailable.needs_creation", "（四）无法提供", "2.没有现成信息需要另行制作"),
    ("unavailable.unclear", "（四）无法提供", "3.补正后申请内容仍不明确"),
    ("not_processed.petition", "（五）不予处理", "1.信访举报投诉类申请"),
    ("not_processed.repeat", "（五）不予处理", "2.重复申请"),
    ("not_processed.publication", "（五）不予处理", "3.要求提供公开出版物"),
    ("not_processed.excessive", "（五）不予处理", "4.无正当理由大量反复申请"),
    ("not_processed.reconfirm", "（五）不予处理", "5.要求行政机关确认或重新出具已获取信息"),
]
OTHER = {
    "2019": [("other", "（六）其他处理", None)],
    "2021": [
        (
            "other.overdue_correction",
            "（六）其他处理",
            "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
        ),
        (
            "other.unpaid_fee",
            "（六）其他处理",
            "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
        ),
        ("other.other", "（六）其他处理", "3.其他"),
    ],
}
TABLE_TWO = {
    "2019": [
        ("第二十条第（一）项",),
        ("信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量"),
        ("规章", "regulations"),
        ("规范性文件", "normative"),
        ("第二十条第（五）项",),
        ("信息内容", "上一年项目数量", "本年增/减", "处理决定数量"),
        ("行政许可", "licences"),
        ("其他对外管理服务事项", "other_services"),
        ("第二十条第（六）项",),
        ("信息内容", "上一年项目数量", "本年增/减", "处理决定数量"),
        ("行政处罚", "penalties"),
        ("行政强制", "coercion"),
        ("第二十条第（八）项",),
        ("信息内容", "上一年项目数量", "本年增/减"),
        ("行政事业性收费", "fees"),
        ("第二十条第（九）项",),
        ("信息内容", "采购项目数量", "采购总金额"),
        ("政府集中采购", "procurement"),
    ],
    "2021": [
        ("第二十条第（一）项",),
        ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数"),
        ("规章", "regulations"),
        ("行政规范性文件", "normative"),
        ("第二十条第（五）项",),
        ("信息内容", "本年处理决定数量"),
        ("行政许可", "licences"),
        ("第二十条第（六）项",),
        ("信息内容", "本年处理决定数量"),
        ("行政处罚", "penalties"),
        ("行政强制", "coercion"),
        ("第二十条第（八）项",),
        ("信息内容", "本年收费金额（单位：万元）"),
        ("行政事业性收费", "fees"),
    ],
}
ORGANISATIONS = ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]
OUTCOMES = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]


@dataclass(frozen=True)
class Cell:
    """One cell of a form: upper left corner, extent, text, and whether its text stands upright in a narrow column."""

    row: int
    column: int
    rows: int
    columns: int
    text: str
    upright: bool = False


@dataclass(frozen=True)
class Form:
    """A standard table laid out in cells; ``widths`` are relative column widths."""

    number: int
    rows: int
    columns: int
    cells: tuple[Cell, ...]
    widths: tuple[float, ...]


@dataclass(frozen=True)
class Part:
    """A piece of a report: kind is title, heading, paragraph or table."""

    kind: str
    text: str = ""
    form: Form | None = None


def read_source(name: str) -> list[Part]:
    """Parts of the sample ``name`` in order; ValueError where the figures of a table break the form's identities."""
    parts: list[Part] = []
    rows: dict[str, list[str]] | None = None
    directive = ("", "")
    for line in (TEXTS / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        opened = DIRECTIVE.fullmatch(line)
        if opened:
            rows, directive = {}, (opened[1], opened[2])
        elif line == "{end}" and rows is not None:
            parts.append(Part("table", form=build_form(directive[0], directive[1], rows)))
            rows = None
        elif rows is not None:
            key, *values = line.split()
            rows[key] = values
        elif line.startswith("= "):
            parts.append(Part("title", line[2:]))
        else:
            parts.append(Part("heading" if HEADING.match(line) else "paragraph", line))
    return parts


def build_form(number: str, year: str, rows: dict[str, list[str]]) -> Form:
    """Lay out one standard table from its figures."""
    if number == "2":
        return build_table_two(year, rows)
    return build_table_three(year, rows) if number == "3" else build_table_four(rows)


def build_table_two(year: str, rows: dict[str, list[str]]) -> Form:
    """Table 2: active disclosure; the last value cell of a short row takes the rest of the width."""
    cells: list[Cell] = []
    for at, entry in enumerate(TABLE_TWO[year]):
        texts = list(entry)
        if len(entry) == 2 and entry[1].isascii():
            values = list(rows.get(entry[1], ["0"]))
            if entry[1] == "procurement":
                values[-1] += "万元"
            texts = [entry[0], *values]
        for column, text in enumerate(texts):
            last = column == len(texts) - 1
            cells.append(Cell(at, column, 1, 4 - column if last else 1, text))
    return Form(2, len(TABLE_TWO[year]), 4, tuple(cells), (1.4, 1, 1, 1))


def table_three_figures(year: str, rows: dict[str, list[str]]) -> dict[str, list[int]]:
    """Every row of table 3 with its total column; the results' total is the sum of the results unless given."""
    results = [key for key, _, _ in REASONS + OTHER[year]]
    figures = {key: [int(value) for value in rows.get(key, ["0"] * 6)] for key in (*results, "received", "carried_in")}
    figures["carried_out"] = [int(value) for value in rows.get("carried_out", ["0"] * 6)]
    full = {key: [*values, sum(values)] for key, values in figures.items()}
    full["total"] = [sum(full[key][column] for key in results) for column in range(7)]
    if "total" in rows:
        full["total"] = [int(value) for value in rows["total"]]
        return full
    for column in range(7):
        taken = full["received"][column] + full["carried_in"][column]
        if taken != full["total"][column] + full["carried_out"][column]:
            raise ValueError(f"table 3, column {column}: {taken} came in, another number went out")
    return full


def build_table_three(year: str, rows: dict[str, list[str]]) -> Form:
    """Table 3: applications, three label columns and seven of figures under a header of three rows."""
    figures = table_three_figures(year, rows)
    note = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
    cells = [Cell(0, 0, 3, 3, note), Cell(0, 3, 1, 7, "申请人情况")]
    cells += [Cell(1, 3, 2, 1, "自然人"), Cell(1, 4, 1, 5, "法人或其他组织"), Cell(1, 9, 2, 1, "总计")]
    cells += [Cell(2, 4 + at, 1, 1, text) for at, text in enumerate(ORGANISATIONS)]
    cells += [Cell(3, 0, 1, 3, "一、本年新收政府信息公开申请数量")]
    cells += [Cell(4, 0, 1, 3, "二、上年结转政府信息公开申请数量")]
    reasons = REASONS + OTHER[year]
    cells.append(Cell(5, 0, len(reasons) + 1, 1, "三、本年度办理结果", upright=True))
    order = ["received", "carried_in"]
    for at, (key, group, reason) in enumerate(reasons):
        if reason is None:
            cells.append(Cell(5 + at, 1, 1, 2, group))
        else:
            members = sum(1 for other in reasons if other[1] == group)
            if reasons[at - 1][1] != group:
                cells.append(Cell(5 + at, 1, members, 1, group))
            cells.append(Cell(5 + at, 2, 1, 1, reason))
        order.append(key)
    last = 5 + len(reasons)
    cells += [Cell(last, 1, 1, 2, "（七）总计"), Cell(last + 1, 0, 1, 3, "四、结转下年度继续办理")]
    for at, key in enumerate([*order, "total", "carried_out"]):
        cells += [Cell(3 + at, 3 + column, 1, 1, str(value)) for column, value in enumerate(figures[key])]
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return Form(3, last + 2, 10, tuple(cells), (0.55, 1.15, 2.4, 1, 0.9, 0.9, 0.9, 0.9, 0.9, 1))


def build_table_four(rows: dict[str, list[str]]) -> Form:
    """Table 4: review and litigation, fifteen figures under a header of three rows."""
    cells = [Cell(0, 0, 1, 5, "行政复议"), Cell(0, 5, 1, 10, "行政诉讼")]
    cells += [Cell(1, at, 2, 1, text) for at, text in enumerate(OUTCOMES)]
    cells += [Cell(1, 5, 1, 5, "未经复议直接起诉"), Cell(1, 10, 1, 5, "复议后起诉")]
    cells += [Cell(2, 5 + at, 1, 1, text) for at, text in enumerate(OUTCOMES * 2)]
    column = 0
    for key in ("review", "litigation_direct", "litigation_after_review"):
        values = [int(value) for value in rows.get(key, ["0"] * 4)]
        for value in [*values, sum(values)]:
            cells.append(Cell(3, column, 1, 1, str(value)))
            column += 1
    return Form(4, 4, 15, tuple(cells), (1,) * 15)
