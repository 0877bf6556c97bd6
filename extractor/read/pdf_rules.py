"""Ruled lines of a PDF page from pdfium's path objects, form objects with their matrices included."""

from __future__ import annotations

import ctypes
from itertools import pairwise
from typing import Any

from extractor.read.matrices import IDENTITY, Matrix, multiply, values
from extractor.read.pdf_glyphs import Frame
from extractor.record import record
from extractor.types import Box

PATH, FORM = 2, 5  # object types of pdfium
THIN = 3.5  # points up to which a box is a line
LONG = 4.0  # points from which a line counts
MAX_DEPTH = 8
MAX_SEGMENTS = 4000  # of one path; drawings with more are no tables
MAX_RULES = 20_000
MAX_OBJECTS = 200_000  # of one page, forms inside forms counted each time


@record(frozen=False)
class Rules:
    """Lines of a page as displayed: (y, x0, x1) across, (x, top, bottom) down."""

    across: list[tuple[float, float, float]]
    down: list[tuple[float, float, float]]

    def add(self, box: Box) -> None:
        """Keep a thin box as a line."""
        x0, top, x1, bottom = box
        if bottom - top <= THIN and x1 - x0 >= LONG and x1 - x0 > bottom - top:
            self.across.append(((top + bottom) / 2, x0, x1))
        elif x1 - x0 <= THIN and bottom - top >= LONG:
            self.down.append(((x0 + x1) / 2, top, bottom))


class RuleReader:
    """Reads the lines of one page."""

    def __init__(self, raw: Any, frame: Frame) -> None:
        self.raw = raw
        self.frame = frame
        self.rules = Rules([], [])
        self.looked = 0

    def read(self, handle: Any) -> Rules:
        """All ruled lines of the page."""
        for index in range(self.raw.FPDFPage_CountObjects(handle)):
            self.take(self.raw.FPDFPage_GetObject(handle, index), IDENTITY, 0)
        return self.rules

    def take(self, item: Any, matrix: Matrix, depth: int) -> None:
        """Add what one object draws."""
        kind = self.raw.FPDFPageObj_GetType(item)
        self.looked += 1
        if kind == PATH and len(self.rules.across) + len(self.rules.down) < MAX_RULES:
            self.take_path(item, matrix)
        elif kind == FORM and depth < MAX_DEPTH and self.looked < MAX_OBJECTS:
            inner = multiply(self.matrix_of(item), matrix)
            for index in range(self.raw.FPDFFormObj_CountObjects(item)):
                self.take(self.raw.FPDFFormObj_GetObject(item, index), inner, depth + 1)

    def take_path(self, item: Any, matrix: Matrix) -> None:
        """Add the lines of a path: its strokes, and its fills where they are thin."""
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        self.raw.FPDFPath_GetDrawMode(item, ctypes.byref(fill), ctypes.byref(stroke))
        if not fill.value and not stroke.value:
            return
        segments = self.raw.FPDFPath_CountSegments(item)
        if not 2 <= segments <= MAX_SEGMENTS:
            return
        whole = multiply(self.matrix_of(item), matrix)
        for points in self.outlines(item, segments, whole):
            self.add_outline(points, bool(stroke.value))

    def add_outline(self, points: list[tuple[float, float]], stroke: bool) -> None:
        """Add one outline as a line where it is thin, else its straight strokes."""
        box = bounds(points)
        if min(box[2] - box[0], box[3] - box[1]) <= THIN:
            self.rules.add(self.frame.place(*box))
        elif stroke:
            for a, b in pairwise(points):
                self.rules.add(self.frame.place(*bounds([a, b])))

    def outlines(self, item: Any, segments: int, matrix: Matrix) -> list[list[tuple[float, float]]]:
        """Points of each outline of a path in page space; a closed one ends where it starts."""
        raw, found = self.raw, []
        points: list[tuple[float, float]] = []
        x, y = ctypes.c_float(), ctypes.c_float()
        a, b, c, d, e, f = matrix
        for index in range(segments):
            segment = raw.FPDFPath_GetPathSegment(item, index)
            raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
            if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO:
                points = []
                found.append(points)
            points.append((a * x.value + c * y.value + e, b * x.value + d * y.value + f))
            if raw.FPDFPathSegment_GetClose(segment):
                points.append(points[0])
        return [outline for outline in found if len(outline) > 1]

    def matrix_of(self, item: Any) -> Matrix:
        """The matrix of an object."""
        m = self.raw.FS_MATRIX()
        self.raw.FPDFPageObj_GetMatrix(item, ctypes.byref(m))
        return values(m)


def bounds(points: list[tuple[float, float]]) -> Box:
    """Smallest upright box around points, y upwards as given."""
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return (min(xs), min(ys), max(xs), max(ys))
