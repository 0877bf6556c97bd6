"""From sentences and numbers to facts: indicator, measure, period, subject, channel, category, links."""

from extractor.facts.advice import Adviser
from extractor.facts.assemble import assemble, line_boxes
from extractor.facts.confidence import UNCODED, level_of, source_of
from extractor.facts.drafts import Draft
from extractor.facts.link import Indicator, lexicon
from extractor.facts.narrative import find_drafts

__all__ = [
    "UNCODED",
    "Adviser",
    "Draft",
    "Indicator",
    "assemble",
    "find_drafts",
    "indicators",
    "level_of",
    "line_boxes",
    "source_of",
]


def indicators() -> dict[str, Indicator]:
    """The vocabulary: indicators by code, in the order of ``patterns/indicators``."""
    return lexicon().indicators
