"""Totals that the words of a list mark: 其中, brackets, a colon, a breakdown, a remainder."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from extractor.facts.bare_words import bare_words
from extractor.facts.channel_words import channel_of
from extractor.facts.cues import EDGE, cues
from extractor.facts.drafts import Draft
from extractor.facts.list_ends import closes, is_over, of_breakdown
from extractor.facts.lists import STRONG, can_hold, goes_with, is_posted_kind, rules
from extractor.facts.referred import excepted_of, named_whole, names_same, shared_out, whole_of
from extractor.facts.sums import left_of

MAX_BACK = 12  # counts looked back over for a total
WIDEST = 6  # counts among which the total of a breakdown is looked for
TOLD = 8  # characters of a clause that tells something by itself
SLIP = Decimal("1.15")  # what parts may exceed their total by and still be its list: sums in reports do not all add up


def total_of(text: str, draft: Draft, known: Sequence[Draft]) -> Draft | None:
    """The total that the text marks a level draft as a part of.

    known -- level drafts before it in the same section, in order of the text.
    """
    if draft.compared:
        return None
    recent = known[-MAX_BACK:]
    found = _bracketed(text, draft, recent) or named_whole(text, draft, recent) or _marked(text, draft, known)
    found = found or _listed(text, draft, recent) or whole_of(text, draft, recent) or excepted_of(text, draft, recent)
    found = found or _continued(text, draft, recent) or _resumed(text, draft, recent) or _subset(text, draft, recent)
    return found or shared_out(text, draft, recent)


def _bracketed(text: str, draft: Draft, known: Sequence[Draft]) -> Draft | None:
    """Total of a number in a bracket that opens right behind it (工单3100件（承办2700件、退回400件）)."""
    if draft.item is None or draft.item.opener < 0 or "exclusive" in draft.item.marks:
        return None
    opener = draft.item.opener
    if not bare_words(text, draft.own).strip(EDGE) and text[draft.own[0] : draft.own[1]].strip(EDGE):
        return None  # the figure of another year, told for comparison (18宗（2021年27宗）)
    return next((other for other in reversed(known) if other.span[1] == opener and can_hold(other, draft)), None)


def _marked(text: str, draft: Draft, known: Sequence[Draft]) -> Draft | None:
    """Total of the first number behind 其中, 含, 包括: the nearest count before it that can hold it."""
    if draft.item is None or "exclusive" in draft.item.marks:
        return None
    if "partition" in draft.item.marks:
        return _broken_down(text, draft, known)
    found = _nearest(text, draft, known[-MAX_BACK:]) if draft.item.marks & {"total", "inclusive"} else None
    return None if found is not None and _is_of_clause(text, draft, found) else found


def _is_of_clause(text: str, draft: Draft, total: Draft) -> bool:
    """Whether a clause of the sentence stands between a total of an earlier one and the mark of a part.

    增设服务栏目，其中面向企业23项: the part is one of what the clause tells without a number.
    """
    assert draft.item is not None
    if total.sentence is draft.sentence or draft.item.gap[0] != draft.sentence.start or total.unit == draft.unit:
        return False
    clauses = text[draft.sentence.start : draft.own[0]].split("，")[:-1]
    return any(len(bare_words(clause, (0, len(clause))).strip(EDGE)) > TOLD for clause in clauses)


def _broken_down(text: str, draft: Draft, known: Sequence[Draft]) -> Draft | None:
    """What a breakdown is of: the largest count of what its first part is told to be, else of those told last."""
    assert draft.item is not None
    free = [other for other in known if other.total is None and can_hold(other, draft)]
    if (whole := _summed_up(draft, free)) is not None:
        return whole
    code = draft.matches[0].code if draft.matches else None
    alike = [other for other in free if other.code == code and other.depth <= draft.depth] if code else []
    if alike:
        return max(alike, key=lambda other: other.value)
    channel = channel_of(text, *draft.item.gap)  # 网站信息按类别分，… is no breakdown of all information
    recent = known[-MAX_BACK:]
    on_it = [d for d in recent if channel is not None and channel_of(text, *d.own) == channel and can_hold(d, draft)]
    return max((on_it or free)[-WIDEST:], key=lambda other: other.value, default=None)


def _listed(text: str, draft: Draft, known: Sequence[Draft]) -> Draft | None:
    """Total of the first number of a list behind a colon, 分别为 or 理由为 (信息152条：网站98条，…)."""
    if not known or known[-1].sentence is not draft.sentence or draft.item is None or draft.aligned:
        return None
    total = known[-1]
    behind = max(total.right[1], total.span[1])
    openers = (*cues().marks["aligned"], *cues().reasons)
    opens = text[behind : behind + 1] == "：" or text[behind:].lstrip("，").startswith(openers)
    return total if opens and can_hold(total, draft) else None


def _subset(text: str, draft: Draft, known: Sequence[Draft]) -> Draft | None:
    """Total of a remainder or a quality (抽检3120批次，不合格61批次): the count before it in the same unit.

    A remainder belongs to the count that it is what is left of, where the numbers tell (受理90件，办结87件，其余3件).
    """
    own = text[draft.own[0] : draft.own[1]].strip(EDGE)
    if not own.startswith(cues().subset):
        return None
    beside = [d for d in known if d.sentence is draft.sentence and d.unit == draft.unit]
    same = [d for d in beside if d.value >= draft.value]
    if same and text[same[-1].span[1] : draft.own[0]].strip() == "、":
        return None
    left = [a for a in beside[:-1] if a.value - beside[-1].value == draft.value]
    left = left or [a for a, b in pairwise(same) if a.value - b.value == draft.value]
    total = left_of(draft, known) or next(reversed(left or same), None)
    wholes = [] if total is None else _chain(total)
    stages = [stage for whole in wholes for stage in rules().stages.get(whole.code or "", ())]
    return None if draft.matches and draft.matches[0].code in stages else total


def _nearest(text: str, draft: Draft, known: Sequence[Draft]) -> Draft | None:
    """Nearest earlier count in the same unit that can hold the draft, else in a unit of the same kind.

    What the list adds up to, or what the words before it name, goes before what is near.
    """
    fitting = [other for other in known if can_hold(other, draft)]
    if draft.matches and draft.matches[0].score >= STRONG:
        fitting = [other for other in fitting if not _never_stands(other, draft.matches[0].code)]
    fitting = _of_scope(text, draft, _of_the_year(text, fitting))
    if (whole := _summed_up(draft, fitting)) is not None:
        return whole
    if fitting and fitting[-1].sentence is not draft.sentence:  # a sentence of parts is about the whole before it
        fitting = [other for other in fitting if other.total is None] or fitting
    same = [other for other in fitting if other.unit == draft.unit]
    if fitting and fitting[-1].unit != draft.unit and names_same(text, draft, fitting[-1]):
        return fitting[-1]
    if fitting and (not same or fitting[-1].total is same[-1].total):
        same = same or fitting
    if same and _is_one_of_two(same[-1], known):
        return next((d for d in same[-2:] if draft.matches and d.code == draft.matches[0].code), None)
    return same[-1] if same else None


def _summed_up(draft: Draft, fitting: Sequence[Draft]) -> Draft | None:
    """The nearest count that the list adds up to exactly."""
    return next((d for d in reversed(fitting) if d.unit == draft.unit and d.value in draft.sums), None)


def _of_scope(text: str, draft: Draft, fitting: list[Draft]) -> list[Draft]:
    """Counts that words of the whole scope can be told under (其中区直3210条，镇街2000条，其中全区文件210份)."""
    if not text.startswith(cues().scopes, *draft.own):
        return fitting
    return [d for d in fitting if d.total is None or text.startswith(cues().scopes, *d.own)] or fitting


def _of_the_year(text: str, fitting: list[Draft]) -> list[Draft]:
    """Counts that a list can break down: not what all years gave, where the year's own figure stands beside it."""
    return [d for d in fitting if not any(word in text[slice(*d.own)] for word in cues().all_years)] or fitting


