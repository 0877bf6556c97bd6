"""Fields of a record out of a table, frozen as its annotations say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any


def _freeze_values(freeze: Callable[[Any], Any]) -> Callable[[Mapping[str, Any]], dict[str, Any]]:
    return lambda named: {name: freeze(value) for name, value in named.items()}


FREEZERS: dict[str, Callable[[Any], Any]] = {
    "str": str,
    "int": int,
    "frozenset[str]": frozenset,
    "tuple[str, ...]": tuple,
    "dict[str, str]": dict,
    "dict[str, frozenset[str]]": _freeze_values(frozenset),
    "dict[str, tuple[str, ...]]": _freeze_values(tuple),
}


def fields_of(shape: type, raw: Mapping[str, Any]) -> dict[str, Any]:
    """By its name, each field of a record that a table holds under that name, in the type that it is annotated with.

    Fields of other types than words, sets, tuples and dictionaries of them are left to the caller.
    """
    kinds = {name: kind for name, kind in shape.__annotations__.items() if name in raw and kind in FREEZERS}
    return {name: FREEZERS[kind](raw[name]) for name, kind in kinds.items()}
