"""A text under work: every step edits it and keeps, for each character, the source offset that it came from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

Edit = tuple[int, int, str]  # start, end, replacement that is not longer than the range


class Draft:
    """A text and the source offset of each of its characters.

    text   -- the text as it stands after the steps so far.
    starts -- one source offset a character, rising; a ``range`` as long as nothing was dropped.
    """

    __slots__ = ("starts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts: Sequence[int] = range(len(text))

    def edit(self, edits: Iterable[Edit]) -> None:
        """Apply ordered edits that do not overlap.

        Characters that stay keep their offsets, others take those of the first they replace.
        An edit that lengthens the text or steps back is a ValueError.
        """
        text, starts = self.text, self.starts
        pieces: list[str] = []
        offsets: list[int] = []
        at = 0
        for start, end, new in edits:
            if start < at or len(new) > end - start:
                raise ValueError(f"edit {start}:{end} steps back or lengthens the text")
            pieces.append(text[at:start])
            pieces.append(new)
            offsets.extend(starts[at:start])
            offsets.extend(_places(text[start:end], new, starts[start:end]))
            at = end
        if not pieces:
            return
        pieces.append(text[at:])
        offsets.extend(starts[at:])
        self.text, self.starts = "".join(pieces), offsets

    def replace(self, pattern: re.Pattern[str], new: str | Callable[[re.Match[str]], str]) -> None:
        """Replace every match; matches that would stay as they are cost nothing."""
        edits: list[Edit] = []
        for match in pattern.finditer(self.text):
            replacement = new if isinstance(new, str) else new(match)
            if replacement != match[0]:
                edits.append((match.start(), match.end(), replacement))
        self.edit(edits)

    def rewrite(self, text: str) -> None:
        """Take over a text of the same length, character for character."""
        if len(text) != len(self.text):
            raise ValueError(f"{len(text)} characters for {len(self.text)}")
        self.text = text


def _places(old: str, new: str, starts: Sequence[int]) -> Sequence[int]:
    """Offsets of the characters of ``new``: their own where it is ``old`` without blanks, else the first ones."""
    if len(new) < len(old) and new and new == old.replace(" ", ""):
        return [at for at, char in zip(starts, old, strict=True) if char != " "]
    return starts[: len(new)]
