"""Reads the standard tables of the official forms into cells with keys, values and places."""

from extractor.tables.find import find_tables

__all__ = ["find_tables"]
