"""A named table with a register decorator; nothing is registered at import of the package, only by ``load_*`` calls."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

from extractor.errors import UsageError

T = TypeVar("T")


class Registry(Generic[T]):
    """Names to entries, in the order of registration.

    Raises ValueError when a name is taken, UsageError (with the known names) when one is asked for that is not there.
    """

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self._entries: dict[str, T] = {}

    def add(self, name: str, entry: T) -> T:
        """Put ``entry`` under ``name``."""
        if name in self._entries and self._entries[name] is not entry:
            raise ValueError(f"{self.kind} {name!r} is registered twice")
        self._entries[name] = entry
        return entry

    def register(self, name: str) -> Callable[[T], T]:
        """Decorator form of ``add``."""
        return lambda entry: self.add(name, entry)

    def get(self, name: str) -> T:
        """The entry called ``name``."""
        try:
            return self._entries[name]
        except KeyError:
            raise UsageError(f"no {self.kind} {name!r}; known: {', '.join(self._entries)}") from None

    def items(self) -> Iterator[tuple[str, T]]:
        """Names and entries in the order of registration."""
        yield from self._entries.items()
