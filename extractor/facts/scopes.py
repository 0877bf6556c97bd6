"""Numbers that tell how many bodies or things a figure is about, and count nothing of what their sentence reports."""

from __future__ import annotations

from extractor.facts.drafts import Draft
from extractor.facts.link import Match
from extractor.facts.lists import rules
from extractor.lexicon import matcher

THING = matcher(r"[\u4e00-\u9fff“”]{2,16}\d")
BEFORE_BODY = 8  # characters that tell which bodies: 31个|市直|部门


def without_scopes(text: str, draft: Draft) -> tuple[Match, ...]:
    """What the words of a count tell, without what they say of its sentence when it only counts the bodies in it."""
    if not draft.is_level:
        return draft.matches
    if _counts_bodies(text, draft):
        behind = text[slice(*draft.right)]
        return tuple(match for match in draft.matches if not is_bodiless(match.code, behind))
    if _is_about(text, draft):
        return tuple(match for match in draft.matches if match.code not in rules().about)
    return draft.matches


def is_bodiless(code: str, behind: str = "") -> bool:
    """Whether a code never counts bodies, told by the words behind their number."""
    if any(word in behind for word in rules().each_has.get(code, ())):
        return False
    return code in rules().bodiless or code.split(".")[0] in rules().bodiless


def _counts_bodies(text: str, draft: Draft) -> bool:
    """Whether bodies are named right behind a number, and nothing that they are part of the name of."""
    if draft.unit not in rules().body_units:
        return False
    start, end = draft.right
    for at in range(start, min(end, start + BEFORE_BODY)):
        noun = next((noun for noun in rules().bodies if text.startswith(noun, at, end)), None)
        if noun is not None:
            behind = text[at + len(noun) : end]
            if not behind or behind.startswith(rules().body_actions) or behind[0].isdigit():
                return True
    return False


def _is_about(text: str, draft: Draft) -> bool:
    """Whether the thing that a number counts is what the number right behind it is about: 公开12项实事|信息36条."""
    own = text[slice(*draft.own)].rstrip()
    if draft.unit not in rules().scope_units or not own.endswith(rules().gathering):
        return False
    return THING.match(text, draft.span[1], draft.sentence.end) is not None
