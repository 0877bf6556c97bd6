"""Learns the names that open clauses: a conditional logit over the ends that a name may have, and no name at all.

What is right is told by the subjects of gold: where one of a passage's subjects begins a clause before a number, it is
the name to find; a clause that none of them begins has none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from logit import conditional_loss
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from extractor.evaluate import read_gold
from extractor.model.openers import NOBODY, describe_end, describe_name, describe_start, find_ends, find_starts
from extractor.nlp.reading import read_text
from extractor.normalise import fold_text

PENALTY = 0.3
SEEN = 2  # times a feature must occur

Clause = tuple[list[list[str]], int]  # features of each choice, no name last, and which is right


def read_clauses(gold: Path, texts: Path) -> Iterator[Clause]:
    """Clauses that begin before the last number of a sentence, of all texts of a gold file."""
    for doc, facts in read_gold(gold).items():
        names = {fold_text(fact.subject).text for fact in facts if fact.subject}
        view = read_text((texts / f"{Path(doc).stem}.txt").read_text(encoding="utf-8"))
        text = view.folded.text
        for sentence, numbers in zip(view.sentences, view.numbers, strict=True):
            last = max((quantity.start for quantity in numbers.quantities), default=sentence.start)
            for begin in dict.fromkeys(find_starts(text, sentence.start, last)):
                ends = list(find_ends(text, begin, last))
                if ends:
                    right = [at for at, end in enumerate(ends) if text[begin:end] in names]
                    yield [*(_describe(text, begin, end) for end in ends), [NOBODY]], max(right, default=len(ends))


def _describe(text: str, begin: int, end: int) -> list[str]:
    return [*describe_start(text, begin), *describe_end(text, end), *describe_name(text, begin, end)]


def learn_openers(clauses: Sequence[Clause]) -> dict[str, float]:
    """Weights of the features of names, those of no use left out."""
    choices = [names for ends, _ in clauses for names in ends]
    seen = Counter(name for names in choices for name in names)
    index = {name: at for at, name in enumerate(sorted(name for name, times in seen.items() if times >= SEEN))}
    known = [(row, index[name]) for row, names in enumerate(choices) for name in names if name in index]
    at, columns = zip(*known, strict=True)
    matrix = csr_matrix((np.ones(len(at)), (at, columns)), shape=(len(choices), len(index)))
    sizes = [len(ends) for ends, _ in clauses]
    chosen = np.cumsum([0, *sizes[:-1]]) + [right for _, right in clauses]
    loss = conditional_loss(matrix, np.repeat(np.arange(len(clauses)), sizes), chosen, np.ones(len(clauses)), PENALTY)
    found = minimize(loss, np.zeros(len(index)), jac=True, method="L-BFGS-B", options={"maxiter": 150})
    return dict(zip(index, map(float, found.x), strict=True))
