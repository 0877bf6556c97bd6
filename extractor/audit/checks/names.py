"""Names of bodies in the text: STR-06 and COP-02."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.audit.case import Case
from extractor.audit.check import FAIL, NOT_ASSESSABLE, PASS, UNCERTAIN, Check
from extractor.audit.checks.structure import opening
from extractor.audit.engine import rule


def _own_names(case: Case) -> str:
    """Title and issuing body in one string."""
    return f"{case.report.metadata.organization or ''} {case.report.metadata.title or ''}"


def _places(case: Case, name: str) -> list[str]:
    """Names of places in the name of a body, without the word for their kind."""
    return [found for found in case.pattern("place").findall(name) if len(found) >= 2]


def _bodies(case: Case, text: str, pattern: str) -> list[str]:
    return [found for found in case.pattern(pattern).findall(text) if found]


def _is_stranger(case: Case, name: str, own: str) -> bool:
    """Whether a body's name holds a place that neither title nor issuing body nor region names."""
    known = own + (case.report.metadata.region or "")
    places = _places(case, name)
    return bool(places) and not any(place in known for place in places)


@rule("STR-06")
def check_body(case: Case) -> Iterator[Check]:
    """The body that says it made the report is the one of the title."""
    own = _own_names(case)
    if not case.report.metadata.organization:
        yield Check(NOT_ASSESSABLE, variant="no_body", subject=("body",))
        return
    wrong = [name for name in _bodies(case, opening(case), "made_by") if _is_stranger(case, name, own)]
    for name in dict.fromkeys(wrong):
        values = {"name": name, "own": case.report.metadata.organization}
        yield Check(FAIL if _places(case, own) else UNCERTAIN, values=values, subject=(name,))
    if not wrong:
        yield Check(PASS, variant="none", subject=("body",))


@rule("COP-02")
def check_leftover(case: Case) -> Iterator[Check]:
    """No other place's body is named as the one that did the work reported."""
    own = _own_names(case)
    if not case.report.metadata.organization or not _places(case, own):
        yield Check(NOT_ASSESSABLE, variant="no_body", subject=("body",))
        return
    text = case.section_text("overview") + "\n" + case.section_text("problems")
    wrong = [name for name in _bodies(case, text, "did_work") if _is_stranger(case, name, own)]
    mentions = opening(case) + text
    for name in dict.fromkeys(wrong):
        count = len(re.findall(re.escape(name), mentions))
        values = {"name": name, "own": case.report.metadata.organization, "count": str(count)}
        yield Check(FAIL, values=values, subject=(name,))
    if not wrong:
        yield Check(PASS, variant="none", subject=("body",))
