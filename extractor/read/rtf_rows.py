"""Rows of a rich text table: right borders tell the columns, marks tell the merged cells."""

from __future__ import annotations

from bisect import bisect_left

from extractor.read.build import CellDraft
from extractor.record import field, record

NEAR = 40  # twips within which two borders are one
MAX_BORDERS = 200


@record(frozen=False)
class RowShape:
    """Right border of each cell of a row in twips, and how it is merged (top, below, left, right, "")."""

    borders: list[int] = field(default_factory=list)
    merges: list[frozenset[str]] = field(default_factory=list)
    pending: set[str] = field(default_factory=set)

    def mark(self, merge: str) -> None:
        """Note how the next cell is merged."""
        self.pending.add(merge)

    def add(self, border: int) -> None:
        """Add a cell."""
        if len(self.borders) < MAX_BORDERS:
            self.borders.append(border)
            self.merges.append(frozenset(self.pending))
        self.pending.clear()


def draft_rows(rows: list[tuple[list[str], RowShape]]) -> list[list[CellDraft]]:
    """Cells with their extents; a row whose borders do not fit its cells is taken as it stands."""
    columns = all_borders([shape for cells, shape in rows if len(shape.borders) >= len(cells)])
    open_at: dict[int, tuple[int, int]] = {}
    drafts: list[list[CellDraft]] = []
    for cells, shape in rows:
        line: list[CellDraft] = []
        left = 0
        for index, text in enumerate(cells):
            merges = shape.merges[index] if index < len(shape.merges) else frozenset()
            right = place(columns, shape.borders[index]) + 1 if index < len(shape.borders) else left + 1
            width = max(1, right - left)
            if "below" in merges and left in open_at:
                row, at = open_at[left]
                above = drafts[row][at]
                drafts[row][at] = CellDraft(above.text, above.row_span + 1, above.column_span)
            elif "right" in merges and line:
                line[-1] = CellDraft(line[-1].text + text, 1, line[-1].column_span + width)
            else:
                open_at.pop(left, None)
                if "top" in merges:
                    open_at[left] = (len(drafts), len(line))
                line.append(CellDraft(text, 1, width))
            left += width
        drafts.append(line)
    return drafts


def all_borders(shapes: list[RowShape]) -> list[int]:
    """Distinct right borders of all rows, from left to right."""
    found: list[int] = []
    for border in sorted({border for shape in shapes for border in shape.borders}):
        if not found or border - found[-1] > NEAR:
            found.append(border)
    return found[: 5 * MAX_BORDERS]


def place(columns: list[int], border: int) -> int:
    """Index of the column that ends at a border."""
    at = bisect_left(columns, border)
    near = [i for i in (at - 1, at) if 0 <= i < len(columns)]
    return min(near, key=lambda i: abs(columns[i] - border)) if near else 0
