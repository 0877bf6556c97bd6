"""Ruled lines of a PDF page from pdfium's path objects, form objects with their matrices included."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from extractor.read.matrices import IDENTITY, Matrix, move, multiply, values
from extractor.read.pdf_glyphs import Frame
from extractor.read.pdfium import FORM, MAX_OBJECTS, MOVE_TO, PATH, Bounds, MatrixValues
from extractor.record import record
from extractor.types import Box

THIN = 3.5  # points up to which a box is a line
LONG = 4.0  # points from which a line counts
MAX_DEPTH = 8
MAX_SEGMENTS = 4000  # of one path; drawings with more are no tables
ONE_OUTLINE = 5  # segments of a rectangle; two shapes have more
MAX_RULES = 20_000


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

    def add_frame(self, box: Box) -> None:
        """Keep the four sides of a box, or the one line that a thin one is."""
        x0, top, x1, bottom = box
        if min(x1 - x0, bottom - top) <= THIN:
            self.add(box)
            return
        if x1 - x0 >= LONG:
            self.across += ((top, x0, x1), (bottom, x0, x1))
        if bottom - top >= LONG:
            self.down += ((x0, top, bottom), (x1, top, bottom))


class RuleReader:
    """Reads the lines of one page."""

    def __init__(self, raw: Any, frame: Frame) -> None:
        self.raw = raw
        self.frame = frame
        self.rules = Rules([], [])
        self.looked = 0
        self.bounds = Bounds(raw)
        self.fill, self.stroke = ctypes.c_int(), ctypes.c_int()
        self.pen = (ctypes.c_float * 2)()
        self.places = (ctypes.byref(self.pen), ctypes.byref(self.pen, 4))
        self.modes = (ctypes.byref(self.fill), ctypes.byref(self.stroke))

    def read(self, objects: Sequence[tuple[Any, int]]) -> Rules:
        """All ruled lines of a page with these objects (each with its type)."""
        for item, kind in objects:
            if kind in (PATH, FORM):
                self.take(item, kind, IDENTITY, 0)
        return self.rules

    def take(self, item: Any, kind: int, matrix: Matrix, depth: int) -> None:
        """Add what one object draws; ``matrix`` maps the space of what holds it to page space."""
        self.looked += 1
        if kind == PATH and len(self.rules.across) + len(self.rules.down) < MAX_RULES:
            self.take_path(item, matrix)
        elif kind == FORM and depth < MAX_DEPTH and self.looked < MAX_OBJECTS:
            inner = multiply(self.matrix_of(item), matrix)
            for index in range(self.raw.FPDFFormObj_CountObjects(item)):
                member = self.raw.FPDFFormObj_GetObject(item, index)
                self.take(member, self.raw.FPDFPageObj_GetType(member), inner, depth + 1)

    def take_path(self, item: Any, matrix: Matrix) -> None:
        """Add the lines of a path: its strokes, and its fills where they are thin."""
        self.raw.FPDFPath_GetDrawMode(item, *self.modes)
        stroked = bool(self.stroke.value)
        segments = self.raw.FPDFPath_CountSegments(item)
        drawn = (stroked or self.fill.value) and 2 <= segments <= MAX_SEGMENTS
        if not drawn or self.take_simple(item, segments, matrix, stroked):
            return
        whole = multiply(self.matrix_of(item), matrix)
        box = self.frame_of(item, whole) if segments == ONE_OUTLINE else None
        if box is not None:
            self.rules.add_frame(self.frame.place(*box))
            return
        for points in self.outlines(item, segments, whole):
            self.add_outline(points, stroked)

    def take_simple(self, item: Any, segments: int, matrix: Matrix, stroked: bool) -> bool:
        """Add a path that its bounds tell all about: a thin stroke, one filled shape; whether it is one."""
        if segments != 2 if stroked else segments > ONE_OUTLINE:
            return False
        edges = self.bounds.of(item)
        if edges is None:
            return False
        x0, y0, x1, y1 = edges
        if stroked:
            pen = min(x1 - x0, y1 - y0) / 2  # by which pdfium widens the bounds of a stroke on all sides
            if pen * 2 > THIN:
                return False
            x0, y0, x1, y1 = x0 + pen, y0 + pen, x1 - pen, y1 - pen
        box = (x0, y0, x1, y1) if matrix is IDENTITY else move((x0, y0, x1, y1), matrix)
        self.rules.add(self.frame.place(*box))
        return True

    def frame_of(self, item: Any, matrix: Matrix) -> Box | None:
        """The rectangle that a path of five points draws, in page space; None where it is another shape or turned."""
        (x0, y0), second, (x1, y1), fourth = (self.point(item, index) for index in range(4))
        corners = ((x0, y1), (x1, y0))
        straight = matrix[1] == matrix[2] == 0 or matrix[0] == matrix[3] == 0
        if not straight or (second, fourth) not in (corners, corners[::-1]):
            return None
        return move((x0, y0, x1, y1), matrix)

    def point(self, item: Any, index: int) -> tuple[float, float]:
        """Where a segment of a path ends, in the space of the path."""
        self.raw.FPDFPathSegment_GetPoint(self.raw.FPDFPath_GetPathSegment(item, index), *self.places)
        x, y = self.pen
        return x, y

    def add_outline(self, points: list[tuple[float, float]], stroke: bool) -> None:
        """Add one outline as a line where it is thin, else its straight strokes."""
        box = bounds(points)
        if min(box[2] - box[0], box[3] - box[1]) <= THIN:
            self.rules.add(self.frame.place(*box))
        elif stroke:
            for (x0, y0), (x1, y1) in pairwise(points):
                if abs(x1 - x0) <= THIN or abs(y1 - y0) <= THIN:
                    self.rules.add(self.frame.place(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))

    def outlines(self, item: Any, segments: int, matrix: Matrix) -> list[list[tuple[float, float]]]:
        """Points of each outline of a path in page space; a closed one ends where it starts."""
        raw, found = self.raw, []
        segment_of, point_of = raw.FPDFPath_GetPathSegment, raw.FPDFPathSegment_GetPoint
        kind_of, closes = raw.FPDFPathSegment_GetType, raw.FPDFPathSegment_GetClose
        points: list[tuple[float, float]] = []
        pen, places = self.pen, self.places
        a, b, c, d, e, f = matrix
        for index in range(segments):
            segment = segment_of(item, index)
            point_of(segment, *places)
            if kind_of(segment) == MOVE_TO:
                points = []
                found.append(points)
            x, y = pen
            points.append((a * x + c * y + e, b * x + d * y + f))
            if closes(segment):
                points.append(points[0])
        return [outline for outline in found if len(outline) > 1]

    def matrix_of(self, item: Any) -> Matrix:
        """The matrix of an object."""
        m = MatrixValues()
        self.raw.FPDFPageObj_GetMatrix(item, ctypes.byref(m))
        return values(m)


def bounds(points: list[tuple[float, float]]) -> Box:
    """Smallest upright box around points, y upwards as given."""
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return (min(xs), min(ys), max(xs), max(ys))
