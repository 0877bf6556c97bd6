"""Channel of a claim: of its own words, of the figure it belongs to, of a way told behind it, of a carrier before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.facts.carriers import SEVERAL, Mention
from extractor.facts.channel_words import CLOSED, channel_of, names_several
from extractor.facts.cues import CLAUSE_ENDS, cues
from extractor.facts.drafts import Draft
from extractor.facts.lists import rules
from extractor.facts.subjects import Surroundings, clause_start, own_name
from extractor.facts.vocabulary import vocabulary
from extractor.types import Span

WAY_REACH = 24  # characters of a clause that tells the way of the count before it


def channel_of_claim(
    text: str, draft: Draft, before: Sequence[Mention], around: Surroundings, told: Sequence[Draft]
) -> str | None:
    """Channel of a claim, None where it has none.

    before -- names before its number; told -- the claims before it in its sentence, which have theirs.
    """
    words = vocabulary()
    allowed = words.only.get(draft.code or "", words.only.get(draft.domain))
    default = words.default.get(draft.code or "", words.default.get(draft.domain))
    if draft.several:
        return default
    for channel in _candidates(text, draft, before, around, told):
        if channel == SEVERAL:
            return default
        if channel and (allowed is None or channel in allowed):
            return channel
    return default


def _candidates(
    text: str, draft: Draft, before: Sequence[Mention], around: Surroundings, told: Sequence[Draft]
) -> Iterator[str | None]:
    """Channels that a claim may have, likeliest first."""
    words, domain = vocabulary(), draft.domain
    own = channel_of(text, *_own(text, draft))
    own = None if own is not None and _is_general(text, draft) else own
    yield _named_way(text, draft, _in_force(text, draft, before, told), around, own)
    yield own or channel_of(text, *draft.right) or channel_of(text, *draft.way)
    for other in (draft.numerator, draft.base, draft.earlier):
        yield other.channel if other else None
    if domain in words.told_behind:
        yield _told_behind(text, draft)
    if draft.total is not None and draft.total.code in rules().posts:
        yield draft.total.channel
    if draft.total is not None and domain in words.of_total:
        yield draft.total.channel
    if domain not in words.inherit or draft.rule == "rule:sum":
        return
    yield SEVERAL if names_several(text, *draft.own) else None
    if draft.total is not None:
        yield draft.total.channel or SEVERAL
    answered = words.answers.get(draft.code or "", ())
    yield next((other.channel or SEVERAL for other in reversed(told) if other.code in answered), None)
    named = draft.aligned and own_name(text, draft) is not None
    if not named and not _stands_apart(text, draft):
        yield from _inherited(text, draft, _in_force(text, draft, before, told), around)


def _named_way(text: str, draft: Draft, named: Sequence[Mention], around: Surroundings, own: str | None) -> str | None:
    """The site that a claim that only says it was online stands on (通过门户网站公开信息30条，开展网上征集2期)."""
    words = vocabulary()
    if own not in words.electronic or draft.code not in words.on_sites:
        return None
    if any(mention.column for mention in named):
        return None
    return next((way for way in _inherited(text, draft, named, around) if way in words.electronic[own]), None)


def _own(text: str, draft: Draft) -> Span:
    """Own words without the noun of what is counted, where it looks like a way (收到群众网上来访信件34件)."""
    start, end = draft.own
    noun = next((word for word in vocabulary().counted_things if text.endswith(word, start, end)), "")
    bare = end - len(noun) - start < len(noun) or draft.total is not None
    return (start, end) if bare else (start, end - len(noun))


def _is_general(text: str, draft: Draft) -> bool:
    """Whether all that own words say of a way is a general word, which no name in quotes stands before."""
    words, start = vocabulary(), draft.own[0]
    hits = [span for span, _ in words.channels.find(text, *draft.own)] if draft.domain in words.general_of else []
    general = (text[a:b] in words.general and not text.endswith(CLOSED, start, a) for a, b in hits)
    return bool(hits) and all(general)


def _told_behind(text: str, draft: Draft) -> str | None:
    """The way that the clause behind a count says all of it went (收到9件，均通过信函递交)."""
    start = max(draft.right[1], draft.span[1])
    start += text.startswith("（", start, draft.sentence.end)
    hit = vocabulary().all_by.match(text, start, min(start + WAY_REACH, draft.sentence.end))
    return channel_of(text, *hit.span(1)) if hit else None


def _stands_apart(text: str, draft: Draft) -> bool:
    """Whether own words tell a carrier without a channel, or the making of a thing: not of the site before."""
    words, own = vocabulary(), text[slice(*draft.own)]
    if draft.domain in words.carry:
        return False
    return own.startswith(rules().other_carriers) or any(word in own for word in (*words.making, *words.mailboxes))


def _in_force(text: str, draft: Draft, before: Sequence[Mention], told: Sequence[Draft]) -> Sequence[Mention]:
    """The mentions whose ways a claim may go: those of its clause, or all where the sentence tells one way for all."""
    clause = draft.sentence.start if draft.domain in vocabulary().carry else clause_start(text, draft)
    if clause > draft.sentence.start and draft.is_figure and _is_one_way(text, draft, before, told):
        return before
    return [mention for mention in before if mention.span[0] >= clause]


def _is_one_way(text: str, draft: Draft, before: Sequence[Mention], told: Sequence[Draft]) -> bool:
    """Whether a sentence begins with what was put on a site, and names no other way, nobody and nothing else since.

    通过门户网站发布信息420条、政策12条；开展征集3期: the list goes on behind the semicolon.
    """
    words = vocabulary()
    ways = [m for m in before if m.kind == "carrier" or text.endswith(words.mailboxes, *m.span)]
    here = [other for other in told if other.sentence is draft.sentence]
    if len(ways) != 1 or not here or here[0].span[0] < ways[0].span[1]:
        return False
    site = ways[0]
    direct = not any(mark in text[site.span[1] : here[0].span[0]] for mark in CLAUSE_ENDS)
    if site.channel != "website" or site.column or not direct or not text.endswith(words.means, 0, site.span[0]):
        return False
    sets = [words.only.get(other.code or "", words.only.get(other.domain)) for other in here]
    left = any(allowed is not None and site.channel not in allowed for allowed in sets)
    return not left and not any(m.leads for m in before if m.span[0] > site.span[0])


def _inherited(text: str, draft: Draft, before: Sequence[Mention], around: Surroundings) -> Iterator[str | None]:
    """Channels of the sites and accounts named before a claim, the nearest first."""
    words, domain = vocabulary(), draft.domain
    for mention in reversed(before):
        if domain in words.issued and text.startswith(words.in_name, mention.span[1]):
            return  # what is issued in somebody's name is not told of the site before
        if text.endswith(words.mailboxes, *mention.span):
            yield SEVERAL
        if mention.kind == "carrier":
            if domain not in words.carry and names_several(text, *_phrase(text, mention, draft)):
                yield SEVERAL
            yield mention.channel if words.inherit_only.get(mention.channel or "", domain) == domain else None
    if domain in words.carry and around.carrier is not None:
        yield around.carrier.channel


def _phrase(text: str, mention: Mention, draft: Draft) -> Span:
    """The words up to a carrier that no mark and no number parts from it, and behind it, where its list goes on."""
    start, end = mention.span
    first, last = draft.sentence.start, draft.span[0]
    while start > first and not (text[start - 1] in CLAUSE_ENDS or text[start - 1].isdigit()):
        start -= 1
    goes_on = text.startswith((*cues().coordinators, *vocabulary().others), end)
    while goes_on and end < last and not (text[end] in CLAUSE_ENDS or text[end].isdigit()):
        end += 1
    return start, end
