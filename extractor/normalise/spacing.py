"""Punctuation and blanks inside a line.

The patterns begin with the sign itself and look back from there: to search for a sign is many times as fast as to look
at the neighbours of every character.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from extractor.lexicon import matcher
from extractor.normalise.chars import HAN
from extractor.normalise.draft import Draft

SIGNS = "，。；：？！、（）《》〈〉“”‘’【】〔〕…—"
HALF = str.maketrans(",;:?!", "，；：？！")

PAIR = matcher(r"\(([^()（）\n]{0,300})\)")
HAS_HAN = matcher(f"[{HAN}{SIGNS}]")
OPEN = matcher(rf"\((?<=[{HAN}]\()\(*+|\((?<!\(\()\(*+(?=[{HAN}])")
CLOSE = matcher(rf"\)(?<=[{HAN}]\))\)*+|\)(?<!\)\))\)*+(?=[{HAN}{SIGNS}])")
SEPARATOR = matcher(r"[,;:?!]++")
FULL_STOP = matcher(rf"\.(?=\n|\Z)(?<=[^\n][{HAN}%）]\.)")
STRAIGHT = matcher(r'"([^"\n]{0,400})"')
GROUPS = matcher(r"，\d{3}(?!\d)")
GROUPED = matcher(r"(?<![\d，,.])\d{1,2}(?:，\d{3})+(?![\d，])")

# numbers in columns: a table row that must keep its blanks
ROW = matcher(r"^[^，。；：\n]{0,60}(?: {1,20}[-+]?[\d./*]{1,20}(?:[（(][^()（）\n]{0,8}[)）])?){2,} *$", re.MULTILINE)
BLANKS = matcher(" +")
THOUSANDS = matcher(r"(?<![\d.,] )(?<![\d.,])\d{1,3}(?: \d{3})+(?! ?\d)")
YEAR = matcher(r"(?<![\d ])(?:1 ?9|2 ?0) ?\d ?\d(?= ?年)")
DECIMAL = matcher(r"(?<=[^\n\d]\d)(?: \. ?|\. )(?=\d{1,6} ?[%万亿])|(?<=[^\n\d]\d\d)(?: \. ?|\. )(?=\d{1,6} ?[%万亿])")
SPACED = (  # what has to be there for the expression to find something that holds blanks
    (matcher(r" \d{3}"), THOUSANDS), (matcher(r" (?:\d ?){1,3}年"), YEAR), (matcher(r" \.|\. "), DECIMAL),
)  # fmt: skip
LEFT_OUT = 3  # blanks between words that stay as the mark of something left out

_SIGNS = frozenset(SIGNS)
_LATIN = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
_HAN = matcher(f"[{HAN}]")


def fold_punctuation(draft: Draft) -> None:
    """Read half-width punctuation between ideographs as full-width, straight quotes as pairs; numbers keep theirs."""
    if "(" in draft.text or ")" in draft.text:
        draft.replace(PAIR, _bracket)
        draft.replace(OPEN, lambda match: "（" * len(match[0]))
        draft.replace(CLOSE, lambda match: "）" * len(match[0]))
    draft.replace(SEPARATOR, _separator)
    draft.replace(FULL_STOP, "。")
    draft.replace(STRAIGHT, lambda match: f"“{match[1]}”")
    if GROUPS.search(draft.text):
        draft.replace(GROUPED, lambda match: match[0].replace("，", ","))


def _bracket(match: re.Match[str]) -> str:
    """A pair of brackets in full width where anything Chinese is inside or beside it."""
    text, start, end = match.string, match.start(), match.end()
    beside = text[max(start - 1, 0) : start] + text[end : end + 1]
    return f"（{match[1]}）" if HAS_HAN.search(match[1]) or HAS_HAN.search(beside) else match[0]


def _separator(match: re.Match[str]) -> str:
    """A run of separators in full width where it stands beside Chinese text."""
    text = match.string
    before = text[match.start() - 1] if match.start() else "\n"
    after = text[match.end()] if match.end() < len(text) else "\n"
    if match[0][0] in "?!":
        chinese = before in "）”" or _is_han(before)
    else:
        chinese = before in _SIGNS or before == "%" or _is_han(before) or after in "“（《" or _is_han(after)
    return match[0].translate(HALF) if chinese else match[0]


def drop_blanks(draft: Draft) -> None:
    """Drop blanks inside words and numbers; three blanks between words stay as the mark of something left out."""
    if " " not in draft.text:
        return
    for needed, pattern in SPACED:
        if needed.search(draft.text):
            _replace_outside_rows(draft, pattern, lambda match: match[0].replace(" ", ""))
    _replace_outside_rows(draft, BLANKS, _blanks)


def _blanks(match: re.Match[str]) -> str:
    """What stays of a run of blanks."""
    text, size = match.string, match.end() - match.start()
    if match.start() == 0 or match.end() == len(text):
        return ""
    before, after = text[match.start() - 1], text[match.end()]
    if before == "\n" or after == "\n" or before in _SIGNS or after in _SIGNS:
        return ""
    kept = " " * (size if size < LEFT_OUT else LEFT_OUT)
    if _is_han(before):
        if _is_han(after):
            return "" if size < LEFT_OUT else kept
        return "" if after in _LATIN or after in "+-" else kept
    return "" if _joins_left(text, match.start(), before, after) else kept


def _joins_left(text: str, start: int, before: str, after: str) -> bool:
    """Whether a number or latin word in front of the blanks goes with what follows them."""
    if after == "%":
        return before.isdecimal()
    if not _is_han(after):
        return False
    return before in _LATIN or before in "%+" or (before == "." and start > 1 and text[start - 2].isdecimal())


def _is_han(char: str) -> bool:
    return _HAN.match(char) is not None


def _replace_outside_rows(draft: Draft, pattern: re.Pattern[str], new: Callable[[re.Match[str]], str]) -> None:
    """Replace the matches that do not stand inside a table row."""
    text, edits = draft.text, []
    row: re.Match[str] | None = None
    end = -1  # of the line that was looked at last
    for match in pattern.finditer(text):
        start, stop = match.span()
        if start > end:
            row = ROW.match(text, text.rfind("\n", 0, start) + 1)
            end = text.find("\n", start)
            end = end if end >= 0 else len(text)
        if row is not None and row.start() < start and stop < row.end():
            continue
        replacement = new(match)
        if replacement != match[0]:
            edits.append((start, stop, replacement))
    draft.edit(edits)
