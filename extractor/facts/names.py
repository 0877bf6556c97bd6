"""Where the name begins that ends in a noun, where it ends, and what tells that it is none."""

from __future__ import annotations

from extractor.facts.vocabulary import stops_in, vocabulary
from extractor.lexicon import matcher
from extractor.types import Span

PERIOD = matcher(r"(?:(?:19|20)\d\d年?(?:度)?(?:\d{1,2}月)?(?:\d{1,2}日)?)")

LINE_DIGITS = 5  # digits of a hotline's number, which is part of its name (12345热线)
MAX_NOUN = 6  # characters of a noun that may stand inside the quotes of its name
MAX_NAME = 18  # characters a name may reach to the left of its noun
CJK = ("\u4e00", "\u9fff")


def name_start(text: str, floor: int, noun: int) -> int:
    """Where the name that ends in the noun at ``noun`` begins: at its quote, or behind a delimiter or stop word."""
    if noun > floor and "”" in text[noun - 1 : noun + MAX_NOUN].removeprefix("“").split("“")[0]:
        opening = text.rfind("“", floor, noun)
        if opening >= 0 and "”" not in text[opening : noun - 1]:
            return opening
    at = noun
    while at > floor and noun - at < MAX_NAME and (CJK[0] <= text[at - 1] <= CJK[1] or _ends_levels(text, at)):
        at = max(floor, text.rfind("（", 0, at)) if text[at - 1] == "）" else at - 1
    if at > floor and text[at - 1].isdigit() and text[at] in vocabulary().counters:
        at += 1
    at = digits = _behind_stops(text, at, noun)
    while digits > floor and text[digits - 1].isdigit():
        digits -= 1
    return digits if at - digits == LINE_DIGITS else at


def _ends_levels(text: str, end: int) -> bool:
    """Whether brackets end there that name levels of places (县（市、区）政府)."""
    return text[end - 1] == "）" and text[end - 2] in vocabulary().levels


def _behind_stops(text: str, at: int, noun: int) -> int:
    """Where the name begins behind words that belong to no name: stops, 设 before its object, 各个."""
    for _, right in stops_in(text, at, noun):
        at = right
    if at + 1 == noun and text[at] in vocabulary().short_verbs:
        return noun
    counter = at < noun and text[at] in vocabulary().counters
    return at + 1 if counter and not text[at - 1 : at].isdigit() else at


def quoted_end(text: str, end: int, limit: int) -> int:
    """End of the name in quotes right behind a noun (微信公众号“…”), else ``end``."""
    if end < limit and text[end] == "”":
        return end + 1
    if end < limit and text[end] == "“":
        closing = text.find("”", end, min(limit, end + MAX_NAME + 8))
        if closing >= 0:
            return closing + 1
    return end


def closed_end(text: str, start: int, end: int) -> int:
    """End of the quotes that a name begins with and does not close (“税务直播|间”), else ``end``."""
    if text[start] == "“" and "”" not in text[start:end]:
        return text.find("”", end, end + MAX_NOUN) + 1 or end
    return end


def with_titles(text: str, floor: int, span: Span) -> Span:
    """The name of a mailbox, with all whose it is (书记、县长信箱)."""
    words, at = vocabulary(), span[0]
    while text.endswith(words.mailboxes, *span) and at > floor + 1 and text[at - 1] == "、":
        title = next((title for title in words.titles if text.endswith(title, floor, at - 1)), None)
        if title is None:
            break
        at -= 1 + len(title)
    return at, span[1]


def behind_time(text: str, span: Span) -> Span:
    """The span behind a time that it begins with (今年|高新区)."""
    times = (word for word in vocabulary().opens_after if len(word) > 1 and text.startswith(word, *span))
    return span[0] + len(next(times, "")), span[1]


def holds_verb(text: str, span: Span) -> bool:
    """Whether words before a place are no name of it (落实省)."""
    return any(right - left > 1 for left, right in stops_in(text, *span))


def counts(text: str, at: int) -> bool:
    """Whether a count begins there, and not a year (公开了本部门2023年预算)."""
    hit = PERIOD.match(text, at)
    return text[at : at + 1].isdigit() and (hit is None or hit[0].isdigit())
