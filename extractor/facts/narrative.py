"""The claims of a narrative, sentence by sentence: numbers become drafts, drafts find totals, codes, attributes."""

from __future__ import annotations

from collections.abc import Iterable

from extractor.facts.advice import Adviser
from extractor.facts.attach import attach_attributes
from extractor.facts.build import build_drafts, return_own_unit, share_total_unit
from extractor.facts.carried import attach_carried, settle_carried
from extractor.facts.cases import attach_cases
from extractor.facts.claims import find_zero_claims
from extractor.facts.decide import decide
from extractor.facts.drafts import Draft
from extractor.facts.kinds import settle_kinds
from extractor.facts.lists import rules
from extractor.facts.outcomes import attach_outcomes, attach_partitions, attach_rest, settle_totals
from extractor.facts.powers import settle_powers
from extractor.facts.scopes import without_scopes
from extractor.facts.shares import denominator_of, numerator_of
from extractor.facts.subjects import Surroundings
from extractor.facts.sums import attach_closing_sum, attach_sums, note_sums
from extractor.facts.told import coded, match
from extractor.facts.totality import find_implied_claims
from extractor.facts.totals import total_of
from extractor.record import field, record
from extractor.types import Numbers, Sentence

SCOPE = "rule:scope"  # of a number that only tells how many the figure behind it is about
MEMORY = 24  # drafts of earlier sentences that a sentence can refer to
WITHIN = 200  # drafts of its own sentence that a draft can refer to


@record(frozen=False)
class Memory:
    """What a sentence may refer to: drafts before it, the text of the sentence before, who was named last."""

    section: str = ""
    drafts: list[Draft] = field(default_factory=list)
    previous: str = ""
    surroundings: Surroundings = field(default_factory=Surroundings)


def find_drafts(
    text: str, read: Iterable[tuple[Sentence, Numbers]], year: int | None, adviser: Adviser | None = None
) -> list[Draft]:
    """All claims of the sentences, in order of the text.

    text -- the folded text; read -- sentences of the narrative sections with the numbers found in them;
    year -- the report's year, None where it is not known; adviser -- the trained part, None for rules alone.
    """
    memory = Memory()
    found: list[Draft] = []
    for sentence, numbers in read:
        if sentence.section != memory.section:
            memory = Memory(section=sentence.section)
        drafts = _read_sentence(text, sentence, numbers, memory, year)
        if adviser is not None and drafts:
            adviser.revise(text, drafts, memory.drafts, memory.previous)
        attach_attributes(text, sentence, drafts, memory.surroundings, year, adviser)
        found += drafts
        memory.drafts = [*memory.drafts, *drafts][-MEMORY:]
        memory.previous = text[sentence.start : sentence.end]
    return found


def _read_sentence(text: str, sentence: Sentence, numbers: Numbers, memory: Memory, year: int | None) -> list[Draft]:
    drafts = build_drafts(text, sentence, numbers.quantities)
    note_sums(drafts)
    done: list[Draft] = []
    for draft in drafts:
        _settle(text, draft, [*memory.drafts, *done[-WITHIN:]], memory.previous)
        done.append(draft)
    settle_carried(text, done, year)
    _link_lists(text, done, memory)
    taken = [(number.start, number.end) for number in numbers.quantities]
    claims = find_zero_claims(text, sentence, taken, memory.previous)
    claims += find_implied_claims(text, sentence, [d for d in (*memory.drafts, *done) if d.is_level])
    return sorted([*done, *claims], key=lambda draft: draft.span)


def _settle(text: str, draft: Draft, known: list[Draft], previous: str) -> None:
    """Total, numerator and code of one draft, given all drafts before it."""
    known = _up_to_its_own(draft, known)
    levels = [d for d in known if d.is_told_level]
    if draft.is_level and attach_closing_sum(text, draft, levels):
        return
    _match(text, draft, previous)
    if draft.is_level:
        draft.total = total_of(text, draft, levels)
        if draft.total is not None:
            share_total_unit(draft)
            _match(text, draft, previous)
    elif draft.reading.measure == "share":
        draft.numerator = numerator_of(text, draft, levels)
        draft.denominator = denominator_of(text, draft, levels)
    decide(text, draft, known, levels, previous)
    return_own_unit(draft)


def _match(text: str, draft: Draft, previous: str) -> None:
    """What the draft's own words tell."""
    found = match(text, draft, previous)
    draft.matches = coded(found)
    draft.uncoded = found[0].rule if found and not draft.matches else ""
    told = without_scopes(text, draft)
    if draft.matches and not told:
        draft.uncoded, draft.about = SCOPE, draft.matches[0].code
    draft.matches = told


def _up_to_its_own(draft: Draft, known: list[Draft]) -> list[Draft]:
    """What is known up to the count that a value of a run stands for: 收件9件、4件，办结率分别为99%、100%."""
    offset, length = draft.place
    if not length:
        return known
    here = [d for d in known if d.sentence is draft.sentence]
    before = here[-length - offset : len(here) - offset]
    kinds = {(d.reading.measure, d.unit) for d in before}
    if len(before) < length or len(kinds) > 1 or not before[0].is_figure:
        return known
    return known[: known.index(before[offset]) + 1]


def _link_lists(text: str, drafts: list[Draft], memory: Memory) -> None:
    """Totals that only show once the whole sentence is read: outcomes of a flow, and runs that add up."""
    attach_partitions(text, drafts, memory.drafts)
    attach_cases(text, drafts, memory.drafts)
    attach_outcomes(drafts, memory.drafts)
    attach_carried(text, drafts)
    attach_rest(text, drafts)
    levels = [d for d in drafts if d.is_told_level]
    before = [d for d in memory.drafts if d.is_told_level][-3:]
    for draft in attach_sums(text, levels, before):
        if draft.code in {None, rules().information}:
            decide(text, draft, [], [], memory.previous)
    settle_powers(text, drafts)
    settle_kinds(text, drafts)
    settle_totals(text, [*memory.drafts, *drafts])
