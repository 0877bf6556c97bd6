"""The reading itself: what was not understood, and what findings rest on shaky ground (DQ-01 to DQ-03)."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.audit.case import Case
from extractor.audit.check import FAIL, PASS, READING, UNCERTAIN, Check
from extractor.audit.engine import rule


@rule("DQ-01")
def check_unexplained(case: Case) -> Iterator[Check]:
    """Every number of the narrative is a fact or a named non-fact."""
    found = case.report.coverage.unexplained
    for span in found:
        values = {"raw": case.source(span)[:40]}
        yield Check(UNCERTAIN, values=values, cause=READING, subject=(f"{span[0]}:{span[1]}",))
    if not found:
        yield Check(PASS, variant="none", subject=("unexplained",))


@rule("DQ-02")
def check_confidence(case: Case) -> Iterator[Check]:
    """Facts under the confidence limit can't carry a FAIL; here they are counted."""
    shaky = tuple(fact.id for fact in case.facts if fact.confidence < float(case.limit("confidence")))
    values = {"count": str(len(shaky)), "limit": f"{case.limit('confidence'):f}"}
    if shaky:
        yield Check(UNCERTAIN, values=values, facts=shaky, subject=("confidence",), cause=READING)
    else:
        yield Check(PASS, variant="none", subject=("confidence",))


@rule("DQ-03")
def check_evidence(case: Case) -> Iterator[Check]:
    """The text at the span of each fact is the value as it was read, inside its sentence."""
    lost = []
    for fact in case.facts:
        start, end = fact.evidence.sentence_span
        inside = start <= fact.evidence.span[0] and fact.evidence.span[1] <= end
        if case.source(fact.evidence.span) != fact.raw or not inside:
            lost.append(fact)
    for fact in lost:
        yield Check(FAIL, (case.fact_term(fact),), {"raw": fact.raw}, cause=READING)
    if not lost:
        yield Check(PASS, variant="none", subject=("evidence",))
