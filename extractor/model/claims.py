"""A claim with its candidates: codes that words, neighbours or the trained part propose, and what speaks for each."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from extractor.facts import Draft, indicators, level_of, source_of
from extractor.record import record

NO_CODE = "none"  # a fact that no code fits
NO_FACT = "not"  # a number that is no fact
OUTSIDE = frozenset({NO_CODE, NO_FACT})
RECENT, OWN, PROPOSED, WORDED, BEST = 4, 3, 8, 40, 3
LIST_REACH = 12  # characters between two numbers of a list
FLOOR = -9.0  # logarithm of what the words give a code that they do not propose
REFERRING = frozenset({"growth", "change", "average"})

Traits = dict[str, float]


@record
class Neighbour:
    """An earlier claim that may share its code: the code, and whether unit, sentence and size fit."""

    code: str
    same_unit: bool
    same_sentence: bool
    holds: bool


@record
class Claim:
    """What the rules say of a claim, kept apart from the draft that will change.

    told -- their code, ``none`` for none; source -- how they came to it; score -- their evidence; own -- best codes of
    its own words with scores; total, base -- codes of the total and of the figure it refers to; recent -- claims before
    it, nearest first; listed -- whether it goes on with a list: nothing but a joint, a bracket or a short name parts it
    from the number before.
    """

    told: str
    source: str
    score: float
    own: tuple[tuple[str, float], ...]
    total: str | None
    base: str | None
    recent: tuple[Neighbour, ...]
    unit: str | None
    measure: str
    kind: str
    listed: bool = False


def read_claim(draft: Draft, before: Sequence[Draft]) -> Claim:
    """The claim as the rules left it; ``before`` are all earlier drafts of the section."""
    referred = draft.base or draft.numerator or draft.denominator
    return Claim(
        told=draft.code or NO_CODE,
        source=source_of(draft),
        score=draft.score,
        own=tuple((match.code, match.score) for match in draft.matches[:OWN]),
        total=None if draft.total is None else draft.total.code or NO_CODE,
        base=None if referred is None else referred.code or NO_CODE,
        recent=tuple(_neighbour(draft, other) for other in reversed(before[-RECENT:])),
        unit=draft.unit,
        measure=draft.reading.measure,
        kind=draft.kind,
        listed=_listed(draft, before),
    )


def list_candidates(claim: Claim, worded: Mapping[str, float]) -> list[str]:
    """Codes to choose from, each once, in a fixed order; ``worded`` -- logarithms of the words' scores, best first."""
    found = [claim.told, *(code for code, _ in claim.own), claim.total, claim.base]
    found += [other.code for other in claim.recent]
    found += [*list(worded)[:PROPOSED], NO_CODE, NO_FACT]
    return [code for code in dict.fromkeys(found) if code is not None]


def weigh_candidates(claim: Claim, codes: Sequence[str], worded: Mapping[str, float]) -> dict[str, Traits]:
    """What speaks for and against each code: named values that the combining weights are learned for."""
    words, own = _Words(worded), {name: (rank, score) for rank, (name, score) in enumerate(claim.own)}
    return {code: _weigh(claim, code, words, own) for code in codes}


def _weigh(claim: Claim, code: str, words: _Words, own: Mapping[str, tuple[int, float]]) -> Traits:
    traits = _by_words(claim, code, words)
    traits[f"is {code}"] = traits[f"unit {claim.unit} {code}"] = 1.0
    if code == claim.told:
        _add_told(traits, claim)
    elif code in own:
        traits[f"own {own[code][0]}"] = 1.0
        traits[f"own level {level_of(own[code][1])}"] = 1.0
    if code in OUTSIDE:
        _add_outside(traits, claim, code)
    else:
        _add_place(traits, claim, code)
    _add_unit(traits, claim, code)
    return traits


class _Words:
    """What the words give each code, the three best codes, and the logarithm of what they give to each domain."""

    def __init__(self, worded: Mapping[str, float]) -> None:
        self.scores = worded
        self.best = list(worded)[:BEST]
        sums: dict[str, float] = {}
        for code, score in worded.items():
            if code not in OUTSIDE:
                name = code.partition(".")[0]
                sums[name] = sums.get(name, 0.0) + math.exp(score)
        self.domains = {name: math.log(total) for name, total in sums.items()}


def _listed(draft: Draft, before: Sequence[Draft]) -> bool:
    last = before[-1] if before else None
    return last is not None and last.sentence is draft.sentence and draft.span[0] - last.span[1] <= LIST_REACH


def _neighbour(draft: Draft, other: Draft) -> Neighbour:
    return Neighbour(
        other.code or NO_CODE, other.unit == draft.unit, other.sentence is draft.sentence, other.value >= draft.value
    )


def _by_words(claim: Claim, code: str, words: _Words) -> Traits:
    value = max(words.scores.get(code, FLOOR), FLOOR)
    best = words.best
    rank = best.index(code) if code in best else BEST
    traits = {
        "words": value,
        f"words {code if code in OUTSIDE else 'code'}": value,
        f"words {claim.source}": value,
        f"rank {rank}": 1.0,
    }
    if code not in OUTSIDE:
        traits["domain"] = max(words.domains.get(code.partition(".")[0], FLOOR), FLOOR)
    if rank == 0:
        traits["lead"] = value - (words.scores[best[1]] if len(best) > 1 else FLOOR)
    return traits


def _add_told(traits: Traits, claim: Claim) -> None:
    level = level_of(claim.score)
    traits[f"told {claim.source}"] = traits[f"told {claim.told}"] = 1.0
    traits[f"told level {level}"] = 1.0
    if claim.source.startswith("own"):
        traits[f"told own level {level}"] = 1.0
        traits["told own score"] = min(claim.score, 40.0) / 10
    if len(claim.own) > 1:
        traits["told margin"] = min(claim.own[0][1] - claim.own[1][1], 10.0) / 10


def _add_outside(traits: Traits, claim: Claim, code: str) -> None:
    """What speaks for there being no code or no fact."""
    traits[code] = 1.0
    traits[f"{code} {claim.source}"] = 1.0
    traits[f"{code} unit {claim.unit is not None}"] = 1.0
    traits[f"{code} own {bool(claim.own)}"] = 1.0
    traits[f"{code} listed {claim.listed} {claim.source == 'open'}"] = 1.0


def _add_place(traits: Traits, claim: Claim, code: str) -> None:
    """Agreement with the codes of the total, of the figure referred to and of the claims before."""
    ways = "open" if claim.source == "open" else "told"
    if code == claim.total:
        traits["total"] = traits[f"total {ways}"] = 1.0
    if code == claim.base:
        traits["base"] = 1.0
    for rank, other in enumerate(claim.recent):
        if other.code == code:
            traits[f"recent {rank}"] = 1.0
            traits[f"recent {ways} unit {other.same_unit} sentence {other.same_sentence}"] = 1.0
            traits[f"recent {ways} holds {other.holds}"] = 1.0
            traits[f"recent {ways} listed {claim.listed} unit {other.same_unit}"] = 1.0
            break


def _add_unit(traits: Traits, claim: Claim, code: str) -> None:
    indicator = indicators().get(code)
    if indicator is None:
        return
    if claim.unit is not None and claim.measure in {"count", "amount"}:
        fits = claim.unit == indicator.unit or claim.unit in indicator.units
        traits["unit fits" if fits else "unit odd"] = 1.0
    if indicator.measure != claim.measure and claim.measure not in REFERRING:
        traits[f"measure {indicator.measure} {claim.measure}"] = 1.0
