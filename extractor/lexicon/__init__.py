"""The knowledge in ``patterns/``: read once, checked, frozen, the same for everybody."""

from extractor.lexicon.load import digest, lines, table
from extractor.lexicon.made import keep_made, keep_read
from extractor.lexicon.matcher import matcher

__all__ = ["digest", "keep_made", "keep_read", "lines", "matcher", "table"]
