"""Bytes in, ``Document`` out: one reader a format, told by content."""

from extractor.read.declare import Reader, Reading, reader, readers
from extractor.read.open import load_readers, read
from extractor.read.outside import Confinement, Left, confine, machine_fonts, prepare

__all__ = [
    "Confinement",
    "Left",
    "Reader",
    "Reading",
    "confine",
    "load_readers",
    "machine_fonts",
    "prepare",
    "read",
    "reader",
    "readers",
]
