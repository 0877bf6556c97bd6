"""Punctuation and blanks inside a line."""

from __future__ import annotations

import re
from bisect import bisect_right

from extractor.normalise.chars import HAN
from extractor.normalise.draft import Draft, Edit

SIGNS = "，。；：？！、（）《》〈〉“”‘’【】〔〕…—"
HALF = str.maketrans(",;:?!", "，；：？！")

PAIR = re.compile(r"\(([^()（）\n]{0,300})\)")
HAS_HAN = re.compile(f"[{HAN}{SIGNS}]")
OPEN = re.compile(rf"(?<=[{HAN}])\(++|(?<!\()\(++(?=[{HAN}])")
CLOSE = re.compile(rf"(?<=[{HAN}])\)++|(?<!\))\)++(?=[{HAN}{SIGNS}])")
SEPARATOR = re.compile(rf"(?<=[{HAN}{SIGNS}%])[,;:]++|(?<![,;:])[,;:]++(?=[{HAN}“（《])|(?<=[{HAN}）”])[?!]++")
FULL_STOP = re.compile(rf"(?<=[^\n][{HAN}%）])\.(?=\n|\Z)")
STRAIGHT = re.compile(r'"([^"\n]{0,400})"')
GROUPED = re.compile(r"(?<![\d，,.])\d{1,2}(?:，\d{3})+(?![\d，])")

# numbers in columns: a table row that must keep its blanks
ROW = re.compile(
    r"^[^，。；：\n]{0,60}(?: {1,20}[-+]?[\d./*]{1,20}(?:[（(][^()（）\n]{0,8}[)）])?){2,} *$", re.MULTILINE
)
WIDE = re.compile(r" {4,}")
BLANK = re.compile(
    rf"(?<=[{SIGNS}]) +| +(?=[{SIGNS}])"
    rf"|(?<=[{HAN}]) +(?=[0-9A-Za-z+-])|(?<=[0-9A-Za-z%+]) +(?=[{HAN}])|(?<=\d\.) +(?=[{HAN}])"
    rf"|(?<=[{HAN}]) {{1,2}}(?=[{HAN}])"
    r"|(?<=\d) +(?=%)|(?:(?<=\A)|(?<=\n)) +| +(?=\n|\Z)"
)
THOUSANDS = re.compile(r"(?<![\d.,] )(?<![\d.,])\d{1,3}(?: \d{3})+(?! ?\d)")
YEAR = re.compile(r"(?<![\d ])(?:1 ?9|2 ?0) ?\d ?\d(?= ?年)")
DECIMAL = re.compile(
    r"(?<=[^\n\d]\d)(?: \. ?|\. )(?=\d{1,6} ?[%万亿])|(?<=[^\n\d]\d\d)(?: \. ?|\. )(?=\d{1,6} ?[%万亿])"
)
SPACED = (THOUSANDS, YEAR, DECIMAL)


def fold_punctuation(draft: Draft) -> None:
    """Read half-width punctuation between ideographs as full-width, straight quotes as pairs; numbers keep theirs."""
    draft.replace(PAIR, _bracket)
    draft.replace(OPEN, lambda match: "（" * len(match[0]))
    draft.replace(CLOSE, lambda match: "）" * len(match[0]))
    draft.replace(SEPARATOR, lambda match: match[0].translate(HALF))
    draft.replace(FULL_STOP, "。")
    draft.replace(STRAIGHT, lambda match: f"“{match[1]}”")
    draft.replace(GROUPED, lambda match: match[0].replace("，", ","))


def _bracket(match: re.Match[str]) -> str:
    """A pair of brackets in full width where anything Chinese is inside or beside it."""
    text, start, end = match.string, match.start(), match.end()
    beside = text[max(start - 1, 0) : start] + text[end : end + 1]
    return f"（{match[1]}）" if HAS_HAN.search(match[1]) or HAS_HAN.search(beside) else match[0]


def drop_blanks(draft: Draft) -> None:
    """Drop blanks inside words and numbers; three blanks between words stay as the mark of something left out."""
    if " " not in draft.text:
        return
    for pattern in SPACED:
        _drop(draft, pattern)
    draft.replace(WIDE, "   ")
    _drop(draft, BLANK)


def _drop(draft: Draft, pattern: re.Pattern[str]) -> None:
    """Take the blanks out of every match that does not stand in a table row."""
    rows = [match.span() for match in ROW.finditer(draft.text)]
    starts = [start for start, _ in rows]
    edits: list[Edit] = []
    for match in pattern.finditer(draft.text):
        at = bisect_right(starts, match.start()) - 1
        if at >= 0 and match.end() <= rows[at][1] and match.start() > rows[at][0]:
            continue
        if " " in match[0]:
            edits.append((match.start(), match.end(), match[0].replace(" ", "")))
    draft.edit(edits)
