"""This year against last year's report: YOY-01 to YOY-05, YOY-09, YOY-10."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from extractor.audit.case import Case, View
from extractor.audit.check import FAIL, NOT_ASSESSABLE, PASS, UNCERTAIN, Check, Term, show
from extractor.audit.claims import indicator_cells
from extractor.audit.engine import rule
from extractor.audit.identities import COLUMNS
from extractor.audit.names import cell_name, column_name, row_name
from extractor.audit.scope import FOREIGN, agrees, in_year, is_level, is_plain, narrowing, subject_scope
from extractor.types import Fact


def _last(case: Case) -> View | None:
    """Last year's report where it is the year before this one's, or its year is not known."""
    before = case.before
    if before is None or (case.year is not None and before.year is not None and before.year != case.year - 1):
        return None
    return before


def _no_last() -> Check:
    return Check(NOT_ASSESSABLE, variant="no_last", subject=("last",))


def _carried(case: Case, before: View, column: str) -> Check:
    out, into = f"3.carried_out.{column}", f"3.carried_in.{column}"
    first, second = before.number(out), case.number(into)
    values = {"place": column_name(3, column)}
    if first is None or second is None:
        return Check(NOT_ASSESSABLE, values=values, variant="missing", cells=(into,))
    terms = (before.term(out), case.term(into, "=" if first == second else "≠"))
    values = {**values, "last": show(first), "this": show(second)}
    return Check(PASS if first == second else FAIL, terms, values)


@rule("YOY-01")
def check_carried_total(case: Case) -> Iterator[Check]:
    """What was carried out last year is what was carried in this year."""
    before = _last(case)
    yield _no_last() if before is None else _carried(case, before, "total")


@rule("YOY-02")
def check_carried_columns(case: Case) -> Iterator[Check]:
    """What was carried out last year is what was carried in this year, for each kind of applicant."""
    before = _last(case)
    if before is None:
        yield _no_last()
        return
    for column in COLUMNS[:-1]:
        yield _carried(case, before, column)


def _roll(case: Case, row: str) -> Check:
    """In force last year + made - repealed = in force this year."""
    before = _last(case)
    if before is None:
        return _no_last()
    keys = [f"2.{row}.{column}" for column in ("issued", "repealed", "in_force")]
    last = before.number(keys[2])
    issued, repealed, in_force = (case.number(key) for key in keys)
    if last is None or issued is None or repealed is None or in_force is None:
        return Check(NOT_ASSESSABLE, values={"place": row_name(2, row)}, variant="missing", cells=tuple(keys))
    expected = last + issued - repealed
    sign = "=" if expected == in_force else "≠"
    terms = (before.term(keys[2]), case.term(keys[0], "+"), case.term(keys[1], "−"), case.term(keys[2], sign))
    values = {"place": row_name(2, row), "expected": show(expected), "this": show(in_force)}
    return Check(PASS if expected == in_force else FAIL, terms, values)


@rule("YOY-03")
def check_rules_roll(case: Case) -> Iterator[Check]:
    """Rules in force: last year's, plus made, minus repealed."""
    yield _roll(case, "regulations")


@rule("YOY-04")
def check_documents_roll(case: Case) -> Iterator[Check]:
    """Normative documents in force: last year's, plus made, minus repealed."""
    yield _roll(case, "normative")


@rule("YOY-05")
def check_quoted(case: Case) -> Iterator[Check]:
    """A figure of last year that this report quotes is the one that last year's report gave."""
    before = _last(case)
    if before is None or case.year is None:
        yield _no_last()
        return
    found = False
    for fact in case.facts:
        quotes = fact.indicator is not None and is_level(fact) and in_year(case, fact, case.year - 1)
        if not quotes:
            continue
        check = _compare_quoted(case, before, fact)
        if check is not None:
            found = True
            yield check
    if not found:
        yield Check(NOT_ASSESSABLE, variant="no_claim", subject=("quoted",))


