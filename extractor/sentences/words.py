"""Word borders: jieba's dictionary and algorithm, with the words of the domain."""

from __future__ import annotations

from functools import cache
from typing import Any

from extractor import lexicon
from extractor.types import Span

# The Rust port takes any sign between letters and digits for a decimal point (1-7, www.example) where jieba parts them.
GLUED = lexicon.matcher(r"[A-Za-z0-9]+[^A-Za-z0-9\u4e00-\u9fd5][^\u4e00-\u9fd5]*")
PARTS = lexicon.matcher(r"([A-Za-z0-9]+(?:\.\d+)?%?)")


@cache
def _segmenter() -> Any:
    """The segmenter with the words of ``patterns/vocabulary.txt``; frequencies as jieba itself suggests them."""
    import rjieba

    segmenter = rjieba.Jieba()
    for word in lexicon.lines("vocabulary"):
        segmenter.add_word(word, max(segmenter.suggest_freq(word), 1), None)
    return segmenter


def cut(text: str) -> list[Span]:
    """Spans of the words of ``text``, end to end."""
    spans: list[Span] = []
    at = 0
    for word in _segmenter().cut(text):
        for part in _parts(word):
            spans.append((at, at + len(part)))
            at += len(part)
    return spans


def _parts(word: str) -> list[str]:
    """The word, or what jieba makes of it where the port glues letters and signs."""
    if GLUED.fullmatch(word) is None or _segmenter().has_word(word):
        return [word]
    return [part for part in PARTS.split(word) if part]
