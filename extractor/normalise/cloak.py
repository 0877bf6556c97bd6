"""Pinyin cloaking: a syllable in brackets after a character (區(qū)) is dropped."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from extractor import lexicon
from extractor.normalise.chars import HAN
from extractor.normalise.draft import Draft

# a bracket right after an ideograph, holding seven letters at most, tone marks possibly as combining characters
BRACKET = lexicon.matcher(
    rf"[(（](?<=[{HAN}][(（]) ?([a-zü-ǜ\u0101-\u01dc\u1e3f\u1ebd\u00e0-\u00fc\u0300-\u030c]{{1,12}}) ?[)）]"
)


@cache
def _syllable() -> tuple[re.Pattern[str], dict[int, str], frozenset[str]]:
    """Pattern of a syllable without tone, table that takes the tone off, words that need a tone to be pinyin."""
    pinyin = lexicon.table("chars")["pinyin"]
    initials = "|".join(sorted(pinyin["initials"], key=len, reverse=True))
    finals = "|".join(sorted(pinyin["finals"], key=len, reverse=True))
    tones = {ord(tone): plain for plain, marked in pinyin["tones"].items() for tone in marked}
    return lexicon.matcher(f"(?:{initials})?(?:{finals})|ng?|m"), tones, frozenset(pinyin["words"])


def is_syllable(letters: str) -> bool:
    """Whether the letters are one syllable of pinyin, with or without its tone."""
    pattern, tones, words = _syllable()
    letters = unicodedata.normalize("NFC", letters)
    plain = letters.translate(tones)
    return bool(pattern.fullmatch(plain)) and (plain != letters or (plain not in words and len(plain) > 1))


def drop_cloaking(draft: Draft) -> bool:
    """Drop every bracket that holds one syllable; whether there was any."""
    before = len(draft.text)
    draft.replace(BRACKET, lambda match: "" if is_syllable(match[1]) else match[0])
    return len(draft.text) < before
