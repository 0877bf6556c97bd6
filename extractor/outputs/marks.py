"""The source text as HTML with every fact, table cell and other number marked at its exact characters."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from extractor.outputs.names import name_code
from extractor.outputs.texts import escape_html
from extractor.record import record
from extractor.types import Grid, Report, Span

HEADING = 45  # a longer line is a paragraph that starts with its heading
ORDER = "fcubn"  # which kind gives a stretch its look when several lie on it


@record
class Mark:
    """A stretch of the source text and the card it belongs to.

    kind -- f (fact), c (table cell), u (unexplained), b (blank), n (number set aside); title -- shown on hovering.
    """

    start: int
    end: int
    kind: str
    card: str
    title: str = ""


def find_wrong(report: Report) -> set[str]:
    """Cards of the facts and cells that a failed check rests on."""
    failed = [finding for finding in report.findings if finding.outcome == "FAIL"]
    terms = [(term.get("kind"), term.get("key") or "") for finding in failed for term in finding.calculation]
    return {f"c-{key}" if kind == "cell" else key for kind, key in terms if kind in ("cell", "fact")}


def collect_marks(report: Report) -> list[Mark]:
    """Everything of a report that has a place in the text."""
    coverage = report.coverage
    marks = [Mark(*fact.evidence.span, "f", fact.id) for fact in report.facts]
    for table in report.tables:
        marks += [Mark(*cell.span, "c", f"c-{cell.key}", cell.key) for cell in table.cells]
    for number, other in enumerate(coverage.non_facts):
        marks.append(Mark(other.start, other.end, "n", f"n-{number}", name_code("reason", other.reason)))
    for number, span in enumerate(coverage.unexplained):
        marks.append(Mark(*span, "u", f"u-{number}", name_code("reason", "unexplained")))
    for number, span in enumerate(coverage.blanks):
        marks.append(Mark(*span, "b", f"b-{number}", name_code("reason", "blank")))
    return marks


class MarkedText:
    """The text cut at every border of a mark, so that overlapping marks need no nesting."""

    def __init__(self, text: str, marks: Iterable[Mark], wrong: Iterable[str] = ()) -> None:
        self._text = text
        self._wrong = frozenset(wrong)
        self._marks = [mark for mark in marks if 0 <= mark.start < mark.end <= len(text)]
        self._borders = sorted({0, len(text)} | {at for mark in self._marks for at in (mark.start, mark.end)})
        self._over: dict[int, list[Mark]] = {}
        for mark in self._marks:
            first, last = bisect_right(self._borders, mark.start) - 1, bisect_right(self._borders, mark.end) - 1
            for border in self._borders[first:last]:
                self._over.setdefault(border, []).append(mark)

    def render(self, start: int, end: int) -> str:
        """HTML of the text from ``start`` to ``end``."""
        return "".join(self._pieces(start, end))

    def _pieces(self, start: int, end: int) -> Iterator[str]:
        at = bisect_right(self._borders, start) - 1
        while start < end:
            stop = min(end, self._borders[at + 1])
            over = sorted(self._over.get(self._borders[at], ()), key=lambda mark: ORDER.index(mark.kind))
            yield _piece(self._text[start:stop], over, self._wrong)
            start, at = stop, at + 1


def _piece(text: str, over: list[Mark], wrong: frozenset[str]) -> str:
    if not over:
        return escape_html(text)
    cards = escape_html(" ".join(dict.fromkeys(mark.card for mark in over)))
    title = f' title="{escape_html(over[0].title)}"' if over[0].title else ""
    look = f"{over[0].kind} wrong" if any(mark.card in wrong for mark in over) else over[0].kind
    return f'<mark class="{look}" data-r="{cards}"{title}>{escape_html(text)}</mark>'


def render_text(report: Report) -> str:
    """The whole source text: a block for each line, tables as tables, headings and page starts shown."""
    document = report.document
    marked = MarkedText(document.text, collect_marks(report), find_wrong(report))
    looks = {section.start: "section" for section in report.sections if section.heading}
    looks |= {child.start: "part" for section in report.sections for child in section.children}
    grids = sorted((grid for grid in document.grids if _holds_all(document.text, grid)), key=lambda grid: grid.start)
    parts: list[str] = []
    at = 0
    for grid in grids:
        if grid.start < at:
            continue
        parts += _lines(report, marked, (at, grid.start), looks)
        parts.append(_table(grid, marked))
        at = grid.end
    parts += _lines(report, marked, (at, len(document.text)), looks)
    return "\n".join(parts)


def _lines(report: Report, marked: MarkedText, span: Span, looks: dict[int, str]) -> Iterator[str]:
    text, layout = report.document.text, report.document.layout
    at, end = span
    page = layout.page(max(at - 1, 0)) if layout is not None and at < end else 1
    while at < end:
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        if layout is not None and layout.page(at) != page:
            page = layout.page(at)
            yield f'<div class="line page">{page}</div>'
        look = next((f" {looks[i]}" for i in range(at, stop) if i in looks), "") if stop - at <= HEADING else ""
        yield f'<div class="line{look}">{marked.render(at, stop)}</div>'
        at = stop + 1


def _holds_all(text: str, grid: Grid) -> bool:
    """Whether the cells hold every character of the grid's stretch, so that nothing is lost by drawing the table."""
    cells = sum(_solid(text, cell.start, cell.end) for cell in grid.cells)
    return grid.start < grid.end and cells == _solid(text, grid.start, grid.end)


def _solid(text: str, start: int, end: int) -> int:
    return sum(not char.isspace() for char in text[start:end])


def _table(grid: Grid, marked: MarkedText) -> str:
    rows: dict[int, list[str]] = {row: [] for row in range(grid.rows)}
    for cell in sorted(grid.cells, key=lambda cell: (cell.row, cell.column)):
        down = f' rowspan="{cell.row_span}"' if cell.row_span > 1 else ""
        across = f' colspan="{cell.column_span}"' if cell.column_span > 1 else ""
        rows.setdefault(cell.row, []).append(f"<td{down}{across}>{marked.render(cell.start, cell.end)}</td>")
    return "<table>" + "".join(f"<tr>{''.join(cells)}</tr>" for cells in rows.values()) + "</table>"
