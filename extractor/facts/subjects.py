"""Whose figure a claim is: the site, account, hall, body or scope that its sentence or an earlier one names."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.facts.carriers import Mention
from extractor.facts.categories import before_bracket
from extractor.facts.channel_words import CLOSED, QUOTE, channel_of
from extractor.facts.cues import cues
from extractor.facts.drafts import Draft
from extractor.facts.labels import trim
from extractor.facts.named_kinds import kind_words
from extractor.facts.vocabulary import vocabulary
from extractor.record import record
from extractor.types import Sentence, Span

CLAUSE_ENDS = "，；。"
OPENING = 16  # characters in which the name that a sentence begins with may stand behind the time


@record(frozen=False)
class Surroundings:
    """What stays in force from one sentence to the next: the body, site or account named last, and where.

    own -- the body that its section names first, which its other headings are about too.
    """

    body: Span | None = None
    own: Span | None = None
    carrier: Mention | None = None
    heading: str = ""


def subject_of(text: str, draft: Draft, mentions: Sequence[Mention], around: Surroundings) -> Span | None:
    """Span of the name whose figure it is: a fitting site or account, else a body, else what is in force."""
    named = own_name(text, draft)
    if named is not None:
        return named
    mentions = _tellers(text, draft, mentions, around)
    leader = _leader(draft, mentions)
    if leader is not None:
        return leader.subject
    if draft.reading.measure in vocabulary().ranking:
        mentions = [m for m in mentions if m.kind != "scope" or not text.startswith(vocabulary().whole, m.span[0])]
    found = _carrier(text, draft, mentions, around)
    box = next((m for m in reversed(mentions) if text.endswith(vocabulary().mailboxes, *m.span)), None)
    if (
        box is not None
        and _is_of_mail(draft)
        and (found is None or found.span < box.span)
        and not _names_line(text, draft)
    ):
        return box.span
    if found is None or found.bare:
        body = next((m for m in reversed(mentions) if m.kind != "carrier"), None)
        if body is not None and not (found is not None and _apart(text, draft, mentions, (body, found))):
            return _with_number(text, draft.sentence, body.span)
    found = found or _site(text, draft, mentions)
    if found is not None:
        return _with_number(text, draft.sentence, found.span)
    return around.body


def _leader(draft: Draft, mentions: Sequence[Mention]) -> Draft | None:
    """The claim whose subject is a claim's own: the one it compares, or its total, where nobody is named in between."""
    linked = draft.numerator or draft.base or draft.earlier
    if linked is not None and not any(m.kind != "carrier" and m.span[0] >= linked.span[1] for m in mentions):
        return linked
    if draft.total is not None and not any(m.span[0] >= draft.total.span[1] for m in mentions):
        return draft.total
    return None


def reporter(text: str, sentence: Sentence, mentions: Sequence[Mention]) -> Span | None:
    """The name that a sentence begins with, if it may be the reporting body's: no hall, no mailbox, no whole place."""
    begin = sentence.start
    opening = (m for m in mentions if m.leads and m.span[0] < begin + OPENING and "；" not in text[begin : m.span[0]])
    return next((m.span for m in opening if _may_report(text, m.span)), None)


def _may_report(text: str, name: Span) -> bool:
    others = (*vocabulary().halls, *vocabulary().mailboxes)
    return not text.startswith(vocabulary().whole, name[0]) and not text.endswith(others, *name)


def _tellers(text: str, draft: Draft, mentions: Sequence[Mention], around: Surroundings) -> list[Mention]:
    """Mentions but columns, mailboxes and learned names of other clauses, and sites that something is sent to."""
    words = vocabulary()
    begun = draft.sentence.start
    kept = [m for m in mentions if not m.learned or "；" not in text[m.span[1] : draft.span[0]]]
    kept = [m for m in kept if m.kind != "carrier" or not text.endswith(words.away, begun, m.span[0])]
    kept = [m for m in kept if m.channel != "hotline" or not text.startswith(words.handed, m.span[1])]
    kept = [m for m in kept if m.channel in {None, draft.channel} or m.channel not in words.alone]
    if draft.domain == words.judging:
        kept = [m for m in kept if not words.contest.match(text, m.span[0], draft.span[0])]
    if not _is_of_mail(draft):
        kept = [m for m in kept if not text.endswith(words.mailboxes, *m.span) or _same_clause(text, draft, m)]
    kept = [m for m in kept if m.leads or not _is_object(text, draft, m) or _same_clause(text, draft, m)]
    kept = [m for m in kept if m.leads or not _is_told_of(text, draft, kept, m)]
    kept = [m for m in kept if not m.column or not _is_of_site(kept, m)]
    return [m for m in kept if not m.column or _same_clause(text, draft, m) or _column_stays(text, kept, m, around)]


