"""spaCy view of the facts room."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from extractor.nlp.reading import find_facts
from extractor.nlp.spans import Annotation, print_number, write_spans
from extractor.types import Fact

DEFAULTS = {"spans_key": "facts"}
NO_INDICATOR = "none"


@Language.factory("zh_facts", assigns=["doc.spans"], default_config=DEFAULTS)
def make_tagger(nlp: Language, name: str, spans_key: str) -> FactTagger:
    """Build the component from its config block."""
    return FactTagger(spans_key)


class FactTagger:
    """Copies facts into ``doc.spans[spans_key]``, labelled by indicator; their fields hang on the spans."""

    def __init__(self, spans_key: str) -> None:
        """Remember where to write."""
        self.spans_key = spans_key

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one doc in place and return it."""
        write_spans(doc, self.spans_key, [annotate(fact) for fact in find_facts(doc.text)])
        return doc


def annotate(fact: Fact) -> Annotation:
    """The span of a fact with the fields that a doc keeps."""
    attributes = {
        "value": print_number(fact.value),
        "value_max": print_number(fact.value_max),
        "low": print_number(fact.low),
        "high": print_number(fact.high),
        "unit": fact.unit,
        "indicator": fact.indicator,
        "label": fact.label,
        "measure": fact.measure,
        "modifier": fact.modifier,
        "kind": fact.kind,
    }
    return Annotation(fact.evidence.span, fact.indicator or NO_INDICATOR, fact.id, attributes)
