"""Label and category of a claim, cut from its own words."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from extractor.facts.carriers import bare_words, find_names
from extractor.facts.cues import EDGE, cues, longest_first
from extractor.facts.drafts import Draft
from extractor.facts.items import MARKS
from extractor.facts.lists import rules
from extractor.lexicon import matcher, table
from extractor.record import record
from extractor.types import Span

SHORT_VERB = 3
LONGER = 2  # characters before the word that told the code that make a breakdown of it
TRIM = EDGE.replace("“", "").replace("”", "").replace("（", "").replace("）", "") + ".." + "".join(sorted(MARKS))


@record
class Words:
    """``patterns/labels.yaml``, longest first."""

    leading: tuple[str, ...]
    trailing: tuple[str, ...]
    verbs: tuple[str, ...]
    verbs_behind: tuple[str, ...]
    generic: frozenset[str]
    categorised: frozenset[str]
    max_category: int
    whole: frozenset[str]
    marker: re.Pattern[str]
    particles: tuple[str, ...]
    kinds: tuple[str, ...]
    before_names: tuple[str, ...]


@cache
def words() -> Words:
    """The words, read once."""
    raw: dict[str, Any] = table("labels")
    return Words(
        leading=longest_first(raw["leading"]),
        trailing=longest_first(raw["trailing"]),
        verbs=longest_first(raw["verbs"]),
        verbs_behind=longest_first(raw["verbs_behind"]),
        generic=frozenset(raw["generic"]),
        categorised=frozenset(raw["categorised"]),
        max_category=raw["max_category"],
        whole=frozenset(raw["whole"]),
        particles=tuple(raw["particles"]),
        kinds=tuple(raw["kinds"]),
        before_names=tuple(raw["before_names"]),
        marker=matcher(rf"\d{{1,2}}[.、]|（[{raw['ordinals']}\d]{{1,3}}）|[{raw['ordinals']}]{{1,3}}、"),
    )


def label_of(text: str, draft: Draft) -> tuple[Span, ...]:
    """Spans of the label: words of the figure it refers to, its own words, those behind the number."""
    if draft.kind != "explicit":
        return draft.label
    own = trim(text, draft.own)
    spans: list[Span] = []
    other = draft.base or draft.numerator
    if other is not None and draft.inherited and other.sentence is draft.sentence:
        spans += other.label
    spans += [span for span in (own, trim(text, draft.right)) if span[0] < span[1]]
    if not spans and draft.total is not None:
        spans += draft.total.label
    return tuple(dict.fromkeys(spans))


def trim(text: str, span: Span) -> Span:
    """The span without delimiters, fillers and modifiers at both ends; brackets that stay unpaired are cut off."""
    start, end = span
    if cues().is_filler(text[start:end]):
        return start, start
    while True:
        new_start, new_end = _shorter(text, *_stripped(text, start, end))
        if (new_start, new_end) == (start, end):
            return _paired(text, start, end)
        start, end = new_start, new_end


def _stripped(text: str, start: int, end: int) -> Span:
    """The span without delimiters at its ends and without a list marker at its start."""
    while start < end and text[start] in TRIM:
        start += 1
    while start < end and text[end - 1] in TRIM:
        end -= 1
    marker = words().marker.match(text, start, end)
    return (marker.end() if marker else start), end


def _shorter(text: str, start: int, end: int) -> Span:
    """The span without one leading and one trailing filler word, unless nothing else would be left."""
    known = words()
    for word in known.leading:
        behind = start + len(word)
        if text.startswith(word, start, end) and behind < end and not _continues(text, behind):
            start = behind
            break
    for word in known.trailing:
        if text.endswith(word, start, end) and end - len(word) > start:
            end -= len(word)
            break
    return start, end


def _continues(text: str, at: int) -> bool:
    """Whether the words behind a leading filler make another word of it (有效工单, 共同, 现行有效)."""
    return text[at - 1 : at + 1] in words().whole


def _paired(text: str, start: int, end: int) -> Span:
    """The span without a closing bracket that nothing opened at its start, or an opening one that nothing closes."""
    for opening, closing in ("（）", "“”", "《》"):
        inside = text[start:end]
        if inside.count(closing) > inside.count(opening) and inside.startswith(closing):
            start += 1
        if inside.count(opening) > inside.count(closing) and inside.endswith(opening):
            end -= 1
    return start, end


def category_of(text: str, draft: Draft) -> Span | None:
    """Span of the breakdown's own name; None where the claim is no breakdown."""
    if draft.kind != "explicit" or _is_plain_outcome(draft):
        return None
    other = draft.numerator or draft.base
    if other is not None and draft.inherited:
        return other.category
    listed = before_bracket(text, draft)
    if listed is not None:
        return _named(text, *listed)
    noun, own = trim(text, draft.item.noun if draft.item else draft.right), trim(text, draft.own)
    if draft.total is not None:
        return (
            _named(text, *noun)
            or _named(text, *own)
            or (own if own[0] < own[1] <= own[0] + words().max_category else None)
        )
    if draft.code in words().categorised or _is_broken_down(text, draft, own):
        return _named(text, *noun) or _named(text, *own)
    return None


def _is_plain_outcome(draft: Draft) -> bool:
    """Whether a claim is an outcome whose code says all; a reason within an outcome is a breakdown of it."""
    if draft.code not in rules().totals_of or draft.inherited:
        return False
    return draft.total is None or draft.total.code != draft.code


def _is_broken_down(text: str, draft: Draft, own: Span) -> bool:
    """Whether own words name a kind of applicant or a way, or say more than the word that told the code."""
    if text.startswith(rules().partitions.get(draft.code or "", ("\n",)), *own):
        return True
    return bool(draft.head) and text[own[0] : own[1]].find(draft.head) >= LONGER


def before_bracket(text: str, draft: Draft) -> Span | None:
    """The name that a count in brackets right behind it belongs to (征地拆迁（162件，占41.5%）)."""
    if draft.item is None or draft.item.opener < 0 or text[draft.item.opener + 1 : draft.span[0]].strip():
        return None
    opener = draft.item.opener
    start = max(
        draft.sentence.start, *(text.rfind(mark, draft.sentence.start, opener) + 1 for mark in "，、；：。（）")
    )
    for word in words().before_names:
        at = text.rfind(word, start, opener)
        start = at + len(word) if 0 <= at < opener - len(word) else start
    if (
        opener <= start
        or text[opener - 1].isdigit()
        or not bare_words(text, (start, opener)).strip("".join(cues().compare))
    ):
        return None
    return trim(text, (start, opener))


def _named(text: str, start: int, end: int) -> Span | None:
    """The span without names and verbs around it, None where it is empty, too long or names no breakdown."""
    known = words()
    for mention in find_names(text, start, end):
        if mention.kind == "carrier" or mention.span[0] == start:
            start = min(mention.span[1], end)
    start = _behind_verb(text, start, end)
    behind = next((verb for verb in known.verbs_behind if text.endswith(verb, start, end)), "")
    if text.endswith(known.kinds, start, end - len(behind)):
        end -= len(behind)
    if text.endswith(known.particles, start, end):
        end -= 1
    name = text[start:end]
    if not name or len(name) > known.max_category or name in known.generic or name in known.verbs:
        return None
    return start, end


def _behind_verb(text: str, start: int, end: int) -> int:
    """Where the name behind the first fitting verb begins; only a long verb may stand further right."""
    for verb in words().verbs:
        far = len(verb) > SHORT_VERB
        at = text.rfind(verb, start, end) if far else start if text.startswith(verb, start, end) else -1
        if at >= 0 and at + len(verb) < end:
            return at + len(verb)
    return start
