"""Writes standard tables in the layouts in which they are met: text dumps and grids."""

from extractor.types import Document, FoldedText, Grid, GridCell, Metadata, ReaderInfo

NOBODY = Metadata(None, None, None, None, None, None)
COLUMNS = ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]
REFUSED = ["属于国家秘密", "其他法律行政法规禁止公开", "危及“三安全一稳定”", "保护第三方合法权益",
           "属于三类内部事务信息", "属于四类过程性信息", "属于行政执法案卷", "属于行政查询事项"]  # fmt: skip
UNAVAILABLE = ["本机关不掌握相关政府信息", "没有现成信息需要另行制作", "补正后申请内容仍不明确"]
NOT_PROCESSED = ["信访举报投诉类申请", "重复申请", "要求提供公开出版物", "无正当理由大量反复申请",
                 "要求行政机关确认或重新出具已获取信息"]  # fmt: skip
OTHER = ["申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
         "申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", "其他"]  # fmt: skip
PARTIAL = "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"
GROUPS = [("（三）不予公开", REFUSED), ("（四）无法提供", UNAVAILABLE), ("（五）不予处理", NOT_PROCESSED)]
OUTCOMES = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
BLOCKS_2021 = [
    ("第二十条第（一）项", ["本年制发件数", "本年废止件数", "现行有效件数"], ["规章", "行政规范性文件"]),
    ("第二十条第（五）项", ["本年处理决定数量"], ["行政许可"]),
    ("第二十条第（六）项", ["本年处理决定数量"], ["行政处罚", "行政强制"]),
    ("第二十条第（八）项", ["本年收费金额（单位：万元）"], ["行政事业性收费"]),
]
BLOCKS_2019 = [
    ("第二十条第（一）项", ["本年新制作数量", "本年新公开数量", "对外公开总数量"], ["规章", "规范性文件"]),
    ("第二十条第（五）项", ["上一年项目数量", "本年增/减", "处理决定数量"], ["行政许可", "其他对外管理服务事项"]),
    ("第二十条第（六）项", ["上一年项目数量", "本年增/减", "处理决定数量"], ["行政处罚", "行政强制"]),
    ("第二十条第（八）项", ["上一年项目数量", "本年增/减"], ["行政事业性收费"]),
    ("第二十条第（九）项", ["采购项目数量", "采购总金额"], ["政府集中采购"]),
]


def label_rows(form):
    """Rows of table 3 as lists of label cells; None is a cell covered by the merged one above."""
    groups = [*GROUPS, ("（六）其他处理", OTHER)] if form == "2021" else GROUPS
    rows = [["一、本年新收政府信息公开申请数量"], ["二、上年结转政府信息公开申请数量"]]
    rows += [["三、本年度办理结果", "（一）予以公开"], [None, PARTIAL]]
    for heading, leaves in groups:
        rows += [[None, heading if at == 1 else None, f"{at}.{leaf}"] for at, leaf in enumerate(leaves, 1)]
    if form == "2019":
        rows.append([None, "（六）其他处理"])
    return [*rows, [None, "（七）总计"], ["四、结转下年度继续办理"]]


def text_rows(form, disclosure, application, review):
    """All three tables as rows of cell texts, the way a dump prints them ("" for covered cells)."""
    rows = []
    values = iter(disclosure)
    for article, headers, labels in BLOCKS_2021 if form == "2021" else BLOCKS_2019:
        rows += [[article], ["信息内容", *headers]] + [[label, *next(values)] for label in labels]
    rows += [["（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", "申请人情况"]]
    rows += [["", "自然人", "法人或其他组织", "总计"], ["", "", *COLUMNS, ""]]
    for labels, line in zip(label_rows(form), application, strict=True):
        rows.append([label or "" for label in labels] + line)
    rows += [["行政复议", "行政诉讼"], [*OUTCOMES, "未经复议直接起诉", "复议后起诉"], [""] * 5 + OUTCOMES * 2, review]
    return rows


