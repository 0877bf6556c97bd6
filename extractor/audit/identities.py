"""The printed identities of tables 3 and 4 as equations, and which single repair would heal those that are broken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from extractor.audit.case import View
from extractor.record import record
from extractor.types import TableCell

COLUMNS = ("natural_person", "business", "research", "public_welfare", "legal_service", "other_organization", "total")
FLOW = ("received", "carried_in", "total", "carried_out")
OUTCOMES = ("upheld", "corrected", "other", "pending")
BLOCKS = {"T4-01": "review", "T4-02": "litigation_direct", "T4-03": "litigation_after_review"}
Values = Mapping[str, Decimal]


@record
class Equation:
    """Left cells add up to right cells; rule -- which identity it is; place -- the row or column it stands in."""

    rule: str
    place: str
    left: tuple[str, ...]
    right: tuple[str, ...]

    def residual(self, values: Values) -> Decimal:
        """Left minus right over the cells that hold numbers."""
        return _add(self.left, values) - _add(self.right, values)


def _add(keys: tuple[str, ...], values: Values) -> Decimal:
    """Sum of the cells that hold numbers; most cells of the forms hold zero."""
    total = Decimal(0)
    for key in keys:
        value = values.get(key)
        if value:
            total += value
    return total


@record
class Repair:
    """A change of one cell that heals every equation it stands in."""

    key: str
    old: Decimal
    new: Decimal


def equations(view: View) -> tuple[Equation, ...]:
    """The identities of table 3 whose cells are there."""
    return view.remember("equations", lambda: _equations(view))


def _equations(view: View) -> tuple[Equation, ...]:
    rows = tuple(dict.fromkeys(cell.row for cell in _cells(view, 3)))
    cells = view.cells.keys()
    return tuple(e for e in _printed_identities(rows) if cells >= {*e.left, *e.right})


@lru_cache(maxsize=64)
def _printed_identities(rows: tuple[str, ...]) -> tuple[Equation, ...]:
    """The identities of a table 3 that has these rows."""
    leaves = tuple(row for row in rows if row not in FLOW)
    found = []
    for column in COLUMNS:
        first, second = _keys(FLOW[:2], column), _keys(FLOW[2:], column)
        found.append(Equation("T3-04", column, first, second))
        found.append(Equation("T3-05", column, _keys(leaves, column), _keys(("total",), column)))
    for row in rows:
        names = tuple(f"3.{row}.{column}" for column in COLUMNS)
        found.append(Equation("T3-06", row, names[:-1], names[-1:]))
    return tuple(e for e in found if e.left)


def _cells(view: View, number: int) -> tuple[TableCell, ...]:
    return view.tables[number].cells if number in view.tables else ()


def _keys(rows: Iterable[str], column: str) -> tuple[str, ...]:
    return tuple(f"3.{row}.{column}" for row in rows)


def numbers(view: View) -> dict[str, Decimal]:
    """Cells of table 3 that hold numbers."""
    return {cell.key: cell.value for cell in _cells(view, 3) if cell.value is not None}


def broken(found: Iterable[Equation], values: Values) -> tuple[Equation, ...]:
    """The equations that do not hold."""
    return tuple(equation for equation in found if equation.residual(values) != 0)


def _broken_as_printed(view: View) -> tuple[Equation, ...]:
    return view.remember("broken", lambda: broken(equations(view), numbers(view)))


def find_repairs(view: View) -> dict[tuple[str, str], Repair]:
    """For each broken equation of table 3 (rule, place) the only single-cell change that heals it and all others."""
    return view.remember("repairs", lambda: _find_repairs(view))


def _find_repairs(view: View) -> dict[tuple[str, str], Repair]:
    found = equations(view)
    values = numbers(view)
    bad = set(_broken_as_printed(view))
    if not bad or len(bad) > len(found) // 2:
        return {}
    touching: dict[str, list[Equation]] = {}
    for equation in found:
        for key in (*equation.left, *equation.right):
            touching.setdefault(key, []).append(equation)
    candidates: dict[Equation, list[Repair]] = {equation: [] for equation in bad}
    for key, around in touching.items():
        repair = _repair(key, around, bad, values)
        if repair is not None:
            for equation in around:
                candidates[equation].append(repair)
    return {(e.rule, e.place): repairs[0] for e, repairs in candidates.items() if len(repairs) == 1}


def _repair(key: str, around: list[Equation], bad: set[Equation], values: Values) -> Repair | None:
    if len(around) < 2 or not all(equation in bad for equation in around):
        return None
    changes = {-equation.residual(values) if key in equation.left else equation.residual(values) for equation in around}
    old = values.get(key)
    if len(changes) != 1 or old is None:
        return None
    new = old + changes.pop()
    return Repair(key, old, new) if new >= 0 else None


def find_split(view: View) -> tuple[tuple[str, str], Decimal] | None:
    """Two neighbour cells of a row whose digits, joined in one of them, heal all identities; the joined number."""
    return view.remember("split", lambda: _find_split(view))


def _find_split(view: View) -> tuple[tuple[str, str], Decimal] | None:
    found, values = equations(view), numbers(view)
    for equation in _broken_as_printed(view):
        if equation.rule != "T3-06":
            continue
        row = (*equation.left, *equation.right)
        for first, second in pairwise(row):
            joined = _join(values.get(first), values.get(second))
            if joined is None:
                continue
            for keep, drop in ((first, second), (second, first)):
                if not broken(found, {**values, keep: joined, drop: Decimal(0)}):
                    return (first, second), joined
    return None


def _join(first: Decimal | None, second: Decimal | None) -> Decimal | None:
    if not first or second is None or first != first.to_integral() or second != second.to_integral():
        return None
    return Decimal(f"{first:f}{second:f}")


def find_shift(view: View) -> tuple[str, str] | None:
    """A ("row", name) or ("column", name) of table 3 whose values, moved by one cell, heal all identities."""
    return view.remember("shift", lambda: _find_shift(view))


def _find_shift(view: View) -> tuple[str, str] | None:
    found, values = equations(view), numbers(view)
    bad = _broken_as_printed(view)
    if not bad:
        return None
    rows = tuple(dict.fromkeys(cell.row for cell in _cells(view, 3)))
    lines = [("row", row, _row(row, columns)) for columns in (COLUMNS, COLUMNS[:-1]) for row in rows]
    lines += [("column", column, [f"3.{row}.{column}" for row in rows]) for column in COLUMNS]
    touched = {key for equation in bad for key in (*equation.left, *equation.right)}
    for kind, name, keys in lines:
        moves = _moves(keys, values) if touched.intersection(keys) else []
        if any(not broken(found, {**values, **moved}) for moved in moves):
            return kind, name
    return None


def _row(row: str, columns: tuple[str, ...]) -> list[str]:
    return [f"3.{row}.{column}" for column in columns]


def _moves(keys: list[str], values: Values) -> list[dict[str, Decimal]]:
    """The values of a line moved by one cell either way, where nothing but a zero falls off the end."""
    line = [values.get(key, Decimal(0)) for key in keys]
    moves = []
    if line[0] == 0:
        moves.append([*line[1:], Decimal(0)])
    if line[-1] == 0:
        moves.append([Decimal(0), *line[:-1]])
    return [dict(zip(keys, moved, strict=True)) for moved in moves if moved != line]
