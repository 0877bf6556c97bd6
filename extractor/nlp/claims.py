"""spaCy view of the trained part: facts whose codes rules and model decided together."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from extractor.errors import ExtractorError
from extractor.model import ModelAdviser, find_adviser
from extractor.nlp.facts import annotate
from extractor.nlp.reading import find_facts
from extractor.nlp.spans import write_spans

DEFAULTS = {"spans_key": "claims"}
FILE = "weights.json"


@Language.factory("zh_claims", assigns=["doc.spans"], default_config=DEFAULTS)
def make_tagger(nlp: Language, name: str, spans_key: str) -> ClaimTagger:
    """Build the component from its config block."""
    return ClaimTagger(spans_key)


class ClaimTagger:
    """Copies facts, as decided by rules and trained part, into ``doc.spans[spans_key]``, labelled by indicator.

    The weights are those that a saved pipeline brings along, else the installed ones, else rules stand alone.
    """

    def __init__(self, spans_key: str) -> None:
        """Remember where to write."""
        self.spans_key = spans_key
        self._file: Path | None = None
        self._adviser: ModelAdviser | None = find_adviser()

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one doc in place and return it."""
        write_spans(doc, self.spans_key, [annotate(fact) for fact in find_facts(doc.text, self._adviser)])
        return doc

    def use(self, file: Path) -> None:
        """Take the weights of a file."""
        self._file, self._adviser = file, ModelAdviser(str(file))

    def to_disk(self, path: str | Path, exclude: Iterable[str] = ()) -> None:
        """Copy the weights into a folder of the saved pipeline.

        Raises ExtractorError when there are none.
        """
        source = self._file or (self._adviser.file if self._adviser else None)
        if not source:
            raise ExtractorError("no trained part to save; run models/project.yml")
        target = Path(path)
        target.mkdir(parents=True, exist_ok=True)
        if (target / FILE).resolve() != Path(source).resolve():
            shutil.copyfile(source, target / FILE)

    def from_disk(self, path: str | Path, exclude: Iterable[str] = ()) -> ClaimTagger:
        """Take the weights from the folder of a saved pipeline."""
        self.use(Path(path) / FILE)
        return self
