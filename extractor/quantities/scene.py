"""One stretch of text and what is known of it before its numbers are read: titles, quoted names, links, wishes."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from typing import Any

from extractor.lexicon import matcher, table
from extractor.record import record
from extractor.types import NonFact, Span

WINDOW = 40
PARAGRAPH = 1500  # characters of a paragraph before a sentence that are looked at
WORD = matcher(r"[^\d\s|/.,+%—-]")


@record
class Scene:
    """A sentence [start, end) of ``text``.

    masks -- spans whose numbers all have one reason, in text order, not overlapping; plans -- spans of wishes.
    row   -- whether there is nothing but digits and marks in it, as in a row of a table.
    """

    text: str
    start: int
    end: int
    masks: tuple[NonFact, ...]
    plans: tuple[Span, ...]
    row: bool

    def mask_at(self, place: int) -> NonFact | None:
        """The title, quoted name or link that ``place`` is in."""
        index = bisect_right(self.masks, place, key=lambda mask: mask.start) - 1
        return self.masks[index] if index >= 0 and place < self.masks[index].end else None

    def is_planned(self, place: int) -> bool:
        """Whether ``place`` is behind a word of planning, in its scope."""
        index = bisect_right(self.plans, place, key=lambda plan: plan[0]) - 1
        return index >= 0 and place < self.plans[index][1]

    def clause_before(self, place: int, length: int = WINDOW, stops: str | None = None) -> str:
        """The characters before ``place`` back to the last stop, at most ``length`` of them."""
        low = max(self.start, place - length)
        window = self.text[low:place]
        marks = contexts()["clause_stops"] if stops is None else stops
        for index in range(len(window) - 1, -1, -1):
            if window[index] in marks:
                return window[index + 1 :]
        return window

    def after(self, place: int, length: int) -> str:
        """At most ``length`` characters from ``place`` on, inside the sentence."""
        return self.text[place : min(self.end, place + length)]

    def before(self, place: int, length: int) -> str:
        """At most ``length`` characters before ``place``, inside the sentence."""
        return self.text[max(self.start, place - length) : place]


def look_at(text: str, start: int, end: int) -> Scene:
    """The scene of one sentence."""
    row = WORD.search(text, start, end) is None
    masks = _find_masks(text, start, end)
    return Scene(text, start, end, masks, _find_plans(text, start, end, masks), row)


@cache
def contexts() -> dict[str, Any]:
    """The context words of ``nonfacts``."""
    words: dict[str, Any] = table("nonfacts")["contexts"]
    return words


@cache
def _mask_pattern() -> tuple[re.Pattern[str], tuple[str, ...]]:
    parts = ["(?:" + "|".join(table("nonfacts")["links"]) + ")"]
    reasons = ["url"]
    for entry in table("nonfacts")["explained"]:
        parts.append(entry["pattern"])
        reasons.append(entry["reason"])
    for entry in table("nonfacts")["enclosures"]:
        stops = "\n" + entry["open"] + entry["close"] + ("" if entry.get("plain") else "，。；：,;")
        inside = f"[^{re.escape(stops)}]{{1,{entry['limit']}}}"
        parts.append(f"[{entry['open']}]{inside}(?=[{entry['close']}])")
        reasons.append(entry["reason"])
    return matcher("|".join(f"({part})" for part in parts)), tuple(reasons)


@cache
def _mask_marks() -> re.Pattern[str]:
    opens = "".join(entry["open"] for entry in table("nonfacts")["enclosures"])
    return matcher(rf"[{re.escape(opens)}@]|://|\.[a-z]{{2}}|www")


def _find_masks(text: str, start: int, end: int) -> tuple[NonFact, ...]:
    if _mask_marks().search(text, start, end) is None:
        return ()
    pattern, reasons = _mask_pattern()
    found = []
    for match in pattern.finditer(text, start, end):
        reason = reasons[(match.lastindex or 1) - 1]
        found.append(NonFact(match.start() + (reason != "url"), match.end(), reason))
    return tuple(found)


@cache
def _plan_pattern() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = contexts()
    return matcher("|".join(words["plan"])), matcher(f"[{re.escape(words['plan_stops'])}]")


def _find_plans(text: str, start: int, end: int, masks: tuple[NonFact, ...]) -> tuple[Span, ...]:
    """Spans of wishes; what a title says is none (《拟对9家单位作出处罚的公告》)."""
    if _is_in_plan_list(text, start, end):
        return ((start, end),)
    cue, stop = _plan_pattern()
    found: list[Span] = []
    at = start
    while match := cue.search(text, at, end):
        title = next((mask.end for mask in masks if mask.start <= match.start() < mask.end), None)
        if title is not None:
            at = title
            continue
        closing = stop.search(text, match.end(), end)
        # a colon opens a list, and all of the list is wished for
        listed = closing is not None and ("：" in text[match.end() : closing.start()])
        at = end if closing is None or listed else closing.start()
        found.append((match.start(), at))
    return tuple(found)


@cache
def _plan_lists() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    words = contexts()
    return matcher(words["plan_openers"]), matcher(words["plan_lists"]), matcher(words["reported"])


def _is_in_plan_list(text: str, start: int, end: int) -> bool:
    """Whether an earlier sentence of the paragraph opens a list of wishes that this sentence is an item of."""
    opener, item, reported = _plan_lists()
    if item.match(text[start : start + 6]) is None or reported.search(text, start, end):
        return False
    paragraph = max(text.rfind("\n", 0, start) + 1, start - PARAGRAPH)
    return opener.search(text, paragraph, start) is not None