def code_of_both(draft: Draft, known: Sequence[Draft]) -> str | None:
    """Code of the sum of the last two counts, where the text marks a count as a part of both (建议9、提案7，其中…)."""
    if draft.item is None or "total" not in draft.item.marks or len(known) < 2:
        return None
    return _sum_code(*known[-2:])


def _sum_code(one: Draft, other: Draft) -> str | None:
    codes = frozenset([one.code or "", other.code or ""])
    return rules().together.get(codes) if one.sentence is other.sentence else None


def _is_one_of_two(total: Draft, known: Sequence[Draft]) -> bool:
    """Whether a count stands beside the one that it is summed up with: what follows are parts of both."""
    at = list(known).index(total)
    return any(_sum_code(total, other) for other in (*known[max(0, at - 1) : at], *known[at + 1 : at + 2]))


def _continued(text: str, draft: Draft, known: Sequence[Draft]) -> Draft | None:
    """The list goes on: the total of the number before, while the parts do not exceed it by more than a slip."""
    if not known or draft.item is None or draft.item.opener >= 0:
        return None
    beside = [other for other in reversed(known) if other.depth == draft.depth]
    previous = next((other for other in beside if other.total is not None or other.code not in rules().asides), None)
    if previous is None or previous.total is None or previous.sentence is not draft.sentence:
        return None
    if previous is not beside[0] and "；" in text[previous.span[1] : draft.own[0]]:
        return None
    if previous.depth == 0 and previous.total.depth > 0:
        return None
    if is_over(text, draft, previous, known) and not closes(text, previous.total, draft, known):
        return None
    if draft.matches and (partner := _beside_in_pair(previous.total, draft, known)) is not None:
        return partner
    chain = _chain(previous.total)
    other_unit = None if draft.unit == previous.unit else _beside(chain[0], draft, known)
    return other_unit or next((total for total in chain if _goes_on(text, total, draft, known)), None)


