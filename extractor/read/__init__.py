"""Bytes in, ``Document`` out: one reader a format, told by content."""

from extractor.read.declare import Reader, Reading, reader, readers
from extractor.read.open import load_readers, read

__all__ = ["Reader", "Reading", "load_readers", "read", "reader", "readers"]
