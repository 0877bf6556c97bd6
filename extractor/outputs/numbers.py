"""Decimal numbers as JSON numbers: integers where they are whole, never an exponent, never NaN."""

from __future__ import annotations

from decimal import Decimal

MAX_DIGITS = 100  # before the point; turning Decimal("1e2000000") into digits would take minutes


def to_number(value: Decimal) -> int | float:
    """The nearest Python number: int where ``value`` is whole, else float.

    Raises ValueError for NaN, infinity and numbers of more than 100 digits.
    """
    _refuse_unprintable(value)
    whole = value == value.to_integral_value()
    return int(value) if whole else float(value)


def to_exact(value: Decimal) -> int | Decimal:
    """The number without loss: int where ``value`` is whole, else the Decimal itself.

    Raises ValueError like ``to_number``.
    """
    _refuse_unprintable(value)
    return int(value) if value == value.to_integral_value() else value


def print_decimal(value: Decimal) -> str:
    """Decimal digits of ``value`` without exponent and without trailing zeros: 12.3, 0.0000001, 35000."""
    exact = to_exact(value)
    return f"{exact:f}".rstrip("0") if isinstance(exact, Decimal) else str(exact)


def _refuse_unprintable(value: Decimal) -> None:
    if not value.is_finite() or value.adjusted() > MAX_DIGITS:
        raise ValueError(f"{value!r} is no number for an output")
