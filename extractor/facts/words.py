"""Finding many fixed words in a text in one pass, the longest at each place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from extractor.lexicon import matcher
from extractor.types import Span

Branched = tuple[dict[str, str], str]
Index = tuple[set[str], dict[str, list[str]]]


class WordIndex:
    """Fixed words with a value each, found by one regular expression that branches by character.

    Where words overlap, the earlier and then the longer one is found; a word of one character is allowed.
    """

    def __init__(self, branched: Branched) -> None:
        """Take what ``branch`` gave."""
        self._values, source = branched
        self._pattern = matcher(source)

    def find(self, text: str, start: int, end: int) -> Iterator[tuple[Span, str]]:
        """Span and value of every word in text[start:end], left to right, never overlapping."""
        for hit in self._pattern.finditer(text, start, end):
            yield hit.span(), self._values[hit[0]]


def branch(entries: Iterable[tuple[str, str]]) -> Branched:
    """Value by word, of equal words the first, and the expression that finds the words."""
    values: dict[str, str] = {}
    for word, value in entries:
        values.setdefault(word, value)
    return values, branches(values) or r"(?!)"


class Affixes:
    """Fixed words that a stretch of text may begin or end with, looked up by their first and their last character."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_first: dict[str, list[str]] = {}
        self._by_last: dict[str, list[str]] = {}
        for word in sorted(set(words), key=lambda word: (-len(word), word)):
            self._by_first.setdefault(word[0], []).append(word)
            self._by_last.setdefault(word[-1], []).append(word)

    def heads(self, text: str, start: int, end: int) -> Iterator[str]:
        """The words that text[start:end] begins with, longest first."""
        for word in self._by_first.get(text[start : start + 1], ()):
            if text.startswith(word, start, end):
                yield word

    def tails(self, text: str, start: int, end: int) -> Iterator[str]:
        """The words that text[start:end] ends with, longest first."""
        for word in self._by_last.get(text[end - 1 : end], ()):
            if text.endswith(word, start, end):
                yield word

    def head(self, text: str, start: int, end: int) -> str:
        """The longest word that text[start:end] begins with, "" where there is none."""
        return next(self.heads(text, start, end), "")

    def tail(self, text: str, start: int, end: int) -> str:
        """The longest word that text[start:end] ends with, "" where there is none."""
        return next(self.tails(text, start, end), "")


def index_words(words: Iterable[str]) -> Index:
    """The words of one character, and all others by their first two."""
    known = set(words)
    single = {word for word in known if len(word) == 1}
    by_pair: dict[str, list[str]] = {}
    for word in sorted(known - single):
        by_pair.setdefault(word[:2], []).append(word)
    return single, by_pair


class WordPlaces:
    """Fixed words, all of them found in one pass over a text, also where they overlap.

    Costs no compiling, as the words are looked up by their first two characters.
    """

    def __init__(self, index: Index) -> None:
        """Take what ``index_words`` gave."""
        self._single, self._by_pair = index

    def find(self, text: str, start: int, end: int) -> dict[str, list[int]]:
        """Ascending offsets of each word that stands in text[start:end]."""
        found: dict[str, list[int]] = {}
        single, by_pair = self._single, self._by_pair
        for at in range(start, end):
            if text[at] in single:
                found.setdefault(text[at], []).append(at)
            pair = text[at : at + 2]
            if pair in by_pair:
                for word in by_pair[pair]:
                    if text.startswith(word, at, end):
                        found.setdefault(word, []).append(at)
        return found


def branches(words: Iterable[str]) -> str:
    """An expression for any of the words, longest first at each place; words with one beginning share it."""
    tree: dict[str, list[str]] = {}
    whole = False
    for word in words:
        if word:
            tree.setdefault(word[0], []).append(word[1:])
        else:
            whole = True
    parts = [re.escape(first) + branches(rests) for first, rests in tree.items()]
    if not parts:
        return ""
    return f"(?:{'|'.join(parts)})" + ("?" if whole else "")


class WordSets:
    """Lists of words with every @group replaced by its words; equal words and equal sets are one object."""

    def __init__(self, groups: dict[str, list[str]]) -> None:
        self.groups = groups
        self._words: dict[str, str] = {}
        self._sets: dict[frozenset[str], frozenset[str]] = {}

    def expand(self, words: Sequence[str]) -> list[str]:
        """The words in order."""
        plain = (word for name in words for word in (self.groups[name[1:]] if name[0] == "@" else (name,)))
        return [self._words.setdefault(word, word) for word in plain]

    def of(self, words: Sequence[str]) -> frozenset[str]:
        """The words as a set."""
        found = frozenset(self.expand(words))
        return self._sets.setdefault(found, found)
