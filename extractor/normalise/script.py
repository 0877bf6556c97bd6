"""Traditional script to simplified script, character for character."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from extractor import lexicon
from extractor.normalise.chars import HAN
from extractor.normalise.draft import Draft

SHARE = 0.02  # of the ideographs that must tell, and
FEW = 2  # how many at least; a quoted name in a simplified text stays as it is


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    return lexicon.matcher(f"[{lexicon.table('chars')['traditional']['telling']}]"), lexicon.matcher(f"[{HAN}]+")


def is_traditional(text: str) -> bool:
    """Whether the text is written in traditional script."""
    telling, han = _patterns()
    hits = sum(1 for _ in telling.finditer(text))
    if hits < FEW:
        return False
    return hits >= SHARE * sum(match.end() - match.start() for match in han.finditer(text))


def simplify(draft: Draft) -> None:
    """Read traditional characters as simplified ones; the length stays."""
    convert = _converter().convert
    text = "".join(_same_length(convert, run) for run in re.split(f"([{HAN}]+)", draft.text))
    known = lexicon.table("chars")["traditional"]
    text = text.translate(str.maketrans(known["artefacts"]))
    if any(term in text for term in known["sure"]):
        for term, ours in known["terms"].items():
            text = text.replace(term, ours)
    draft.rewrite(text)


def _same_length(convert: Any, run: str) -> str:
    """The run converted; where a phrase would change its length, character by character."""
    if not run or run[0] < "\u3400":
        return run
    converted = str(convert(run))
    if len(converted) == len(run):
        return converted
    singles = [str(convert(char)) for char in run]
    return "".join(new if len(new) == 1 else old for old, new in zip(run, singles, strict=True))


@cache
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")
