"""What a rule gives back before the engine makes findings of it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from extractor.record import field, record

PASS, FAIL, UNCERTAIN, NOT_ASSESSABLE = "PASS", "FAIL", "UNCERTAIN", "NOT_ASSESSABLE"
REPORT, READING, UNCLEAR = "report", "reading", "unclear"


@record
class Term:
    """One term of a calculation.

    operator -- "" for the first term, else +, -, ×, ÷, =, ≠, ≤, >.
    kind -- cell, fact, last_cell, last_fact (of last year's report), or number.
    key -- cell key or fact id, None for a bare number.
    value -- the number, None for a blank; label -- what it is, as printed or as the report words it.
    """

    operator: str
    kind: str
    key: str | None
    value: Decimal | None
    label: str

    def shown(self) -> str:
        """The value as it goes into a message."""
        return "—" if self.value is None else show(self.value)


@record
class Check:
    """The outcome of one comparison.

    values -- what fills the placeholders of the rule's message; variant -- which of its messages.
    blame  -- cells that later rules should not trust after a FAIL; all cells of the terms when empty.
    facts, cells -- further keys that the comparison rests on, beside those of the terms.
    subject -- what the fingerprint is made of; the keys of terms, facts and cells when empty.
    """

    outcome: str
    terms: tuple[Term, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    variant: str = "fail"
    severity: str | None = None
    cause: str | None = None
    blame: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()
    subject: tuple[str, ...] = ()

    def keys(self, *kinds: str) -> tuple[str, ...]:
        """Keys of the terms of some kinds, in order, each once."""
        return tuple(dict.fromkeys([term.key for term in self.terms if term.kind in kinds and term.key is not None]))


def show(value: Decimal) -> str:
    """A number without exponent and without zeros at the end of its fraction."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
