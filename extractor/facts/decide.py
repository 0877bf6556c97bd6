"""The code of each claim: from its own words where they tell one, else from the figure that it belongs to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from extractor.facts.carriers import PERIOD, bare_words, channel_of, names_several
from extractor.facts.cues import EDGE, cues
from extractor.facts.drafts import Draft
from extractor.facts.flows import code_in_flow
from extractor.facts.link import Claim, Context, Match, lexicon, link
from extractor.facts.lists import STRONG, rules, same_kind
from extractor.facts.measures import Reading, strip_direction, strip_step
from extractor.types import Span

SAME_SENTENCE = (3.0, 0.02)
BEHIND = 2.0
OF_TOTAL = 3.5
HEADING = 1.5
BEFORE = 1.0
RATE_PART = "rule:rate-part"
LOOSE = 3.0  # what a match is worth less for that its words only stand together without their quotes
UNQUOTED = str.maketrans("", "", "“”")
ENOUGH = 8.0  # lowest score at which own words decide


def contexts(text: str, draft: Draft, previous: str, behind: int) -> tuple[Context, ...]:
    """Text that may complete a claim, nearest first: its sentence, its total, the heading, the sentence before.

    behind -- offset where its own words end.
    """
    sentence = draft.sentence
    scope = (sentence.start, sentence.end)
    found = [Context(text, sentence.start, draft.own[0], *SAME_SENTENCE, scope)]
    clause_end = min(
        (at for mark in "，；。" if (at := text.find(mark, behind, sentence.end)) >= 0), default=sentence.end
    )
    found.append(Context(text, behind, clause_end, BEHIND, scope=scope))
    if draft.total is not None:
        total = draft.total
        found.append(Context.of(text[total.own[0] : total.own[1]] + text[total.right[0] : total.right[1]], OF_TOTAL))
    found.append(Context.of(sentence.heading, HEADING))
    found.append(Context.of(previous, BEFORE))
    return tuple(found)


def match(text: str, draft: Draft, previous: str, measure: str | None = None) -> tuple[Match, ...]:
    """Indicators that the claim's own words tell, best first; the verb behind the number counts where it tells more."""
    if draft.extra:
        alone = _told(text, draft, previous, text[draft.own[0] : draft.own[1]], draft.right, measure)
        if alone and alone[0].score >= STRONG:
            return alone
    own = draft.extra + text[draft.own[0] : draft.own[1]]
    noun = draft.item.noun if draft.item else draft.right
    if draft.aligned and draft.right[1] <= draft.span[0]:
        own, noun = own + text[slice(*draft.right)], (draft.right[1], draft.right[1])
        return _told(text, draft, previous, own, noun, measure)
    found = _told(text, draft, previous, own, noun, measure)
    if noun == draft.right or text[draft.right[1] : draft.right[1] + 1].isdigit():
        return found  # the verb behind the noun is that of the number behind it
    whole = _told(text, draft, previous, own, draft.right, measure)
    return whole if whole and (not found or whole[0].score > found[0].score) else found


def _told(
    text: str, draft: Draft, previous: str, own: str, right: Span, measure: str | None = None
) -> tuple[Match, ...]:
    """Indicators told by the words before the number and those of a span behind it."""
    behind = (draft.unit if draft.unit in cues().noun_units else "") + text[right[0] : right[1]]
    around = contexts(text, draft, previous, right[1])
    measure = measure or draft.reading.measure
    found = link(Claim(own, behind, around, draft.unit, measure))
    plain = own.translate(UNQUOTED)
    if plain != own:  # “双随机”检查 is read with and without its quotes
        more = link(Claim(plain, behind, around, draft.unit, measure))
        less = [Match(match.code, match.rule, match.score - LOOSE, match.head) for match in more]
        found = sorted([*found, *less], key=lambda match: (-match.score, match.code))
    return tuple(match for match in found if match.score >= ENOUGH)


