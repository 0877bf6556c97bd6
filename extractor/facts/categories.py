"""Category of a claim: the short name of what a breakdown tells apart, cut from its own words."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.facts.bare_words import bare_words
from extractor.facts.carriers import Mention, find_names
from extractor.facts.channel_words import channel_of
from extractor.facts.cues import cues, longest_first
from extractor.facts.drafts import Draft
from extractor.facts.labels import SHORT_VERB, trim, words
from extractor.facts.link import lexicon
from extractor.facts.lists import rules
from extractor.facts.named_kinds import kind_words, named_kind
from extractor.facts.names import PERIOD
from extractor.facts.plain import is_plain
from extractor.facts.vocabulary import vocabulary
from extractor.types import Span

COLON = "："
JOINT = "、"
EXAMPLES = "等"
SHORTEST = 2  # characters of a name
LONGER = 2  # characters before the word that told the code that make a breakdown of it


def category_of(text: str, draft: Draft) -> Span | None:
    """Span of the breakdown's own name; None where the claim is no breakdown."""
    if draft.kind == "zero":
        return _denied_kind(text, draft)
    own = draft.code in words().self_told and not draft.inherited
    if draft.earlier is not None:
        return draft.earlier.category
    if draft.kind != "explicit" or own or draft.code in words().whole_codes:
        return None
    named = named_kind(text, draft)
    if named is not None:
        return named
    found = _told(text, draft)
    return found if found is not None and _tells_class(text, draft, found) else None


def _denied_kind(text: str, draft: Draft) -> Span | None:
    """The kind that a denial names, of those that its code counts together."""
    for kind in words().kinds_of.get(draft.code or "", ()):
        for start, end in draft.label:
            at = text.find(kind, start, end)
            if at >= 0:
                return at, at + len(kind)
    return None


def _tells_class(text: str, draft: Draft, name: Span) -> bool:
    """Whether a name says more than what the indicator counts; a part of a total may be told by general words."""
    start, end = name
    mentions = find_names(text, start, end)
    if end - start < SHORTEST or PERIOD.fullmatch(text, start, end) or _is_self(text, name, mentions):
        return False
    if _acts_on(text, draft, name):
        return False
    if _is_done(text, draft, name) or name == draft.way or _before_colon(text, draft, name):
        return True
    listed = (draft.total is not None and not _is_stage(draft, draft.total)) or draft.inherited or draft.aligned
    if listed and not (draft.code in words().published and channel_of(text, start, end)):
        return True
    return not is_plain(text, name, draft.code, mentions)


def _is_stage(draft: Draft, total: Draft) -> bool:
    """Whether a part is a stage of its total, which its own code tells (其中可网办1359项, 已答复18件)."""
    return draft.code in rules().stages.get(total.code or "", ())


def _is_done(text: str, draft: Draft, name: Span) -> bool:
    """Whether a name is all of what was done, where the indicator does not say that itself (废止, 现行有效)."""
    own = lexicon().indicators[draft.code].zh if draft.code is not None else ""
    return words().done.head(text, *name) == text[slice(*name)] and text[slice(*name)] not in own


def _acts_on(text: str, draft: Draft, name: Span) -> bool:
    """Whether a name tells who does what to something that general words tell (专栏答复网民留言)."""
    start, end = name
    for verb, places in words().acts_on.find(text, start, end).items():
        at, rest = places[0], (places[0] + len(verb), end)
        owned = at == start or text[at - 1] in words().particles or text[start:at] in words().others
        if owned or _is_subject_matter(text, draft, (start, at)):
            continue
        if (rest[0] < end or len(verb) > SHORT_VERB) and is_plain(text, rest, draft.code, ()):
            return True
    return False


def _is_subject_matter(text: str, draft: Draft, span: Span) -> bool:
    """Whether a span of a part of posts tells what they are about, not who, where or how (财政资金|公开信息)."""
    if draft.total is None or draft.code not in words().published or is_plain(text, span, draft.code, ()):
        return False
    named = find_names(text, *span) or any(True for _ in vocabulary().channels.find(text, *span))
    return not named and not any(word in text[slice(*span)] for word in kind_words().places)


def _before_colon(text: str, draft: Draft, name: Span) -> bool:
    """Whether a name stands before a colon and its number (预决算：2条)."""
    end = trim(text, draft.own)[1]
    return name[1] <= end and text[end : draft.span[0]].strip() == COLON


