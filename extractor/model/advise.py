"""The one decision that joins rules and trained part.

The rules decide first, and a code of theirs stands: measured on the validation part, taking it away was wrong as
often as right.  Where they have none for an explicit claim, the candidates are weighed (``claims.weigh_candidates``)
with learned weights, which gives each a probability, and the likeliest code is taken if it is likelier than no code by
a learned margin; such a fact has the method ``model:indicator``.  Claims that took their missing code from one that was
given a code follow it.  A number stays a fact whatever the trained part thinks of it: its doubt is in the confidence,
which all claims get from the same probabilities.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from extractor.facts import Draft
from extractor.model.claims import NO_CODE, NO_FACT, RECENT, Claim, list_candidates, read_claim, weigh_candidates
from extractor.model.confidence import judge, observe
from extractor.model.features import describe_claim, describe_setting
from extractor.model.weights import Sums, Weights, find_file, load_weights
from extractor.record import record

METHOD = "model:indicator"


@record
class Opinion:
    """What is decided for one claim: code, its probability, and whether the rules had another one."""

    code: str
    chance: float
    revised: bool


class ModelAdviser:
    """Revises codes and sets confidence; the weights are read when the first claim is met."""

    def __init__(self, file: str) -> None:
        """Remember where the weights are."""
        self.file = file

    @property
    def weights(self) -> Weights:
        """The learned weights."""
        return load_weights(self.file)

    @property
    def version(self) -> str:
        """Version of the trained part: digest of what it was trained on and with."""
        return self.weights.version

    def revise(self, text: str, drafts: Sequence[Draft], known: Sequence[Draft], previous: str) -> None:
        """Decide code and confidence of a sentence's drafts, in place."""
        changed: dict[int, str | None] = {}
        setting = self.weights.add_up(describe_setting(drafts[0].sentence, previous)) if drafts else {}
        for at, draft in enumerate(drafts):
            here = drafts[max(0, at - RECENT) : at]
            _follow(draft, here, changed)
            if draft.kind == "implied":
                draft.confidence = judge(observe(draft, 0.5, False), self.weights.confidence)
                continue
            claim = read_claim(draft, [*known[-RECENT:], *here])
            opinion = self.decide(claim, describe_claim(text, draft, here), setting)
            if opinion.revised:
                changed[id(draft)] = draft.code
            self.settle(draft, opinion)

    def decide(self, claim: Claim, features: Sequence[str], setting: Sums | None = None) -> Opinion:
        """The documented decision for one claim; ``setting`` -- features that its sentence added up before."""
        return choose(claim, self.weigh(claim, features, setting), self.weights.margin)

    def weigh(self, claim: Claim, features: Sequence[str], setting: Sums | None = None) -> dict[str, float]:
        """Probability of every candidate."""
        worded = self.weights.score_words(features, setting)
        return self.weights.combine(weigh_candidates(claim, list_candidates(claim, worded), worded))

    def settle(self, draft: Draft, opinion: Opinion) -> None:
        """Write a decision into its draft."""
        draft.confidence = judge(observe(draft, opinion.chance, opinion.revised), self.weights.confidence)
        if opinion.revised:
            draft.code, draft.rule, draft.score, draft.inherited = opinion.code, METHOD, 0.0, False


def choose(claim: Claim, chances: Mapping[str, float], margin: float) -> Opinion:
    """The rules' code; where they have none, the likeliest code if it beats ``none`` by ``margin``."""
    told = chances[claim.told]
    if claim.kind == "explicit" and claim.told == NO_CODE:
        codes = [code for code in chances if code not in {NO_CODE, NO_FACT}]
        best = max(codes, key=lambda code: chances[code], default=NO_CODE)
        if chances[best] > told + margin:
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