def content(text: str, draft: Draft) -> str:
    """Own words of a claim without periods, names of bodies, fillers, comparisons and directions.

    "" for a claim that only points at another figure.
    """
    words = strip_direction(bare_words(text, draft.own)).strip(EDGE)
    averages = cues().average.get(draft.reading.per or "none", ()) if draft.reading.measure == "average" else ()
    for cue in (*cues().compare, *cues().average_growth, *averages):
        words = words.replace(cue, "")
    words = words.strip(EDGE)
    right = text[draft.right[0] : draft.right[1]]
    right = strip_direction(right) if draft.aligned else right
    return ("" if cues().is_filler(words) else words) + right


def decide(text: str, draft: Draft, known: Sequence[Draft], levels: Sequence[Draft], previous: str) -> None:
    """Set code, rule and score of a draft.

    known -- drafts before it in the paragraph, in order; levels -- the counts among them; previous -- text of the
    sentence before.
    """
    own = draft.matches[0] if draft.matches else None
    listed = _bracket_sibling(text, draft, levels) if draft.is_level else None
    flow = code_in_flow(text, draft, levels) if draft.is_level or draft.reading.measure == "share" else None
    if flow is not None:
        _take(draft, Match(flow, "rule:flow", STRONG))
    elif listed is not None:
        _inherit(draft, listed, "rule:list")
    elif draft.reading.measure in {"growth", "change"}:
        _decide_change(text, draft, known, own)
    elif draft.reading.measure == "share":
        _decide_share(text, draft, known, own, previous)
    elif draft.total is not None:
        _decide_part(draft, draft.total, own)
    elif own is not None:
        _take(draft, own)
    else:
        _decide_open(text, draft, known, previous)
    if draft.item is not None and draft.item.lead is not None and draft.is_level:
        if draft.score < STRONG or draft.item.quantity.start == draft.item.opener + 1:
            _decide_led(text, draft, previous)
    if draft.unit is None and draft.code is not None and draft.reading.measure == "count":
        measure = lexicon().indicators[draft.code].measure
        draft.reading = Reading(measure) if measure == "score" else draft.reading
    if draft.is_level and draft.total is None and draft.code in rules().mixed.values():
        _follow_posts(text, draft, known)


def _decide_led(text: str, draft: Draft, previous: str) -> None:
    """A count in a bracket or a breakdown counts what the words before its colon or 看 say (内容为：征地（66件）)."""
    assert draft.item is not None and draft.item.lead is not None
    in_view = not text.startswith("：", draft.item.lead[1])
    if (draft.item.opener >= 0 or in_view) and draft.total is None:
        start, end = draft.item.lead
        found = _told(text, draft, previous, text[start:end], (draft.right[0], draft.right[0]))
        if found:
            _take(draft, found[0])


def _follow_posts(text: str, draft: Draft, known: Sequence[Draft]) -> None:
    """Information in a list joined by 、 stands on the channel that the list's verb names (在网站公开公告12条、月报4期)."""
    last = next((d for d in reversed(known) if d.is_figure), None)
    if last is None or last.sentence is not draft.sentence or last.code not in rules().mixed:
        return
    own = text[draft.own[0] : draft.own[1]]
    if _is_sibling(text, draft, last) and not names_several(own, 0, len(own)) and channel_of(own, 0, len(own)) is None:
        _inherit(draft, last, "rule:list")


def _bracket_sibling(text: str, draft: Draft, levels: Sequence[Draft]) -> Draft | None:
    """The count before, where both stand in brackets behind names that 、 joins: 征地（31件，占47%）、污染（18件）."""
    last = levels[-1] if levels and levels[-1].sentence is draft.sentence else None
    if last is None or last.code is None or last.unit != draft.unit or last.item is None or draft.item is None:
        return None
    labelled = all(d.item.quantity.start == d.item.opener + 1 for d in (draft, last) if d.item is not None)
    closing = text.find("）", last.span[1], draft.own[0])
    joined = closing >= 0 and text[closing + 1 : draft.own[0]].strip() in {"", "、"}
    return last if labelled and joined and "；" not in text[last.span[1] : closing] else None