def _compare_quoted(case: Case, before: View, fact: Fact) -> Check | None:
    values = {"label": fact.label, "raw": fact.raw}
    own = is_plain(fact) and subject_scope(case, fact) != FOREIGN
    sums = [made for made in indicator_cells(before, fact) if made.value is not None] if own else []
    for made in sums:
        if made.value is not None and agrees(fact, made.value):
            return Check(PASS, (case.fact_term(fact), before.term(made.keys[0], "=")), values)
    if sums and sums[0].value is not None:
        key, value = sums[0].keys[0], sums[0].value
        terms = (case.fact_term(fact), Term("≠", "last_cell", key, value, cell_name(key)))
        return Check(FAIL, terms, {**values, "last": show(value)})
    told = [
        other
        for other in before.by_indicator.get(fact.indicator or "", ())
        if is_level(other)
        and in_year(before, other)
        and (other.channel, narrowing(other), other.unit) == (fact.channel, narrowing(fact), fact.unit)
        and (own or other.subject == fact.subject)
    ]
    if not told:
        return None
    same = next((other for other in told if other.low <= fact.high and fact.low <= other.high), None)
    shown = same or told[0]
    terms = (case.fact_term(fact), before.fact_term(shown, "=" if same else "≠"))
    alike = told[0].label == fact.label or (fact.subject is not None and told[0].subject == fact.subject)
    outcome = PASS if same else FAIL if len(told) == 1 and alike else UNCERTAIN
    return Check(outcome, terms, {**values, "last": shown.raw})


@rule("YOY-09")
def check_repeated_table(case: Case) -> Iterator[Check]:
    """No row, column or table with telling values is the same as last year's."""
    before = _last(case)
    if before is None:
        yield _no_last()
        return
    for number in sorted(case.tables.keys() & before.tables.keys()):
        keys = [key for key in case.cells if key.startswith(f"{number}.")]
        if _repeats(case, before, keys, telling=5):
            values = {"place": "", "table": str(number)}
            yield Check(FAIL, tuple(case.term(key) for key in keys), values, "whole", subject=(str(number),))
            continue
        yield from _repeated_lines(case, before, number)


def _repeated_lines(case: Case, before: View, number: int) -> Iterator[Check]:
    lines: dict[tuple[str, str], list[str]] = {}
    for key in case.cells:
        table, rest = key.split(".", 1)
        row, column = rest.rsplit(".", 1)
        if table == str(number) and number == 3:
            lines.setdefault(("row", row), []).append(key)
            lines.setdefault(("column", column), []).append(key)
        elif table == str(number):
            lines.setdefault(("row", row), []).append(key)
    found = False
    for (kind, name), keys in lines.items():
        if _repeats(case, before, keys, telling=3):
            found = True
            place = row_name(number, name) if kind == "row" else column_name(number, name)
            terms = tuple(case.term(key) for key in keys)
            yield Check(UNCERTAIN if kind == "row" else FAIL, terms, {"place": place, "table": str(number)})
    if not found:
        yield Check(PASS, variant="table", values={"table": str(number)}, subject=(str(number),))


def _repeats(case: Case, before: View, keys: list[str], telling: int) -> bool:
    """Whether all values are last year's, and enough different ones of them are larger than nine."""
    values = [case.number(key) for key in keys]
    if values != [before.number(key) for key in keys]:
        return False
    return len({value for value in values if value is not None and value > Decimal(9)}) >= telling


@rule("YOY-10")
def check_repeated_text(case: Case) -> Iterator[Check]:
    """No sentence gives last year's numbers in last year's words."""
    before = _last(case)
    if before is None:
        yield _no_last()
        return
    old = _frames(before)
    found = False
    for frame, facts in _frames(case).items():
        same = old.get(frame)
        if same is None or [f.value for f in facts] != [f.value for f in same]:
            continue
        telling = [fact for fact in facts if _is_telling(case, fact)]
        if len(telling) < 2:
            continue
        found = True
        terms = tuple(case.fact_term(fact) for fact in facts)
        yield Check(FAIL, terms, {"text": case.sentence(facts[0])[:60], "count": str(len(facts))})
    if not found:
        yield Check(PASS, variant="none", subject=("frames",))


def _is_telling(case: Case, fact: Fact) -> bool:
    """Whether a figure is a flow large enough that the same one two years running is no chance."""
    stock = (fact.indicator or "").startswith(case.words("stock"))
    return fact.value > 9 and fact.kind == "explicit" and fact.unit != "%" and not stock


def _frames(view: View) -> dict[str, list[Fact]]:
    """Facts of each sentence by the sentence without its digits."""
    found: dict[str, list[Fact]] = {}
    for fact in view.facts:
        if in_year(view, fact):
            frame = "".join(c for c in view.sentence(fact) if not c.isdigit())
            found.setdefault(frame, []).append(fact)
    return found
