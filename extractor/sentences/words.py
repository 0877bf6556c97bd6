"""Word borders: jieba's dictionary and algorithm, with the words of the domain."""

from __future__ import annotations

from functools import cache
from typing import Any

from extractor import lexicon
from extractor.types import Span


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
        spans.append((at, at + len(word)))
        at += len(word)
    return spans
