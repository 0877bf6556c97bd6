"""Claims of the corpus as the trained part sees them, with what gold says of each.

    python models/scripts/claims.py CORPUS OUT        writes OUT/{train,validation,test}.jsonl

One line a claim: features, the rules' side of it (``Claim``), the code that gold gives (``none``: no code fits,
``not``: no fact stands there), and whether the other fields that count for strictness are right.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from extractor.evaluate import GoldFact, read_gold
from extractor.evaluate.match import agree, match, overlap
from extractor.evaluate.places import Folded, locate
from extractor.facts import Draft, assemble, find_drafts, level_of, source_of
from extractor.model import describe, observe, read_claim
from extractor.nlp.reading import TextView, read_text
from extractor.sections import find_metadata
from extractor.types import Fact, Span

PARTS = ("train", "validation", "test")
ALSO = ("unit", "kind", "measure", "modifier")  # what strictness asks besides the indicator


class Collector:
    """Stands in the adviser's place and writes down what it would have been asked."""

    def __init__(self) -> None:
        self.seen: dict[int, dict[str, Any]] = {}

    def revise(self, text: str, drafts: Sequence[Draft], known: Sequence[Draft], previous: str) -> None:
        """Note every claim as the rules left it."""
        for at, draft in enumerate(drafts):
            self.seen[id(draft)] = {
                "features": describe(text, draft, drafts[:at], previous),
                "claim": asdict(read_claim(draft, [*known, *drafts[:at]])),
                "traits": observe(draft, 0.5, False),
                "source": source_of(draft),
                "level": level_of(draft.score),
            }

    def names(self, text: str, start: int, end: int, taken: Sequence[Span]) -> Sequence[Span]:
        """No names: claims do not hang on them."""
        return ()


def read_claims(text: str, golds: Sequence[GoldFact]) -> Iterator[dict[str, Any]]:
    """Claims of one text; those at the place of an optional fact that is not theirs are left out, as in scoring."""
    view, collector = read_text(text), Collector()
    drafts = _drafts(view, collector)
    facts = [_plain(fact) for fact in assemble(view.document, view.folded, drafts)]
    folded = Folded(text)
    spans = [locate(gold, folded) for gold in golds]
    pairs = {j: i for i, j in match(golds, facts, spans).items()}
    for j, (draft, fact) in enumerate(zip(drafts, facts, strict=True)):
        if j in pairs:
            gold = golds[pairs[j]]
            right = all(agree(name, gold, fact) for name in ALSO)
            yield {
                **collector.seen[id(draft)],
                "gold": gold.indicator or "none",
                "rest": right,
                "optional": gold.optional,
            }
        elif draft.kind != "implied" and not _near_optional(golds, spans, fact):
            yield {**collector.seen[id(draft)], "gold": "not", "rest": False, "optional": False}


def _drafts(view: TextView, collector: Collector) -> list[Draft]:
    year = find_metadata(view.folded, view.sections, view.document).year
    return find_drafts(view.folded.text, zip(view.sentences, view.numbers, strict=True), year, collector)


def _plain(fact: Fact) -> dict[str, Any]:
    """The fields of a fact that pairing and strictness look at."""
    fields = {name: getattr(fact, name) for name in (*ALSO, "indicator", "value")}
    return {**fields, "evidence": {"span": fact.evidence.span, "sentence_span": fact.evidence.sentence_span}}


def _near_optional(golds: Sequence[GoldFact], spans: Sequence[Any], fact: dict[str, Any]) -> bool:
    places = zip(golds, spans, strict=True)
    return any(g.optional and place and overlap(place, fact["evidence"]["span"]) > 0 for g, place in places)


def collect(gold: Path, texts: Path) -> Iterator[dict[str, Any]]:
    """Claims of all texts of a gold file."""
    for doc, golds in read_gold(gold).items():
        path = texts / f"{Path(doc).stem}.txt"
        for claim in read_claims(path.read_text(encoding="utf-8"), golds):
            yield {"doc": doc, "family": doc.rsplit("-", 1)[0], **claim}


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("out", type=Path)
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    for part in PARTS:
        claims = list(collect(arguments.corpus / f"{part}.jsonl", arguments.corpus / "texts"))
        lines = [json.dumps(claim, ensure_ascii=False) for claim in claims]
        (arguments.out / f"{part}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
        right = sum(claim["claim"]["told"] == claim["gold"] for claim in claims)
        print(f"{part}: {len(claims)} claims, {right / max(len(claims), 1):.4f} with the rules' code right")
    return 0


if __name__ == "__main__":
    sys.exit(main())
