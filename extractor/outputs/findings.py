"""The order in which people read findings: what failed first, the gravest first."""

from __future__ import annotations

from collections.abc import Iterable

from extractor.types import Finding

SEVERITIES = ("critical", "high", "medium", "low", "info")
OUTCOMES = ("FAIL", "UNCERTAIN", "PASS", "NOT_ASSESSABLE")
SPEAKING = frozenset({"FAIL", "UNCERTAIN"})


def rank_findings(findings: Iterable[Finding]) -> list[Finding]:
    """``findings`` by outcome, then severity, then as they were."""
    return sorted(
        findings, key=lambda finding: (_place(OUTCOMES, finding.outcome), _place(SEVERITIES, finding.severity))
    )


def speaking(findings: Iterable[Finding]) -> list[Finding]:
    """Those that say something is wrong or may be, ranked."""
    return [finding for finding in rank_findings(findings) if finding.outcome in SPEAKING]


def _place(order: tuple[str, ...], code: str) -> int:
    return order.index(code) if code in order else len(order)
