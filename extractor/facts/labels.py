"""Label of a claim, cut from its own words."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

from extractor.facts.carriers import find_names
from extractor.facts.cues import EDGE, cues
from extractor.facts.drafts import Draft
from extractor.facts.items import MARKS
from extractor.facts.words import Affixes, WordPlaces, branches, index_words
from extractor.lexicon import fields_of, matcher, table
from extractor.record import record
from extractor.types import Span

SHORT_VERB = 3
SHORTEST = 2  # characters of a label
BEARERS = 4  # times and names that may stand one behind the other at the start of a label
WITHIN = 40  # characters in which the name of a body at the start of a label ends
# when a figure holds, told before its words
TIME = (
    r"(?:截[至止])?(?:(?:19|20)\d\d年(?:度|末|底)?)?(?:\d{1,2}(?:[-—至到]\d{1,2})?月(?:份|底|末)?)?(?:\d{1,2}日)?"
    r"(?<=[年度月末底份日])"
)
STEP_FROM = matcher(r"[由从](?:(?:19|20)\d\d年(?:度|末|底)?的?)\Z")
STEP_REACH = 10  # characters of that
TRIM = EDGE.replace("“", "").replace("”", "").replace("（", "").replace("）", "") + ".." + "".join(sorted(MARKS))


@record
class Words:
    """``patterns/labels.yaml``; far verbs may stand anywhere in a name, near ones only where it begins."""

    leading: Affixes
    acting: Affixes
    trailing: Affixes
    verbs: frozenset[str]
    near_verbs: Affixes
    far_verbs: WordPlaces
    verbal_names: Affixes
    verbs_behind: Affixes
    generic: frozenset[str]
    classes: frozenset[str]
    own_words: dict[str, frozenset[str]]
    selves: tuple[str, ...]
    acts_on: WordPlaces
    kinds_of: dict[str, tuple[str, ...]]
    others: frozenset[str]
    self_told: frozenset[str]
    whole_codes: frozenset[str]
    sums: re.Pattern[str]
    by_means: re.Pattern[str]
    published: frozenset[str]
    categorised: frozenset[str]
    max_category: int
    whole: frozenset[str]
    marker: re.Pattern[str]
    time: re.Pattern[str]
    joint_words: str
    particles: tuple[str, ...]
    kinds: tuple[str, ...]
    before_names: tuple[str, ...]
    outcomes: Affixes
    reasons: Affixes
    share_tails: Affixes
    done: Affixes
    averages: Affixes
    steps: Affixes
    no_names: tuple[str, ...]
    not_openers: tuple[str, ...]


@cache
def words() -> Words:
    """The words, read once."""
    raw: dict[str, Any] = table("labels")
    far = {verb for verb in raw["verbs"] if len(verb) > SHORT_VERB or verb in raw["far_verbs"]}
    affixes = ("leading", "trailing", "verbal_names", "verbs_behind", "outcomes", "reasons", "share_tails", "done")
    made: dict[str, Any] = {name: Affixes(raw[name]) for name in affixes}
    made |= {
        "acting": Affixes([*raw["verbs"], *raw["deeds"], *raw["leading"], *raw["done"]]),
        "near_verbs": Affixes([*raw["deeds"], *(verb for verb in raw["verbs"] if verb not in far)]),
        "far_verbs": WordPlaces(index_words(far)),
        "acts_on": WordPlaces(index_words(raw["acts_on"])),
        "sums": matcher(rf"(?:{branches(raw['not_sums'])})|({branches(raw['sums'])})"),
        "by_means": matcher(rf"{branches(raw['means'])}(?:{branches(raw['verbs'])})"),
        "averages": Affixes(word for kind in cues().average.values() for word in kind),
        "steps": Affixes(word for word in cues().from_to if len(word) >= SHORTEST),
        "time": matcher(rf"{TIME}(?!{branches(raw['no_times'])})"),
        "marker": matcher(rf"\d{{1,2}}[.、]|（[{raw['ordinals']}\d]{{1,3}}）|[{raw['ordinals']}]{{1,3}}、"),
    }
    return Words(**(fields_of(Words, raw) | made))


def label_of(text: str, draft: Draft) -> tuple[Span, ...]:
    """Spans of the label: words of the figure it refers to, its own words, those behind the number."""
    if draft.kind != "explicit":
        return draft.label
    if draft.earlier is not None:
        return draft.earlier.label
    own, right = (trim(text, _before_step(text, span)) for span in (draft.own, draft.right))
    own = _without_bearer(text, own)
    spans: list[Span] = []
    other = draft.base or draft.numerator
    if other is not None and draft.inherited and other.sentence is draft.sentence:
        spans += other.label
    spans += [span for span in (own, right) if span[0] < span[1]]
    if not spans and draft.total is not None:
        spans += draft.total.label
    return tuple(dict.fromkeys(spans))


def _before_step(text: str, span: Span) -> Span:
    """The span without words at its end that lead to another level (由2021年的, 整合为), where more is told."""
    start, end = span
    opening = STEP_FROM.search(text, max(start, end - STEP_REACH), end)
    if opening is not None:
        return start, opening.start()
    if not text.endswith(cues().from_to, start, end):
        return span
    step = words().steps.tail(text, start, end)
    return start, end - len(step) if end - len(step) > start else end


def _without_bearer(text: str, span: Span) -> Span:
    """The span without when it holds and who acts at its start, where more than that is told."""
    start, end = span
    for _ in range(BEARERS):
        behind = _behind_bearer(text, start, end)
        rest = trim(text, (behind, end))
        if behind == start or rest[1] - rest[0] < SHORTEST or text[rest[0] : rest[1]] in words().verbs:
            break
        start, end = rest
    return start, end


def _behind_bearer(text: str, start: int, end: int) -> int:
    """Where the time or the body, scope or site that words begin with ends; ``start`` where there is none."""
    period = words().time.match(text, start, end)
    if period is not None and period.end() > start:
        return period.end()
    names = find_names(text, start, min(end, start + WITHIN))
    if not names or names[0].span[0] != start or names[0].span[1] >= end:
        return start
    behind = names[0].span[1]
    known = words()
    acts = known.acting.head(text, behind, end) or text.startswith(known.selves, start)
    return behind if acts else start


@lru_cache(maxsize=256)
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
    for word in known.leading.heads(text, start, end):
        behind = start + len(word)
        if behind < end and not _continues(text, behind):
            start = behind
            break
    for word in known.trailing.tails(text, start, end):
        if end - len(word) > start and not _continues(text, end - len(word)):
            return start, end - len(word)
    return start, end


def _continues(text: str, at: int) -> bool:
    """Whether a filler at an end is half of another word (有效工单, 共同, 收到)."""
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
