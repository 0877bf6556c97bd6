"""How a claim stands to those before it in its sentence: next in their list, a step from them, a part of their rate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from extractor.facts.channel_words import channel_of, names_several
from extractor.facts.cues import EDGE, cues
from extractor.facts.drafts import Draft
from extractor.facts.lists import rules, same_kind
from extractor.facts.measures import strip_step
from extractor.facts.names import PERIOD

LONGEST_KIND = 14  # characters of the name of a kind of posts
LONGEST_NEXT = 18  # the same in a list that goes on
SHARE_BETWEEN = 12  # characters between a total and the next of its kinds: a mark, or its share
RATE_PART = "rule:rate-part"


def bracket_sibling(text: str, draft: Draft, levels: Sequence[Draft]) -> Draft | None:
    """The count before, where both stand in brackets behind names that 、 joins: 征地（31件，占47%）、污染（18件）."""
    last = levels[-1] if levels and levels[-1].sentence is draft.sentence else None
    if last is None or last.code is None or last.unit != draft.unit or last.item is None or draft.item is None:
        return None
    labelled = all(d.item.quantity.start == d.item.opener + 1 for d in (draft, last) if d.item is not None)
    closing = text.find("）", last.span[1], draft.own[0])
    joined = closing >= 0 and text[closing + 1 : draft.own[0]].strip() in {"", "、"}
    return last if labelled and joined and "；" not in text[last.span[1] : closing] else None


def rate_part(text: str, draft: Draft, known: Sequence[Draft]) -> Draft | None:
    """The rate that a share is told of a part of: 网办率93.7%，其中企业事项97.5%、个人事项91.2%."""
    last = next((d for d in reversed(known) if d.kind == "explicit"), None)
    own = text[draft.own[0] : draft.own[1]]
    if last is None or last.sentence is not draft.sentence or last.reading.measure != "share" or last.code is None:
        return None
    if any(word in own for word in (*cues().rate_names, *cues().share_of)) or draft.item is None:
        return None
    goes_on = last.rule == RATE_PART and is_sibling(text, draft, last)
    return last if goes_on or "total" in draft.item.marks else None


def of_sentence(draft: Draft, known: Sequence[Draft]) -> Iterator[Draft]:
    """The drafts before one in its sentence, the nearest first."""
    return takewhile(lambda other: other.sentence is draft.sentence, reversed(known))


def is_reached(text: str, draft: Draft, change: Draft) -> bool:
    """Whether a draft is the level that the change before it led to (净增1.3万人，达到12.8万人)."""
    between = text[change.span[1] : draft.span[0]].strip(EDGE)
    return draft.sentence is change.sentence and same_kind(draft.unit, change.unit) and cues().is_filler(between)


def is_sibling(text: str, draft: Draft, sibling: Draft) -> bool:
    """Whether a draft is the next item of the list that ``sibling`` stands in: joined by 、 or 和."""
    between = text[sibling.span[1] : draft.own[0]]
    if text[draft.own[0] : draft.own[1]].strip(EDGE).startswith(cues().other_actions):
        return False
    return between.strip() in {"", *cues().joints} and not set("，；") & set(between)


def is_kind_of(text: str, draft: Draft, total: Draft) -> bool:
    """Whether a count that a sentence opens with, or goes on with, names a kind of the posts told right before it.

    门户网站发布信息286条。动态类154条，占54%；公告类132条，占46%。
    """
    if total.code not in rules().mixed or draft.unit != total.unit or draft.unit not in rules().posted_units:
        return False
    between = text[total.span[1] : draft.own[0]]
    if channel_of(text, *draft.own) is not None or names_several(text, *draft.own):
        return False
    near = len(between) <= SHARE_BETWEEN and (draft.sentence is total.sentence or between.count("。") == 1)
    return near and draft.right[0] == draft.right[1] and is_name(text, draft, LONGEST_KIND)


def is_name(text: str, draft: Draft, longest: int) -> bool:
    """Whether the words before a number are a short name without a verb."""
    name = cues().without_tail(text[draft.own[0] : draft.own[1]].strip(EDGE))
    bare = name
    for word in cues().not_predicates:
        bare = bare.replace(word, "")
    verbal = name.startswith(cues().actions) or cues().any_predicate.search(bare) is not None
    verbal = verbal or any(action in name for action in cues().other_actions)
    return bool(name) and len(name) <= longest and not verbal


def is_next_kind(text: str, draft: Draft, sibling: Draft) -> bool:
    """Whether a count names the next kind of what a list of posts tells: 公开财政信息4条，监督保障6条."""
    posted = sibling.code in rules().posts and {draft.unit, sibling.unit} <= rules().posted_units
    return posted and _follows(text, draft, sibling, "；")


def is_next(text: str, draft: Draft, sibling: Draft) -> bool:
    """Whether a count in a like unit is told by a short name alone right behind another one in its sentence."""
    return same_kind(draft.unit, sibling.unit) and _follows(text, draft, sibling)


def _follows(text: str, draft: Draft, sibling: Draft, *marks: str) -> bool:
    """Whether a short name alone tells a count right behind another one, or its share, in its sentence."""
    if draft.sentence is not sibling.sentence or draft.depth != sibling.depth:
        return False
    if draft.right[0] < draft.right[1] or sibling.right[0] < sibling.right[1]:
        return False
    joined = _without_share(text[sibling.span[1] : draft.own[0]]) in {"", "，", "、", *cues().joints, *marks}
    return joined and is_name(text, draft, LONGEST_NEXT)


def _without_share(between: str) -> str:
    """What stands between two counts without the share that the first has: 1545条，占54%；公告458条."""
    told = between.strip()
    share = len(told) <= SHARE_BETWEEN and told[1:].startswith(cues().share_of)
    return told[-1:] if share else told


def is_labelled(text: str, draft: Draft, sibling: Draft) -> bool:
    """Whether both stand behind a name in the same way: a colon (公告：1条；简报：1条) or a bracket (征地（3件）)."""
    own, other = (text[d.own[0] : d.own[1]].rstrip() for d in (draft, sibling))
    if own.endswith("：") and other.endswith("："):
        return True
    items = draft.item, sibling.item
    return all(item is not None and item.opener >= 0 and item.quantity.start == item.opener + 1 for item in items)


def is_step(text: str, draft: Draft, sibling: Draft) -> bool:
    """Whether a draft is the level that the figure before it came to (由千余次升至近万次)."""
    between = PERIOD.sub("", text[sibling.span[1] : draft.span[0]]).strip(EDGE)
    for word in cues().step_times:
        between = between.removesuffix(word)
    return between.endswith(cues().from_to) and cues().is_filler(strip_step(between))