def _is_of_site(named: Sequence[Mention], column: Mention) -> bool:
    """Whether a site is named before a column, which is a part of it then."""
    return any(m.kind == "carrier" and m.channel == "website" and not m.column and m.span < column.span for m in named)


def _column_stays(text: str, named: Sequence[Mention], column: Mention, around: Surroundings) -> bool:
    """Whether figures of later clauses are told of a column too: by its means, or without a site that it is part of."""
    if text.endswith(vocabulary().means, max(0, column.span[0] - 4), column.span[0]):
        return True
    sites = [m for m in named if m.kind == "carrier" and not m.column]
    if QUOTE in text[slice(*column.span)]:
        return not any(m.span < column.span and not m.bare for m in sites)
    return not sites and around.carrier is None


def _names_line(text: str, draft: Draft) -> bool:
    """Whether a claim's own words name a hotline, beside the mailbox of another one (县长信箱8件、12345热线9件)."""
    return channel_of(text, *draft.own) == "hotline"


def _is_of_mail(draft: Draft) -> bool:
    """Whether a claim may be told of a mailbox."""
    return (draft.code or "").startswith(vocabulary().mail_codes)


def _is_object(text: str, draft: Draft, mention: Mention) -> bool:
    """Whether a body is named as what something is done to, told or read (公开市政府文件)."""
    if mention.kind != "body" or text.endswith(vocabulary().mailboxes, *mention.span):
        return False
    return text.endswith(vocabulary().objects, draft.sentence.start, mention.span[0])


def _is_told_of(text: str, draft: Draft, named: Sequence[Mention], thing: Mention) -> bool:
    """Whether a body named before it in its clause made something of another one known (教育局公布全县学校名单9份)."""
    if thing.kind != "body" or not text.endswith(cues().listing_verbs, draft.sentence.start, thing.span[0]):
        return False
    actors = (m for m in named if m.kind == "body" and m.span[1] < thing.span[0])
    return any(not any(mark in text[m.span[1] : thing.span[0]] for mark in CLAUSE_ENDS) for m in actors)


def _same_clause(text: str, draft: Draft, mention: Mention) -> bool:
    """Whether nothing ends a clause between a mention and the number of a claim."""
    return not any(mark in text[mention.span[1] : draft.span[0]] for mark in CLAUSE_ENDS)


def _apart(text: str, draft: Draft, named: Sequence[Mention], pair: tuple[Mention, Mention]) -> bool:
    """Whether of a body and a carrier the carrier is the subject: it has posts, a clause or a claim's words for itself.

    A whole place or system that the name of a site begins with has all its accounts (全市网站公开50条，微博发布20条).
    """
    body, carrier = pair
    if holds(draft.own, carrier) and not holds(draft.own, body) and draft.total is not None:
        return True
    if body.collective and _same_clause(text, draft, body):
        return False
    if draft.domain in vocabulary().post_domains:
        whole = text.startswith(vocabulary().whole, body.span[0])
        return not (whole and any(m.kind == "carrier" and m.span[0] == body.span[0] for m in named))
    between = text[body.span[1] : carrier.span[0]]
    return any(mark in between for mark in CLAUSE_ENDS)


def own_name(text: str, draft: Draft) -> Span | None:
    """The body or place that a value of a 分别 list or in a bracket is told of (东区、西区分别…; 东区（86件）)."""
    if draft.unit in vocabulary().counters or draft.code in kind_words().carried:
        return None  # bodies are what is counted, or who carried what was sent (其中省级9篇)
    part = draft.total is not None and (draft.item is None or draft.item.depth == draft.total.depth)
    name = trim(text, draft.own) if draft.aligned or part else before_bracket(text, draft)
    if name is None or name[0] == name[1] or not text.endswith(vocabulary().own_names, *name):
        return None
    quoted = text.endswith(CLOSED, *name) and draft.total is not None and draft.domain != "newmedia"
    return None if quoted else name


