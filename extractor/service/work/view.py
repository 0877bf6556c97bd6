"""What the page needs beside a report: sizes of pages, lines of text on them, tables of formats without pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from extractor.types import Box, Document, Grid

Run = list[float]  # page, start, end, x0, top, x1, bottom


def make_view(document: Document, sizes: list[tuple[float, float]]) -> dict[str, Any]:
    """Sizes in points, runs of characters that stand on one line, and grids by their cells' spans."""
    return {
        "sizes": [[round(width, 2), round(height, 2)] for width, height in sizes],
        "runs": list(_runs(document)),
        "grids": [] if document.layout is not None else [_grid(grid) for grid in document.grids],
    }


def _grid(grid: Grid) -> dict[str, Any]:
    cells = [
        [cell.row, cell.column, cell.row_span, cell.column_span, cell.start, cell.end]
        for cell in sorted(grid.cells, key=lambda cell: (cell.row, cell.column))
    ]
    return {"start": grid.start, "end": grid.end, "rows": grid.rows, "cells": cells}


def _runs(document: Document) -> Iterator[Run]:
    layout = document.layout
    if layout is None:
        return
    run: Run | None = None
    for at, char in enumerate(document.text):
        box = None if char.isspace() else layout.box(at)
        if box is None:
            continue
        page = layout.page(at)
        if run is not None and _goes_on(run, page, box, at):
            run[2:] = [at + 1, run[3], min(run[4], box[1]), max(run[5], box[2]), max(run[6], box[3])]
            continue
        if run is not None:
            yield _rounded(run)
        run = [page, at, at + 1, *box]
    if run is not None:
        yield _rounded(run)


def _goes_on(run: Run, page: int, box: Box, at: int) -> bool:
    """Whether the character at ``box`` stands behind ``run`` on its line, near enough to be one run."""
    height = max(box[3] - box[1], 1.0)
    level = abs((box[1] + box[3]) / 2 - (run[4] + run[6]) / 2) < height / 2
    return run[0] == page and level and -height < box[0] - run[5] < 2 * height and at - run[2] < 4


def _rounded(run: Run) -> Run:
    return [*map(int, run[:3]), *(round(edge, 2) for edge in run[3:])]
