"""A report's places as marks: in its text, and on the images of its pages."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

Body = dict[str, Any]
ORDER = "fhcubn"  # which kind gives a stretch its look when several lie on it


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of text: kind f (fact), h (added by hand), c (cell), u (unexplained), b (blank); what it belongs to."""

    start: int
    end: int
    kind: str
    target: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one look: text, kind ("" for plain text) and the targets of all marks on it."""

    text: str
    kind: str = ""
    targets: str = ""


def collect_marks(report: Body, added: Iterable[Body]) -> list[Mark]:
    """Everything of a report that has a place."""
    marks = [Mark(*_span(fact["evidence"]), "f", fact["id"]) for fact in report["facts"]]
    marks += [Mark(one["span"][0], one["span"][1], "h", one["id"]) for one in added]
    for table in report["tables"]:
        marks += [Mark(*_span(cell), "c", f"c-{cell['key']}") for cell in table["cells"]]
    coverage = report["coverage"]
    marks += [Mark(one["span"][0], one["span"][1], "u", f"u-{at}") for at, one in enumerate(coverage["unexplained"])]
    marks += [Mark(one["span"][0], one["span"][1], "b", f"b-{at}") for at, one in enumerate(coverage["blanks"])]
    return marks


def _span(place: Body) -> tuple[int, int]:
    start, end = place["span"]
    return start, end


class MarkedText:
    """The text cut at every border of a mark."""

    def __init__(self, text: str, marks: Iterable[Mark]) -> None:
        self._text = text
        kept = [mark for mark in marks if 0 <= mark.start < mark.end <= len(text)]
        self._borders = sorted({0, len(text)} | {at for mark in kept for at in (mark.start, mark.end)})
        self._over: dict[int, list[Mark]] = {}
        for mark in kept:
            first, last = bisect_right(self._borders, mark.start) - 1, bisect_right(self._borders, mark.end) - 1
            for border in self._borders[first:last]:
                self._over.setdefault(border, []).append(mark)

    def pieces(self, start: int, end: int) -> list[Piece]:
        """The stretch from ``start`` to ``end`` in pieces."""
        found, at = [], bisect_right(self._borders, start) - 1
        while start < end:
            stop = min(end, self._borders[at + 1])
            over = sorted(self._over.get(self._borders[at], ()), key=lambda mark: ORDER.index(mark.kind))
            targets = " ".join(dict.fromkeys(mark.target for mark in over))
            found.append(Piece(self._text[start:stop], over[0].kind if over else "", targets))
            start, at = stop, at + 1
        return found


def text_blocks(report: Body, view: Body, added: Iterable[Body]) -> list[Body]:
    """The text as blocks: lines (start, look, pieces) and tables (rows of cells, each with start and pieces)."""
    text = report["document"]["text"]
    marked = MarkedText(text, collect_marks(report, added))
    looks = {child["span"][0]: "part" for section in report["sections"] for child in section["children"]}
    looks |= {section["span"][0]: "section" for section in report["sections"] if section["heading"]}
    blocks: list[Body] = []
    at = 0
    for grid in sorted(view["grids"], key=lambda grid: int(grid["start"])):
        if grid["start"] < at or not _holds_all(text, grid):
            continue
        blocks += _lines(text, marked, (at, grid["start"]), looks)
        blocks.append({"rows": _rows(grid, marked)})
        at = grid["end"]
    return [*blocks, *_lines(text, marked, (at, len(text)), looks)]


def _lines(text: str, marked: MarkedText, span: tuple[int, int], looks: dict[int, str]) -> list[Body]:
    at, end = span
    blocks = []
    while at < end:
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        look = next((looks[i] for i in range(at, min(stop, at + 4)) if i in looks), "") if stop - at <= 45 else ""
        if stop > at:
            blocks.append({"start": at, "look": look, "pieces": marked.pieces(at, stop)})
        at = stop + 1
    return blocks


def _rows(grid: Body, marked: MarkedText) -> list[list[Body]]:
    rows: list[list[Body]] = [[] for _ in range(grid["rows"])]
    for row, _, down, across, start, end in grid["cells"]:
        if row < len(rows):
            rows[row].append({"down": down, "across": across, "start": start, "pieces": marked.pieces(start, end)})
    return rows


def _holds_all(text: str, grid: Body) -> bool:
    """Whether the cells hold every character of the grid's stretch, so that nothing is lost by drawing the table."""
    inside = sum(_solid(text, cell[4], cell[5]) for cell in grid["cells"])
    return bool(grid["start"] < grid["end"] and inside == _solid(text, grid["start"], grid["end"]))


def _solid(text: str, start: int, end: int) -> int:
    return sum(not char.isspace() for char in text[start:end])


def page_marks(report: Body, view: Body, page: int, added: Iterable[Body]) -> Body:
    """What lies on the image of a page, in points: runs of selectable text, boxes of facts and cells."""
    text = report["document"]["text"]
    runs = [run for run in view["runs"] if run[0] == page]
    boxes = [
        {"kind": "f", "target": fact["id"], "box": box}
        for fact in report["facts"]
        if fact["evidence"]["page"] is not None
        for box, at in _fact_boxes(fact, runs, page)
        if at == page
    ]
    for table in report["tables"]:
        for cell in table["cells"]:
            if cell["page"] == page and cell["box"]:
                boxes.append({"kind": "c", "target": f"c-{cell['key']}", "box": cell["box"]})
    for one in added:
        boxes += [{"kind": "h", "target": one["id"], "box": box} for box in run_boxes(runs, *one["span"])]
    told = [{"start": int(run[1]), "text": text[int(run[1]) : int(run[2])], "box": run[3:]} for run in runs]
    return {"size": view["sizes"][page - 1], "runs": told, "boxes": boxes, "page": page}


def _fact_boxes(fact: Body, runs: list[Any], page: int) -> list[tuple[list[float], int]]:
    """The value's boxes on ``page``; a sentence may start on the page before."""
    evidence = fact["evidence"]
    start, end = evidence["span"]
    here = any(run[1] < end and start < run[2] for run in runs)
    return [(box, page) for box in evidence["value_boxes"]] if here else []


def run_boxes(runs: list[Any], start: int, end: int) -> list[list[float]]:
    """Boxes of a stretch of text, taken from the share that it has in its runs."""
    boxes = []
    for _, first, last, x0, top, x1, bottom in runs:
        if first < end and start < last:
            width = (x1 - x0) / max(last - first, 1)
            left, right = max(start, first) - first, min(end, last) - first
            boxes.append([round(x0 + left * width, 2), top, round(x0 + right * width, 2), bottom])
    return boxes
