"""The knowledge in ``patterns/``: read once, checked, frozen, the same for everybody."""

from extractor.lexicon.load import digest, lines, table
from extractor.lexicon.made import keep_made, keep_read
from extractor.lexicon.matcher import matcher
from extractor.lexicon.shape import fields_of

__all__ = ["digest", "fields_of", "keep_made", "keep_read", "lines", "matcher", "table"]
