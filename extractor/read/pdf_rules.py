"""Ruled lines of a PDF page from pdfium's path objects, form objects with their matrices included."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import cycle, pairwise, repeat
from typing import Any

from extractor.read.matrices import IDENTITY, Matrix, move, multiply
from extractor.read.pdf_glyphs import Frame, columns
from extractor.read.pdfium import FORM, MAX_OBJECTS, MOVE_TO, PATH, ask_all, form_objects
from extractor.record import record
from extractor.types import Box

THIN = 3.5  # points up to which a box is a line
LONG = 4.0  # points from which a line counts
MAX_DEPTH = 8
MAX_SEGMENTS = 4000  # of one path; drawings with more are no tables
ONE_OUTLINE = 5  # segments of a rectangle; two shapes have more
MAX_RULES = 20_000
Point = tuple[float, float]


@record(frozen=False)
class Rules:
    """Lines of a page as displayed: (y, x0, x1) across, (x, top, bottom) down."""

    across: list[tuple[float, float, float]]
    down: list[tuple[float, float, float]]

    def add_all(self, edges: Sequence[list[float]]) -> None:
        """Keep thin boxes, given by their left, top, right and bottom edges, as lines."""
        for x0, top, x1, bottom in zip(*edges, strict=True):
            wide, high = x1 - x0, bottom - top
            if high <= THIN and wide >= LONG and wide > high:
                self.across.append(((top + bottom) / 2, x0, x1))
            elif wide <= THIN and high >= LONG:
                self.down.append(((x0 + x1) / 2, top, bottom))

    def add(self, box: Box) -> None:
        """Keep a thin box as a line."""
        self.add_all(columns([box]))

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

    def read(self, objects: Sequence[tuple[Any, int]]) -> Rules:
        """All ruled lines of a page with these objects (each with its type)."""
        self.take(objects, IDENTITY, 0)
        return self.rules

    def take(self, objects: Sequence[tuple[Any, int]], matrix: Matrix, depth: int) -> None:
        """Add what objects draw; ``matrix`` maps the space of what holds them to page space."""
        self.looked += len(objects)
        self.take_paths([item for item, kind in objects if kind == PATH], matrix)
        for item, kind in objects:
            if kind == FORM and depth < MAX_DEPTH and self.looked < MAX_OBJECTS:
                (inner,) = self.matrices_of([item])
                self.take(form_objects(self.raw, item), multiply(inner, matrix), depth + 1)

    def take_paths(self, items: list[Any], matrix: Matrix) -> None:
        """Add the lines of paths: their strokes, and their fills where they are thin."""
        fills, strokes = ask_all(self.raw.FPDFPath_GetDrawMode, 2, items, kind="i")
        segments = list(map(self.raw.FPDFPath_CountSegments, items))
        edges = ask_all(self.raw.FPDFPageObj_GetBounds, 4, items)
        simple: list[Box] = []
        others: list[tuple[Any, int, bool]] = []
        for item, count, fill, stroke, x0, y0, x1, y1 in zip(items, segments, fills, strokes, *edges, strict=True):
            if stroke:
                wide, high = x1 - x0, y1 - y0
                pen = (wide if wide < high else high) / 2  # by which pdfium widens the bounds of a stroke on all sides
                if count == 2 and pen * 2 <= THIN:
                    simple.append((x0 + pen, y0 + pen, x1 - pen, y1 - pen))
                else:
                    others.append((item, count, True))
            elif fill and 2 <= count <= ONE_OUTLINE:
                simple.append((x0, y0, x1, y1))
            elif fill:
                others.append((item, count, False))
        moved = simple if matrix is IDENTITY else [move(box, matrix) for box in simple]
        self.rules.add_all(self.frame.place_all(columns(moved[:MAX_RULES])))
        self.take_shapes([shape for shape in others if 2 <= shape[1] <= MAX_SEGMENTS], matrix)

    def take_shapes(self, shapes: list[tuple[Any, int, bool]], matrix: Matrix) -> None:
        """Add paths (each with the number of its segments, and whether it is stroked) that only their points tell."""
        wholes = [multiply(own, matrix) for own in self.matrices_of([item for item, _, _ in shapes])]
        corners = iter(self.corners_of([item for item, count, _ in shapes if count == ONE_OUTLINE]))
        for (item, count, stroke), whole in zip(shapes, wholes, strict=True):
            box = frame_of(next(corners), whole) if count == ONE_OUTLINE else None
            if len(self.rules.across) + len(self.rules.down) >= MAX_RULES:
                return
            if box is not None:
                self.rules.add_frame(self.frame.place(*box))
                continue
            for points in self.outlines(item, count, whole):
                self.add_outline(points, stroke)

    def corners_of(self, items: list[Any]) -> list[list[Point]]:
        """The first four points of each path, in its own space."""
        four = [item for item in items for _ in range(4)]
        segments = list(map(self.raw.FPDFPath_GetPathSegment, four, cycle(range(4))))
        points = list(zip(*ask_all(self.raw.FPDFPathSegment_GetPoint, 2, segments), strict=True))
        return [points[at : at + 4] for at in range(0, len(points), 4)]

    def matrices_of(self, items: list[Any]) -> list[Matrix]:
        """The matrices of objects."""
        return list(zip(*ask_all(self.raw.FPDFPageObj_GetMatrix, 6, items, together=True), strict=True))

    def add_outline(self, points: list[Point], stroke: bool) -> None:
        """Add one outline as a line where it is thin, else its straight strokes."""
        box = bounds(points)
        if min(box[2] - box[0], box[3] - box[1]) <= THIN:
            self.rules.add(self.frame.place(*box))
        elif stroke:
            for (x0, y0), (x1, y1) in pairwise(points):
                if abs(x1 - x0) <= THIN or abs(y1 - y0) <= THIN:
                    self.rules.add(self.frame.place(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))

    def outlines(self, item: Any, count: int, matrix: Matrix) -> list[list[Point]]:
        """Points of each outline of a path in page space; a closed one ends where it starts."""
        raw = self.raw
        segments = list(map(raw.FPDFPath_GetPathSegment, repeat(item), range(count)))
        kinds, closed = map(raw.FPDFPathSegment_GetType, segments), map(raw.FPDFPathSegment_GetClose, segments)
        places = ask_all(raw.FPDFPathSegment_GetPoint, 2, segments)
        found: list[list[Point]] = []
        points: list[Point] = []
        a, b, c, d, e, f = matrix
        for kind, closes, x, y in zip(kinds, closed, *places, strict=True):
            if kind == MOVE_TO:
                points = []
                found.append(points)
            points.append((a * x + c * y + e, b * x + d * y + f))
            if closes:
                points.append(points[0])
        return [outline for outline in found if len(outline) > 1]


def frame_of(corners: list[Point], matrix: Matrix) -> Box | None:
    """The rectangle that a path with these corners draws, in page space; None where it is another shape or turned."""
    (x0, y0), second, (x1, y1), fourth = corners
    others = ((x0, y1), (x1, y0))
    straight = matrix[1] == matrix[2] == 0 or matrix[0] == matrix[3] == 0
    if not straight or (second, fourth) not in (others, others[::-1]):
        return None
    return move((x0, y0, x1, y1), matrix)


def bounds(points: list[Point]) -> Box:
    """Smallest upright box around points, y upwards as given."""
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return (min(xs), min(ys), max(xs), max(ys))
