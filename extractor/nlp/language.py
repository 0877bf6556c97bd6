"""The pipeline: blank Chinese with jieba's words, and one component for each room."""

from __future__ import annotations

import logging

import spacy
from spacy.language import Language

from extractor.nlp.spans import announce

COMPONENTS = ("zh_quantities", "zh_mentions", "zh_facts")
CONFIG = {"nlp": {"tokenizer": {"@tokenizers": "spacy.zh.ChineseTokenizer", "segmenter": "jieba"}}}


def load(components: tuple[str, ...] = COMPONENTS) -> Language:
    """A pipeline whose docs hold ``doc.spans["quantities"]``, ``["mentions"]`` and ``["facts"]``.

    components -- those to take, in this order.  The text of a doc is read like a report: without headings it is one
    narrative section.
    """
    import jieba

    # The factories announce themselves; entry points do the same for pipelines that were saved.
    import extractor.nlp.claims
    import extractor.nlp.facts
    import extractor.nlp.mentions
    import extractor.nlp.quantities  # noqa: F401

    jieba.setLogLevel(logging.WARNING)
    announce()
    nlp = spacy.blank("zh", config=CONFIG)
    for component in components:
        nlp.add_pipe(component)
    return nlp
