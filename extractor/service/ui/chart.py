"""A line chart as plain numbers for a template; SVG, no script."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

WIDTH, HEIGHT = 960, 420
LEFT, RIGHT, TOP, BOTTOM = 80, 24, 24, 40
STEPS = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True, slots=True)
class Line:
    """A named line: years with values, in order."""

    name: str
    points: list[tuple[int, float]]


def draw_chart(lines: list[Line]) -> dict[str, Any]:
    """Places of axes, grid and points, in the units of a drawing of ``WIDTH`` by ``HEIGHT``."""
    years = sorted({year for line in lines for year, _ in line.points})
    top = _round_up(max((value for line in lines for _, value in line.points), default=1.0))
    across = (WIDTH - LEFT - RIGHT) / max(len(years) - 1, 1)
    place = {
        year: LEFT + (at * across if len(years) > 1 else (WIDTH - LEFT - RIGHT) / 2) for at, year in enumerate(years)
    }

    def height(value: float) -> float:
        return round(HEIGHT - BOTTOM - max(value, 0) / top * (HEIGHT - TOP - BOTTOM), 1)

    drawn = []
    for number, line in enumerate(lines):
        points = [
            {"x": round(place[year], 1), "y": height(value), "year": year, "value": value}
            for year, value in line.points
        ]
        path = " ".join(f"{point['x']},{point['y']}" for point in points)
        drawn.append({"name": line.name, "look": number, "path": path, "points": points})
    grid = [{"y": height(top * part / 4), "value": top * part / 4} for part in range(5)]
    return {
        "width": WIDTH, "height": HEIGHT, "left": LEFT, "right": WIDTH - RIGHT, "floor": HEIGHT - BOTTOM,
        "years": [{"x": round(place[year], 1), "year": year} for year in years], "grid": grid, "lines": drawn,
    }  # fmt: skip


def _round_up(value: float) -> float:
    """The next round number at or above ``value``."""
    size = 1.0
    while size * 10 <= value:
        size *= 10
    while size > value > 0:
        size /= 10
    return next((size * step for step in STEPS if size * step >= value), size * 10) if value > 0 else 1.0