def _is_self(text: str, name: Span, mentions: Sequence[Mention]) -> bool:
    """Whether a name is that of the body that reports, or of all that belongs to it."""
    return text.startswith(words().selves, *name) and any(mention.span == name for mention in mentions)


def _class(text: str, draft: Draft, *spans: Span) -> Span | None:
    """The first of the spans that names a class."""
    names = (name_in(text, *span) for span in spans)
    return next((name for name in names if name is not None and _tells_class(text, draft, name)), None)


def _told(text: str, draft: Draft) -> Span | None:
    """Span of what a claim's words tell apart."""
    noun, own = trim(text, draft.item.noun if draft.item else draft.right), trim(text, draft.own)
    if _is_outcome(draft):
        return _reason(text, own) or _reason(text, noun)
    other = draft.numerator or draft.base
    if other is not None and draft.inherited:
        return other.category
    listed = before_bracket(text, draft)
    if listed is not None:
        return name_in(text, *listed)
    return _of_words(text, draft, own, noun)


def _of_words(text: str, draft: Draft, own: Span, noun: Span) -> Span | None:
    """The name in a claim's own words, before the number or behind it."""
    if draft.reading.measure == "share":
        return _of_share(text, draft, own)
    done = _done(text, draft, own) or _done(text, draft, noun)
    if done is not None:
        return done
    if draft.total is not None:
        return _class(text, draft, noun, own) or _whole(text, own)
    own_name = draft.aligned and draft.place == (0, 0) and not PERIOD.fullmatch(text, *own)
    if own_name or draft.inherited or draft.code in words().categorised:
        found = _class(text, draft, noun, own)
    else:
        found = _broken_down(text, draft, own)
    return found or (draft.way if draft.way[0] < draft.way[1] else None)


def _whole(text: str, own: Span) -> Span | None:
    """All own words of a part, of a list of names those behind who and what was done; None where they are too long."""
    listed = JOINT in text[slice(*own)]
    longest = kind_words().max_listed if listed else words().max_category
    if listed and own[1] - own[0] > words().max_category:
        start, end = _without_names(text, *own)
        own = _behind_verbs(text, start, end), end
    return own if own[0] < own[1] <= own[0] + longest else None


def _is_outcome(draft: Draft) -> bool:
    """Whether a claim is an outcome told by its own words; a part of an outcome is a breakdown like any other."""
    if draft.code not in rules().totals_of or draft.inherited:
        return False
    return draft.total is None or draft.total.code != draft.code


def _reason(text: str, span: Span) -> Span | None:
    """What an outcome says beside its name: its reason (因属过程性信息不予公开), or a kind of it (信息不存在)."""
    start, end = span
    known = words()
    end -= text.endswith(known.particles, start, end)
    end -= len(known.outcomes.tail(text, start, end))
    start += len(known.reasons.head(text, start, end))
    return trim(text, (start, end)) if start < end <= start + known.max_category else None


def _of_share(text: str, draft: Draft, own: Span) -> Span | None:
    """The name of what has a share (征地类占42%, 三成涉及征地), or of what a rate without a code is a rate of."""
    start, end = own
    if start == end or cues().is_filler(text[start:end]):
        return name_in(text, *trim(text, draft.right))
    rest = words().share_tails.tail(text, start, end)
    rate = draft.code is not None and lexicon().indicators[draft.code].measure == "share"
    if rate and draft.code not in words().categorised and not draft.inherited:
        return _broken_down(text, draft, own)
    if rest and draft.numerator is None:
        return name_in(text, start, end - len(rest)) or name_in(text, *trim(text, draft.right))
    listed = draft.inherited or draft.code in words().categorised
    return name_in(text, start, end) if listed else _broken_down(text, draft, own)


def _done(text: str, draft: Draft, span: Span) -> Span | None:
    """What was done to some of what the list counts, with its object (新建3个, 查实1件, 新增自助设备9台)."""
    verb = words().done.head(text, *span)
    bare = len(verb) == span[1] - span[0]
    if not verb or not (bare or draft.inherited or draft.code in words().categorised):
        return None
    return span if span[1] - span[0] <= words().max_category else None


