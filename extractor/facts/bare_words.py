"""Words of a span without the names and times that stand in it."""

from __future__ import annotations

from functools import lru_cache

from extractor.facts.carriers import find_names
from extractor.facts.names import PERIOD
from extractor.facts.vocabulary import vocabulary
from extractor.types import Span


@lru_cache(maxsize=256)
def bare_words(text: str, span: Span) -> str:
    """Words of a span without the bodies and scopes it names and without the period it holds in."""
    rest = PERIOD.sub("", without_names(text, span))
    for word in vocabulary().year_parts:
        rest = rest.replace(word, "")
    return rest


def without_names(text: str, span: Span) -> str:
    """Words of a span without the bodies and scopes it names."""
    rest = text[span[0] : span[1]]
    for mention in find_names(text, *span):
        if mention.kind != "carrier":
            rest = rest.replace(text[mention.span[0] : mention.span[1]], "")
    return rest