def _site(text: str, draft: Draft, mentions: Sequence[Mention]) -> Mention | None:
    """The named site or system that the clause of a claim of any kind is about; checks are about others' sites."""
    judged = draft.reading.measure in vocabulary().ranking
    if not judged and (draft.code in vocabulary().no_carrier or draft.domain in vocabulary().no_carrier):
        return None
    clause = clause_start(text, draft)
    named = [m for m in mentions if m.kind == "carrier" and not m.bare and clause <= m.span[0] < draft.span[0]]
    named = [m for m in named if draft.channel in {None, m.channel} or m.channel is None]
    named = [m for m in named if draft.channel is not None or not _among_others(text, m)]
    if judged:  # in another one's contest (在全省网站考评中)
        named = [m for m in named if text[m.span[0] - 1 : m.span[0]] != vocabulary().inside]
    return next(reversed(named), None)


def _among_others(text: str, mention: Mention) -> bool:
    """Whether a site is only one of several that are told in one breath (通过网站、报刊等)."""
    return text.startswith(vocabulary().others, mention.span[1]) or text[mention.span[0] - 1] == vocabulary().others[0]


def hall_of(text: str, draft: Draft, mentions: Sequence[Mention]) -> Span | None:
    """The hall or centre that a claim about one is told of: the last before its number, else the first behind it."""
    words = vocabulary()
    if draft.domain not in words.hall_domains:
        return None
    halls = [m.span for m in mentions if m.kind == "body" and text.endswith(words.halls, *m.span)]
    before = [span for span in halls if span[1] <= draft.span[0]]
    behind = [span for span in halls if span[0] >= max(draft.right[1], draft.span[1])]
    found = before[-1:] or behind[:1]
    return _with_number(text, draft.sentence, found[0]) if found else None


def counted_halls(text: str, draft: Draft, mentions: Sequence[Mention]) -> list[Mention]:
    """The halls in the claim's own words that are what it counts, not whose figure it is."""
    if draft.code not in vocabulary().counted:
        return []
    own = [m for m in mentions if holds(draft.own, m) or holds(draft.right, m)]
    return [m for m in own if m.kind == "body" and text.endswith(vocabulary().halls, *m.span)]


def _carrier(text: str, draft: Draft, mentions: Sequence[Mention], around: Surroundings) -> Mention | None:
    """The nearest site or account on the claim's channel; one with a name before one that only tells its kind."""
    if draft.channel is None or draft.code in vocabulary().no_carrier or draft.domain not in vocabulary().inherit:
        return None
    fitting: set[str | None] = {draft.channel, vocabulary().family.get(draft.channel, draft.channel)}
    if draft.domain in {"website", "newmedia"}:
        fitting.add(None)
    if draft.domain in {"website", "hotline", "newmedia"}:
        fitting.add("online")
    near = [m for m in reversed(mentions) if m.kind == "carrier" and m.channel in fitting]
    if draft.domain in vocabulary().carry and around.carrier is not None and around.carrier.channel in fitting:
        near.append(around.carrier)
    near = [m for m in near if m.channel != "online" or _is_told_online(text, draft, m)]
    named = [m for m in near if not m.bare]
    if draft.total is None and not any(m.channel in {draft.channel, None} for m in named):
        named = [m for m in near if m.channel == draft.channel and holds(draft.own, m)] or named
    return next(iter(named or near), None)


def _is_told_online(text: str, draft: Draft, mention: Mention) -> bool:
    """Whether a platform of no known kind is a claim's own: it has a name, for posts one in quotes (“云上河”平台)."""
    if draft.domain == "newmedia":
        return text.startswith(QUOTE, mention.span[0])
    return not mention.bare or holds(draft.own, mention)


def _with_number(text: str, sentence: Sentence, span: Span) -> Span:
    """A name together with the count right before it, and the scope of that (全县23个村级便民服务站)."""
    at = span[0]
    if at > sentence.start and text[at - 1] in vocabulary().counters:
        at -= 1
        while at > sentence.start and text[at - 1].isdigit():
            at -= 1
        if text[at].isdigit():
            scope = next((word for word in vocabulary().scopes if text.endswith(word, sentence.start, at)), "")
            return at - len(scope), span[1]
    return span


def clause_start(text: str, draft: Draft) -> int:
    """Where the clause of a claim begins: behind the last semicolon, or with the words that open its list."""
    if draft.item is not None and draft.item.lead is not None:
        return draft.item.lead[0]
    return text.rfind("；", draft.sentence.start, draft.span[0])


def holds(span: Span, mention: Mention) -> bool:
    """Whether a mention begins inside a span."""
    return span[0] <= mention.span[0] < span[1]
