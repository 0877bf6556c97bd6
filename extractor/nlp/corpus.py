"""Gold as training data: JSON Lines with quotes to docs with spans, and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, DocBin

from extractor.errors import UsageError
from extractor.nlp.spans import Annotation, announce, write_spans
from extractor.types import Fact, Span

GROUP = "gold"
NO_INDICATOR = "none"
ENTRIES = "gold"  # key of the JSON entries in doc.user_data
USUAL = {
    "unit": None,
    "kind": "explicit",
    "measure": "count",
    "modifier": "exact",
    "indicator": None,
    "label": "",
    "channel": None,
    "category": None,
    "subject": None,
}  # what gold leaves out
SHORTEST, LONGEST = 6, 25  # characters of a quote

Entry = Mapping[str, Any]


def docs_from_gold(nlp: Language, entries: Iterable[Entry], texts: Mapping[str, str]) -> Iterator[Doc]:
    """One doc a report: its text cut into words, gold facts in ``doc.spans["gold"]`` labelled by indicator.

    entries -- gold facts as in the JSON Lines; texts -- the text of each report by ``doc``.
    Raises UsageError when a text is missing or a quote is not in it.
    """
    by_doc: dict[str, list[Entry]] = {}
    for entry in entries:
        by_doc.setdefault(entry["doc"], []).append(entry)
    for name, own in by_doc.items():
        if name not in texts:
            raise UsageError(f"gold {name}: no text of that name")
        doc = nlp.make_doc(texts[name])
        doc.user_data[ENTRIES] = [dict(entry) for entry in own]
        facts = [entry for entry in own if not entry.get("none")]
        write_spans(doc, GROUP, [_annotate(entry, at, texts[name]) for at, entry in enumerate(facts, 1)])
        yield doc


def gold_from_docs(docs: Iterable[Doc]) -> Iterator[dict[str, Any]]:
    """The gold entries that ``docs_from_gold`` put into the docs, in the same order."""
    for doc in docs:
        yield from doc.user_data.get(ENTRIES, ())


def write_docs(docs: Iterable[Doc], target: Path) -> int:
    """Save docs with their spans and gold; return how many."""
    box = DocBin(docs=list(docs), store_user_data=True)
    box.to_disk(target)
    return len(box)


def read_docs(nlp: Language, source: Path) -> list[Doc]:
    """Docs that ``write_docs`` saved."""
    announce()
    return list(DocBin(store_user_data=True).from_disk(source).get_docs(nlp.vocab))


def fact_to_gold(fact: Fact, name: str, text: str) -> dict[str, Any]:
    """A gold entry for a fact that was found, to be corrected by hand; links are left out, the place is certain."""
    entry: dict[str, Any] = {"doc": name, **_quote(text, fact.evidence.span)}
    whole = fact.value == fact.value.to_integral_value()
    entry["value"] = int(fact.value) if whole else float(fact.value)
    for key, usual in USUAL.items():
        value = getattr(fact, key)
        if value != usual:
            entry[key] = value
    period = fact.period
    entry["period"] = f"@{period.as_of}" if period.as_of else f"{period.start}/{period.end}"
    return entry


def _annotate(entry: Entry, number: int, text: str) -> Annotation:
    attributes = {key: entry.get(key) for key in ("indicator", "label", "unit", "measure", "modifier", "kind")}
    attributes["value"] = str(entry["value"])
    return Annotation(_locate(entry, text), entry.get("indicator") or NO_INDICATOR, f"gold:{number}", attributes)


def _locate(entry: Entry, text: str) -> Span:
    """Span of the value expression that ``quote`` and ``num`` name, letter by letter."""
    quote, number = entry["quote"], entry["num"]
    at = _find(text, quote, entry.get("occurrence", 1))
    inner = _find(quote, number, entry.get("num_occurrence", 1))
    if at < 0 or inner < 0:
        raise UsageError(f"gold {entry['doc']}: {number!r} in {quote!r} is not in the text")
    return at + inner, at + inner + len(number)


def _find(text: str, words: str, occurrence: int) -> int:
    at = -1
    for _ in range(occurrence):
        at = text.find(words, at + 1)
        if at < 0:
            return -1
    return at


def _quote(text: str, span: Span) -> dict[str, Any]:
    """A short stretch around ``span`` that the text holds once; where that takes too long, with its occurrence."""
    start, end = span
    first, last = start, end
    while last - first < LONGEST and (last - first < SHORTEST or text.count(text[first:last]) > 1):
        if first > 0 and text[first - 1] != "\n":
            first -= 1
        elif last < len(text) and text[last] != "\n":
            last += 1
        else:
            break
    quote, number = text[first:last], text[start:end]
    entry: dict[str, Any] = {"quote": quote, "num": number}
    for key, whole, words, at in (("occurrence", text, quote, first), ("num_occurrence", quote, number, start - first)):
        before = sum(whole.startswith(words, place) for place in range(at))
        if before:
            entry[key] = before + 1
    return entry
