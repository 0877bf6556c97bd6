"""The one decision that joins rules and trained part.

The rules decide first.  For an explicit claim the candidates are weighed (``claims.weigh_candidates``) with learned
weights, what the rules told being one of the things weighed, which gives each a probability.  Where the rules have no
code, the likeliest one is taken if it is likelier than no code by a learned margin; a code that a claim's own words
or its list told them gives way to a candidate that is likelier by a learned margin of its own, one that it has from
its total, a flow or a step does not.  Such a fact has the method ``model:indicator``.  Claims that took their code
from one that was given another follow it.  Names that no list of words knows are told by ``openers`` where they open
a clause; the rules take them for bodies or sites like any other.  A number stays a fact whatever the trained part
thinks of it: its doubt is in the confidence, which all claims get from the same probabilities.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from extractor.facts import UNCODED, Draft
from extractor.model.claims import NO_CODE, NO_FACT, RECENT, Claim, list_candidates, read_claim, weigh_candidates
from extractor.model.confidence import judge, observe
from extractor.model.features import describe_claim, describe_setting
from extractor.model.openers import find_openers
from extractor.model.weights import Margins, Sums, Weights, find_file, load_weights
from extractor.record import record
from extractor.types import Span

METHOD = "model:indicator"
OWN = "own"  # how the sources of codes begin that a claim's own words told
LIST = "list"  # source of the code of a claim that goes on with a list


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
            told = draft.code
            if _follow(draft, here, changed):
                changed[id(draft)] = told
            if draft.kind == "implied":
                draft.confidence = judge(observe(draft, 0.5, False), self.weights.confidence)
                continue
            claim = read_claim(draft, [*known[-RECENT:], *here])
            opinion = self.decide(claim, describe_claim(text, draft, here), setting)
            if opinion.revised:
                changed[id(draft)] = draft.code
            self.settle(draft, opinion)

    def names(self, text: str, start: int, end: int, taken: Sequence[Span]) -> list[Span]:
        """Spans of names that open clauses of text[start:end] beside those in ``taken``."""
        return find_openers(text, start, end, taken, self.weights.weigh_opener)

    def decide(self, claim: Claim, features: Sequence[str], setting: Sums | None = None) -> Opinion:
        """The documented decision for one claim; ``setting`` -- features that its sentence added up before."""
        return choose(claim, self.weigh(claim, features, setting), self.weights.margins)

    def weigh(self, claim: Claim, features: Sequence[str], setting: Sums | None = None) -> dict[str, float]:
        """Probability of every candidate."""
        worded = self.weights.score_words(features, setting)
        return self.weights.combine(weigh_candidates(claim, list_candidates(claim, worded), worded))

    def settle(self, draft: Draft, opinion: Opinion) -> None:
        """Write a decision into its draft."""
        if opinion.revised:
            draft.code = None if opinion.code == NO_CODE else opinion.code
            draft.rule, draft.score, draft.inherited = METHOD, 0.0, False
        draft.confidence = judge(observe(draft, opinion.chance, opinion.revised), self.weights.confidence)


def choose(claim: Claim, chances: Mapping[str, float], margins: Margins) -> Opinion:
    """The likeliest code of an explicit claim if it beats what the rules told by the margin, else what they told."""
    told = chances[claim.told]
    if claim.kind == "explicit" and _may_change(claim):
        best = max((code for code in chances if code != NO_FACT), key=lambda code: chances[code])
        if chances[best] > told + (margins.fill if claim.told == NO_CODE else margins.overrule):
            return Opinion(best, chances[best], True)
    return Opinion(claim.told, told, False)


def _may_change(claim: Claim) -> bool:
    """Whether the rules have no code, or one that the claim's own words or its list told them."""
    if claim.source == UNCODED:
        return False
    return claim.told == NO_CODE or claim.source == LIST or claim.source.startswith(OWN)


def _follow(draft: Draft, here: Sequence[Draft], changed: Mapping[int, str | None]) -> bool:
    """Give a claim that took its code from one that has changed the new code; returns whether others may follow it.

    What goes on with a list is followed by nothing: the list may have gone on to something else.
    """
    if not draft.inherited:
        return False
    linked = (draft.total, draft.base, draft.numerator, draft.denominator)
    for other in (*linked, *here[-1:]):
        if other is not None and id(other) in changed and changed[id(other)] == draft.code:
            draft.code = other.code
            return any(other is link for link in linked)
    return False


@cache
def find_adviser() -> ModelAdviser | None:
    """The trained part where its weights are installed, else None."""
    path = find_file()
    return None if path is None else ModelAdviser(path)
