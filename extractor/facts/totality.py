"""Claims of totality (均按时办结): all of a count was done."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from extractor.facts.claims import claim_draft, words
from extractor.facts.drafts import Draft
from extractor.facts.link import Match
from extractor.facts.told import ENOUGH
from extractor.types import Sentence


def find_implied_claims(text: str, sentence: Sentence, levels: Sequence[Draft]) -> list[Draft]:
    """Claims that all of a count was done: 均在法定期限内答复 after an application count is 100 % of its rate.

    levels -- level drafts up to this sentence, in order of the text.
    """
    known = words()
    drafts: list[Draft] = []
    for cue, inside in known.totality.find(text, sentence.start, sentence.end):
        if inside:
            continue
        window = text[cue[1] : min(sentence.end, cue[1] + known.reach)]
        done = _done(window)
        between = window[: done[0]] if done else ""
        if done is None or any(stop in between for stop in known.stops) or any(char.isdigit() for char in between):
            continue
        if _is_said_again(text, cue[1], cue[1] + done[0]):
            continue
        domain = _domain(text, sentence, levels, cue[0])
        if domain is None:
            continue
        in_time = any(word in between for word in known.in_time)
        code = known.rates[domain][0 if in_time else 1]
        span = (cue[0], cue[1] + done[0] + len(done[1]))
        if text[span[1] : span[1] + 1].isdigit():
            continue  # the outcome that a count is told of (全部公开4件)
        drafts.append(
            claim_draft(sentence, span, span, Match(code, f"rule:{code}/implied", ENOUGH), "implied", Decimal(100))
        )
    return drafts


def _done(window: str) -> tuple[int, str] | None:
    """Offset of the first word that tells what was done, and the word; nouns that hold one tell nothing (反馈意见)."""
    known = words()
    for noun in known.undone:
        window = window.replace(noun, "　" * len(noun))
    return min(((at, word) for word in known.done if (at := window.find(word)) >= 0), default=None)


def _is_said_again(text: str, start: int, end: int) -> bool:
    """Whether the words up to what was done say once more that all was (全部建议、提案|均已办结): one claim."""
    return any(not inside for _, inside in words().totality.find(text, min(start + 1, end), end))


def _domain(text: str, sentence: Sentence, levels: Sequence[Draft], at: int) -> str | None:
    """Domain of the nearest count before ``at`` in this or the sentence before, if claims of totality exist for it."""
    for draft in reversed(levels):
        if draft.span[0] < at and draft.code is not None and draft.span[1] >= sentence.start - 120:
            return draft.domain if draft.domain in words().rates else None
    return None
