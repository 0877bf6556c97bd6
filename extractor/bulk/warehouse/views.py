"""Views for people who add up: every claim once, totals and parts told apart."""

from __future__ import annotations

# One document a body and year: the same report found as PDF and as web page must not count twice.
CURRENT_DOCUMENTS = """
SELECT d.* FROM documents d JOIN (
  SELECT document_id, row_number() OVER (
    PARTITION BY body_id, coalesce(year, 0), CASE WHEN year IS NULL THEN document_id ELSE '' END
    ORDER BY facts DESC, table_cells DESC, document_id) AS place
  FROM documents WHERE document_id IN (SELECT document_id FROM sources WHERE current)
) ranked ON ranked.document_id = d.document_id AND ranked.place = 1
"""
# What reviewers decided goes before what was extracted.
REVIEWED_FACTS = """
SELECT f.fact_id, f.document_id, f.organization, f.year, f.section, f.heading,
  coalesce(r.indicator, f.indicator) AS indicator, f.label, coalesce(r.value, f.value) AS value, f.value_max,
  coalesce(r.unit, f.unit) AS unit, f.low, f.high, f.raw, f.kind, f.measure, f.per, f.modifier, f.period_start,
  f.period_end, f.as_of, f.subject, f.channel, f.category, f.part_of, f.numerator, f.denominator, f.confidence,
  f.sentence, f.page, r.verdict,
  CASE WHEN f.part_of IS NOT NULL THEN 'part'
    WHEN EXISTS (SELECT 1 FROM facts p WHERE p.document_id = f.document_id AND p.part_of = f.fact_id) THEN 'total'
    ELSE 'single' END AS role
FROM facts f JOIN current_documents d ON d.document_id = f.document_id
LEFT JOIN reviews r ON r.fact_id = f.fact_id
WHERE r.verdict IS NULL OR r.verdict <> 'rejected'
"""
# Totals and facts that stand alone, each claim once: a figure that the report repeats is not added twice.
ADDITIVE_FACTS = """
SELECT * FROM (
  SELECT f.*, row_number() OVER (
    PARTITION BY document_id, indicator, value, unit, coalesce(subject, ''), coalesce(channel, ''),
      coalesce(category, ''), coalesce(CAST(period_start AS TEXT), ''), coalesce(CAST(period_end AS TEXT), '')
    ORDER BY confidence DESC, fact_id) AS repetition
  FROM reviewed_facts f
  WHERE role IN ('total', 'single') AND measure IN ('count', 'amount') AND per IS NULL AND value_max IS NULL
    AND indicator IS NOT NULL
) numbered WHERE repetition = 1
"""
VIEWS = {
    "current_documents": CURRENT_DOCUMENTS,
    "reviewed_facts": REVIEWED_FACTS,
    "additive_facts": ADDITIVE_FACTS,
}
