"""The one decision that joins rules and trained part.

The rules decide first.  For every explicit claim the candidates are weighed (``claims.weigh_candidate``) with learned
weights, which gives each a probability; the rules' own decision and its evidence are among the traits, so a strong rule
stands unless the words speak clearly for another code.  The rules' code is given up only for a candidate whose
probability is larger by a learned margin; such a fact has the method ``model:indicator``.  Claims that took their code
from one that changed follow it.  A number stays a fact whatever the trained part thinks of it: its doubt is in the
confidence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from extractor.facts import Draft
from extractor.model.claims import NO_CODE, NO_FACT, Claim, list_candidates, read_claim, weigh_candidate
from extractor.model.confidence import judge, observe
from extractor.model.features import describe
from extractor.model.weights import Weights, find_file, load_weights

METHOD = "model:indicator"


@dataclass(frozen=True, slots=True)
class Opinion:
    """What is decided for one claim: code, its probability, and whether the rules had another one."""

    code: str
    chance: float
    revised: bool


class ModelAdviser:
    """Revises codes and sets confidence; the weights are read when the first claim is met."""

    def __init__(self, path: Path) -> None:
        """Remember where the weights are."""
        self._path = path

    @property
    def weights(self) -> Weights:
        """The learned weights."""
        return load_weights(self._path)

    @property
    def version(self) -> str:
        """Version of the trained part: digest of what it was trained on and with."""
        return self.weights.version

    def revise(self, text: str, drafts: Sequence[Draft], known: Sequence[Draft], previous: str) -> None:
        """Decide code and confidence of a sentence's drafts, in place."""
        changed: dict[int, str | None] = {}
        for at, draft in enumerate(drafts):
            _follow(draft, drafts[:at], changed)
            if draft.kind == "implied":
                draft.confidence = judge(observe(draft, 0.5, False), self.weights.confidence)
                continue
            claim = read_claim(draft, [*known, *drafts[:at]])
            opinion = self.decide(claim, describe(text, draft, drafts[:at], known, previous))
            if opinion.revised:
                changed[id(draft)] = draft.code
            self.settle(draft, opinion)

    def decide(self, claim: Claim, features: Sequence[str]) -> Opinion:
        """The documented decision for one claim."""
        return choose(claim, self.weigh(claim, features), self.weights.margin)

    def weigh(self, claim: Claim, features: Sequence[str]) -> dict[str, float]:
        """Probability of every candidate."""
        worded = self.weights.score_words(features)
        return self.weights.combine(
            {code: weigh_candidate(claim, code, worded) for code in list_candidates(claim, worded)}
        )

    def settle(self, draft: Draft, opinion: Opinion) -> None:
        """Write a decision into its draft."""
        draft.confidence = judge(observe(draft, opinion.chance, opinion.revised), self.weights.confidence)
        if opinion.revised:
            draft.code = None if opinion.code == NO_CODE else opinion.code
            draft.rule, draft.score, draft.inherited = METHOD, 0.0, False


def choose(claim: Claim, chances: Mapping[str, float], margin: float) -> Opinion:
    """The likeliest code where it beats the rules' one by ``margin``, else theirs; zero claims keep theirs."""
    best = max(chances, key=lambda code: (code != NO_FACT, chances[code]))
    told = chances[claim.told]
    if claim.kind == "explicit" and best != claim.told and chances[best] > told + margin:
        return Opinion(best, chances[best], True)
    return Opinion(claim.told, told, False)


def _follow(draft: Draft, here: Sequence[Draft], changed: Mapping[int, str | None]) -> None:
    """Give a claim that took its code from one that has changed the new code."""
    if not draft.inherited:
        return
    for other in (draft.total, draft.base, draft.numerator, draft.denominator, *here[-1:]):
        if other is not None and id(other) in changed and changed[id(other)] == draft.code:
            draft.code = other.code
            return


@cache
def find_adviser() -> ModelAdviser | None:
    """The trained part where its weights are installed, else None."""
    path = find_file()
    return None if path is None else ModelAdviser(path)
