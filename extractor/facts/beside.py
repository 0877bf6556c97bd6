"""Categories that only other claims of a sentence bring out: kinds of one code, columns of one site."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from extractor.facts.carriers import Mention
from extractor.facts.categories import name_in
from extractor.facts.channel_words import QUOTE
from extractor.facts.drafts import Draft
from extractor.facts.named_kinds import kind_words
from extractor.facts.vocabulary import vocabulary
from extractor.facts.words import branches
from extractor.lexicon import matcher
from extractor.types import Span

LEAST = 2  # kinds or columns that make a breakdown
SITE = "website"


def tell_apart(text: str, drafts: Sequence[Draft], mentions: Sequence[Mention]) -> None:
    """Set category, and subject where that is a site, of claims that others of their sentence make a breakdown of."""
    for code, kinds in kind_words().told_apart.items():
        alike = [d for d in drafts if d.code == code and d.is_told_level]
        if len(alike) >= LEAST:
            _tell_kinds(text, alike, kinds)
    _tell_columns(text, [d for d in drafts if d.is_told_level and d.domain == SITE], mentions)


def _tell_kinds(text: str, drafts: Sequence[Draft], kinds: Sequence[Sequence[str]]) -> None:
    """Name the kinds where each claim tells one and not all the same (民意征集8期，网上调查6期)."""
    told = [
        (d, [at for at, words in enumerate(kinds) if any(word in text[slice(*d.own)] for word in words)])
        for d in drafts
    ]
    single = [(d, found[0]) for d, found in told if len(found) == 1]
    if len({kind for _, kind in single}) < LEAST:
        return
    for draft, _ in single:
        draft.category = draft.category or name_in(text, *draft.own)


def _tell_columns(text: str, posts: Sequence[Draft], mentions: Sequence[Mention]) -> None:
    """Name the columns in quotes of a site, each with its posts (某网站“甲”栏目公开20条，“乙”栏目公开8条)."""
    hits = [(d, hit) for d in posts if (hit := _column().search(text, *d.own)) is not None]
    if len(hits) < LEAST:
        return
    site = _site_before(text, hits[0][1].start(), mentions)
    if site is None:
        return
    columns = [hit.span() for _, hit in hits]
    for draft, hit in hits:
        draft.category = hit.span(1)
    for draft in posts:
        if draft.subject is not None and any(draft.subject[0] < end and at < draft.subject[1] for at, end in columns):
            draft.subject = site


def _site_before(text: str, column: int, mentions: Sequence[Mention]) -> Span | None:
    """The site that is named last before its first column, without that."""
    sites = [m.span for m in mentions if m.kind == "carrier" and m.channel == SITE and m.span[0] < column]
    sites = [(at, min(end, column)) for at, end in sites if text[at] != QUOTE]
    return next(((at, at + len(text[at:end].rstrip())) for at, end in reversed(sites)), None)


@cache
def _column() -> re.Pattern[str]:
    """A column of a site by its name in quotes, which is the group."""
    return matcher(rf"(“[^“”\n]{{1,24}}”)(?:{branches(vocabulary().columns)})")