def _broken_down(text: str, draft: Draft, own: Span) -> Span | None:
    """The name in own words that tell a kind of applicant or a way, or more than the word that told the code."""
    found = name_in(text, *own)
    if found is None or text.startswith(rules().partitions.get(draft.code or "", ("\n",)), *own):
        return found
    name = text[found[0] : found[1]]
    at = name.find(draft.head)
    return found if draft.head and name not in draft.head and (at < 0 or at >= LONGER) else None


def before_bracket(text: str, draft: Draft) -> Span | None:
    """The name that a count in brackets right behind it belongs to (征地拆迁（162件，占41.5%）)."""
    if draft.item is None or draft.item.opener < 0 or text[draft.item.opener + 1 : draft.span[0]].strip():
        return None
    opener = draft.item.opener
    start = max(
        draft.sentence.start, *(text.rfind(mark, draft.sentence.start, opener) + 1 for mark in "，、；：。（）")
    )
    for word in words().before_names:
        at = text.rfind(word, start, opener)
        start = at + len(word) if 0 <= at < opener - len(word) else start
    if (
        opener <= start
        or text[opener - 1].isdigit()
        or not bare_words(text, (start, opener)).strip("".join(cues().compare))
    ):
        return None
    return trim(text, (start, opener))


def name_in(text: str, start: int, end: int) -> Span | None:
    """The name in a span without who acts and verbs around it, None where it is empty, too long or no breakdown."""
    known = words()
    start, end = _without_names(text, start, end)
    start = period.end() if (period := PERIOD.match(text, start, end)) and period.end() < end else start
    start, end = trim(text, (start, end))
    start += len(known.averages.head(text, start, end))
    means = [hit.end() for hit in known.by_means.finditer(text, start, end) if hit.end() < end]
    start = _behind_verbs(text, means[-1] if means else start, end)
    behind = known.verbs_behind.tail(text, start, end)
    if text.endswith(known.kinds, start, end - len(behind)):
        end -= len(behind)
    if text.endswith(known.particles, start, end):
        end -= 1
    start = _behind_examples(text, start, end)
    name = text[start:end]
    if not name or len(name) > known.max_category or name in known.generic or name in known.verbs:
        return None
    if name.startswith(known.not_openers) or any(word in name for word in known.no_names):
        return None
    return start, end


def _without_names(text: str, start: int, end: int) -> Span:
    """The span without a bracket at its end or one closed in it, and without who and where at its start."""
    if end > start and text[end - 1] == "）":
        end = max(text.rfind("（", start, end), start)
    if (closed := text.rfind("）", start, end)) >= 0 and text.rfind("（", start, closed) < 0:
        start = closed + 1
    for mention in find_names(text, start, end):
        if mention.kind == "carrier" or (mention.span[0] == start and mention.span[1] < end):
            start = min(mention.span[1], end)
    summed = [hit.end() for hit in words().sums.finditer(text, start, end) if hit[1] and hit.end() < end]
    return summed[-1] if summed else start, end


def _behind_examples(text: str, start: int, end: int) -> int:
    """Where the class begins that examples are told of (教育、医疗等重点领域信息); ``start`` where none follows."""
    at = text.rfind(EXAMPLES, start, end)
    if at < 0 or end - at - 1 < SHORTEST or JOINT not in text[start:at]:
        return start
    return at + 1


def _behind_verbs(text: str, start: int, end: int) -> int:
    """Where the name behind the verbs at its start begins (收到并回复…)."""
    while (behind := _behind_verb(text, start, end)) > start:
        start = behind + (text[behind] in words().joint_words and end - behind > 1)
    return start


def _behind_verb(text: str, start: int, end: int) -> int:
    """Where the name behind the first fitting verb begins; only a long verb may stand further right."""
    if words().verbal_names.head(text, start, end):
        return start
    adverb = kind_words().adverbs.head(text, start, end)
    start += len(adverb) if words().acting.head(text, start + len(adverb), end) else 0
    near = {verb: start for verb in words().near_verbs.heads(text, start, end)}
    far = {verb: places[-1] for verb, places in words().far_verbs.find(text, start, end).items()}
    for verb in longest_first([*near, *far]):
        at = near[verb] if verb in near else far[verb]
        rest = text[at + len(verb) : end]
        if rest and not (verb in far and rest in words().generic and at > start):
            return at + len(verb)
    return start
