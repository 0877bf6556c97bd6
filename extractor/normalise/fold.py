"""The steps of folding, in their order."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.normalise.chars import drop_unseen, fold_characters
from extractor.normalise.cloak import drop_cloaking
from extractor.normalise.draft import Draft
from extractor.normalise.lines import drop_furniture, join_lines
from extractor.normalise.script import is_traditional, simplify
from extractor.normalise.spacing import drop_blanks, fold_punctuation
from extractor.types import Document, FoldedText, Span

ROUNDS = 8  # a step may open the way for an earlier one; two rounds settle ordinary text


def fold(document: Document) -> FoldedText:
    """The clean reading view of a document; what its reader marked as header or footer is left out."""
    furniture = [(block.start, block.end) for block in document.blocks if block.kind in ("header", "footer")]
    return fold_text(document.text, furniture)


def fold_text(text: str, furniture: Sequence[Span] = ()) -> FoldedText:
    """The clean reading view of a text, with the source offset of each of its characters.

    furniture -- spans of ``text`` that belong to the page and are left out (headers, footers).
    Simplified text keeps its characters; only traditional or cloaked text is converted.  Raises nothing.
    """
    draft = Draft(text)
    drop_furniture(draft, furniture)
    cloaked = traditional = False
    for _ in range(ROUNDS):
        before = draft.text
        drop_unseen(draft)
        cloaked = drop_cloaking(draft) or cloaked
        fold_characters(draft)
        if is_traditional(draft.text):
            traditional = True
            simplify(draft)
        drop_furniture(draft, ())
        join_lines(draft)
        drop_blanks(draft)
        fold_punctuation(draft)
        if draft.text == before:
            break
    return FoldedText(draft.text, draft.starts, _ends(draft.starts), cloaked, traditional)


def _ends(starts: Sequence[int]) -> Sequence[int]:
    """Every folded character stands for one source character."""
    return range(1, len(starts) + 1) if isinstance(starts, range) else [start + 1 for start in starts]
