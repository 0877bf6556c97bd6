"""Grids from ruled lines: which lines belong together, where the cells are, which of them are merged."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import pairwise, repeat

from extractor.read.pdf_rules import Rules
from extractor.record import field, record
from extractor.types import Box

MAX_CROSSINGS = 400_000  # a page with more is a drawing
NEAR = 3.0  # points within which lines are one line or touch
FAR = float("inf")
Line = tuple[float, float, float]  # position, from, to
Order = range | list[int]  # character indices


@record(frozen=False)
class Region:
    """A cell on paper: rows [top, bottom) and columns [left, right) of its grid, and the pieces of its text."""

    top: int
    left: int
    bottom: int
    right: int
    pieces: list[Order] = field(default_factory=list)


@record(frozen=False)
class PageGrid:
    """A ruled table on one page: borders of columns and rows in points, its cells, whether they are in doubt."""

    xs: list[float]
    ys: list[float]
    regions: list[Region]
    owner: list[list[int]]
    doubtful: bool = False  # a cell is no rectangle: its parts stand as cells of their own

    def add(self, region: Region) -> None:
        """Add a cell and mark its places as taken."""
        for row in range(region.top, region.bottom):
            self.owner[row][region.left : region.right] = [len(self.regions)] * (region.right - region.left)
        self.regions.append(region)

    def box(self, region: Region) -> Box:
        """The place of a cell on paper."""
        return self.xs[region.left], self.ys[region.top], self.xs[region.right], self.ys[region.bottom]

    def cell_at(self, x: float, y: float) -> Region | None:
        """The cell at a point, None outside."""
        if not (self.xs[0] <= x < self.xs[-1] and self.ys[0] <= y < self.ys[-1]):
            return None
        return self.regions[self.owner[bisect_right(self.ys, y) - 1][bisect_right(self.xs, x) - 1]]


def find_grids(rules: Rules) -> list[PageGrid]:
    """Ruled tables of two or more columns, from top to bottom."""
    across, down = merge_lines(rules.across), merge_lines(rules.down)
    if len(across) * len(down) > MAX_CROSSINGS:
        return []
    grids = []
    for rows, columns in group_lines(across, down):
        grid = build_grid(rows, columns)
        if grid is not None:
            grids.append(grid)
    return sorted(drop_frames(grids), key=lambda g: (g.ys[0], g.xs[0]))


def merge_lines(lines: list[Line]) -> list[Line]:
    """Lines that overlap on nearly one position, as one; positions keep the first line's."""
    merged: list[Line] = []
    for at, members in cluster(sorted(lines)):
        pieces = sorted([(a, b) for _, a, b in members])
        start, end = pieces[0]
        for a, b in pieces:
            if a <= end + NEAR:
                end = b if b > end else end
            else:
                merged.append((at, start, end))
                start, end = a, b
        merged.append((at, start, end))
    return merged


def cluster(lines: list[Line]) -> list[tuple[float, list[Line]]]:
    """Sorted lines in groups of one position; the mean stands for the group."""
    groups: list[list[Line]] = []
    first = -FAR
    for line in lines:
        if line[0] - first <= NEAR:
            groups[-1].append(line)
        else:
            first = line[0]
            groups.append([line])
    return [(sum([line[0] for line in group]) / len(group), group) for group in groups]


def group_lines(across: list[Line], down: list[Line]) -> list[tuple[list[Line], list[Line]]]:
    """Lines that touch each other, directly or through others, in groups; ``across`` from top to bottom."""
    parents = list(range(len(across) + len(down)))

    def root(i: int) -> int:
        while parents[i] != i:
            parents[i] = parents[parents[i]]
            i = parents[i]
        return i

    ys = [line[0] for line in across]
    for j, (x, top, bottom) in enumerate(down, len(across)):
        for i in range(bisect_left(ys, top - NEAR), bisect_right(ys, bottom + NEAR)):
            if across[i][1] - NEAR <= x <= across[i][2] + NEAR:
                parents[root(i)] = j
    groups: dict[int, tuple[list[Line], list[Line]]] = {}
    for i, line in enumerate(across):
        groups.setdefault(root(i), ([], []))[0].append(line)
    for j, line in enumerate(down, len(across)):
        groups.setdefault(root(j), ([], []))[1].append(line)
    return [g for g in groups.values() if g[0] and g[1]]


