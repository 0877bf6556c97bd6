"""The parts of a report: its sections with their subsections, and what it says of itself."""

from extractor.sections.forms import is_table_line
from extractor.sections.metadata import find_metadata, script
from extractor.sections.tree import NARRATIVE, find_sections, narrative

__all__ = ["NARRATIVE", "find_metadata", "find_sections", "is_table_line", "narrative", "script"]
