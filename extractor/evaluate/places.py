"""Finding the quotes of gold in the text that a reader made: white space and compatibility forms do not count."""

from __future__ import annotations

import unicodedata
from functools import cache

from extractor.errors import UsageError
from extractor.evaluate.gold import GoldFact
from extractor.lexicon import table
from extractor.types import Span


@cache
def _radicals() -> dict[int, str]:
    """Radicals that PDF fonts put for whole characters and that NFKC leaves alone."""
    pairs = ((a, b) for entry in table("chars")["fold"] for a, b in zip(entry["from"], entry["to"], strict=False))
    return {ord(a): b for a, b in pairs if unicodedata.name(a, "").startswith("CJK RADICAL")}


class Folded:
    """A text without white space in NFKC form; ``offsets`` gives the source offset of each kept character."""

    __slots__ = ("offsets", "text")

    def __init__(self, source: str) -> None:
        radicals = _radicals()
        kept: list[str] = []
        self.offsets: list[int] = []
        for offset, char in enumerate(source):
            for part in unicodedata.normalize("NFKC", char).translate(radicals):
                if not part.isspace():
                    kept.append(part)
                    self.offsets.append(offset)
        self.text = "".join(kept)


def fold_words(words: str | None) -> str:
    """``words`` as they are compared."""
    return Folded(words or "").text


def locate(gold: GoldFact, folded: Folded) -> Span | None:
    """Source span of the gold fact's value expression, None where the quote was lost.

    Raises UsageError when the quote does not hold its own number.
    """
    quote, number = fold_words(gold.quote), fold_words(gold.num)
    at = _find(folded.text, quote, gold.occurrence)
    if at < 0:
        return None
    inner = _find(quote, number, gold.num_occurrence)
    if inner < 0:
        raise UsageError(f"gold {gold.doc}: {gold.num!r} is not in {gold.quote!r}")
    return folded.offsets[at + inner], folded.offsets[at + inner + len(number) - 1] + 1


def _find(text: str, words: str, occurrence: int) -> int:
    """Offset of a hit of ``words``, counted from 1 with overlaps; -1 where there are fewer."""
    at = -1
    for _ in range(occurrence):
        at = text.find(words, at + 1)
        if at < 0:
            return -1
    return at
