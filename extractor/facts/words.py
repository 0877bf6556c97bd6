"""Finding many fixed words in a text in one pass, the longest at each place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from extractor.types import Span


class WordIndex:
    """Fixed words with a value each; looked up by their first two characters.

    Where words overlap, the earlier and then the longer one is found; a word of one character is allowed.
    """

    def __init__(self, entries: Iterable[tuple[str, str]]) -> None:
        self._index: dict[str, list[tuple[str, str]]] = {}
        for word, value in entries:
            self._index.setdefault(word[:2], []).append((word, value))
        for found in self._index.values():
            found.sort(key=lambda entry: -len(entry[0]))

    def find(self, text: str, start: int, end: int) -> Iterator[tuple[Span, str]]:
        """Span and value of every word in text[start:end], left to right, never overlapping."""
        at = start
        while at < end:
            hit = self._at(text, at, end)
            if hit is None:
                at += 1
            else:
                yield (at, at + len(hit[0])), hit[1]
                at += len(hit[0])

    def _at(self, text: str, at: int, end: int) -> tuple[str, str] | None:
        for key in (text[at : at + 2], text[at]):
            for entry in self._index.get(key, ()):
                if text.startswith(entry[0], at, end):
                    return entry
        return None