def write(layout, rows):
    """Cell texts as a text dump."""
    if layout == "stacked":
        return "".join("\t" + "\n\t".join(row) + "\n\n" for row in rows)
    if layout == "tabs":
        return "\n".join("\t".join(row) for row in rows)
    if layout == "pipes":
        return "\n".join("| " + " | ".join(row) + " |" for row in rows)
    if layout == "stacked pipes":
        return "\n||\n".join("\n".join(f"{cell} |" for cell in row if cell) for row in rows)
    if layout == "columns":
        return "\n".join("   ".join(cell for cell in row if cell) for row in rows)
    if layout == "one a line":
        return "\n".join(cell for row in rows for cell in row if cell)
    if layout == "line ends lost":
        return " ".join(cell for row in rows for cell in row if cell)
    raise ValueError(layout)


class GridWriter:
    """Builds a document of grids cell by cell, its text one cell a line."""

    def __init__(self):
        self.text, self.grids, self.cells, self.rows = "", [], [], 0

    def put(self, row, column, text, row_span=1, column_span=1):
        start = len(self.text)
        self.text += text + "\n"
        self.cells.append(GridCell(row, column, row_span, column_span, text, start, start + len(text)))
        self.rows = max(self.rows, row + row_span)

    def close(self, columns):
        start = min((cell.start for cell in self.cells), default=len(self.text))
        self.grids.append(Grid(self.rows, columns, tuple(self.cells), start, len(self.text)))
        self.cells, self.rows = [], 0


def write_grids(form, disclosure, application, review, split=None):
    """The three tables as grids with merged cells; split -- data row of table 3 before which a new page begins."""
    writer = GridWriter()
    _write_disclosure(writer, form, disclosure)
    _write_application(writer, form, application, split)
    _write_review(writer, review)
    return document(writer.text, writer.grids)


def _write_disclosure(writer, form, disclosure):
    values, row = iter(disclosure), 0
    for article, headers, labels in BLOCKS_2021 if form == "2021" else BLOCKS_2019:
        writer.put(row, 0, article, 1, 4)
        for at, name in enumerate(["信息内容", *headers]):
            writer.put(row + 1, at, name, 1, 1 if at < len(headers) else 4 - at)
        row += 2
        for label in labels:
            line = [label, *next(values)]
            for at, cell in enumerate(line):
                writer.put(row, at, cell, 1, 1 if at < len(line) - 1 else 4 - at)
            row += 1
    writer.close(4)


def _write_application(writer, form, application, split):
    writer.put(0, 0, "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", 3, 3)
    writer.put(0, 3, "申请人情况", 1, 7)
    writer.put(1, 3, "自然人", 2, 1)
    writer.put(1, 4, "法人或其他组织", 1, 5)
    writer.put(1, 9, "总计", 2, 1)
    for at, name in enumerate(COLUMNS):
        writer.put(2, 4 + at, name)
    labels = label_rows(form)
    top = 3
    for number, (names, line) in enumerate(zip(labels, application, strict=True)):
        if number == split:
            writer.close(10)
            top = -number
        for column, name in enumerate(names):
            if name is not None:
                span = _covered(labels, number, column, split)
                writer.put(top + number, column, name, span, 3 - column if column == len(names) - 1 else 1)
        for at, cell in enumerate(line):
            writer.put(top + number, 3 + at, cell)
    writer.close(10)


def _covered(labels, number, column, split):
    end = number + 1
    while end < len(labels) and end != split and len(labels[end]) > column and labels[end][column] is None:
        end += 1
    return end - number


def _write_review(writer, review):
    writer.put(0, 0, "行政复议", 1, 5)
    writer.put(0, 5, "行政诉讼", 1, 10)
    for at, name in enumerate(OUTCOMES):
        writer.put(1, at, name, 2, 1)
    writer.put(1, 5, "未经复议直接起诉", 1, 5)
    writer.put(1, 10, "复议后起诉", 1, 5)
    for at, name in enumerate(OUTCOMES * 2):
        writer.put(2, 5 + at, name)
    for at, cell in enumerate(review):
        writer.put(3, at, cell)
    writer.close(15)


def document(text, grids=()):
    return Document(
        text, (), tuple(grids), "sample", "sample", "text/plain", "0" * 64, len(text), None, ReaderInfo("test", "1")
    )


def fold(text):
    return FoldedText(text, list(range(len(text))), list(range(1, len(text) + 1)))
