"""The code of each claim: from its own words where they tell one, else from the figure that it belongs to."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.facts.channel_words import channel_of, names_several
from extractor.facts.cues import EDGE, cues
from extractor.facts.drafts import Draft
from extractor.facts.flows import code_handled, code_in_flow
from extractor.facts.follow import decide_published, inherit
from extractor.facts.link import Match, lexicon
from extractor.facts.lists import STRONG, goes_with, is_posted_kind, rules, same_kind
from extractor.facts.measures import Reading
from extractor.facts.published import best_match, is_of_total, names_other_kinds
from extractor.facts.referred import is_told_of
from extractor.facts.scopes import is_bodiless
from extractor.facts.siblings import (
    RATE_PART,
    bracket_sibling,
    is_labelled,
    is_next_kind,
    is_reached,
    is_sibling,
    of_sentence,
    rate_part,
)
from extractor.facts.steps import decide_compared, decide_step
from extractor.facts.told import coded, content, match, match_wider, match_words
from extractor.facts.totals import code_of_both
from extractor.record import replace


def decide(text: str, draft: Draft, known: Sequence[Draft], levels: Sequence[Draft], previous: str) -> None:
    """Set code, rule and score of a draft.

    known -- drafts before it in the paragraph, in order; levels -- the counts among them; previous -- text of the
    sentence before.
    """
    if draft.uncoded:
        draft.code, draft.rule, draft.score, draft.inherited = None, draft.uncoded, 0.0, False
        return
    beside = decide_compared(draft, known) or decide_step(text, draft, known)
    if not beside and not _decide_by_others(text, draft, levels):
        _decide_by_measure(text, draft, known, previous)
    if draft.item is not None and draft.item.lead is not None and draft.is_level:
        _decide_led(text, draft, previous)
    if draft.unit is None and draft.code is not None and draft.reading.measure == "count":
        measure = lexicon().indicators[draft.code].measure
        draft.reading = Reading(measure) if measure == "score" else draft.reading
    if draft.is_level:
        draft.code = code_handled(text, draft, levels) or _code_without(text, draft) or draft.code
        decide_published(text, draft, known, previous)


def _code_without(text: str, draft: Draft) -> str | None:
    """Code of a count that a bracket behind it tells to hold no others (收到申请126宗（不含上年结转12宗）), or None."""
    inside = draft.span[1] + 1
    if not text.startswith("（", draft.span[1]) or not text.startswith(cues().marks["exclusive"], inside):
        return None
    return rules().apart.get(draft.code or "")


def _decide_by_others(text: str, draft: Draft, levels: Sequence[Draft]) -> bool:
    """Take the code that the flow of the counts before tells, or a list in brackets; returns whether one does."""
    counted = draft.is_level or draft.reading.measure == "share"
    flow = code_in_flow(text, draft, levels) if counted else None
    listed = bracket_sibling(text, draft, levels) if draft.is_level else None
    if flow is not None:
        _take(draft, Match(flow, "rule:flow", STRONG))
    elif listed is not None:
        inherit(draft, listed, "rule:list")
    return flow is not None or listed is not None


def _decide_by_measure(text: str, draft: Draft, known: Sequence[Draft], previous: str) -> None:
    """The code that own words tell, as far as the measure lets them; else that of the figure it belongs to."""
    own = best_match(text, draft)
    if draft.reading.measure in {"growth", "change"}:
        _decide_change(text, draft, known, own)
    elif draft.reading.measure == "share":
        _decide_share(text, draft, known, own, previous)
    elif draft.total is not None:
        _decide_part(text, draft, draft.total, own)
    elif own is not None:
        _take(draft, own)
    else:
        _decide_open(text, draft, known, previous)


def _decide_led(text: str, draft: Draft, previous: str) -> None:
    """A count in a bracket or a breakdown counts what the words before its colon or 看 say (内容为：征地（66件）)."""
    assert draft.item is not None and draft.item.lead is not None
    if draft.score >= STRONG and draft.item.quantity.start != draft.item.opener + 1:
        return
    in_view = not text.startswith("：", draft.item.lead[1])
    if (draft.item.opener >= 0 or in_view) and draft.total is None:
        start, end = draft.item.lead
        found = match_words(text, draft, previous, text[start:end], (draft.right[0], draft.right[0]))
        if found:
            _take(draft, found[0])


def _take(draft: Draft, found: Match) -> None:
    draft.code, draft.rule, draft.score, draft.head = found.code, found.rule, found.score, found.head
    draft.inherited = False


def _decide_part(text: str, draft: Draft, total: Draft, own: Match | None) -> None:
    """A part keeps its own code under a generic total or where its words are strong, else it has its total's."""
    if own is None:
        if not text[slice(*draft.own)].strip(EDGE).startswith(rules().undone.get(total.code or "", ())):
            inherit(draft, total, "rule:part")
        return
    if is_told_of(text, draft, total) and _decide_some(draft, total, own):
        return
    if _is_listed(text, draft, total) and _is_posted(text, draft, total, own):
        return
    free = total.code is None or total.code in rules().generic or own.score >= STRONG
    named = channel_of(text, *draft.own) is not None or names_several(text, *draft.own)
    if (free and not _gives_way(total, own, named)) or total.code is None:
        _take(draft, own)
    else:
        inherit(draft, total, "rule:part")


def _is_listed(text: str, draft: Draft, total: Draft) -> bool:
    """Whether a part stands in a list of what was published: in its unit, one of posts or behind the word for them."""
    if total.code not in rules().posts or draft.unit != total.unit:
        return False
    return draft.unit in rules().posted_units or text[slice(*draft.own)].rstrip().endswith(cues().listed_nouns)