def build_grid(across: list[Line], down: list[Line]) -> PageGrid | None:
    """Grid of lines that touch; None where it has less than two columns or one row."""
    xs = positions([line[0] for line in down], min(a[1] for a in across), max(a[2] for a in across))
    ys = positions([line[0] for line in across], min(d[1] for d in down), max(d[2] for d in down))
    if len(xs) < 3 or len(ys) < 2:
        return None
    return join_cells(xs, ys, across, down)


def positions(values: list[float], low: float, high: float) -> list[float]:
    """Sorted distinct borders; the ends of the crossing lines close a table whose outer lines are not drawn."""
    borders: list[float] = []
    for value in sorted([*values, low, high]):
        if not borders or value - borders[-1] > NEAR:
            borders.append(value)
    return borders


def join_cells(xs: list[float], ys: list[float], across: list[Line], down: list[Line]) -> PageGrid:
    """Cells between the borders; two of them are one where no line stands between."""
    rows, columns = len(ys) - 1, len(xs) - 1
    right = walls(xs, ys, down)
    below = walls(ys, xs, across)
    grid = PageGrid(xs, ys, [], [[-1] * columns for _ in range(rows)])
    for r in range(rows):
        for c in range(columns):
            if grid.owner[r][c] >= 0:
                continue
            if (c, r) in right and (c + 1, r) in right and (r, c) in below and (r + 1, c) in below:
                grid.owner[r][c] = len(grid.regions)
                grid.regions.append(Region(r, c, r + 1, c + 1))
            else:
                members = flood(r, c, (rows, columns), right, below)
                region = surround(members)
                if len(members) == (region.bottom - region.top) * (region.right - region.left):
                    grid.add(region)
                else:
                    grid.doubtful = True
                    for member in sorted(members):
                        grid.add(surround([member]))
    return grid


def surround(members: list[tuple[int, int]]) -> Region:
    """The smallest region that holds all members."""
    rows, columns = zip(*members, strict=True)
    return Region(min(rows), min(columns), max(rows) + 1, max(columns) + 1)


def walls(borders: list[float], others: list[float], lines: list[Line]) -> set[tuple[int, int]]:
    """Pairs (index of border, index of the gap between ``others``) where a line is drawn."""
    found: set[tuple[int, int]] = set()
    middles = [(a + b) / 2 for a, b in pairwise(others)]
    for at, start, end in lines:
        border = nearest(borders, at)
        found.update(zip(repeat(border), range(bisect_left(middles, start), bisect_right(middles, end))))
    return found


def nearest(borders: list[float], value: float) -> int:
    """Index of the border next to ``value``."""
    after = bisect_left(borders, value)
    if after == 0 or (after < len(borders) and borders[after] - value < value - borders[after - 1]):
        return after
    return after - 1


def flood(
    r: int, c: int, size: tuple[int, int], right: set[tuple[int, int]], below: set[tuple[int, int]]
) -> list[tuple[int, int]]:
    """All cells that are one with (r, c) because no line parts them."""
    found = {(r, c)}
    queue = [(r, c)]
    while queue:
        row, column = queue.pop()
        steps = (
            (row, column + 1, (column + 1, row) in right),
            (row, column - 1, (column, row) in right),
            (row + 1, column, (row + 1, column) in below),
            (row - 1, column, (row, column) in below),
        )
        for y, x, wall in steps:
            if not wall and 0 <= y < size[0] and 0 <= x < size[1] and (y, x) not in found:
                found.add((y, x))
                queue.append((y, x))
    return list(found)


def drop_frames(grids: list[PageGrid]) -> list[PageGrid]:
    """Grids without those that lie inside another one."""

    def inside(a: PageGrid, b: PageGrid) -> bool:
        return b.xs[0] <= a.xs[0] and a.xs[-1] <= b.xs[-1] and b.ys[0] <= a.ys[0] and a.ys[-1] <= b.ys[-1]

    return [g for g in grids if not any(g is not other and inside(g, other) for other in grids)]
