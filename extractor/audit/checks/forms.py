"""What the sections must speak of, and slips of writing: STR-12 to STR-14, STR-17 to STR-20."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from extractor.audit.case import Case
from extractor.audit.check import FAIL, NOT_ASSESSABLE, PASS, REPORT, UNCERTAIN, UNCLEAR, Check
from extractor.audit.checks.structure import is_report
from extractor.audit.engine import rule

NARRATIVE = ("overview", "problems", "other")
PARAGRAPH = 30  # characters; shorter lines may well stand twice
MOST = 5  # findings of one kind
REACH = 50  # characters of the names that stand before their cue, as in the pattern


def _missing(case: Case, name: str, text: str) -> list[str]:
    """Names of the topics of a list of which no word stands in the text."""
    topics: dict[str, list[str]] = case.content("topics")[name]
    return [topic for topic, words in topics.items() if not any(word in text for word in words)]


def _check_topics(case: Case, name: str, text: str) -> Iterator[Check]:
    if not is_report(case) or not text:
        yield Check(NOT_ASSESSABLE, variant="no_form", subject=(name,))
        return
    missing = _missing(case, name, text)
    for topic in missing:
        yield Check(FAIL, values={"topic": topic}, subject=(name, topic))
    if not missing:
        yield Check(PASS, variant="none", subject=(name,))


@rule("STR-12")
def check_aspects(case: Case) -> Iterator[Check]:
    """Section one speaks of the five aspects that the form of 2021 asks for."""
    asked = case.year is not None and case.year >= 2021
    yield from _check_topics(case, "aspects", case.section_text("overview") if asked else "")


@rule("STR-13")
def check_problems(case: Case) -> Iterator[Check]:
    """Section five names both problems and improvements."""
    yield from _check_topics(case, "problems", case.section_text("problems"))


@rule("STR-14")
def check_oversight(case: Case) -> Iterator[Check]:
    """A government's report speaks of assessment, public appraisal and accountability."""
    name = case.report.metadata.organization or ""
    government = name.endswith(case.words("whole_governments"))
    yield from _check_topics(case, "oversight", case.text if government else "")


def _hits(case: Case, name: str, text: str) -> Iterator[Check]:
    """A FAIL for each place where the pattern fits, a PASS where it fits none."""
    hits = list(case.pattern(name).finditer(text))
    for hit in hits[:MOST]:
        around = text[max(0, hit.start() - 12) : hit.end() + 12].replace("\n", " ")
        yield Check(FAIL, values={"text": around}, subject=(str(hit.start()), hit[0][:20]))
    if not hits:
        yield Check(PASS, variant="none", subject=(name,))


def _narrative(case: Case) -> str:
    return "\n".join(case.section_text(kind) for kind in NARRATIVE)


@rule("STR-17")
def check_broken_numbers(case: Case) -> Iterator[Check]:
    """No document number or date has lost its year, bracket, month or day."""
    yield from _hits(case, "broken_number", _narrative(case))


@rule("STR-18")
def check_punctuation(case: Case) -> Iterator[Check]:
    """No mark of punctuation stands twice, or beside another that excludes it."""
    yield from _hits(case, "doubled_mark", _narrative(case))


@rule("STR-19")
def check_ordinals(case: Case) -> Iterator[Check]:
    """The numbers of the sub-headings of a section go on by one."""
    found = False
    for section in case.report.sections:
        if section.kind not in NARRATIVE:
            continue
        text = case.fold(section.body, section.end)
        marks = [hit[1] for hit in case.pattern("ordinal").finditer(text)]
        for place, (first, second) in enumerate(pairwise(marks)):
            known = case.words("ordinals")
            if first not in known or second not in known or known.index(second) != known.index(first) + 2:
                continue
            between = known[known.index(first) + 1]
            if between not in marks:
                found = True
                values = {"first": first, "second": second, "missing": between}
                yield Check(FAIL, values=values, subject=(section.kind, str(place), second))
    if not found:
        yield Check(PASS, variant="none", subject=("ordinals",))


@rule("STR-20")
def check_repeats(case: Case) -> Iterator[Check]:
    """No paragraph of the narrative stands twice."""
    seen: dict[str, int] = {}
    repeats: list[str] = []
    for line in _narrative(case).split("\n"):
        words = "".join(line.split())
        if len(words) < PARAGRAPH:
            continue
        seen[words] = seen.get(words, 0) + 1
        if seen[words] == 2:
            repeats.append(words)
    # a page that was read twice looks the same
    cause = REPORT if case.report.document.pages is None else UNCLEAR
    for words in repeats[:MOST]:
        yield Check(FAIL, values={"text": words[:40], "count": str(seen[words])}, cause=cause, subject=(words[:40],))
    if not repeats:
        yield Check(PASS, variant="none", subject=("repeats",))


@rule("NA-14")
def check_respectively(case: Case) -> Iterator[Check]:
    """A list of names told respectively (分别) has as many names as values."""
    text = _narrative(case)
    cue = case.pattern("respectively_cue").search(text)
    for hit in case.pattern("respectively").finditer(text, max(0, cue.start() - REACH)) if cue else ():
        names = [name for name in case.pattern("name_mark").split(hit[1]) if name.strip()]
        values = case.pattern("listed_value").findall(hit[2])
        if len(names) < 2 or len(values) < 2:
            continue
        wrong = len(names) != len(values)
        told = {"names": str(len(names)), "values": str(len(values)), "text": hit[0][:60]}
        yield Check(UNCERTAIN if wrong else PASS, values=told, variant="fail" if wrong else "same", subject=(hit[0],))
