"""Where the name begins that ends in a noun, and where the quotes end behind it."""

from __future__ import annotations

from extractor.facts.vocabulary import stops_in, vocabulary

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
