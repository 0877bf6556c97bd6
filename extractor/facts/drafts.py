"""A fact in the making: everything that the passes over a sentence find out, in folded offsets."""

from __future__ import annotations

from decimal import Decimal

from extractor.facts.items import Item
from extractor.facts.link import Match
from extractor.facts.measures import Reading
from extractor.record import field, record
from extractor.types import Period, Quantity, Sentence, Span


@record(frozen=False, eq=False)
class Draft:
    """One claim.

    span   -- of the value expression, or of the words that make a zero or implied claim.
    label  -- spans whose texts joined are the label; own -- span of its own words before the number.
    sums   -- what it and the counts right behind it in its unit add up to, one by one.
    place  -- which of how many values it is in a run that has one name for all.
    extra  -- words told once for it and others; way -- span of the way that the head of its list names.
    total, numerator, denominator -- what it is a part of, a share from, a share of; base -- what a change compares;
    earlier -- the level that it went up or down from (由5项减少到2项).
    about -- code of what a number of bodies is told of, for the figures that go on (涉及23个部门，共1122项).
    uncoded -- the rule that tells that no code fits; "" for none.
    aligned -- whether its name stands before all values of a 分别 list.
    several -- whether it was published on channels of different kinds.
    compared -- whether it is only told for comparison (较去年的41件下降43.9%).
    confidence -- chance that it is right, where somebody worked it out; None else.
    """

    sentence: Sentence
    span: Span
    own: Span
    right: Span
    value: Decimal
    unit: str | None
    low: Decimal
    high: Decimal
    reading: Reading
    value_max: Decimal | None = None
    modifier: str = "exact"
    kind: str = "explicit"
    item: Item | None = None
    quantity: Quantity | None = None
    label: tuple[Span, ...] = ()
    extra: str = ""
    way: Span = (0, 0)
    matches: tuple[Match, ...] = ()
    uncoded: str = ""
    about: str | None = None
    code: str | None = None
    rule: str = "rule:none"
    score: float = 0.0
    head: str = ""
    inherited: bool = False
    aligned: bool = False
    sums: frozenset[Decimal] = frozenset()
    several: bool = False
    compared: bool = False
    place: tuple[int, int] = (0, 0)
    total: Draft | None = None
    numerator: Draft | None = None
    denominator: Draft | None = None
    base: Draft | None = None
    earlier: Draft | None = None
    channel: str | None = None
    subject: Span | None = None
    category: Span | None = None
    period: Period = field(default_factory=Period)
    confidence: float | None = None

    @property
    def is_level(self) -> bool:
        """Whether it says how much there is, not how it changed or what share it has."""
        return self.reading.measure in {"count", "amount"}

    @property
    def is_told_level(self) -> bool:
        """Whether it says in a number how much there is."""
        return self.kind == "explicit" and self.is_level

    @property
    def domain(self) -> str:
        """The first word of its code, empty without one."""
        return self.code.split(".")[0] if self.code else ""

    @property
    def is_figure(self) -> bool:
        """Whether it is a figure that another number can be a further value of, and no growth or change."""
        return self.reading.measure not in {"growth", "change"}

    @property
    def depth(self) -> int:
        """Open brackets at the number."""
        return self.item.depth if self.item else 0