def _decide_some(draft: Draft, total: Draft, own: Match) -> bool:
    """Decide some of a whole: a stage of it is told by its own words, some bodies of several count bodies again."""
    if own.code in rules().stages.get(total.code or "", ()):
        _take(draft, own)
    elif total.code is None and is_bodiless(own.code):
        inherit(draft, total, "rule:part")
    else:
        return False
    return True


def _gives_way(total: Draft, own: Match, named: bool) -> bool:
    """Whether own words that only tell of posts, or of a generic thing, stand under a total that tells more.

    named -- whether they name a channel.
    """
    posts, generic = rules().posts, rules().generic
    if total.code is None or own.code in rules().yields.get(total.code, ()):
        return total.code is not None
    if total.code in rules().mixed and own.code == rules().information and not named:
        return True
    return (own.code in posts and total.code not in posts) or (own.code in generic and total.code not in generic)


def _is_posted(text: str, draft: Draft, total: Draft, own: Match) -> bool:
    """Decide what own words tell of a kind of published information (建议提案2条); whether that had to be."""
    if own.code in rules().posted_as:
        _take(draft, replace(own, code=rules().posted_as[own.code]))
    elif is_of_total(text, draft, own) or names_other_kinds(text, draft, own):
        inherit(draft, total, "rule:part")
    else:
        return False
    return True


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
        inherit(draft, base, "rule:change")


def _figure_before(draft: Draft, known: Sequence[Draft]) -> Draft | None:
    """The figure that a change without a name compares: the one before it, for places a rank where there is one."""
    figures = [d for d in reversed(known) if d.is_figure and d.kind == "explicit" and not d.compared]
    if draft.unit in cues().units["rank"]:
        figures = [d for d in figures if d.reading.measure == "rank"] or figures
    elif draft.unit is not None and draft.unit not in cues().relative:  # 办结率100%，较上年增加37件 compares a count
        figures = [d for d in figures if d.unit == draft.unit] or figures
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
    part = rate_part(text, draft, known)
    names_whole = text[slice(*draft.own)].strip(EDGE).startswith(cues().share_of)  # 占公开总数的16%
    if own is not None and not (draft.numerator is not None and names_whole):
        _take(draft, own)
    elif draft.numerator is not None:
        inherit(draft, draft.numerator, "rule:share")
        draft.code = rules().rates.get(draft.code or "", draft.code)
    elif part is not None:
        inherit(draft, part, RATE_PART)
    else:
        _decide_nameless_share(text, draft, known, previous)


def _decide_nameless_share(text: str, draft: Draft, known: Sequence[Draft], previous: str) -> None:
    """A share that has no rate code: that of its total, of the figure before it, of its words or of its list's head."""
    as_count = coded(match(text, draft, previous, "count"))
    before = next((d for d in of_sentence(draft, known) if d.kind == "explicit"), None)
    if draft.denominator is not None and draft.denominator.code is not None:
        _decide_part(text, draft, draft.denominator, as_count[0] if as_count else None)
    elif before is not None and not content(text, draft):
        inherit(draft, before, "rule:share")
    elif as_count:
        _take(draft, as_count[0])
    elif draft.item is not None and draft.item.lead is not None:
        led = match_words(text, draft, previous, text[slice(*draft.item.lead)], (draft.right[0], draft.right[0]))
        if led:
            _take(draft, led[0])


def _counts_alike(draft: Draft, other: Draft) -> bool:
    """Whether a count without words of its own can be another of the same kind: 列席会议9次、26人次 cannot."""
    people = cues().units["people"]
    return (draft.unit in people) == (other.unit in people)


def _decide_open(text: str, draft: Draft, known: Sequence[Draft], previous: str) -> None:
    """No code in its own words: that of the list item before it, else of the words further left."""
    both = code_of_both(draft, [d for d in known if d.is_level])
    if both is not None:
        _take(draft, Match(both, "rule:sum", STRONG))
        return
    if known and known[-1].reading.measure == "change" and is_reached(text, draft, known[-1]):
        inherit(draft, known[-1], "rule:step")
        return
    here = (d for d in of_sentence(draft, known) if d.is_figure and d.kind == "explicit")
    last = next(here, None)
    alike = last is not None and same_kind(draft.unit, last.unit) and _counts_alike(draft, last)
    if last is not None and alike and is_sibling(text, draft, last):
        inherit(draft, _of_list(text, draft, last, known), "rule:list")
        return
    known_here = here if last is None else (last, *here)
    again = next((d for d in known_here if goes_with(draft.unit, d.unit)), None)
    if again is not None and _goes_on(text, draft, again):
        inherit(draft, again, "rule:list")
        return
    if content(text, draft) and known and known[-1].sentence is draft.sentence:
        return
    start = known[-1].span[1] if known and known[-1].sentence is draft.sentence else draft.sentence.start
    wider = match_wider(text, draft, start, previous)
    if wider:
        _take(draft, wider[0])
        draft.inherited = True


def _of_list(text: str, draft: Draft, last: Draft, known: Sequence[Draft]) -> Draft:
    """Whose code a list item has: that of its neighbour, but not where this is a kind of posts of its own.

    公开机构信息7条、会议6条、应急管理14条: the last are no meetings.
    """
    posts = rules().posts
    if draft.unit not in rules().posted_units or last.code is None or last.code in posts or not content(text, draft):
        return last
    alike = (d for d in of_sentence(draft, known) if d.code in posts and d.unit == draft.unit)
    return next(alike, last) if is_posted_kind(last.code) else last


def _goes_on(text: str, draft: Draft, before: Draft) -> bool:
    """Whether a claim is told like the one before it, or by its number alone."""
    return is_labelled(text, draft, before) or is_next_kind(text, draft, before) or not content(text, draft)
