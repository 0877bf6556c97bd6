"""What a claim's own words tell: its words matched against the indicators, and what is left of them without fillers."""

from __future__ import annotations

from extractor.facts.bare_words import bare_words, without_names
from extractor.facts.cues import EDGE, cues
from extractor.facts.drafts import Draft
from extractor.facts.link import NOTHING, Claim, Context, Match, link
from extractor.facts.lists import STRONG
from extractor.facts.measures import strip_direction
from extractor.lexicon import matcher
from extractor.types import Span

SAME_SENTENCE = (3.0, 0.02)
BEHIND = 2.0
NEXT_CLAUSE = 1.0
OF_TOTAL = 3.5
HEADING = 1.5
BEFORE = 1.0
LOOSE = 3.0  # what a match is worth less for that its words only stand together without their quotes
AND_SO_ON = "等"
UNQUOTED = str.maketrans("", "", "“”")
ASIDE = matcher(r"（[^（）]{1,24}）(?=[^（）]{0,2}$)")  # a bracket before a number
ENOUGH = 8.0  # lowest score at which own words decide


def contexts(text: str, draft: Draft, previous: str, behind: int) -> tuple[Context, ...]:
    """Text that may complete a claim, nearest first: its sentence, its total, the heading, the sentence before.

    behind -- offset where its own words end.
    """
    sentence = draft.sentence
    scope = (sentence.start, sentence.end)
    found = [Context(text, sentence.start, draft.own[0], *SAME_SENTENCE, scope)]
    clause_end = _clause_end(text, behind, sentence.end)
    found.append(Context(text, behind, clause_end, BEHIND, scope=scope))
    if clause_end == behind and text.startswith(cues().duties, clause_end + 1):
        found.append(
            Context(text, clause_end, _clause_end(text, clause_end + 1, sentence.end), NEXT_CLAUSE, scope=scope)
        )
    if draft.total is not None:
        total = draft.total
        found.append(Context.of(text[total.own[0] : total.own[1]] + text[total.right[0] : total.right[1]], OF_TOTAL))
    found.append(Context.of(sentence.heading, HEADING))
    found.append(Context.of(previous, BEFORE))
    return tuple(found)


def _clause_end(text: str, start: int, end: int) -> int:
    return min((at for mark in "，；。" if (at := text.find(mark, start, end)) >= 0), default=end)


def coded(found: tuple[Match, ...]) -> tuple[Match, ...]:
    """The indicators of a match, none where the words tell best that no code fits."""
    return () if found and found[0].code == NOTHING else tuple(match for match in found if match.code != NOTHING)


def match(text: str, draft: Draft, previous: str, measure: str | None = None) -> tuple[Match, ...]:
    """Indicators that the claim's own words tell, best first; the verb behind the number counts where it tells more.

    NOTHING stands among them where the words are those of a claim that no code fits.
    """
    if draft.extra:
        alone = _match_words(text, draft, previous, text[draft.own[0] : draft.own[1]], draft.right, measure)
        if alone and alone[0].score >= STRONG:
            return alone
    own = draft.extra + without_kinds(text[slice(*draft.own)], text[slice(*draft.right)])
    outside = _match_outside(text, draft, previous, own, measure)
    if outside:
        return outside
    noun = draft.item.noun if draft.item else draft.right
    if draft.aligned and draft.right[1] <= draft.span[0]:
        own, noun = own + text[slice(*draft.right)], (draft.right[1], draft.right[1])
        return _match_words(text, draft, previous, own, noun, measure)
    found = _match_words(text, draft, previous, own, noun, measure)
    found = found or _match_unnamed(text, draft, previous, noun, measure)
    if noun == draft.right or text[draft.right[1] : draft.right[1] + 1].isdigit():
        return found  # the verb behind the noun is that of the number behind it
    whole = _match_words(text, draft, previous, own, draft.right, measure)
    return whole if whole and (not found or whole[0].score > found[0].score) else found


def _match_outside(text: str, draft: Draft, previous: str, own: str, measure: str | None) -> tuple[Match, ...]:
    """What the words tell without the bracket before the number, where that is enough: 县长信箱（网上信访）来信12件."""
    aside = ASIDE.search(own)
    if aside is None or aside[0][1:].startswith(cues().scope_asides):
        return ()
    found = _match_words(text, draft, previous, own[: aside.start()] + own[aside.end() :], draft.right, measure)
    return found if found and found[0].score >= STRONG and found[0].code != NOTHING else ()


def without_kinds(own: str, behind: str = "") -> str:
    """Own words without the kinds that they only list: 发布公告、解读等各类信息 counts 发布各类信息.

    behind -- the words behind the number, which may tell what the kinds are kinds of (发布公告、解读等36条信息).
    """
    ends = own.rfind(AND_SO_ON)
    first = own.find("、", 0, ends)
    rest = own[ends + len(AND_SO_ON) :]
    if ends > 0 and own.lstrip(EDGE).startswith(cues().contents) and rest.startswith(cues().listing_verbs):
        return rest  # 内容涉及机构信息、执法信息等公开处罚决定41件: a stop is missing
    if ends > 0 and rest.strip(EDGE) in cues().other_kinds:
        return rest  # 建议提案等其他类
    words = cues().without_tail(own.rstrip(EDGE)) if rest.strip(EDGE) else behind
    if first < 0 or not words.endswith(cues().listed_nouns):
        return own
    quoted = own.rfind("”", 0, first) + 1  # 借助“河湾发布”订阅号、“智慧河湾”等媒体推出信息 lists no kinds
    verbs = [at + len(verb) for verb in cues().listing_verbs if (at := own.rfind(verb, quoted, first)) >= 0]
    if not verbs:
        return own if rest.strip(EDGE) else rest
    return own[: max(verbs)] + rest


def _match_unnamed(text: str, draft: Draft, previous: str, noun: Span, measure: str | None) -> tuple[Match, ...]:
    """What the words tell without the names of bodies: 行政审批局收到公开申请6件 is not about 审批."""
    bare = without_names(text, draft.own)
    named = len(bare) < draft.own[1] - draft.own[0]
    own = draft.extra + without_kinds(bare, text[slice(*draft.right)])
    return _match_words(text, draft, previous, own, noun, measure) if named else ()


def match_words(
    text: str, draft: Draft, previous: str, own: str, right: Span, measure: str | None = None
) -> tuple[Match, ...]:
    """Indicators told by the words before the number and those of a span behind it."""
    return coded(_match_words(text, draft, previous, own, right, measure))


def _match_words(
    text: str, draft: Draft, previous: str, own: str, right: Span, measure: str | None = None
) -> tuple[Match, ...]:
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


def match_wider(text: str, draft: Draft, start: int, previous: str) -> tuple[Match, ...]:
    """Indicators told by all words since the number before."""
    return match_words(text, draft, previous, text[start : draft.own[1]], draft.right)
