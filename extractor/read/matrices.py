"""The matrices of PDF: (a, b, c, d, e, f) maps x, y to a x + c y + e, b x + d y + f."""

from __future__ import annotations

from typing import Any

from extractor.types import Box

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
SLACK = 0.5  # points


def values(m: Any) -> Matrix:
    """The numbers of pdfium's matrix."""
    return (m.a, m.b, m.c, m.d, m.e, m.f)


def multiply(inner: Matrix, outer: Matrix) -> Matrix:
    """The matrix that applies ``inner`` first and ``outer`` after it."""
    if inner == IDENTITY:
        return outer
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def divide(whole: Matrix, inner: Matrix) -> Matrix | None:
    """The outer matrix of which ``whole`` is made with ``inner``; None where it can't be told."""
    a, b, c, d, e, f = inner
    area = a * d - b * c
    if abs(area) < 1e-12:
        return None
    back = (d / area, -b / area, -c / area, a / area, (c * f - d * e) / area, (b * e - a * f) / area)
    return multiply(back, whole)


def move(box: Box, matrix: Matrix) -> Box:
    """The upright box around a moved box."""
    if matrix == IDENTITY:
        x0, y0, x1, y1 = box
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
    a, b, c, d, e, f = matrix
    corners = [(x, y) for x in (box[0], box[2]) for y in (box[1], box[3])]
    xs = [a * x + c * y + e for x, y in corners]
    ys = [b * x + d * y + f for x, y in corners]
    return (min(xs), min(ys), max(xs), max(ys))


def inside(box: Box, outer: Box) -> bool:
    """Whether the middle of a box lies in another one."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return outer[0] - SLACK <= x <= outer[2] + SLACK and outer[1] - SLACK <= y <= outer[3] + SLACK
