"""Single characters: width, radicals and compatibility forms, what nobody sees."""

from __future__ import annotations

import re
from functools import cache

from extractor import lexicon
from extractor.normalise.draft import Draft

# ideographs; the supplementary planes hold nothing else
HAN = "\u3400-\u9fff\uf900-\ufaff〇々\U00020000-\U0003ffff"


@cache
def _fold_table() -> tuple[re.Pattern[str], dict[int, str]]:
    """Characters to fold as one class, and what each is read as."""
    table: dict[int, str] = {}
    for entry in lexicon.table("chars")["fold"]:
        table.update(zip(map(ord, entry["from"]), entry["to"], strict=True))
    return lexicon.matcher(f"[{re.escape(''.join(map(chr, table)))}]"), table


@cache
def _dropped() -> tuple[re.Pattern[str], ...]:
    chars = lexicon.table("chars")
    inline = "|".join(chars["inline"])
    return lexicon.matcher(f"[{chars['drop']}]+"), lexicon.matcher(inline)


@cache
def _circle_zero() -> re.Pattern[str]:
    circle = lexicon.table("chars")["circle_zero"]
    numeral = circle["beside"]
    return lexicon.matcher(f"(?<=[{numeral}])[{circle['chars']}]{{1,3}}(?=[{numeral}{circle['after']}])")


def drop_unseen(draft: Draft) -> None:
    """Drop zero-width and control characters and the marks that word processors leave."""
    for pattern in _dropped():
        draft.replace(pattern, "")


def fold_characters(draft: Draft) -> None:
    """Read every character in its ordinary form; the length stays."""
    pattern, table = _fold_table()
    draft.replace(_circle_zero(), lambda match: "〇" * len(match[0]))
    if pattern.search(draft.text):
        draft.rewrite(draft.text.translate(table))
