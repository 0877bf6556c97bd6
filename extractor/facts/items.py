"""Which words belong to which number: the items of a sentence.

An item is a quantity with its own words: those before it, back to the last delimiter that parts it from its neighbour,
and the noun phrase right behind it (20个职能单位).  Brackets and quotes that close before the number are part of a name
and part nothing; a bracket that is still open is a level of its own.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractor.facts.bare_words import bare_words
from extractor.facts.cues import EDGE, cues
from extractor.lexicon import matcher
from extractor.record import record
from extractor.types import Quantity, Sentence, Span

BREAKS = frozenset("，；：。！？\n")
CLOSERS = {"（": "）", "“": "”", "《": "》", "〔": "〕"}
MARKS = frozenset("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
BRACKETED = matcher(r"（[^（）]{0,48}）")
MAX_RIGHT = 40
MARK_REACH = 48  # characters before a number in which 其中 and the like can belong to it


@record(frozen=False)
class Item:
    """A quantity and the words around it; all spans are folded offsets.

    gap   -- everything between the previous quantity (or the sentence's start) and this one.
    left  -- its own words before the number; right -- its own words behind it, empty where a delimiter follows.
    noun  -- the part of ``right`` before its verb (23个便民服务站|受理事项), all of it where there is none.
    depth -- how many brackets are open at the number; opener -- offset of the innermost one, or -1.
    lead  -- the clause before the colon that opens the list it stands in, None where there is none.
    twin  -- whether it stands right behind the number before (4轮1208个次), and so shares its words.
    marks -- list markers (其中, 含, 分别 …) that stand in the gap, by kind.
    """

    quantity: Quantity
    gap: Span
    left: Span
    right: Span
    noun: Span
    depth: int
    opener: int
    marks: frozenset[str]
    twin: bool = False
    lead: Span | None = None


def find_items(text: str, sentence: Sentence, quantities: Sequence[Quantity]) -> list[Item]:
    """Items of one sentence, one for each quantity, in text order."""
    items: list[Item] = []
    openers: list[int] = []
    at = sentence.start
    lead: Span | None = None
    for index, quantity in enumerate(quantities):
        openers = _open_brackets(text, at, quantity.start, openers)
        gap = (at, quantity.start)
        following = quantities[index + 1].start if index + 1 < len(quantities) else sentence.end
        right = _right(text, quantity, following)
        twin = index > 0 and _is_twin(text, quantities[index - 1], quantity, right)
        left = items[-1].left if twin else _left(text, gap, index == 0, named=right[0] < right[1])
        if items and right[0] < right[1] and left[0] < items[-1].right[1]:  # not the noun of the number before
            begin = items[-1].right[1]
            left = _behind_edge(text, begin + _joint(text, begin, quantity.start), quantity.start), left[1]
        if _belongs_to_next(text, left, right, following, sentence.end):
            right = (right[0], right[0])
        lead = _lead(text, sentence, gap) or lead
        items.append(
            Item(
                quantity=quantity,
                gap=gap,
                left=left,
                lead=lead,
                right=right,
                noun=_noun(text, right),
                twin=twin,
                depth=len(openers),
                opener=openers[-1] if openers else -1,
                marks=items[-1].marks if twin else _marks(text, gap),
            )
        )
        at = quantity.end
    return items


def _is_twin(text: str, before: Quantity, quantity: Quantity, right: Span) -> bool:
    """Whether a number stands right behind the one before, or behind 、 in another unit: 4轮1208个次, 2次、360人次."""
    between = text[before.end : quantity.start]
    if between in {"", *cues().sums}:
        return True
    units = {before.unit, quantity.unit}
    return between == "、" and right[0] == right[1] and len(units) > 1 and None not in units


def _open_brackets(text: str, start: int, end: int, openers: list[int]) -> list[int]:
    """Offsets of the round brackets open at ``end``, given those open at ``start``."""
    stack = list(openers)
    for at in range(start, end):
        if text[at] == "（":
            stack.append(at)
        elif text[at] == "）" and stack:
            stack.pop()
    return stack


def _left(text: str, gap: Span, first: bool, named: bool) -> Span:
    """Own words before the number: from the last delimiter of the gap that leaves more than filler words.

    named -- whether a noun follows the number: then a filler needs no more words (3件予以公开，2件部分公开).
    """
    start, end = gap
    cuts = _cuts(text, gap, first)
    if named and not first:
        return _behind_edge(text, cuts[-1], end), end
    for cut in reversed(cuts):
        if not cues().is_filler(text[cut:end]):
            return _behind_edge(text, cut, end), end
    return (cuts[0] if cuts else start), end


def _behind_edge(text: str, start: int, end: int) -> int:
    """First offset that holds no delimiter; an opening quote or bracket belongs to the words."""
    while start < end and text[start] in EDGE and text[start] not in CLOSERS:
        start += 1
    return start


def _cuts(text: str, gap: Span, first: bool) -> list[int]:
    """Offsets in the gap where an item may begin, in order; names in closed brackets and quotes hold none."""
    start, end = gap
    cuts = [start + _joint(text, start, end)] if not first else [start]
    at = start
    while at < end:
        char = text[at]
        close = CLOSERS.get(char)
        if close is not None:
            to = text.find(close, at, end)
            if to >= 0:
                at = to + 1
                continue
        if char in BREAKS or char in MARKS or char in "（）":
            cuts.append(at + 1)
        at += 1
    return cuts


def _joint(text: str, start: int, end: int) -> int:
    """Length of the list joint (、 和 以及 …) that stands right behind the previous quantity."""
    for word in cues().joints:
        if text.startswith(word, start, end):
            return len(word)
    return 0


def _right(text: str, quantity: Quantity, end: int) -> Span:
    """Own words behind the number, up to the next delimiter or quantity; joints at the end are not part of them."""
    start = quantity.end
    if text.startswith("（", start, end) or _opens_clause(text, quantity):
        return start, start
    stop = min(end, start + MAX_RIGHT)
    at = start
    while at < stop:
        char = text[at]
        if char in BREAKS or char in MARKS or char in "、）":
            break
        close = CLOSERS.get(char)
        if close is not None:
            to = text.find(close, at, stop)
            if to < 0:
                break
            at = to
        at += 1
    words = text[start:at]
    if words.startswith(cues().from_to):
        return start, start
    return start, start + len(cues().without_tail(words))


def _opens_clause(text: str, quantity: Quantity) -> bool:
    """Whether the next clause begins right behind a number, with the stop between them lost (申请2件没有因…)."""
    points = cues().next_points if quantity.unit in cues().units["point"] else ()
    return text.startswith((*cues().next_denials, *points), quantity.end)


def _belongs_to_next(text: str, left: Span, right: Span, following: int, end: int) -> bool:
    """Whether the words between two numbers name the second one: no mark parts them and the first has a name."""
    if following == end or right[0] == right[1] or text[right[1] : following].strip():
        return False
    if text[slice(*right)].endswith(cues().of_whole):
        return False
    return not cues().is_filler(bare_words(text, left))


def _lead(text: str, sentence: Sentence, gap: Span) -> Span | None:
    """The clause before the last colon of the gap, or before 看 (从申请事项看，…)."""
    for opener in ("：", *cues().views):
        at = text.rfind(opener, *gap)
        if at >= 0 and not text[at + 1 : gap[1]].strip():
            at = text.rfind(opener, gap[0], at)  # a colon right before the number is that of its own name
        if at >= 0:
            start = max(sentence.start, gap[0], *(text.rfind(mark, gap[0], at) + 1 for mark in "，。；"))
            return (start, at) if start < at else None
    return None


def _noun(text: str, right: Span) -> Span:
    """The words behind a number up to their verb; all of them where they start with a verb (2次组织…)."""
    start, end = right
    if text.startswith(cues().actions, start, end):
        return right
    verb = cues().any_predicate.search(text, start + 2, end)
    return start, verb.start() if verb else end


def _marks(text: str, gap: Span) -> frozenset[str]:
    """Kinds of list markers in the last ``MARK_REACH`` characters of the gap, behind its last stop."""
    start = max(gap[0], gap[1] - MARK_REACH, *(text.rfind(stop, gap[0], gap[1]) + 1 for stop in "；。"))
    between = text[start : gap[1]]
    while (rest := BRACKETED.sub("", between)) != between:
        between = rest  # what a closed bracket says is said of its name (我市（含部门）收到…)
    view = {"partition"} if _opens_view(between) else set()
    if _opens_parts(text, gap):
        view.add("total")
    for word in cues().no_marks:
        between = between.replace(word, "")
    if cues().any_mark.search(between) is None:
        return frozenset(view)
    return frozenset(view.union(kind for kind, words in cues().marks.items() if any(word in between for word in words)))


def _opens_parts(text: str, gap: Span) -> bool:
    """Whether a gap begins with 其中 and all of it up to the number is one clause, however long."""
    words = BRACKETED.sub("", text[gap[0] : gap[1]]).lstrip(EDGE)
    return words.startswith(cues().parts_openers) and not BREAKS & set(words)


def _opens_view(words: str) -> bool:
    """Whether a clause of the words tells how the list behind it breaks down the whole (按诉求性质分，…)."""
    for view in cues().views:
        at = words.find(view)
        clause = words[:at].rsplit("，", 1)[-1].lstrip(EDGE) if at > 0 else ""
        if clause.startswith(cues().view_openers):
            return True
    return False
