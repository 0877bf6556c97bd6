"""Narrative against tables: NT-01 to NT-18."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from extractor.audit.case import Case
from extractor.audit.check import FAIL, NOT_ASSESSABLE, PASS, UNCERTAIN, Check, Term, show
from extractor.audit.claims import Pair, Sum, pairs_of, ratio_cells
from extractor.audit.engine import rule
from extractor.audit.names import cell_name
from extractor.audit.scope import WIDE, agrees, in_year, narrowing, subject_scope

WHOLE = ("NT-01", "NT-02", "NT-03", "NT-04", "NT-05", "NT-09", "NT-10", "NT-11", "NT-12")
TITLES = {
    "NT-01": "New applications of the narrative are those of table 3.",
    "NT-02": "Applications carried in are those of table 3.",
    "NT-03": "Applications received in all are the new ones, or the new ones with those carried in.",
    "NT-04": "Applications answered are the total of results of table 3.",
    "NT-05": "Applications carried out are those of table 3.",
    "NT-06": "Each outcome named in the text is that of table 3.",
    "NT-07": "Each reason of refusal or non-processing named in the text is that of table 3.",
    "NT-08": "Applicants by kind are those of table 3.",
    "NT-09": "Rules made, repealed and in force are those of table 2.",
    "NT-10": "Normative documents made, repealed and in force are those of table 2.",
    "NT-11": "Licences, penalties and coercion decisions are those of table 2.",
    "NT-12": "Administrative fees are those of table 2, after conversion of units.",
    "NT-13": "Reviews and their outcomes are those of table 4.",
    "NT-14": "Suits and their outcomes are those of table 4: direct, after review, or both.",
}


def compare_pair(case: Case, pair: Pair) -> Check:
    """A fact against its cells: PASS where one of the sums lies in the fact's interval."""
    known = [made for made in pair.sums if made.value is not None]
    if not known:
        return Check(NOT_ASSESSABLE, (case.fact_term(pair.fact),), cells=pair.sums[0].keys, variant="blank_cell")
    fitting = next((made for made in known if made.value is not None and agrees(pair.fact, made.value)), None)
    chosen = fitting or known[0]
    outcome = PASS if fitting else FAIL
    values = _values(pair, chosen)
    if outcome == FAIL and (subject_scope(case, pair.fact) == WIDE or _is_blurred(pair) or not pair.sure):
        outcome = UNCERTAIN
    return Check(outcome, _terms(case, pair, chosen, "=" if fitting else "≠"), values)


def _is_blurred(pair: Pair) -> bool:
    """Whether the figure may be of one category only, though no word of the form names it."""
    return narrowing(pair.fact) is not None and pair.rule in WHOLE


def _terms(case: Case, pair: Pair, made: Sum, sign: str) -> tuple[Term, ...]:
    cells = (case.term(key, sign if at == 0 else "+") for at, key in enumerate(made.keys))
    return (case.fact_term(pair.fact), *cells)


def _values(pair: Pair, made: Sum) -> dict[str, str]:
    names = " + ".join(cell_name(key) for key in made.keys[:3])
    shown = "" if made.value is None else show(made.value)
    return {
        "label": pair.fact.label,
        "raw": pair.fact.raw,
        "text": show(pair.fact.value),
        "table": shown,
        "cell": names,
    }


def is_zero_conflict(pair: Pair) -> bool:
    """Whether exactly one of text and table says nothing happened."""
    known = [made.value for made in pair.sums if made.value is not None]
    return bool(known) and (pair.fact.high == 0) != all(value == 0 for value in known)


def _make(name: str, title: str) -> Callable[[Case], Iterator[Check]]:
    def examine(case: Case) -> Iterator[Check]:
        found = [pair for pair in pairs_of(case) if pair.rule == name]
        for pair in found:
            if not is_zero_conflict(pair):
                yield compare_pair(case, pair)
        if not found:
            yield Check(NOT_ASSESSABLE, variant="no_claim", subject=("claims",))

    examine.__doc__ = title
    return examine


for _name, _title in TITLES.items():
    rule(_name)(_make(_name, _title))


@rule("NT-15")
def check_zero(case: Case) -> Iterator[Check]:
    """A statement that nothing happened stands against a cell of zero, and a figure against a cell that is not."""
    for pair in pairs_of(case):
        if is_zero_conflict(pair) or pair.fact.high == 0:
            yield compare_pair(case, pair)


@rule("NT-16")
def check_completion(case: Case) -> Iterator[Check]:
    """A text that says all applications were finished stands against no application carried out."""
    key = "3.carried_out.total"
    carried = case.number(key)
    claims = [
        fact
        for name in ("application.answer_rate", "application.on_time_rate")
        for fact in case.by_indicator.get(name, ())
        if fact.high >= 100 and in_year(case, fact)
    ]
    for fact in claims:
        if carried is None:
            yield Check(NOT_ASSESSABLE, (case.fact_term(fact),), cells=(key,), variant="blank_cell")
            continue
        all_done = fact.indicator == "application.answer_rate" and _says_all(case, fact.raw, case.sentence(fact))
        outcome = PASS if carried == 0 else FAIL if all_done else UNCERTAIN
        values = {"raw": fact.raw, "table": show(carried)}
        yield Check(outcome, (case.fact_term(fact), case.term(key)), values, variant="fail" if carried else "same")


def _says_all(case: Case, raw: str, sentence: str) -> bool:
    return any(word in raw or word in sentence for word in case.words("all_done"))


@rule("NT-18")
def check_ratio(case: Case) -> Iterator[Check]:
    """A ratio of the text is the one that the cells of its indicator give."""
    for fact in case.facts:
        found = ratio_cells(case, fact) if fact.measure == "share" and in_year(case, fact) else None
        if found is None:
            continue
        part, bases = found
        fits = [base for base in bases if base.value and fact.low <= 100 * (part.value or 0) / base.value <= fact.high]
        base = (fits or bases)[0]
        terms = (*(case.term(key, "+" if at else "") for at, key in enumerate(part.keys)),
                 *(case.term(key, "+" if at else "÷") for at, key in enumerate(base.keys)),
                 case.fact_term(fact, "=" if fits else "≠"))  # fmt: skip
        actual = show(round(100 * (part.value or 0) / base.value, 2)) if base.value else ""
        yield Check(PASS if fits else FAIL, terms, {"raw": fact.raw, "label": fact.label, "actual": actual})
