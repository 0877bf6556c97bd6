"""What a share is a share of: the count that the text puts it to."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.facts.cues import EDGE, cues
from extractor.facts.drafts import Draft
from extractor.facts.lists import rules

NEAR = 120  # characters before a sentence in which the count may stand that its shares are of
PART_WORDS_MIN = 2  # characters of a rate's stem that must stand in the count's own words


def numerator_of(text: str, draft: Draft, levels: Sequence[Draft]) -> Draft | None:
    """The count that a share without a name of its own belongs to: X项，占比Y%; X件（Y%）; 不合格61批次，不合格率1.96%.

    levels -- level drafts before it, in order of the text.
    """
    own = text[draft.own[0] : draft.own[1]].strip(EDGE)
    nearest = next((d for d in reversed(levels) if d.depth <= draft.depth), None)  # 机关信息90条（科室60条），占30%
    if nearest is None or nearest.sentence is not draft.sentence:
        return None
    if _in_bracket_behind(draft, nearest) or own.startswith(cues().share_of):
        return nearest
    if cues().is_filler(own):
        return None if draft.right[0] < draft.right[1] and nearest.value == 0 else nearest
    if draft.matches:
        return None
    stem = cues().rate_stem(own)
    return nearest if len(stem) >= PART_WORDS_MIN and stem in text[nearest.own[0] : nearest.right[1]] else None


def denominator_of(text: str, draft: Draft, levels: Sequence[Draft]) -> Draft | None:
    """The count that a share without a count of its own is a share of (公开信息4216条，其中机构职能类占3.2%)."""
    own = (text[draft.own[0] : draft.own[1]] + draft.extra).strip(EDGE)
    if not levels or draft.numerator is not None or draft.matches or not any(word in own for word in cues().share_of):
        return None
    levels = [d for d in levels if d.unit not in rules().uncounted]
    here = [d for d in levels if d.sentence is draft.sentence]
    earlier = [d for d in levels if d.total is None and d.span[0] > draft.sentence.start - NEAR]
    return next(reversed(here or earlier), None)


def _in_bracket_behind(draft: Draft, count: Draft) -> bool:
    """Whether the share stands in the bracket that opens right behind the count."""
    return draft.item is not None and draft.item.opener == count.span[1]
