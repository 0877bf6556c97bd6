"""spaCy view of the quantities room, for training, scoring and displaCy."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from extractor.nlp.reading import read_text
from extractor.nlp.spans import Annotation, print_number, write_spans

DEFAULTS = {"spans_key": "quantities"}
NO_UNIT = "number"


@Language.factory("zh_quantities", assigns=["doc.spans"], default_config=DEFAULTS)
def make_tagger(nlp: Language, name: str, spans_key: str) -> QuantityTagger:
    """Build the component from its config block."""
    return QuantityTagger(spans_key)


class QuantityTagger:
    """Copies quantities into ``doc.spans[spans_key]``, labelled by unit; their fields hang on the spans."""

    def __init__(self, spans_key: str) -> None:
        """Remember where to write."""
        self.spans_key = spans_key

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one doc in place and return it."""
        view = read_text(doc.text)
        found = []
        for quantity in (quantity for numbers in view.numbers for quantity in numbers.quantities):
            start, end = view.folded.source(quantity.start, quantity.end)
            attributes = {
                "value": print_number(quantity.value),
                "value_max": print_number(quantity.value_max),
                "low": print_number(quantity.low),
                "high": print_number(quantity.high),
                "unit": quantity.unit,
                "modifier": quantity.modifier,
            }
            found.append(Annotation((start, end), quantity.unit or NO_UNIT, f"quantity:{start}:{end}", attributes))
        write_spans(doc, self.spans_key, found)
        return doc
