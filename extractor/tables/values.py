"""What a printed cell says: number, zero, blank, not applicable, or text."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from extractor.lexicon import matcher, table
from extractor.record import record

LONGEST = 60  # characters of a cell that may be a number
DIGITS = 18  # longer runs are no cell values
WIDTHS = {**{0xFF10 + digit: str(digit) for digit in range(10)}, 0xFF0C: ",", 0xFF0E: ".", 0xFF08: "(", 0xFF09: ")"}


@record
class Value:
    """Semantics of a cell (number, zero, blank, not_applicable, text), its value, and the money unit printed in it."""

    semantics: str
    value: Decimal | None
    money: str | None = None


@cache
def _words() -> dict[str, Any]:
    content: dict[str, Any] = table("tables")["cells"]
    return content


@cache
def _pattern() -> re.Pattern[str]:
    words = _words()
    names = [unit["name"] for unit in words["money"]] + words["units"]
    units = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    signs = "|".join(re.escape(sign) for sign in sorted(words["plus"] + words["minus"], key=len, reverse=True))
    number = rf"\d{{1,3}}(?:,\d{{3}}){{1,5}}(?:\.\d{{1,8}})?|\d{{1,{DIGITS}}}(?:\.\d{{1,8}})?"
    return matcher(rf"(?P<sign>{signs})?(?P<number>{number})(?:\((?P<bracketed>{units})\)|(?P<unit>{units}))?")


@lru_cache(maxsize=4096)
def read_value(raw: str) -> Value:
    """Read one printed cell.

    Blanks inside a number are line breaks of a narrow cell and are ignored, unless the pieces are two numbers.
    """
    if len(raw) > LONGEST and raw.strip():
        return Value("text", None)
    text = raw.translate(WIDTHS).strip()
    if not text:
        return Value("blank", None)
    joined = "".join(text.split())
    if joined in _words()["not_applicable"]:
        return Value("not_applicable", None)
    found = _pattern().fullmatch(joined)
    if found is None or _two_numbers(text):
        return Value("text", None)
    value = Decimal(found["number"].replace(",", ""))
    if found["sign"] in _words()["minus"]:
        value = -value
    unit = found["bracketed"] or found["unit"]
    money = unit if unit is not None and unit in _money() else None
    return Value("number" if value else "zero", value, money)


def in_ten_thousand(value: Decimal, unit: str) -> Decimal:
    """An amount printed in ``unit`` in 万元, the unit of the form's money cells."""
    return value * _money()[unit]


def money_unit(header: str) -> str | None:
    """The money unit that a header names (本年收费金额(单位:万元)), or None."""
    return next((name for name in _money() if name in header), None)


@cache
def _money() -> dict[str, Decimal]:
    return {unit["name"]: Decimal(unit["factor"]) for unit in _words()["money"]}


def _two_numbers(text: str) -> bool:
    """Whether blanks part pieces that can't be one number: 0 0, 12 0.5."""
    pieces = text.split()
    if len(pieces) < 2 or not all(piece.isdecimal() for piece in pieces):
        return False
    return pieces[0].startswith("0") or (len(pieces) > 2 and all(len(piece) < 3 for piece in pieces[1:]))