def _beside_in_pair(total: Draft, draft: Draft, known: Sequence[Draft]) -> Draft | None:
    """The count beside the total of the part before that a part is told of (建议9、提案7件，其中主办建议2、提案3件)."""
    code = draft.matches[0].code
    pair = (d for d in known if d.code == code and d is not total and d.total is None and can_hold(d, draft))
    return next((d for d in pair if code != total.code and _sum_code(total, d)), None)


def _resumed(text: str, draft: Draft, known: Sequence[Draft]) -> Draft | None:
    """The total of a list by channel that goes on behind what else was done there.

    其中在网站公开信息60条，开展访谈2期；在微信公开信息20条.
    """
    here = [d for d in known if d.sentence is draft.sentence and d.depth == draft.depth]
    last = next((d for d in reversed(here) if d.total is not None and d.unit == draft.unit), None)
    if last is None or last.total is None or not here or here[-1].total is not None or draft.depth:
        return None
    own, other = channel_of(text, *draft.own), channel_of(text, *last.item.gap) if last.item else None
    if own is None or other is None or own == other or draft.unit != last.unit or not can_hold(last.total, draft):
        return None
    told = sum((d.value for d in here if d.total is last.total), draft.value)
    return last.total if told <= last.total.value * SLIP else None


def _chain(total: Draft) -> list[Draft]:
    """A total, and the totals it is a part of."""
    chain = [total]
    while chain[-1].total is not None and len(chain) < 4:
        chain.append(chain[-1].total)
    return chain


