"""Mentions: words that can tell an indicator, wherever they stand; linking decides between the codes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc

from extractor.lexicon import table
from extractor.nlp.reading import read_text
from extractor.nlp.spans import Annotation, write_spans
from extractor.types import Span

DEFAULTS = {"spans_key": "mentions"}
LABEL = "mention"
Codes = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """A head word of the patterns: its span, and the codes that it can tell, in the order of the vocabulary."""

    span: Span
    codes: Codes


@Language.factory("zh_mentions", assigns=["doc.spans"], default_config=DEFAULTS)
def make_tagger(nlp: Language, name: str, spans_key: str) -> MentionTagger:
    """Build the component from its config block."""
    return MentionTagger(spans_key)


class MentionTagger:
    """Copies mentions of the narrative into ``doc.spans[spans_key]``; ``span._.indicators`` lists their codes."""

    def __init__(self, spans_key: str) -> None:
        """Remember where to write."""
        self.spans_key = spans_key

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one doc in place and return it."""
        view = read_text(doc.text)
        found = []
        for sentence in view.sentences:
            for mention in find_mentions(view.folded.text, sentence.start, sentence.end):
                start, end = view.folded.source(*mention.span)
                attributes = {"indicators": list(mention.codes)}
                found.append(Annotation((start, end), LABEL, f"mention:{start}:{end}", attributes))
        write_spans(doc, self.spans_key, found)
        return doc


def find_mentions(text: str, start: int = 0, end: int | None = None) -> Iterator[Mention]:
    """Head words in ``text[start:end]``, the longest at each place, none inside another (offsets into ``text``)."""
    words = _heads()
    at, stop = start, len(text) if end is None else end
    while at < stop:
        word = next((word for word in words.get(text[at], ()) if text.startswith(word[0], at, stop)), None)
        if word is None:
            at += 1
        else:
            yield Mention((at, at + len(word[0])), word[1])
            at += len(word[0])


@cache
def _heads() -> dict[str, tuple[tuple[str, Codes], ...]]:
    """Head words with their codes by first character, longest first."""
    groups: dict[str, list[str]] = table("groups")
    codes: dict[str, list[str]] = {}
    for entry in table("indicators"):
        for pattern in entry["patterns"]:
            for head in _expand(pattern["head"], groups):
                known = codes.setdefault(head, [])
                if entry["code"] not in known:
                    known.append(entry["code"])
    index: dict[str, list[tuple[str, Codes]]] = {}
    for head in sorted(codes, key=lambda word: (-len(word), word)):
        index.setdefault(head[0], []).append((head, tuple(codes[head])))
    return {first: tuple(found) for first, found in index.items()}


def _expand(words: list[str], groups: dict[str, list[str]]) -> Iterator[str]:
    """Words with every ``@group`` in place of its name."""
    for word in words:
        if word.startswith("@"):
            yield from _expand(groups[word[1:]], groups)
        else:
            yield word
