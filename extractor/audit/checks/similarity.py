"""Text that is last year's again: YOY-11."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from extractor.audit.case import Case, View
from extractor.audit.check import FAIL, NOT_ASSESSABLE, PASS, Check
from extractor.audit.engine import rule

KINDS = ("overview", "problems")
LIKE = 90.0  # per cent at which two sentences count as one
MOST = 400  # sentences of a section that are compared
SHORT = 12  # characters under which a sentence says nothing


@rule("YOY-11")
def check_copied(case: Case) -> Iterator[Check]:
    """A section is not last year's text again; boilerplate does not count."""
    if case.before is None:
        yield Check(NOT_ASSESSABLE, variant="no_last", subject=("text",))
        return
    for kind in KINDS:
        now, then = _sentences(case, case, kind), _sentences(case, case.before, kind)
        if len(now) < 3 or not then:
            continue
        pairs = list(_copies(now, then))
        share = Decimal(sum(len(text) for text, _ in pairs)) / sum(len(text) for text in now)
        copied = share >= case.limit("copied_share")
        title = {entry["kind"]: entry["title"] for entry in case.content("sections")}[kind]
        values = {"title": title, "share": f"{100 * share:.0f}", "count": str(len(pairs)), "all": str(len(now))}
        if pairs:
            values |= {"this": pairs[0][0][:60], "last": pairs[0][1][:60]}
        severity = "high" if kind == "problems" else None
        yield Check(FAIL if copied else PASS, values=values, variant="fail" if copied else "share", severity=severity,
                    subject=(kind,))  # fmt: skip


def _copies(now: list[str], then: list[str]) -> Iterator[tuple[str, str]]:
    """Sentences with the one of last year that they are like."""
    from rapidfuzz import fuzz, process

    for text in now:
        found = process.extractOne(text, then, scorer=fuzz.ratio, score_cutoff=LIKE)
        if found is not None:
            yield text, found[0]


def _sentences(case: Case, view: View, kind: str) -> list[str]:
    """Sentences of a section that say something of their own; digits of years are left out."""
    stock = case.words("boilerplate")
    found = []
    for sentence in case.pattern("sentence_end").split(view.section_text(kind)):
        text = case.pattern("year").sub("", sentence.strip())
        if len(text) >= SHORT and not any(word in text for word in stock):
            found.append(text)
    return found[:MOST]
