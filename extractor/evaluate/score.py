"""One report against its gold: counts that add up over reports, and the mistakes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from extractor.evaluate.constructions import constructions_of
from extractor.evaluate.gold import GoldFact
from extractor.evaluate.match import ATTRIBUTES, STRICT, Predicted, agree, match, overlap, span_of
from extractor.evaluate.places import Folded, locate
from extractor.types import Span

AROUND = 16  # characters shown before a spurious value
NONE = "-"  # stands for the missing indicator in counts


@dataclass(frozen=True, slots=True)
class Mistake:
    """What went wrong with one fact.

    kind -- lost (the quote is not in the text that was read), missed, wrong, spurious.
    place -- the words around it; indicator -- gold's, for spurious facts the predicted one; wrong -- attribute to
    (wanted, got).
    """

    doc: str
    kind: str
    place: str
    indicator: str | None
    wrong: dict[str, tuple[Any, Any]] = field(default_factory=dict)


@dataclass(slots=True)
class DocumentScore:
    """Counts of one report by name (``tp``, ``attribute.unit.ok``, ``indicator.CODE.tp``) and its mistakes."""

    doc: str
    counts: Counter[str] = field(default_factory=Counter)
    mistakes: list[Mistake] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Pairing:
    """Gold and prediction of one report side by side."""

    golds: Sequence[GoldFact]
    facts: Sequence[Predicted]
    spans: Sequence[Span | None]
    by_gold: Mapping[int, int]
    by_fact: Mapping[int, int]
    text: str


def score_document(doc: str, golds: Sequence[GoldFact], result: Mapping[str, Any]) -> DocumentScore:
    """Score one report.

    result -- its JSON object; facts of the preface are left out, as gold is.
    Raises UsageError when gold contradicts itself.
    """
    facts = [fact for fact in result["facts"] if fact["evidence"].get("section", "overview") != "preface"]
    text = result["document"]["text"] or ""
    folded = Folded(text)
    spans = [locate(gold, folded) for gold in golds]
    by_gold = match(golds, facts, spans)
    pairing = _Pairing(golds, facts, spans, by_gold, {j: i for i, j in by_gold.items()}, text)
    score = DocumentScore(doc)
    _count_evidence(score, pairing)
    for index in range(len(golds)):
        _count_gold(score, pairing, index)
    for index in range(len(facts)):
        _count_prediction(score, pairing, index)
    return score


def _count_evidence(score: DocumentScore, pairing: _Pairing) -> None:
    for fact in pairing.facts:
        start, end = span_of(fact)
        first, last = fact["evidence"]["sentence_span"]
        words = pairing.text[start:end]
        score.counts["facts"] += 1
        score.counts["evidence_ok"] += fact.get("kind", "explicit") != "explicit" or words == fact.get("raw")
        whole = pairing.text[first:last] == fact["evidence"]["sentence"]
        score.counts["sentence_ok"] += whole and first <= start and end <= last


def _count_gold(score: DocumentScore, pairing: _Pairing, index: int) -> None:
    gold, counts = pairing.golds[index], score.counts
    if gold.optional:
        return
    counts["gold"] += 1
    counts[f"indicator.{gold.indicator or NONE}.gold"] += 1
    counts["gold_coded"] += gold.indicator is not None
    counts.update(f"construction.{name}.gold" for name in constructions_of(gold))
    if index not in pairing.by_gold:
        kind = "lost" if pairing.spans[index] is None else "missed"
        score.mistakes.append(Mistake(score.doc, kind, gold.quote, gold.indicator))
        return
    fact = pairing.facts[pairing.by_gold[index]]
    good = {name for name in ATTRIBUTES if agree(name, gold, fact)}
    counts["tp"] += 1
    counts["coded_tp"] += gold.indicator is not None and "indicator" in good
    if "indicator" in good:
        counts[f"indicator.{gold.indicator or NONE}.tp"] += 1
    _count_attributes(score, gold, good)
    _count_links(score, pairing, index, fact)
    wrong = {name: (getattr(gold, name), fact.get(name)) for name in STRICT if name not in good}
    counts["strict_tp"] += not wrong
    for name in constructions_of(gold):
        counts[f"construction.{name}.found"] += 1
        counts[f"construction.{name}.strict"] += not wrong
    if wrong:
        score.mistakes.append(Mistake(score.doc, "wrong", gold.quote, gold.indicator, wrong))


def _count_attributes(score: DocumentScore, gold: GoldFact, good: set[str]) -> None:
    for name in ATTRIBUTES:
        if name in gold.stated or name in ("indicator", "channel"):
            score.counts[f"attribute.{name}.n"] += 1
            score.counts[f"attribute.{name}.ok"] += name in good


def _count_links(score: DocumentScore, pairing: _Pairing, index: int, fact: Predicted) -> None:
    wanted, got = pairing.golds[index].part_of, fact.get("part_of")
    score.counts["links_pred"] += bool(got)
    if wanted is None:
        return
    target = next((j for j, other in enumerate(pairing.facts) if got is not None and other.get("id") == got), None)
    total = next((i for i, gold in enumerate(pairing.golds) if gold.n == wanted), None)
    score.counts["links_gold"] += 1
    score.counts["links_tp"] += target is not None and pairing.by_fact.get(target) == total


def _count_prediction(score: DocumentScore, pairing: _Pairing, index: int) -> None:
    fact, partner = pairing.facts[index], pairing.by_fact.get(index)
    if partner is not None and pairing.golds[partner].optional:
        return
    if partner is None and (fact.get("kind") == "implied" or _near_optional(pairing, span_of(fact))):
        return
    code = fact.get("indicator")
    score.counts["pred"] += 1
    score.counts["pred_coded"] += code is not None
    score.counts[f"indicator.{code or NONE}.pred"] += 1
    if partner is None:
        start, end = span_of(fact)
        first = max(fact["evidence"]["sentence_span"][0], start - AROUND)
        place = f"{fact.get('raw')} in {pairing.text[first : end + 6]!r}"
        score.mistakes.append(Mistake(score.doc, "spurious", place, code))


def _near_optional(pairing: _Pairing, span: Span) -> bool:
    """Whether an optional gold fact stands at the same place, whatever its value."""
    places = zip(pairing.golds, pairing.spans, strict=True)
    return any(gold.optional and place is not None and overlap(place, span) > 0 for gold, place in places)
