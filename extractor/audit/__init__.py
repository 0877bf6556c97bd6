"""Checks what a report claims: against its own arithmetic, its tables, last year's report, and the law."""

from extractor.audit.engine import audit, load_rules, rule, rules
from extractor.audit.pairs import pair_reports, share_a_body
from extractor.audit.settings import load_profile

__all__ = ["audit", "load_profile", "load_rules", "pair_reports", "rule", "rules", "share_a_body"]
