"""Source text to its clean reading view, with the offset that each character came from."""

from extractor.normalise.fold import fold, fold_text

__all__ = ["fold", "fold_text"]
