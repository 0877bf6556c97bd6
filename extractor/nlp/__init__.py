"""spaCy's view of the rooms: a pipeline that writes into ``Doc.spans``, and training data.

All of spaCy is here.  Offsets come from the rooms; a span is widened to whole tokens, ``span._.offsets`` keeps the
exact characters.
"""

from extractor.nlp.corpus import docs_from_gold, fact_to_gold, gold_from_docs, read_docs, write_docs
from extractor.nlp.language import load
from extractor.nlp.mentions import Mention, find_mentions

__all__ = [
    "Mention",
    "docs_from_gold",
    "fact_to_gold",
    "find_mentions",
    "gold_from_docs",
    "load",
    "read_docs",
    "write_docs",
]
