"""Zero claims (未收到申请), and the words of all claims that are made without a number."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import Any

from extractor.facts.cues import cues, longest_first
from extractor.facts.drafts import Draft
from extractor.facts.link import Claim, Context, Match, lexicon, link
from extractor.facts.measures import Reading
from extractor.facts.told import BEFORE, ENOUGH, HEADING, SAME_SENTENCE
from extractor.facts.words import Branched, WordIndex, branch
from extractor.lexicon import fields_of, keep_made, table
from extractor.record import record
from extractor.types import Sentence, Span

CLAUSE_ENDS = "，；"
CLOSING = ("。", "；", "\n")
VERB = 2  # characters of a verb that has no object
SHORT = 4  # characters of a denied thing that its clause completes (上年无结转)


@record
class ClaimWords:
    """``patterns/claims.yaml``, frozen."""

    cues: WordIndex
    excluded: WordIndex
    deniable: frozenset[str]
    never_denied: tuple[str, ...]
    named: dict[str, tuple[str, ...]]
    amount_words: tuple[str, ...]
    charging: tuple[str, ...]
    also_denied: tuple[str, ...]
    bare: frozenset[str]
    bare_before: frozenset[str]
    before_denial: frozenset[str]
    stops: tuple[str, ...]
    glued: tuple[str, ...]
    count_endings: tuple[str, ...]
    money: frozenset[str]
    goes_on: tuple[str, ...]
    gone_on: tuple[str, ...]
    joints: tuple[str, ...]
    max_length: int
    totality: WordIndex
    in_time: tuple[str, ...]
    done: tuple[str, ...]
    undone: tuple[str, ...]
    shared_quality: dict[tuple[str, str], str]
    whole_things: tuple[str, ...]
    reach: int
    rates: dict[str, tuple[str, str]]


@cache
def words() -> ClaimWords:
    """The words, read once."""
    zero: dict[str, Any] = table("claims")["zero"]
    implied: dict[str, Any] = table("claims")["implied"]
    made: dict[str, Any] = {name: WordIndex(branched) for name, branched in _branch_words().items()}
    made |= {name: longest_first(implied[name]) for name in ("in_time", "done")}
    made["joints"] = longest_first(zero["joints"])
    made["shared_quality"] = {(entry["first"], entry["last"]): entry["code"] for entry in zero["shared_quality"]}
    made["rates"] = {rate["domain"]: (rate["in_time"], rate["done"]) for rate in implied["rates"]}
    return ClaimWords(**(fields_of(ClaimWords, {**implied, **zero}) | made))


@keep_made
def _branch_words() -> dict[str, Branched]:
    """What the indexes of words are made of."""
    zero, implied = table("claims")["zero"], table("claims")["implied"]
    return {
        "cues": branch((cue["word"], cue["verb"]) for cue in zero["cues"]),
        "excluded": branch((word, "") for word in zero["not_"]),
        "totality": branch([*((w, "") for w in implied["totality"]), *((w, "not") for w in implied["not_"])]),
    }


def find_zero_claims(text: str, sentence: Sentence, taken: Sequence[Span], previous: str) -> list[Draft]:
    """Zero claims of a sentence, one for each denied thing that has a code, in order of the text.

    taken -- spans of the sentence's quantities: a clause that states its count denies nothing.
    """
    known = words()
    excluded = [span for span, _ in known.excluded.find(text, sentence.start, sentence.end)]
    drafts: list[Draft] = []
    free = [
        (cue, verb)
        for cue, verb in known.cues.find(text, sentence.start, sentence.end)
        if not any(a <= cue[0] < b for a, b in excluded) and _stands_free(text, cue, sentence)
    ]
    listed = [cue[0] for cue, _ in free if text[sentence.start : cue[0]].endswith(known.joints)]
    for cue, verb in free:
        end = _go_on(text, _scope_end(text, cue[1], sentence.end), sentence.end)
        end = min([end, *(at for at in listed if at > cue[1])])
        scope = (cue[1], end) if end > cue[1] else _before_denial(text, sentence, cue)
        if len(verb) > VERB:  # the denial names its object itself (零投诉, 未收费)
            scope = cue
        if any(scope[0] <= a < scope[1] for a, _ in taken):
            continue
        if scope[0] == scope[1] and sentence.heading:
            drafts += _denied_heading(sentence, cue, verb)
            continue
        drafts += _denied(text, sentence, cue, scope, verb, previous)
    return drafts


def _stands_free(text: str, cue: Span, sentence: Sentence) -> bool:
    """Whether a bare 无 or 零 stands where a denial can stand."""
    if text[cue[0] : cue[1]] not in words().bare:
        return True
    closes = text[cue[1] : cue[1] + 1] in CLOSING  # 申诉举报无。
    return closes or cue[0] == sentence.start or text[cue[0] - 1] in words().bare_before


def _before_denial(text: str, sentence: Sentence, cue: Span) -> Span:
    """What a denial without an object behind it is about: the words before it (诉讼均未发生; 行政复议：无)."""
    end = cue[0]
    while end > sentence.start and text[end - 1] in words().before_denial:
        end -= 1
    return max(end - words().max_length, _clause_start(text, sentence, (end, end))), end


def _clause_start(text: str, sentence: Sentence, cue: Span) -> int:
    """Where the clause begins that a denial stands in."""
    return max(sentence.start, *(text.rfind(mark, sentence.start, cue[0]) + 1 for mark in "，；。："))


def _scope_end(text: str, start: int, end: int) -> int:
    limit = min(end, start + words().max_length)
    return min((at for stop in words().stops if (at := text.find(stop, start, limit)) >= 0), default=limit)


def _go_on(text: str, at: int, end: int) -> int:
    """Where a denial ends that the next clause goes on (无因此产生的行政复议，提起行政诉讼情况发生)."""
    if not text.startswith(words().goes_on, at + 1, end) or text[at] not in CLAUSE_ENDS:
        return at
    closing = _scope_end(text, at + 1, end)
    return closing if text.endswith(words().gone_on, at, closing) else at


def _denied(text: str, sentence: Sentence, cue: Span, scope: Span, verb: str, previous: str) -> list[Draft]:
    """A draft for each denied thing; neighbours with one code are one claim (投诉、举报)."""
    drafts: list[Draft] = []
    parts = _parts(text, scope)
    charging = next((word for word in words().charging if word in text[cue[0] : scope[1]]), None)
    if parts and charging is not None:
        last = _link(text, sentence, parts[-1], charging, previous, cue)
        if last is not None and last.code in words().money:
            verb, parts = charging, parts[-1:]
    for part in parts:
        found = _link(text, sentence, part, verb, previous, cue)
        if found is None or (drafts and drafts[-1].code == found.code):
            continue
        span = cue if not drafts else part
        drafts.append(claim_draft(sentence, span, part, found, "zero", Decimal(0)))
    _share_quality(text, drafts)
    return drafts


def _share_quality(text: str, drafts: Sequence[Draft]) -> None:
    """Let the first of two kinds of cases be denied with what the last says of both (无复议、诉讼纠错案件)."""
    for draft, following in pairwise(drafts):
        shared = words().shared_quality.get((draft.code or "", following.code or ""))
        if shared is not None and not text.endswith(words().whole_things, *draft.own):
            draft.code, draft.rule = shared, f"rule:{shared}/shared"


def _denied_heading(sentence: Sentence, cue: Span, verb: str) -> list[Draft]:
    """A draft for a heading that a denial is all there is below of (收费情况 / 无。)."""
    found = _best_denied(verb + sentence.heading, ())
    return [] if found is None else [claim_draft(sentence, cue, cue, found, "zero", Decimal(0))]


def _parts(text: str, scope: Span) -> list[Span]:
    """Coordinated things in the scope of a denial, and the whole scope where a part alone says too little."""
    start, end = scope
    glued, joints = words().glued, words().joints
    parts: list[Span] = []
    at = begin = start
    while at < end:
        if text.startswith(glued, at, end):
            parts.append((begin, at + VERB))
            begin = at = at + VERB
        elif text[at] in CLAUSE_ENDS:
            parts.append((begin, at))
            begin = at = at + 1
        elif at > begin and text.startswith(joints, at, end) and _parts_things(text, begin, at):
            parts.append((begin, at))
            begin = at = at + next(len(word) for word in joints if text.startswith(word, at, end))
        else:
            at += 1
    if begin < end:
        parts.append((begin, end))
    return parts


def _parts_things(text: str, begin: int, at: int) -> bool:
    """Whether a joint parts two things, and no word or two verbs with one object (收取或减免费用)."""
    return not cues().inside_word(text, at) and not text.endswith(words().charging, begin, at)


def _link(text: str, sentence: Sentence, part: Span, verb: str, previous: str, cue: Span) -> Match | None:
    """Best indicator of a denied thing; counts and amounts only."""
    end = _scope_end(text, part[1], sentence.end)
    scope = (sentence.start, sentence.end)
    around = (
        Context(text, sentence.start, cue[0], *SAME_SENTENCE, scope),
        Context(text, part[1], end, 2.0, scope=scope),
        Context(text, cue[1], max(cue[1], part[0]), 3.0, scope=scope),
        Context.of(sentence.heading, HEADING),
        Context.of(previous, BEFORE),
    )
    own = verb + text[part[0] : part[1]]
    before = text[_clause_start(text, sentence, cue) : cue[0]]
    bare = text[cue[0] : cue[1]] in words().bare and part[0] == cue[1]
    if bare and part[1] - part[0] <= SHORT and len(before) <= SHORT and not cues().is_filler(before):
        own = before + text[part[0] : part[1]]
    for verb in words().also_denied:
        own = own.replace(verb, "")
    return _best_denied(own, around)


def _best_denied(own: str, around: tuple[Context, ...]) -> Match | None:
    """Best indicator of the words of a denied thing and the verb that it was denied with."""
    found = [*link(Claim(own, "", around, None, "count")), *link(Claim(own, "", around, None, "amount"))]
    found = [m for m in found if m.score >= ENOUGH and _is_deniable(m.code, own)]
    wanted = "count"
    if any(word in own for word in words().amount_words):
        found = [m for m in found if m.code in words().money] or found
        wanted = "count" if own.endswith(words().count_endings) else "amount"
    return max(found, key=lambda match: (lexicon().indicators[match.code].measure == wanted, match.score), default=None)


def _is_deniable(code: str, denied: str) -> bool:
    """Whether what is denied can be counted by a code: one of its domain, and named where it has to be."""
    if denied.endswith(words().never_denied) or not {code, code.split(".")[0]} & words().deniable:
        return False
    return any(word in denied for word in words().named.get(code, (denied,)))


def claim_draft(sentence: Sentence, span: Span, label: Span, found: Match, kind: str, value: Decimal) -> Draft:
    """A claim of a value without a number: where it stands, its label, its indicator."""
    indicator = lexicon().indicators[found.code]
    return Draft(
        sentence=sentence,
        span=span,
        own=label,
        right=(label[1], label[1]),
        value=value,
        unit=indicator.unit,
        low=value,
        high=value,
        reading=Reading(indicator.measure),
        kind=kind,
        label=(label,),
        code=found.code,
        rule=found.rule,
        score=found.score,
    )
