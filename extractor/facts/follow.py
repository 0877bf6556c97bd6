"""Published information that goes on with what was told before it: its channel, its kinds, its list."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.facts.channel_words import carriers_in, channel_of, names_several
from extractor.facts.cues import EDGE, cues
from extractor.facts.drafts import Draft
from extractor.facts.lists import is_posted_kind, rules
from extractor.facts.plain import is_plain
from extractor.facts.published import code_on, is_published
from extractor.facts.siblings import is_kind_of, is_next, is_next_kind, is_sibling, of_sentence
from extractor.types import Span

SITE = "website"
THERE_TOO = "rule:list-there"  # of a kind on the site that the kind before it is told to stand on


def decide_published(text: str, draft: Draft, known: Sequence[Draft], previous: str) -> None:
    """What the words around a count of published information say of its channel, and of what it goes on with."""
    if draft.code is None and not draft.uncoded and draft.unit in rules().posted_units:
        _read_as_published(text, draft, known)
    if draft.code in rules().mixed and _is_on_any(text, draft, previous):
        draft.code = rules().mixed[draft.code]
    if draft.code in rules().posts:
        _stand_on_channel(text, draft, known)
        _leave_out_withdrawn(text, draft)
    if draft.code == rules().information:
        _follow_posts(text, draft, known)
    if draft.code in rules().posted_as:
        _follow_published(text, draft, known)
    elif known:
        _carry_on(text, draft, known[-1])


def _read_as_published(text: str, draft: Draft, known: Sequence[Draft]) -> None:
    """A kind of information that no indicator knows is told by its list, or by the verb that makes it public."""
    last = next((d for d in known[-1:] if is_next(text, draft, d) and is_posted_kind(d.code or "")), None)
    listed = next((d for d in of_sentence(draft, known) if d.code in rules().posts), None)
    if last is not None and listed is not None:
        inherit(draft, listed, "rule:list")
    elif any(verb in text[slice(*draft.own)] for verb in cues().listing_verbs):
        draft.code, draft.rule = rules().information, "rule:published"


def _leave_out_withdrawn(text: str, draft: Draft) -> None:
    """Information that was taken off again is none that was published (撤回过期信息20条)."""
    own = text[slice(*draft.own)]
    if any(word in own for word in rules().withdrawn) and not any(verb in own for verb in cues().listing_verbs):
        draft.code, draft.rule, draft.score = None, "rule:none", 0.0


def _carry_on(text: str, draft: Draft, last: Draft) -> None:
    """Go on counting what the count before is of (公报刊登规范性文件6件、部门文件4件)."""
    if draft.total is not None and draft.total.code in rules().printed and draft.unit != draft.total.unit:
        draft.code = rules().printed[draft.total.code]
    elif draft.code in rules().carried_on.get(last.code or "", ()) and is_next(text, draft, last):
        inherit(draft, last, "rule:list")


def _follow_posts(text: str, draft: Draft, known: Sequence[Draft]) -> None:
    """Information joined by 、 stands on the channel that its list's verb names (在网站公开公告12条、月报4期)."""
    own = text[draft.own[0] : draft.own[1]]
    if own.strip(EDGE).startswith(rules().other_carriers):
        return
    total = next((d for d in reversed(known) if d.is_level), None)
    if draft.total is None and total is not None and is_kind_of(text, draft, total):
        inherit(draft, total, "rule:list")
        return
    last = next((d for d in reversed(known) if d.is_figure), None)
    if last is None or last.sentence is not draft.sentence or last.code not in rules().mixed:
        return
    if draft.total is not None and (last.total is not draft.total or _tells_kinds(draft, known)):
        return
    joined = is_sibling(text, draft, last)
    beside = joined or _stands_there_too(text, draft, last)
    if beside and not names_several(own, 0, len(own)) and channel_of(own, 0, len(own)) is None:
        inherit(draft, last, "rule:list" if joined else THERE_TOO)


def _stands_there_too(text: str, draft: Draft, last: Draft) -> bool:
    """Whether a part goes on with kinds of what a site holds (通过网站公布要闻62条，视频25条)."""
    if draft.total is None or not is_next_kind(text, draft, last):
        return False
    if last.rule == THERE_TOO:
        return True
    own = text[slice(*last.own)]
    verb = max((own.find(verb) + len(verb) for verb in cues().listing_verbs if verb in own), default=-1)
    means = own.strip(EDGE).startswith(rules().means) or any(f"，{word}" in own for word in rules().means)
    kind = last.own[0] + verb, last.own[1]
    return means and verb > 0 and not is_plain(text, kind, last.code, ())


