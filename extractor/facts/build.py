"""From the items of a sentence to drafts: measure and sign, one draft for each name that shares a value."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.facts.cues import CLAUSE_ENDS, EDGE, cues
from extractor.facts.drafts import Draft
from extractor.facts.items import Item, find_items
from extractor.facts.measures import Reading, read_measure
from extractor.facts.spread import aligned_runs, names_of_shared_value, share_units, words_for_all
from extractor.types import Quantity, Sentence, Span


def build_drafts(text: str, sentence: Sentence, quantities: Sequence[Quantity]) -> list[Draft]:
    """Drafts of the explicit claims of a sentence, in order of the text; code, total and attributes are still open."""
    items = find_items(text, sentence, quantities)
    runs = aligned_runs(text, items)
    drafts: list[Draft] = []
    for index, (item, quantity) in enumerate(zip(items, share_units(items, runs), strict=True)):
        goes_on = index in runs and _first(runs, index) < index
        reading = drafts[-1].reading if goes_on else read_measure(text, item)
        if index in runs:
            name, common = runs[index]
            draft = _draft(sentence, item, quantity, reading, name)
            draft.aligned = True
            draft.place = _place(runs, index)
            told = words_for_all(text, items[_first(runs, index)])
            draft.right = told if told is not None and item.right[0] == item.right[1] else item.right
            draft.extra = common if name != runs[_last(runs, index)][0] else ""
            drafts.append(draft)
            continue
        drafts += [_draft(sentence, item, quantity, reading, name) for name in names_of_shared_value(text, item)]
    for draft in drafts:
        draft.own = _behind_exception(text, draft.own)
        draft.way = _way(text, draft)
        draft.compared = _is_compared(text, draft)
        draft.extra = draft.extra or text[slice(*draft.way)]
    return drafts


def _is_compared(text: str, draft: Draft) -> bool:
    """Whether a level is told as that of another year only (比2022年的438件, 128条（2022年为98条）)."""
    assert draft.item is not None
    start, end = draft.own
    opener = draft.item.opener
    if opener >= 0 and not text[opener + 1 : draft.span[0]].strip():  # the words before a bracket around the number
        start = max(draft.item.gap[0], *(text.rfind(mark, draft.item.gap[0], opener) + 1 for mark in CLAUSE_ENDS))
        end = opener
    told = text[start:end].strip(EDGE)
    if cues().base_year.fullmatch(told) is not None:
        grown = text.startswith((*cues().up, *cues().down), draft.span[1] + 1)  # 发布86篇，2021年为61篇，增长41%
        return draft.is_level and (draft.depth > 0 or grown)
    return draft.is_level and cues().base_figure.fullmatch(told) is not None


def _way(text: str, draft: Draft) -> Span:
    """The way that the head of its list names (线下：受理9件，办结8件); an empty span where there is none."""
    assert draft.item is not None
    if draft.item.lead is None or not text.startswith("：", draft.item.lead[1]):
        return draft.own[0], draft.own[0]
    end = draft.item.lead[1]
    word = next((word for word in cues().ways if text.endswith(word, draft.item.lead[0], end)), "")
    return end - len(word), end


def share_total_unit(draft: Draft) -> None:
    """Give a part without a measure word the one of its total (信息213条，其中动态121)."""
    if draft.unit is None and draft.total is not None:
        draft.unit = draft.total.unit


def return_own_unit(draft: Draft) -> None:
    """Take from a part without a measure word the one of its total, where it counts something else than that."""
    unwritten = draft.quantity is not None and draft.quantity.unit is None
    if unwritten and draft.total is not None and draft.code is not None and draft.code != draft.total.code:
        draft.unit = None


def _place(runs: dict[int, tuple[Span, str]], index: int) -> tuple[int, int]:
    """Which of how many values it is in a run that has one name for all; (0, 0) where each has its own."""
    first, last = _first(runs, index), _last(runs, index)
    return (index - first, last - first + 1) if runs[first][0] == runs[last][0] else (0, 0)


def _first(runs: dict[int, tuple[Span, str]], index: int) -> int:
    """Index of the first item of the aligned run that holds ``index``."""
    while index - 1 in runs and runs[index - 1][1] == runs[index][1]:
        index -= 1
    return index


def _last(runs: dict[int, tuple[Span, str]], index: int) -> int:
    """Index of the last item of the aligned run that holds ``index``."""
    while index + 1 in runs and runs[index + 1][1] == runs[index][1]:
        index += 1
    return index


def _draft(sentence: Sentence, item: Item, quantity: Quantity, reading: Reading, own: Span) -> Draft:
    """A draft whose value carries the sign of its reading."""
    low, high = quantity.low * reading.sign, quantity.high * reading.sign
    return Draft(
        sentence=sentence,
        span=(quantity.start, quantity.end),
        own=own,
        right=item.right,
        value=quantity.value * reading.sign,
        value_max=None if quantity.value_max is None else quantity.value_max * reading.sign,
        unit=quantity.unit,
        low=min(low, high),
        high=max(low, high),
        reading=reading,
        modifier=quantity.modifier,
        item=item,
        quantity=quantity,
    )


def _behind_exception(text: str, own: Span) -> Span:
    """Own words without what they leave out first (除上年结转外|新收)."""
    closing = text.find(cues().excepted[0], *own) if text.startswith(cues().excepting, *own) else -1
    return (closing + 1, own[1]) if own[0] < closing < own[1] - 1 else own