def _take(draft: Draft, found: Match) -> None:
    draft.code, draft.rule, draft.score, draft.head = found.code, found.rule, found.score, found.head
    draft.inherited = False


def _inherit(draft: Draft, other: Draft, rule: str) -> None:
    draft.code, draft.rule, draft.score, draft.inherited = other.code, rule, other.score, True


def _decide_part(draft: Draft, total: Draft, own: Match | None) -> None:
    """A part keeps its own code under a generic total or where its words are strong, else it has its total's."""
    gives_way = own is not None and own.code in rules().posts and total.code not in {None, *rules().posts}
    gives_way = gives_way or (
        own is not None and own.code in rules().generic and total.code not in {None, *rules().generic}
    )
    if (
        own is not None
        and not gives_way
        and (total.code is None or total.code in rules().generic or own.score >= STRONG)
    ):
        _take(draft, own)
    elif total.code is not None or own is None:
        _inherit(draft, total, "rule:part")
    else:
        _take(draft, own)


def _decide_change(text: str, draft: Draft, known: Sequence[Draft], own: Match | None) -> None:
    """A change has the code of the figure that it compares: the one it names, else the count before it."""
    if own is not None:
        _take(draft, own)
        if own.code in rules().cut_rates and draft.reading.measure == "growth":
            _read_as_share(draft)
        draft.base = next((d for d in reversed(known) if d.is_level and d.code == own.code), None)
        return
    if content(text, draft):
        return
    base = _figure_before(draft, known)
    if base is not None:
        draft.base = base
        _inherit(draft, base, "rule:change")


def _figure_before(draft: Draft, known: Sequence[Draft]) -> Draft | None:
    """The figure that a change without a name compares: the one before it, for places a rank where there is one."""
    figures = [d for d in reversed(known) if d.is_figure and d.kind == "explicit"]
    if draft.unit in cues().units["rank"]:
        figures = [d for d in figures if d.reading.measure == "rank"] or figures
    return next((d for d in figures if d.depth <= draft.depth), None)


def _read_as_share(draft: Draft) -> None:
    """What was cut is the figure itself (时限压缩68% is a share of 68), not a fall of another one."""
    draft.reading = Reading("share")
    draft.value, draft.low, draft.high = (
        abs(draft.value),
        min(abs(draft.low), abs(draft.high)),
        max(abs(draft.low), abs(draft.high)),
    )
    draft.value_max = None if draft.value_max is None else abs(draft.value_max)


def _decide_share(text: str, draft: Draft, known: Sequence[Draft], own: Match | None, previous: str) -> None:
    """A share has its own rate code, else the code of what it is a share of."""
    if own is not None:
        _take(draft, own)
        return
    if draft.numerator is not None:
        _inherit(draft, draft.numerator, "rule:share")
        draft.code = rules().rates.get(draft.code or "", draft.code)
        return
    part = _rate_part(text, draft, known)
    if part is not None:
        _inherit(draft, part, RATE_PART)
        return
    as_count = match(text, draft, previous, "count")
    if draft.denominator is not None and draft.denominator.code is not None:
        _decide_part(draft, draft.denominator, as_count[0] if as_count else None)
        return
    before = next((d for d in reversed(known) if d.kind == "explicit" and d.sentence is draft.sentence), None)
    if before is not None and not content(text, draft):
        _inherit(draft, before, "rule:share")
        draft.earlier = before if _is_step(text, draft, before) else None
    elif as_count:
        _take(draft, as_count[0])
    elif draft.item is not None and draft.item.lead is not None:
        led = _told(text, draft, previous, text[slice(*draft.item.lead)], (draft.right[0], draft.right[0]))
        if led:
            _take(draft, led[0])


