"""What kind of figure a number is (level, share, growth, change, average, rank, score …), and its sign."""

from __future__ import annotations

from extractor.facts.cues import CLAUSE_ENDS, EDGE, Cues, cues
from extractor.facts.items import Item
from extractor.record import record

WINDOW = 16  # characters before the number in which a direction may stand
NET_REACH = 8  # characters before the number in which 净增 makes it a change
NEAR = 24  # characters before the number in which a comparison or a period word may stand


@record
class Reading:
    """measure and per as in the contract; sign is -1 for what fell; direction is "up", "down" or "" (no change claim);
    cue is the text of the direction word."""

    measure: str
    per: str | None = None
    sign: int = 1
    direction: str = ""
    cue: str = ""


def read_measure(text: str, item: Item) -> Reading:
    """Measure of one item, from its unit, its form and the words before and behind the number."""
    quantity = item.quantity
    words = cues()
    before = text[item.left[0] : quantity.start]
    unit = quantity.unit or ""
    if quantity.form == "rank":
        return Reading("rank")
    direction, cue = _direction(words, text, item)
    if _is_ratio(words, unit, quantity.form):
        if not direction and _is_cut(words, before):
            direction = "down"
        return _ratio(unit, quantity.form, direction, cue, words)
    if not unit and not direction and words.names_rate(before):
        return Reading("share")  # 败诉率为0
    if not direction and unit in words.units["duration"] and _is_cut(words, before):
        return Reading("change", None, -1, "down", "")  # 压缩审批时间326天
    net = next((word for word in words.net if word in before[-NET_REACH:]), "")
    if net and not direction:
        return Reading("change", None, -1 if net in words.falls else 1)  # 净增粉丝1.6万人
    if direction and _compared(words, text, item, cue, direction):
        return Reading("change", None, -1 if direction == "down" and not _is_place(unit) else 1, direction, cue)
    return _level(words, before, unit)


def _is_ratio(words: Cues, unit: str, form: str) -> bool:
    return unit in words.units["share"] | words.units["change"] | words.units["multiple"] or form in {
        "tenths",
        "fraction",
        "multiple",
    }


def _is_cut(words: Cues, before: str) -> bool:
    """Whether a share is told of what a verb before it cuts: 减环节62%, 压减材料四成."""
    own = before.strip(EDGE)
    return len(own) <= WINDOW and own.startswith(words.cuts) and not own.endswith((*words.rate_names, *words.from_to))


def _ratio(unit: str, form: str, direction: str, cue: str, words: Cues) -> Reading:
    sign = -1 if direction == "down" else 1
    if unit in words.units["change"]:
        return Reading("change", None, sign, direction, cue)
    if direction or unit in words.units["multiple"] or form == "multiple":
        return Reading("growth", None, sign, direction, cue)
    return Reading("share")


def _level(words: Cues, before: str, unit: str) -> Reading:
    per = _average(words, before)
    if unit in words.units["score"] and any(word in before[-NEAR:] for word in words.score):
        return Reading("score")
    if per is not None and not (per == "none" and unit in words.units["duration"]):
        return Reading("average", None if per == "none" else per)
    kind = next((kind for kind in ("score", "duration", "amount") if unit in words.units[kind]), "count")
    if kind == "count" and any(word in before for word in words.mean):
        return Reading("average")
    return Reading(kind)


def _average(words: Cues, before: str) -> str | None:
    """Period word of an average ("none" where it is per something else), or None."""
    tail = before[-NEAR:]
    if words.any_average.search(tail) is None or any(word in tail for word in words.not_average):
        return None
    for word in words.all_year:  # a total behind a word of frequency (每季度召开，全年4场)
        tail = tail[tail.rfind(word) + len(word) :] if word in tail else tail
    for per, forms in words.average.items():
        if any(word in tail for word in forms):
            return per
    return None


def _direction(words: Cues, text: str, item: Item) -> tuple[str, str]:
    """("up" | "down" | "", the word) of the direction that stands right before the number."""
    start = max(item.left[0], item.quantity.start - WINDOW)
    rest = text[start : item.quantity.start]
    if rest.endswith((*words.from_to, *words.cut_rates)):
        return "", ""
    rest = _strip_between(words, rest)
    if rest.endswith(words.not_change) and not (rest.endswith(words.added) and _is_compared(words, rest)):
        return "", ""
    if rest.endswith(words.added):
        return ("up", words.added[0]) if _is_compared(words, rest) else ("", "")
    for direction, forms in (("up", words.up), ("down", words.down)):
        if rest.endswith(forms):
            return direction, next(word for word in forms if rest.endswith(word))
    return "", ""


def _is_compared(words: Cues, rest: str) -> bool:
    """Whether a word of comparison stands in the words before a number."""
    return any(word in rest for word in words.compare)


def _strip_between(words: Cues, rest: str) -> str:
    """``rest`` without the words that may stand between a direction and its number (增长了约, 增幅达)."""
    for _ in range(3):
        if not rest.endswith(words.between):
            break
        rest = rest[: -len(next(word for word in words.between if rest.endswith(word)))]
    return rest


def strip_direction(words: str) -> str:
    """``words`` without a direction (增长了, 下降约) or a step to another level (提高到) at their end."""
    if words.endswith(cues().from_to):
        return strip_step(words)
    rest = _strip_between(cues(), words)
    for word in (*cues().up, *cues().down):
        if rest.endswith(word) and not rest.endswith(cues().not_change):
            return rest[: -len(word)]
    return words


def _compared(words: Cues, text: str, item: Item, cue: str, direction: str) -> bool:
    """Whether a count behind a direction word is a change: only with a comparison before it in the same clause.

    One-character words (多, 少, 增) need the comparison in their own words; without any, a word for a fall is a change
    as well, and so is a longer word that names no object (增加近1天).
    """
    own = text[item.left[0] : item.quantity.start]
    moved = _is_place(item.quantity.unit or "") and len(cue) > 1
    if cue in words.falls or moved or any(word in own for word in words.compare):
        return True
    if len(cue) < 2:
        return own.strip(EDGE) == cue and _is_base_before(words, text, item)
    earlier = text[max(item.gap[0], item.left[0] - NEAR) : item.left[0]]
    return any(word in earlier for word in words.compare) or own.lstrip(EDGE).startswith(cue)


def _is_base_before(words: Cues, text: str, item: Item) -> bool:
    """Whether the number right before is what this one is compared with (比2022年的1438件|多204件)."""
    first = max(0, item.gap[0] - NEAR)
    start = max(text.rfind(mark, first, item.gap[0]) for mark in CLAUSE_ENDS) + 1
    return start > 0 and text[start : item.gap[0]].lstrip(EDGE).startswith(words.compare)


def _is_place(unit: str) -> bool:
    """Places in a ranking: 前移2位 is a rise of 2."""
    return unit in cues().units["rank"]


def strip_step(words: str) -> str:
    """``words`` without a step to another level (提高到, 整合为) at their end."""
    return next((words[: -len(word)] for word in cues().from_to if words.endswith(word)), words)
