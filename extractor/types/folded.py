"""The clean reading view of a source text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from extractor.types.source import Span


class FoldedText:
    """The clean reading view of a source text, and where each of its characters came from.

    text   -- simplified script, half-width digits and latin letters, no hard wraps, no page furniture;
              paragraphs are parted by one line end each.
    starts, ends -- for each folded character the source range it stands for; both never fall.
    cloaked, traditional -- whether pinyin cloaking was removed, whether the source is in traditional script.
    """

    __slots__ = ("cloaked", "ends", "starts", "text", "traditional")

    def __init__(
        self, text: str, starts: Sequence[int], ends: Sequence[int], cloaked: bool = False, traditional: bool = False
    ) -> None:
        if not len(text) == len(starts) == len(ends):
            raise ValueError("one start and one end for each folded character")
        self.text = text
        self.starts = starts
        self.ends = ends
        self.cloaked = cloaked
        self.traditional = traditional

    def source(self, start: int, end: int) -> Span:
        """Source span of the folded span [start, end); an empty span maps to an empty span."""
        if start >= end:
            at = self.starts[start] if start < len(self.starts) else (self.ends[-1] if self.ends else 0)
            return at, at
        return self.starts[start], self.ends[end - 1]

    def folded(self, start: int, end: int) -> Span:
        """Smallest folded span that holds every folded character made from the source span [start, end)."""
        return bisect_right(self.ends, start), bisect_left(self.starts, end)