def _goes_on(text: str, total: Draft, draft: Draft, known: Sequence[Draft]) -> bool:
    parts = of_breakdown(text, [d for d in known if d.total is total and d.depth == draft.depth])
    if parts and (text[parts[-1].span[1] : draft.own[0]].strip() == "、" or (draft.item and draft.item.twin)):
        return total.value >= draft.value  # the same list goes on; what does not add up is for the audit to find
    if not can_hold(total, draft):
        return False
    told = sum((other.value for other in parts if other.value < total.value), Decimal(0)) + draft.value
    if len(parts) > 1 and told == total.value and draft.unit == total.unit:
        return True  # the last of the list, whatever it tells (其中予以公开5件、部分公开2件，结转下年1件)
    if draft.matches and _is_stage_list(text, draft, total, parts):
        return True  # stages hold each other, so they may add up to more than their total
    if draft.matches and not _compatible(total, draft):
        return False
    return told <= total.value * SLIP


def _is_stage_list(text: str, draft: Draft, total: Draft, parts: Sequence[Draft]) -> bool:
    """Whether the text marks stages of the total as its parts (其中可网办1359项；全程网办1174项; 新收9件，结转2件)."""
    if (total.code or "", draft.matches[0].code) in rules().inclusive:
        return any(word in text[slice(*part.own)] for part in parts for word in cues().new_ones)
    stages = rules().stages.get(total.code or "", frozenset())
    return draft.matches[0].code in stages and bool(parts) and all(other.code in stages for other in parts)


def _compatible(total: Draft, draft: Draft) -> bool:
    """Whether a part that has a code of its own may stand under this total."""
    code, score = draft.matches[0].code, draft.matches[0].score
    if _is_no_post(total, draft, code):
        return False
    if code in rules().yields.get(total.code or "", ()):
        return True
    if code in rules().stages.get(total.code or "", ()):
        return False
    if code in rules().posts and total.code not in {None, *rules().posts} and draft.unit == total.unit:
        return True  # a subject of the list, though it is one that posts are told by too (房屋拆迁类10件)
    if total.code is None or code == total.code or score < STRONG:
        return True
    if _never_stands(total, code) or code in rules().never_of.get(total.code, ()):
        return False
    if total.code in rules().posts:  # whatever it is about, it was published (发布信息820条，其中行政处罚84份)
        return goes_with(draft.unit, total.unit) or (is_posted_kind(code) and draft.unit not in rules().held)
    own_total = total.code in rules().totals_of.get(code, ())
    return own_total or (total.code in rules().generic and not _is_held_apart(total, draft))


def _is_no_post(total: Draft, draft: Draft, code: str) -> bool:
    """Whether a count beside posts is of those who saw them, or of what was done in a unit of its own."""
    if total.code in rules().posts and code in rules().asides:
        return True
    return total.code in rules().mixed and draft.unit != total.unit and code.split(".")[0] in rules().never_posted


def _is_held_apart(total: Draft, draft: Draft) -> bool:
    """Whether a part is of what is held, and of another domain than its total (文件57件, 会议23次)."""
    domain = draft.matches[0].code.split(".")[0]
    return draft.unit in rules().held and draft.unit != total.unit and domain != total.domain


def _never_stands(total: Draft, code: str) -> bool:
    """Whether no figure of a code's domain is a part of such a total, however generic it is."""
    domain, whole = code.split(".")[0], total.code or ""
    return domain in rules().never_of.get(whole, ()) or domain not in rules().parts_of.get(whole, {domain})


def _beside(total: Draft, draft: Draft, known: Sequence[Draft]) -> Draft | None:
    """Total of another unit right beside the list's total (专题9个，信息1765条。其中新增3个，发布402条)."""
    if draft.unit == total.unit or total not in known:
        return None
    at = list(known).index(total)
    near = [d for d in known[max(0, at - 1) : at + 2] if d is not total and d.sentence is total.sentence]
    return next((d for d in near if d.unit == draft.unit and d.value >= draft.value and d.total is None), None)
