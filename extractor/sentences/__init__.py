"""Sentences of the narrative sections, and word borders inside them."""

from extractor.sentences.split import split_sentences
from extractor.sentences.words import cut

__all__ = ["cut", "split_sentences"]
