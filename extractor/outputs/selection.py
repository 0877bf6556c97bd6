"""Which facts of a report come out."""

from __future__ import annotations

from fnmatch import fnmatchcase

from extractor.record import record, replace
from extractor.types import Fact, Report

SECTIONS = ("overview", "problems", "other", "preface")


@record
class Selection:
    """What to keep; an empty tuple keeps everything.

    sections -- kinds of section; indicators -- globs over codes (``hall.*``), a fact without a code fits none;
    min_confidence -- facts below it are left out.
    """

    sections: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    min_confidence: float = 0.0

    def keeps(self, fact: Fact) -> bool:
        """Whether ``fact`` comes out."""
        if self.sections and fact.evidence.section not in self.sections:
            return False
        code = fact.indicator or ""
        if self.indicators and not any(fnmatchcase(code, pattern) for pattern in self.indicators):
            return False
        return fact.confidence >= self.min_confidence


def narrow(report: Report, selection: Selection) -> Report:
    """``report`` with the facts that ``selection`` keeps.

    Everything else stays: ``part_of`` may name a fact that was left out, coverage tells of the whole report.
    """
    return replace(report, facts=tuple(fact for fact in report.facts if selection.keeps(fact)))
