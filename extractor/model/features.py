"""What the trained part sees of a claim: words around the number, the number itself masked, and codes nearby."""

from __future__ import annotations

from collections.abc import Sequence
from operator import add

from extractor.facts import Draft
from extractor.lexicon import matcher
from extractor.types import Sentence

NUMBER = matcher(r"\d[\d,.]{0,20}")
MASK = "0"
OWN, NEAR, BEHIND, BEFORE = 30, 6, 14, 40  # characters: own words, those nearest to the number, behind it, before them
HEADING, PREVIOUS, TOTAL, LEAD = 16, 60, 24, 24
GRAMS = 3
STOPS = "，；。：\n"


def describe(text: str, draft: Draft, here: Sequence[Draft], previous: str) -> list[str]:
    """Names of the features of one claim, without doubles, in a fixed order.

    here -- the drafts before it in its sentence, the last three are enough; previous -- the sentence before.
    """
    return _describe(text, draft, here, describe_setting(draft.sentence, previous))


def describe_claim(text: str, draft: Draft, here: Sequence[Draft]) -> list[str]:
    """What ``describe`` gives but for ``describe_setting``."""
    return _describe(text, draft, here, [])


def describe_setting(sentence: Sentence, previous: str) -> list[str]:
    """The features that all claims of a sentence share: of the heading and of the sentence before."""
    names = (*grams("h", sentence.heading[:HEADING], 2), *grams("p", _mask(previous)[:PREVIOUS], 2))
    return list(dict.fromkeys(names))


def _describe(text: str, draft: Draft, here: Sequence[Draft], setting: list[str]) -> list[str]:
    own = _mask(draft.extra + text[draft.own[0] : draft.own[1]])[-OWN:]
    right = draft.right if draft.right[0] < draft.right[1] else (draft.span[1], draft.span[1])
    behind = _mask(text[right[0] : right[1]])[:BEHIND]
    names = [
        "bias",
        *words_around_number(own, behind),
        *_around(text, draft, setting),
        *facets(draft.unit, draft.reading.measure, draft.kind, own, behind),
        *_neighbours(text, draft, here),
    ]
    return list(dict.fromkeys(names))


def _around(text: str, draft: Draft, setting: list[str]) -> list[str]:
    """Words of the sentence outside the claim's own, of the heading and of the sentence before."""
    sentence = draft.sentence
    end = min((at for stop in STOPS if (at := text.find(stop, draft.span[1], sentence.end)) >= 0), default=sentence.end)
    lead = draft.item.lead if draft.item is not None else None
    return [
        *grams("s", _mask(text[max(sentence.start, draft.own[0] - BEFORE) : draft.own[0]]), 2),
        *grams("c", _mask(text[draft.span[1] : min(end, draft.span[1] + BEFORE)]), 2),
        *grams("f", _mask(text[sentence.start : min(draft.own[0], sentence.start + LEAD)]), 2),
        *setting,
        *(grams("d", _mask(text[slice(*lead)]), 2) if lead is not None else ()),
    ]


def words_around_number(own: str, behind: str) -> list[str]:
    """Own words before the number and behind it: all of them, those next to it, and its very neighbours."""
    return [
        *grams("l", own, GRAMS),
        *grams("n", own[-NEAR:], 2),
        *(f"e{own[-size:]}" for size in range(1, 5) if len(own) >= size),
        *grams("r", behind, GRAMS),
        *(f"b{behind[:size]}" for size in range(1, 4) if len(behind) >= size),
    ]


def facets(unit: str | None, measure: str, kind: str, own: str, behind: str) -> list[str]:
    """Unit, measure, kind, and the unit together with the words next to the number."""
    name = f"u={unit or '-'}"
    return [name, f"m={measure}", f"k={kind}", f"{name}|{own[-2:]}", f"{name}|>{behind[:2]}"]


def _neighbours(text: str, draft: Draft, here: Sequence[Draft]) -> list[str]:
    """Codes and units of the total and of the counts before."""
    total, last = draft.total, here[-1] if here else None
    names = ["t=-"]
    if total is not None:
        words = _mask(text[slice(*total.own)] + text[slice(*total.right)])[-TOTAL:]
        names = [f"t={total.code}", f"t={total.unit}|{draft.unit}", *grams("t", words, 2)]
    names += [f"a={last.code if last else '-'}", f"a={last.unit if last else '-'}|{draft.unit}"]
    return [*names, *(f"w={other.code}" for other in here[-3:])]


def grams(mark: str, words: str, longest: int) -> list[str]:
    """All runs of up to ``longest`` characters, marked with where they stand."""
    found = runs = list(map(mark.__add__, words))
    for size in range(1, longest):
        runs = list(map(add, runs, words[size:]))
        found = found + runs
    return found


def _mask(words: str) -> str:
    """The words with every number in digits replaced by one sign."""
    return NUMBER.sub(MASK, words)
