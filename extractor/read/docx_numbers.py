"""Automatic numbers of Word lists: 一、 （一） 1. as Word prints them."""

from __future__ import annotations

import re

from lxml import etree

from extractor.lexicon import table
from extractor.read.docx_runs import W

VAL = W + "val"
CHINESE = {
    "chineseCounting",
    "chineseCountingThousand",
    "japaneseCounting",
    "taiwaneseCountingThousand",
    "taiwaneseCounting",
    "ideographDigital",
    "koreanDigital2",
    "japaneseDigitalTenThousand",
}
Level = tuple[str, str, int]  # number format, text with %1 … %9, first number


class Numbering:
    """Counts the items of every list of a document; ``label`` must be called once a paragraph, in order."""

    def __init__(self, root: etree._Element | None) -> None:
        self.levels: dict[str, dict[int, Level]] = {}
        self.lists: dict[str, str] = {}
        self.starts: dict[tuple[str, int], int] = {}
        self.counts: dict[str, list[int]] = {}
        self.seen: set[str] = set()
        if root is not None:
            self._load(root)

    def _load(self, root: etree._Element) -> None:
        for abstract in root.iter(W + "abstractNum"):
            levels = {whole(e.get(W + "ilvl"), 0): read_level(e) for e in abstract.findall(W + "lvl")}
            self.levels[abstract.get(W + "abstractNumId", "")] = levels
        for item in root.findall(W + "num"):
            identity = item.get(W + "numId", "")
            link = item.find(W + "abstractNumId")
            self.lists[identity] = link.get(VAL, "") if link is not None else ""
            for override in item.findall(W + "lvlOverride"):
                start = override.find(W + "startOverride")
                if start is not None:
                    self.starts[identity, whole(override.get(W + "ilvl"), 0)] = whole(start.get(VAL), 1)

    def label(self, identity: str, depth: int) -> str:
        """Printed number of the next item of a list at a level, with what parts it from the text; "" for bullets."""
        abstract = self.lists.get(identity)
        levels = self.levels.get(abstract or "", {})
        if abstract is None or depth not in levels or not 0 <= depth <= 8:
            return ""
        counts = self.counts.setdefault(abstract, [0] * 9)
        if identity not in self.seen:
            self.seen.add(identity)
            for level in range(9):
                if (identity, level) in self.starts:
                    counts[level] = 0
        first = self.starts.get((identity, depth), levels[depth][2])
        counts[depth] = counts[depth] + 1 if counts[depth] else first
        counts[depth + 1 :] = [0] * (8 - depth)
        return fill(levels, counts, depth)


def fill(levels: dict[int, Level], counts: list[int], depth: int) -> str:
    """The text of a level with its numbers."""
    style, text, _ = levels[depth]
    if style in ("bullet", "none") or "%" not in text:
        return ""

    def number(match: re.Match[str]) -> str:
        level = int(match.group(1)) - 1
        form, _, start = levels.get(level, ("decimal", "", 1))
        return numeral(counts[level] or start, form)

    printed = re.sub(r"%([1-9])", number, text).strip()
    return printed + (" " if printed[-1:].isascii() else "")


def read_level(element: etree._Element) -> Level:
    """Format, text and first number of one level."""

    def value(name: str, otherwise: str) -> str:
        found = element.find(W + name)
        return found.get(VAL, otherwise) if found is not None else otherwise

    return value("numFmt", "decimal"), value("lvlText", ""), whole(value("start", "1"), 1)


def whole(text: str | None, otherwise: int) -> int:
    """A whole number of up to six digits, else ``otherwise``."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 7 else otherwise


def numeral(number: int, form: str) -> str:
    """``number`` in a number format of Word; formats that are not known are printed in digits."""
    words = table("reading")["numbering"]
    if form in CHINESE and 0 < number < 100:
        return chinese(number, words["digits"], words["tens"])
    if form in ("ideographTraditional", "ideographZodiac"):
        names = words["stems"] if form == "ideographTraditional" else words["branches"]
        return str(names[(number - 1) % len(names)])
    if form in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese") and 1 <= number <= 20:
        return chr(0x2460 + number - 1)
    if form in ("lowerLetter", "upperLetter") and 1 <= number <= 26:
        return chr((97 if form == "lowerLetter" else 65) + number - 1)
    if form in ("lowerRoman", "upperRoman") and 1 <= number <= 39:
        roman = "X" * (number // 10) + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[number % 10]
        return roman.lower() if form == "lowerRoman" else roman
    if form == "decimalFullWidth":
        return "".join(chr(ord(d) + 0xFEE0) for d in str(number))
    return f"{number:02d}" if form == "decimalZero" else str(number)


def chinese(number: int, digits: list[str], tens: str) -> str:
    """Chinese numeral of 1 to 99."""
    high, low = divmod(number, 10)
    head = "" if high == 0 else tens if high == 1 else digits[high] + tens
    return head + (digits[low] if low else "")
