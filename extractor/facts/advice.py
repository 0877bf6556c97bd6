"""What the facts room asks of a trained part: a second opinion on the claims of a sentence, and its names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from extractor.facts.drafts import Draft
from extractor.types import Span


class Adviser(Protocol):
    """Anything that may change code, method and confidence of drafts once the rules are done with a sentence."""

    def revise(self, text: str, drafts: Sequence[Draft], known: Sequence[Draft], previous: str) -> None:
        """Look at the drafts of one sentence, in order of the text, and change them in place.

        text -- the folded text; known -- drafts of earlier sentences of the section; previous -- the sentence before.
        """
        ...

    def names(self, text: str, start: int, end: int, taken: Sequence[Span]) -> Sequence[Span]:
        """Spans of names that open clauses of text[start:end], in order; none touches those in ``taken``."""
        ...
