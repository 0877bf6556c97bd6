"""Two evaluations of the same gold: what changed, and whether chance would do it too."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extractor.errors import UsageError
from extractor.evaluate.figures import FAMILIES, ROUNDS, SEED, Evaluation, add_up, interval, score_family
from extractor.evaluate.score import DocumentScore

Pair = tuple[DocumentScore, DocumentScore]


@dataclass(frozen=True, slots=True)
class Difference:
    """Change of one family's F1 over the reports that both evaluations hold.

    before, after -- F1; low, high -- 95 % interval of after - before, from the same reports drawn for both.
    """

    family: str
    before: float
    after: float
    low: float
    high: float

    @property
    def settled(self) -> bool:
        """Whether the interval leaves out zero."""
        return self.low > 0 or self.high < 0


def compare(before: Evaluation, after: Evaluation) -> list[Difference]:
    """The change of every family.

    Raises UsageError when the two have no report in common.
    """
    earlier = {document.doc: document for document in before.documents}
    pairs = [(earlier[document.doc], document) for document in after.documents if document.doc in earlier]
    if not pairs:
        raise UsageError("the two evaluations have no report in common")
    was, now = (add_up(side) for side in zip(*pairs, strict=True))
    changes = _draw_changes(pairs)
    return [
        Difference(family, score_family(was, family)["f1"], score_family(now, family)["f1"], *interval(changes[family]))
        for family in FAMILIES
    ]


def _draw_changes(pairs: Sequence[Pair]) -> Mapping[str, list[float]]:
    draw = random.Random(SEED)
    changes: dict[str, list[float]] = {family: [] for family in FAMILIES}
    for _ in range(ROUNDS):
        was, now = (add_up(side) for side in zip(*draw.choices(pairs, k=len(pairs)), strict=True))
        for family in FAMILIES:
            changes[family].append(score_family(now, family)["f1"] - score_family(was, family)["f1"])
    return changes
