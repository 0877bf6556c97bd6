"""What the trained part sees of a claim: words around the number, the number itself masked, and codes nearby."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.facts import Draft
from extractor.lexicon import matcher

NUMBER = matcher(r"\d[\d,.]{0,20}")
MASK = "0"
OWN, NEAR, BEHIND, BEFORE = 30, 6, 14, 40  # characters: own words, those nearest to the number, behind it, before them
HEADING, PREVIOUS, TOTAL, LEAD = 16, 60, 24, 24
GRAMS = 3
STOPS = "，；。：\n"


def describe(text: str, draft: Draft, here: Sequence[Draft], known: Sequence[Draft], previous: str) -> list[str]:
    """Names of the features of one claim, without doubles, in a fixed order.

    here -- the drafts before it in its sentence; known -- those of earlier sentences; previous -- the sentence before.
    """
    return list(dict.fromkeys(_all(text, draft, here, known, previous)))


def _all(text: str, draft: Draft, here: Sequence[Draft], known: Sequence[Draft], previous: str) -> Iterator[str]:
    own = _mask(draft.extra + text[draft.own[0] : draft.own[1]])[-OWN:]
    right = draft.right if draft.right[0] < draft.right[1] else (draft.span[1], draft.span[1])
    behind = _mask(text[right[0] : right[1]])[:BEHIND]
    yield "bias"
    yield from words_around_number(own, behind)
    yield from _around(text, draft, previous)
    yield from facets(draft.unit, draft.reading.measure, draft.kind, own, behind)
    yield from _neighbours(text, draft, here, known)


def _around(text: str, draft: Draft, previous: str) -> Iterator[str]:
    """Words of the sentence outside the claim's own, of the heading and of the sentence before."""
    sentence = draft.sentence
    yield from grams("s", _mask(text[max(sentence.start, draft.own[0] - BEFORE) : draft.own[0]]), 2)
    end = min((at for stop in STOPS if (at := text.find(stop, draft.span[1], sentence.end)) >= 0), default=sentence.end)
    yield from grams("c", _mask(text[draft.span[1] : min(end, draft.span[1] + BEFORE)]), 2)
    yield from grams("f", _mask(text[sentence.start : min(draft.own[0], sentence.start + LEAD)]), 2)
    yield from grams("h", sentence.heading[:HEADING], 2)
    yield from grams("p", _mask(previous)[:PREVIOUS], 2)
    if draft.item is not None and draft.item.lead is not None:
        yield from grams("d", _mask(text[slice(*draft.item.lead)]), 2)


def words_around_number(own: str, behind: str) -> Iterator[str]:
    """Own words before the number and behind it: all of them, those next to it, and its very neighbours."""
    yield from grams("l", own, GRAMS)
    yield from grams("n", own[-NEAR:], 2)
    yield from (f"e{own[-size:]}" for size in range(1, 5) if len(own) >= size)
    yield from grams("r", behind, GRAMS)
    yield from (f"b{behind[:size]}" for size in range(1, 4) if len(behind) >= size)


def facets(unit: str | None, measure: str, kind: str, own: str, behind: str) -> Iterator[str]:
    """Unit, measure, kind, and the unit together with the words next to the number."""
    yield f"u={unit or '-'}"
    yield f"m={measure}"
    yield f"k={kind}"
    yield f"u={unit or '-'}|{own[-2:]}"
    yield f"u={unit or '-'}|>{behind[:2]}"


def _neighbours(text: str, draft: Draft, here: Sequence[Draft], known: Sequence[Draft]) -> Iterator[str]:
    """Codes and units of the total and of the counts before."""
    if draft.total is not None:
        total = draft.total
        yield f"t={total.code}"
        yield f"t={total.unit}|{draft.unit}"
        yield from grams("t", _mask(text[slice(*total.own)] + text[slice(*total.right)])[-TOTAL:], 2)
    else:
        yield "t=-"
    last = here[-1] if here else None
    yield f"a={last.code if last else '-'}"
    yield f"a={last.unit if last else '-'}|{draft.unit}"
    for other in here[-3:]:
        yield f"w={other.code}"


def grams(mark: str, words: str, longest: int) -> Iterator[str]:
    """All runs of up to ``longest`` characters, marked with where they stand."""
    for size in range(1, longest + 1):
        for at in range(len(words) - size + 1):
            yield f"{mark}{words[at : at + size]}"


def _mask(words: str) -> str:
    """The words with every number in digits replaced by one sign."""
    return NUMBER.sub(MASK, words)