def _tells_kinds(draft: Draft, known: Sequence[Draft]) -> bool:
    """Whether the list that a part stands in tells kinds of information, on no channel of their own."""
    return any(d.total is draft.total and d.code == rules().information for d in known)


def _follow_published(text: str, draft: Draft, known: Sequence[Draft]) -> None:
    """What stands beside what was published was, too (公开建议12件、提案18件; 发布人事信息9条，人大建议6件)."""
    last = next((d for d in reversed(known) if d.is_figure and d.sentence is draft.sentence), None)
    code, own = rules().posted_as[draft.code or ""], text[slice(*draft.own)]
    noun = min((at for word in rules().proposals if (at := own.find(word)) >= 0), default=len(own))
    if any(deed in own[:noun] for deed in rules().proposal_deeds):
        return
    if any(verb in own[:noun] for verb in cues().listing_verbs):
        draft.code = code
    elif last is not None and last.code == code and is_sibling(text, draft, last):
        inherit(draft, last, "rule:list")
    elif last is not None and _is_told_next(text, draft, last, code):
        draft.code, draft.rule = code, "rule:list"


def _is_told_next(text: str, draft: Draft, last: Draft, code: str) -> bool:
    """Whether a count is the next in a list of what was published."""
    posted = last.code == code or (last.code not in rules().posted_as and is_posted_kind(last.code or ""))
    return posted and is_next(text, draft, last) and is_published(text, draft)


def _is_on_any(text: str, draft: Draft, previous: str) -> bool:
    """Whether posts are put on a channel by nothing but a bracket or the sentence before, which names several."""
    if draft.inherited or draft.total is not None:
        return False
    if text.startswith("（", draft.span[1]) and not carriers_in(text, *draft.own):
        closed = text.find("）", draft.span[1], draft.sentence.end)
        if closed >= 0 and names_several(text, draft.span[1], closed):
            return True
    here = draft.sentence.start, draft.own[1]
    named = channel_of(text, *here) is not None or names_several(text, *here)
    return not named and names_several(previous, 0, len(previous))


def _stand_on_channel(text: str, draft: Draft, known: Sequence[Draft]) -> None:
    """What its words put on one channel is posts there, what they put on several is information."""
    if _tells_others(text, draft, known):
        draft.code, draft.rule, draft.several = rules().information, "rule:others", True
        return
    span = _where_told(text, draft, known)
    carriers = carriers_in(text, *span)
    if not carriers and draft.total is not None and text[slice(*draft.own)].rstrip().endswith(rules().sites):
        carriers = frozenset([SITE])
    if not carriers or any(group in text[slice(*span)] for group in rules().groups):
        return
    code = code_on(carriers)
    if draft.total is None or code in rules().mixed:
        draft.code, draft.several = code, len(carriers) > 1 and "other" not in carriers


def _tells_others(text: str, draft: Draft, known: Sequence[Draft]) -> bool:
    """Whether bodies named anew published something, beside a site told to (县政府网公开7条，各乡镇公开8条)."""
    last = next((d for d in of_sentence(draft, known) if d.is_level), None)
    if last is None or last.code not in rules().mixed or draft.code != last.code or carriers_in(text, *draft.own):
        return False
    if draft.total is not None and draft.total.code == draft.code:
        return False  # the total of a list tells where all of it stands (通过网站公开90条，其中各部门公开50条)
    own, before = (text[slice(*d.own)].lstrip(EDGE) for d in (draft, last))
    acts = any(verb in own for verb in cues().listing_verbs) and own.startswith(rules().publishers)
    return acts and not any(word in before for word in rules().means)


def _where_told(text: str, draft: Draft, known: Sequence[Draft]) -> Span:
    """The words that tell where something was published: its own; for a total those since the figure before it.

    Where these name no channel either, a count of posts goes on with the one that its sentence named before.
    """
    own = draft.own if draft.aligned else (draft.own[0], max(draft.own[1], draft.right[1]))
    if draft.total is not None or draft.aligned or carriers_in(text, *own):
        return own
    start = draft.sentence.start
    last = next((d.span[1] for d in known[-1:] if d.sentence is draft.sentence), start)
    if text.startswith("（", last):  # what a bracket says is said of the figure before
        last = max(last, text.find("）", last, own[0]))
    if not any(d.code in rules().posts for d in of_sentence(draft, known)):
        start = max(start, text.rfind("；", start, own[0]))
    if carriers_in(text, last, own[0]) or len(carriers_in(text, start, last)) != 1:
        return last, own[0]
    return own if any(word in text[slice(*own)] for word in rules().elsewhere) else (start, last)


def inherit(draft: Draft, other: Draft, rule: str) -> None:
    """Let a draft count what another one does."""
    draft.code, draft.rule, draft.score, draft.inherited = other.code or other.about, rule, other.score, True
