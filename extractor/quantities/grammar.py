"""The tables of this room, compiled once: which characters start a number, which words stand before and behind one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from typing import Any

from extractor.lexicon import matcher, table
from extractor.record import record

BLANKS = " {0,2}"
# a number whose digits a scan has parted (41 2 宗): right behind a word, two to four pieces, the later ones short
SPLIT = r"(?:(?<=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff] ))\d{1,3}(?: \d{1,2}){1,3}"


@record
class Unit:
    """A measure word: its name in the output, its kind, the reason if a number before it measures nothing."""

    name: str
    kind: str
    reason: str | None
    chinese: bool
    not_before: str


@record
class Lookup:
    """A set of words with the most and the fewest characters that one has; longest match at a place."""

    words: dict[str, Any]
    lengths: tuple[int, ...]

    @classmethod
    def of(cls, words: dict[str, Any]) -> Lookup:
        """Lookup over the keys of ``words``."""
        return cls(words, tuple(sorted({len(word) for word in words}, reverse=True)))

    def at(self, text: str, place: int, end: int) -> str | None:
        """Longest word that starts at ``place`` and does not reach past ``end``."""
        for length in self.lengths:
            if place + length <= end and text[place : place + length] in self.words:
                return text[place : place + length]
        return None

    def before(self, text: str, place: int, start: int) -> str | None:
        """Longest word that ends at ``place`` and does not reach before ``start``."""
        for length in self.lengths:
            if place - length >= start and text[place - length : place] in self.words:
                return text[place - length : place]
        return None


@record
class Grammar:
    """Everything compiled that reads numbers; see the modules that use each part."""

    digits: dict[str, Decimal]
    scales: dict[str, Decimal]
    big: frozenset[str]
    anchor: re.Pattern[str]
    plain: re.Pattern[str]
    tail: re.Pattern[str]
    second: re.Pattern[str]
    characters: re.Pattern[str]
    pairs: frozenset[str]
    point: str
    unknown: re.Pattern[str]
    range_mark: re.Pattern[str]
    joint: re.Pattern[str]
    units: Lookup
    before: Lookup
    after: Lookup
    scale_only: Lookup
    max_digits: int


@cache
def grammar() -> Grammar:
    """The grammar of numbers from ``numerals``, ``units`` and ``modifiers``."""
    words = table("numerals")
    modifiers = table("modifiers")
    digits = {key: Decimal(value) for key, value in words["digits"].items()}
    scales = {key: Decimal(value) for key, value in words["scales"].items()}
    latin = {key: Decimal(value) for key, value in words["latin_scales"].items()}
    units = Lookup.of({form: _unit(entry) for entry in table("units") for form in entry["forms"]})
    scale = "[" + "".join([*scales, *latin]) + "]"
    return Grammar(
        digits=digits,
        scales=scales | latin,
        big=frozenset(words["big"]),
        anchor=_anchor(words, units),
        plain=matcher(
            r"\d{1,3}(?:[,，]\d{3}){1,12}(?![\d])(?:\.\d{1,40})?"
            rf"|\d{{1,3}}(?: \d{{3}}){{1,12}}(?= ?(?:{scale}|[{_firsts(units)}]))"
            rf"|(?<![{words['whole']}])(?<![{words['whole']}] ){SPLIT}(?= ?[{_counters(units)}])"
            r"|\d{1,40}(?:\.\d{1,40})?"
        ),
        tail=matcher(rf"{BLANKS}({any_of(words['more'])})?({scale}{{0,2}})({any_of(words['more'])})?(\+)?"),
        second=matcher(rf"(\d{{1,4}}(?:\.\d{{1,4}})?)([{''.join(key for key in scales if key not in words['big'])}])"),
        characters=matcher(_characters(words)),
        pairs=frozenset(words["pairs"]),
        point=words["point"],
        unknown=matcher(rf"{_characters(words)}{any_of(words['some'])}[{''.join(scales)}]{{0,2}}"),
        range_mark=matcher(rf" ?{any_of(words['range_marks'])} ?(?=\d)"),
        joint=matcher(rf" ?{any_of(words['joints'])} ?"),
        units=units,
        before=Lookup.of({entry["word"]: entry for entry in modifiers["before"]}),
        after=Lookup.of({entry["word"]: entry for entry in modifiers["after"]}),
        scale_only=Lookup.of({entry["word"]: entry for entry in modifiers["scale_only"]}),
        max_digits=words["max_digits"],
    )


def any_of(words: Iterable[str]) -> str:
    """Regex group that matches any of the words, the longest first."""
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + ")"


def _unit(entry: dict[str, Any]) -> Unit:
    return Unit(
        entry["unit"], entry["kind"], entry.get("reason"), entry.get("chinese", True), entry.get("not_before", "")
    )


def _firsts(units: Lookup) -> str:
    return "".join(sorted({re.escape(form[0]) for form in units.words}))


def _counters(units: Lookup) -> str:
    """Measure words of one character that count things, events and people."""
    kinds = {"count", "event", "people"}
    return "".join(
        sorted(re.escape(form) for form, unit in units.words.items() if len(form) == 1 and unit.kind in kinds)
    )


def _behind_words(words: dict[str, Any], numeral: str) -> str:
    """Where a numeral in characters may start: behind a word that only ends in one (队伍三支), not at that end."""
    behind = "|".join(f"(?<={word})" for word in words["word_ends"])
    ends = "|".join(f"(?<={word[:-1]}){word[-1]}" for word in words["word_ends"])
    return rf"(?!{ends})(?:(?<![{numeral}第])|{behind})"


def _half(half: dict[str, Any]) -> str:
    """半 where the character before it says that it counts."""
    return f"(?<=[{half['after']}]){half['word']}(?![{half['not_before']}]|{any_of(half['not_words'])})"


def _bare_scale(words: dict[str, Any]) -> str:
    """百, 千, 万 … behind a word of estimation and before the end of a clause."""
    bare, numeral = words["bare_scale"], "".join([*words["digits"], *words["scales"]])
    scales = "".join(words["scales"])
    return f"(?<=[{bare['after']}])[{numeral}]{{0,4}}[{scales}](?={any_of(bare['before'])}|$)"


def _characters(words: dict[str, Any]) -> str:
    """A numeral in characters with an optional decimal part."""
    numeral = "".join([*words["digits"], *words["scales"]])
    return rf"[{numeral}]{{1,16}}(?:{words['point']}[{numeral}]{{1,6}})?"


def _anchor(words: dict[str, Any], units: Lookup) -> re.Pattern[str]:
    """Where something that may be a number starts; a numeral in characters only where a measure word can follow."""
    numeral = "".join([*words["digits"], *words["scales"]])
    scale = "".join(words["scales"])
    more = "".join(words["more"])
    first = _firsts(units)
    closing = "".join(mark for mark in words["bare_scale"]["before"] if len(mark) == 1)
    some = any_of(words["some"])
    follows = rf"(?={some}?[{more}]?[{scale}]{{0,2}}[{more}]? ?(?:[{first}{words['tenths']['word']}]))"
    return matcher(
        r"(?P<arabic>\d)"
        rf"|(?P<part>(?<![{numeral}])[{numeral}]{{1,8}}{words['part']})"
        rf"|(?P<ordinal>第(?=[{numeral}]))"
        rf"|(?P<bare>{_bare_scale(words)})"
        rf"|(?P<front>前(?=[{''.join(words['digits'])}十]{{1,3}}(?:[{re.escape(closing)}]|$)))"
        rf"|(?P<chinese>{_behind_words(words, numeral)}[{numeral}]{{1,16}}"
        rf"(?:{words['point']}[{numeral}]{{1,6}})?{follows})"
        rf"|(?P<vague>{some}[{scale}]{{1,3}}[{more}]?(?=[{first}]))"
        rf"|(?P<half>{any_of(words['halves'])}|{_half(words['half'])})"
        rf"|(?P<fold>{any_of(fold['form'] for fold in words['folds'])})"
        rf"|(?P<blank>(?<![ _＿])[ _＿]{{2,40}}(?=[{first}])|(?<=[\u4e00-\u9fff])[（(] {{0,9}}[)）](?=[{first}]))"
    )
