"""A small run of the mutation bench keeps its floors; the whole bench is ``python benchmarks/mutations.py``."""

import pytest
from audit import mutations


def test_clean_reports_raise_no_false_alarm():
    assert [finding.message for finding in mutations.run_clean(20)] == []


@pytest.mark.parametrize("mutate", mutations.FAMILIES, ids=lambda mutate: mutate.__name__)
def test_a_mutant_of_each_family_is_found(mutate):
    sample = mutations.Sample(5)
    mutate(sample)
    speaking = ("FAIL", "UNCERTAIN") if mutate in mutations.SOFT else ("FAIL",)
    hits = [f for f in mutations.findings_of(sample) if f.rule in mutations.FAMILIES[mutate] and f.outcome in speaking]
    assert hits
    assert {finding.cause for finding in hits} == {"report"}
    assert all(finding.message and finding.message_zh for finding in hits)
