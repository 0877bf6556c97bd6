"""Examples made of the lexicon: heads, own words and context of ``patterns/indicators`` as claims of their code.

They teach the trained part the wording of rare codes; the corpus outweighs them wherever it says something.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import Any

from extractor.lexicon import table
from extractor.model.features import BEHIND, GRAMS, OWN, facets, grams, words_around_number

SEED = 20190710
EACH = 60  # examples of a code, dealt to its patterns
HEAD_LAST = 0.6  # share of examples whose head stands next to the number
HEAD_BEHIND = 0.2  # share of examples whose head stands behind the number


def make_examples(each: int = EACH, seed: int = SEED) -> list[tuple[list[str], str]]:
    """Features and code of the examples, in the order of the vocabulary; the same for the same seed and patterns."""
    draw = random.Random(seed)
    groups: dict[str, list[str]] = table("groups")
    found: list[tuple[list[str], str]] = []
    for entry in table("indicators"):
        for pattern in entry["patterns"]:
            for _ in range(max(1, each // len(entry["patterns"]))):
                found.append((_example(draw, entry, pattern, groups), entry["code"]))
    return found


def _example(
    draw: random.Random, entry: dict[str, Any], pattern: dict[str, Any], groups: dict[str, list[str]]
) -> list[str]:
    head = draw.choice(list(expand(pattern["head"], groups)))
    own = "".join(draw.choice(list(expand(words, groups))) for words in pattern.get("own", []))
    context = "".join(draw.choice(list(expand(words, groups))) for words in pattern.get("context", []))
    measure = (pattern.get("measures") or [entry["measure"]])[0]
    units = list(expand(pattern.get("units") or entry["units"], groups)) or [entry["unit"]]
    unit = "%" if measure == "share" else draw.choice(units[:4])
    left, behind = (own + head, "") if draw.random() < HEAD_LAST else (head + own, "")
    if draw.random() < HEAD_BEHIND:
        left, behind = own, head
    left, behind = left[-OWN:], behind[:BEHIND]
    features = ["bias", *words_around_number(left, behind), *grams("s", context, GRAMS - 1)]
    return list(dict.fromkeys([*features, *facets(unit, measure, "explicit", left, behind)]))


def expand(words: Sequence[str], groups: dict[str, list[str]]) -> Iterator[str]:
    """Words with those of every ``@group`` in its place."""
    for word in words:
        if word.startswith("@"):
            yield from expand(groups[word[1:]], groups)
        else:
            yield word
