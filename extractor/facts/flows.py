"""Bare words of a flow: 办结21件 behind 市长信箱21件 are letters answered, behind 受理业务 cases completed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from extractor.facts.bare_words import bare_words
from extractor.facts.cues import EDGE, cues
from extractor.facts.drafts import Draft
from extractor.lexicon import table

RATES = "%"


@cache
def _codes() -> dict[tuple[str, str], str]:
    """Code of a word behind a count, by (code of the count, word)."""
    return {
        (opener, word): code
        for flow in table("flows")["flows"]
        for opener in flow["after"]
        for code, words in flow["codes"].items()
        for word in words
    }


def code_in_flow(text: str, draft: Draft, levels: Sequence[Draft]) -> str | None:
    """Code of a claim whose own words are a bare stage or rate of the flow of the count before it, or None.

    levels -- level drafts before it in the section, in order of the text.
    """
    if draft.right[0] < draft.right[1] or not levels:
        return None
    if any(holder in text[slice(*draft.own)] for holder in table("flows")["holders"]):
        return None
    told = bare_words(text, draft.own).strip(EDGE)
    words = (told, _core(told))  # 及时处理率 as it stands, not 时处理率
    before = list(reversed(levels[-2:]))
    if draft.reading.measure == "share":  # behind a list of outcomes a rate is of what they are outcomes of
        before += [level for level in reversed(levels) if level.total is None][:2]
    codes = (_codes().get((level.code or "", name)) for level in before for name in words)
    return next((code for code in codes if code), None)


def code_handled(text: str, draft: Draft, levels: Sequence[Draft]) -> str | None:
    """Code of what was handled of a count told before, by words of what comes in (收到申请5件，办理申请4件)."""
    flow = _handled().get(draft.code or "")
    if flow is None or draft.inherited or not _begins(text, draft, flow["handled"], flow["received"]):
        return None
    came = (d for d in levels if d.code == draft.code and d.total is None and d.value >= draft.value)
    told = any(_begins(text, d, flow["received"], ()) for d in came)
    return flow["code"] if told else None


def _begins(text: str, draft: Draft, verbs: Sequence[str], others: Sequence[str]) -> bool:
    """Whether own words hold one of some verbs and none of some others."""
    own = text[slice(*draft.own)]
    return any(verb in own for verb in verbs) and not any(verb in own for verb in others)


@cache
def _handled() -> dict[str, dict[str, Any]]:
    """By the code of what came in, what tells that it was handled."""
    return {flow["after"]: flow for flow in table("flows")["handled"]}


def _core(words: str) -> str:
    """The words without fillers at both ends."""
    rest = words.strip(EDGE)
    changed = True
    while changed and rest:
        changed = False
        for size in range(1, min(5, len(rest)) + 1):
            if cues().is_filler(rest[:size]) and size < len(rest):
                rest, changed = rest[size:].strip(EDGE), True
                break
            if cues().is_filler(rest[-size:]) and size < len(rest):
                rest, changed = rest[:-size].strip(EDGE), True
                break
    return rest
