"""The trained part without spaCy: words of a claim to candidates, candidates to one decision and its confidence."""

from extractor.model.advise import METHOD, ModelAdviser, Opinion, choose, find_adviser
from extractor.model.claims import NO_CODE, Claim, list_candidates, read_claim, weigh_candidates
from extractor.model.confidence import observe
from extractor.model.features import describe
from extractor.model.weights import FORMAT, Margins, Weights, encode, group

__all__ = [
    "FORMAT",
    "METHOD",
    "NO_CODE",
    "Claim",
    "Margins",
    "ModelAdviser",
    "Opinion",
    "Weights",
    "choose",
    "describe",
    "encode",
    "find_adviser",
    "group",
    "list_candidates",
    "observe",
    "read_claim",
    "weigh_candidates",
]