def _rate_part(text: str, draft: Draft, known: Sequence[Draft]) -> Draft | None:
    """The rate that a share is told of a part of: 网办率93.7%，其中企业事项97.5%、个人事项91.2%."""
    last = next((d for d in reversed(known) if d.kind == "explicit"), None)
    own = text[draft.own[0] : draft.own[1]]
    if last is None or last.sentence is not draft.sentence or last.reading.measure != "share" or last.code is None:
        return None
    if any(word in own for word in (*cues().rate_names, *cues().share_of)) or draft.item is None:
        return None
    goes_on = last.rule == RATE_PART and _is_sibling(text, draft, last)
    return last if goes_on or "total" in draft.item.marks else None


def _decide_open(text: str, draft: Draft, known: Sequence[Draft], previous: str) -> None:
    """No code in its own words: that of the list item before it, else of the words further left."""
    if known and known[-1].reading.measure == "change" and _is_reached(text, draft, known[-1]):
        _inherit(draft, known[-1], "rule:step")
        return
    here = (d for d in _of_sentence(draft, known) if d.is_figure and d.kind == "explicit")
    last = next(here, None)
    if last is not None and same_kind(draft.unit, last.unit):
        if _is_step(text, draft, last):
            draft.reading, draft.earlier = last.reading, last
            _inherit(draft, last, "rule:step")
            return
        if _is_sibling(text, draft, last):
            _inherit(draft, last, "rule:list")
            return
    again = last if last is None or last.unit == draft.unit else next((d for d in here if d.unit == draft.unit), None)
    if again is not None and (_is_labelled(text, draft, again) or not content(text, draft)):
        _inherit(draft, again, "rule:list")
        return
    if content(text, draft) and known and known[-1].sentence is draft.sentence:
        return
    start = known[-1].span[1] if known and known[-1].sentence is draft.sentence else draft.sentence.start
    wider = _wider(text, draft, start, previous)
    if wider:
        _take(draft, wider[0])
        draft.inherited = True


def _of_sentence(draft: Draft, known: Sequence[Draft]) -> Iterator[Draft]:
    """The drafts before one in its sentence, the nearest first."""
    return takewhile(lambda other: other.sentence is draft.sentence, reversed(known))


def _is_reached(text: str, draft: Draft, change: Draft) -> bool:
    """Whether a draft is the level that the change before it led to (净增1.3万人，达到12.8万人)."""
    between = text[change.span[1] : draft.span[0]].strip(EDGE)
    return draft.sentence is change.sentence and same_kind(draft.unit, change.unit) and cues().is_filler(between)


def _is_sibling(text: str, draft: Draft, sibling: Draft) -> bool:
    """Whether a draft is the next item of the list that ``sibling`` stands in: joined by 、 or 和."""
    between = text[sibling.span[1] : draft.own[0]]
    if text[draft.own[0] : draft.own[1]].strip(EDGE).startswith(cues().other_actions):
        return False
    return between.strip() in {"", *cues().joints} and not set("，；") & set(between)


def _is_labelled(text: str, draft: Draft, sibling: Draft) -> bool:
    """Whether both stand behind a name in the same way: a colon (公告：1条；简报：1条) or a bracket (征地（3件）)."""
    own, other = (text[d.own[0] : d.own[1]].rstrip() for d in (draft, sibling))
    if own.endswith("：") and other.endswith("："):
        return True
    items = draft.item, sibling.item
    return all(item is not None and item.opener >= 0 and item.quantity.start == item.opener + 1 for item in items)


def _is_step(text: str, draft: Draft, sibling: Draft) -> bool:
    """Whether a draft is the level that the figure before it came to (由千余次升至近万次)."""
    between = PERIOD.sub("", text[sibling.span[1] : draft.span[0]]).strip(EDGE)
    for word in cues().step_times:
        between = between.removesuffix(word)
    return between.endswith(cues().from_to) and cues().is_filler(strip_step(between))


def _wider(text: str, draft: Draft, start: int, previous: str) -> tuple[Match, ...]:
    """Indicators told by all words since the number before."""
    return _told(text, draft, previous, text[start : draft.own[1]], draft.right)
