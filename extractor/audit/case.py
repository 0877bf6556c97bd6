"""What the rules look at: a report, last year's report, and quick ways into both."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import cache, cached_property
from typing import Any, TypeVar

from extractor.audit.check import Term
from extractor.audit.names import cell_name
from extractor.audit.settings import Profile
from extractor.lexicon import matcher, table
from extractor.normalise import fold
from extractor.types import Fact, FoldedText, Report, Section, Span, Table, TableCell


@cache
def _titles(kind: str) -> frozenset[str]:
    titles = [entry for entry in table("headings")["titles"] if entry["kind"] == kind]
    return frozenset(name for entry in titles for name in (*entry["official"], *entry["aliases"]))


Found = TypeVar("Found")


@cache
def _compile(name: str) -> re.Pattern[str]:
    return matcher(table("audit")["patterns"][name])


class View:
    """One report, indexed."""

    def __init__(self, report: Report, folded: FoldedText | None, last: bool) -> None:
        self.report = report
        self.last = last
        self._folded = folded
        self.cells: dict[str, TableCell] = {cell.key: cell for table in report.tables for cell in table.cells}
        self.tables: dict[int, Table] = {table.table: table for table in report.tables}
        self.facts: tuple[Fact, ...] = report.facts
        self._made: dict[str, Any] = {}

    def remember(self, name: str, make: Callable[[], Found]) -> Found:
        """What ``make`` gives, made once for this report: several rules look at the same pairs and sums."""
        if name not in self._made:
            self._made[name] = make()
        found: Found = self._made[name]
        return found

    @cached_property
    def folded(self) -> FoldedText:
        """The clean reading view of the source."""
        return self._folded if self._folded is not None else fold(self.report.document)

    @property
    def text(self) -> str:
        """Clean text of the whole report."""
        return self.folded.text

    @property
    def year(self) -> int | None:
        """Year of the report."""
        return self.report.metadata.year

    def section(self, kind: str) -> Section | None:
        """The first section of a kind, else the one whose heading is a title of that kind (it may hold no table)."""
        sections = self.report.sections
        titles = _titles(kind)
        by_kind = next((section for section in sections if section.kind == kind), None)
        return by_kind or next((section for section in sections if self._heading(section) in titles), None)

    def _heading(self, section: Section) -> str:
        """Heading without its number."""
        return _compile("heading_number").sub("", "".join(section.heading.split()))

    def section_text(self, kind: str) -> str:
        """Clean text of a section behind its heading, "" where there is none."""
        section = self.section(kind)
        return self.fold(section.body, section.end) if section else ""

    def fold(self, start: int, end: int) -> str:
        """Clean text of a source span."""
        low, high = self.folded.folded(start, end)
        return self.folded.text[low:high]

    def source(self, span: Span) -> str:
        """Source text of a source span."""
        return self.report.document.text[span[0] : span[1]]

    def number(self, key: str) -> Decimal | None:
        """Value of a cell; None where it is blank, not a number, or not there."""
        cell = self.cells.get(key)
        return None if cell is None else cell.value

    @cached_property
    def by_id(self) -> dict[str, Fact]:
        """Facts by id."""
        return {fact.id: fact for fact in self.facts}

    @cached_property
    def by_indicator(self) -> dict[str, tuple[Fact, ...]]:
        """Facts that have an indicator, by it, in text order."""
        found: dict[str, list[Fact]] = {}
        for fact in self.facts:
            if fact.indicator is not None:
                found.setdefault(fact.indicator, []).append(fact)
        return {name: tuple(facts) for name, facts in found.items()}

    @cached_property
    def by_sentence(self) -> dict[Span, list[Fact]]:
        """Facts by the span of their sentence, in text order."""
        found: dict[Span, list[Fact]] = {}
        for fact in self.facts:
            found.setdefault(fact.evidence.sentence_span, []).append(fact)
        return found

    @cached_property
    def parts(self) -> dict[str, tuple[Fact, ...]]:
        """Parts of a fact by the id of their total."""
        found: dict[str, list[Fact]] = {}
        for fact in self.facts:
            if fact.part_of is not None:
                found.setdefault(fact.part_of, []).append(fact)
        return {total: tuple(facts) for total, facts in found.items()}

    def sentence(self, fact: Fact) -> str:
        """Clean text of the sentence of a fact."""
        return self.fold(*fact.evidence.sentence_span)

    def term(self, key: str, operator: str = "") -> Term:
        """The term of a cell."""
        return Term(operator, "last_cell" if self.last else "cell", key, self.number(key), cell_name(key))

    def fact_term(self, fact: Fact, operator: str = "", value: Decimal | None = None) -> Term:
        """The term of a fact."""
        kind = "last_fact" if self.last else "fact"
        return Term(operator, kind, fact.id, fact.value if value is None else value, fact.label)


class Case(View):
    """The report under audit, with last year's where it was given."""

    def __init__(self, report: Report, last: Report | None, profile: Profile, folded: FoldedText | None = None) -> None:
        super().__init__(report, folded, False)
        self.before = View(last, None, True) if last is not None else None
        self.profile = profile

    def limit(self, name: str) -> Decimal:
        """A threshold of ``patterns/audit.yaml``."""
        return self.profile.limit(name)

    def words(self, name: str) -> tuple[str, ...]:
        """A word list of ``patterns/audit.yaml``."""
        return tuple(table("audit")["words"][name])

    def pattern(self, name: str) -> re.Pattern[str]:
        """A regular expression of ``patterns/audit.yaml``."""
        return _compile(name)

    def numeral(self, text: str) -> int:
        """A small number in digits or in one Chinese character."""
        return int(text) if text.isdecimal() else int(table("audit")["numerals"][text])

    def content(self, name: str) -> Any:
        """A table of ``patterns/audit.yaml``."""
        return table("audit")[name]
