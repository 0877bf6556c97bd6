"""The knowledge in ``patterns/``: read once, checked, frozen, the same for everybody."""

from extractor.lexicon.load import digest, lines, table

__all__ = ["digest", "lines", "table"]
