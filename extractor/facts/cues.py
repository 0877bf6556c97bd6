"""The cue words of ``patterns/cues.yaml``, frozen and ready to ask."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from extractor.facts.words import branches
from extractor.lexicon import keep_made, matcher, table
from extractor.record import record

CLAUSE_ENDS = "，；。："
EDGE = " 　，、：；（）“”\n"
# lists whose words are only put longest first
PLAIN = (
    "joints",
    "tails",
    "no_marks",
    "compare",
    "all_year",
    "all_of",
    "all_years",
    "scopes",
    "receiving",
    "parts_openers",
    "excepting",
    "excepted",
    "the_rest",
    "new_ones",
    "new_points",
    "aspects",
    "cut_rates",
    "ways",
    "added",
    "falls",
    "net",
    "cuts",
    "not_change",
    "not_average",
    "rank",
    "score",
    "rate_names",
    "share_of",
    "from_to",
    "average_growth",
    "subset",
    "of_whole",
    "reasons",
    "at_once",
    "actions",
    "coordinators",
    "mean",
    "step_times",
    "listing_verbs",
    "listed_nouns",
    "announced",
    "scope_asides",
    "contents",
    "other_kinds",
    "views",
    "duties",
    "view_openers",
    "bare_rates",
    "rate_stems",
    "other_actions",
    "not_predicates",
    "next_denials",
    "next_points",
)


@record
class Cues:
    """Cue words by what they do; tuples are longest first."""

    filler: frozenset[str]
    joints: tuple[str, ...]
    tails: tuple[str, ...]
    marks: dict[str, tuple[str, ...]]
    no_marks: tuple[str, ...]
    up: tuple[str, ...]
    down: tuple[str, ...]
    between: tuple[str, ...]
    level: tuple[str, ...]
    compare: tuple[str, ...]
    before_names: tuple[str, ...]
    all_year: tuple[str, ...]
    all_of: tuple[str, ...]
    all_years: tuple[str, ...]
    scopes: tuple[str, ...]
    receiving: tuple[str, ...]
    parts_openers: tuple[str, ...]
    excepting: tuple[str, ...]
    excepted: tuple[str, ...]
    the_rest: tuple[str, ...]
    new_ones: tuple[str, ...]
    new_points: tuple[str, ...]
    aspects: tuple[str, ...]
    case_kinds: tuple[tuple[str, ...], ...]
    cut_rates: tuple[str, ...]
    ways: tuple[str, ...]
    added: tuple[str, ...]
    falls: tuple[str, ...]
    net: tuple[str, ...]
    cuts: tuple[str, ...]
    not_change: tuple[str, ...]
    average: dict[str, tuple[str, ...]]
    not_average: tuple[str, ...]
    units: dict[str, frozenset[str]]
    rank: tuple[str, ...]
    score: tuple[str, ...]
    rate_names: tuple[str, ...]
    bare_rates: tuple[str, ...]
    share_of: tuple[str, ...]
    from_to: tuple[str, ...]
    average_growth: tuple[str, ...]
    of_whole: tuple[str, ...]
    subset: tuple[str, ...]
    actions: tuple[str, ...]
    coordinators: tuple[str, ...]
    mean: tuple[str, ...]
    step_times: tuple[str, ...]
    listing_verbs: tuple[str, ...]
    listed_nouns: tuple[str, ...]
    announced: tuple[str, ...]
    scope_asides: tuple[str, ...]
    contents: tuple[str, ...]
    other_kinds: tuple[str, ...]
    views: tuple[str, ...]
    duties: tuple[str, ...]
    view_openers: tuple[str, ...]
    rate_stems: tuple[str, ...]
    noun_units: frozenset[str]
    bases: dict[str, str]
    other_actions: tuple[str, ...]
    not_predicates: tuple[str, ...]
    next_denials: tuple[str, ...]
    next_points: tuple[str, ...]
    no_joint: frozenset[str]
    sums: frozenset[str]

    any_mark: re.Pattern[str]
    any_average: re.Pattern[str]
    any_predicate: re.Pattern[str]
    base_figure: re.Pattern[str]
    base_year: re.Pattern[str]
    several_of: re.Pattern[str]
    reasons: tuple[str, ...]
    at_once: tuple[str, ...]

    @property
    def relative(self) -> frozenset[str]:
        """Units that say nothing of the figure that grew or fell: %, 个百分点, 倍, 位."""
        return self.units["share"] | self.units["change"] | self.units["multiple"] | self.units["rank"]

    def rate_stem(self, words: str) -> str:
        """Name of a rate without its last word: 不合格 of 不合格率; "" where it names no rate."""
        rest = self._without_fillers(words)
        return next((rest[: -len(name)] for name in self.rate_names if rest.endswith(name)), "")

    def names_rate(self, words: str) -> bool:
        """Whether a number behind the words is a share even without a unit (败诉率为0)."""
        return self._without_fillers(words).endswith(self.bare_rates)

    def _without_fillers(self, words: str) -> str:
        rest = words.strip(EDGE)
        while rest and self.is_filler(rest[-1]):
            rest = rest[:-1]
        return rest

    def inside_word(self, text: str, at: int) -> bool:
        """Whether the character at ``at`` is half of a word that is no joint (及时, 参与, 涉及)."""
        return not self.no_joint.isdisjoint((text[at : at + 2], text[max(0, at - 1) : at + 1]))

    def is_filler(self, words: str) -> bool:
        """Whether ``words`` are empty or a run of filler words (共, 其中, 达到 …)."""
        rest = words.strip(EDGE)
        longest = 5
        while rest:
            for size in range(min(longest, len(rest)), 0, -1):
                if rest[:size] in self.filler:
                    rest = rest[size:].lstrip(EDGE)
                    break
            else:
                return False
        return True

    def without_tail(self, words: str) -> str:
        """``words`` without the joints and fillers at their end."""
        while words.endswith(self.tails):
            words = words[: -len(next(tail for tail in self.tails if words.endswith(tail)))]
        return words


def longest_first(words: list[str]) -> tuple[str, ...]:
    """Words without doubles, longest first, ties in the order of the code points."""
    return tuple(sorted(set(words), key=lambda word: (-len(word), word)))


@cache
def cues() -> Cues:
    """The cue words, read once."""
    raw: dict[str, Any] = table("cues")
    direction = raw["direction"]
    sources = _branch_words()
    plain = {name: longest_first(raw[name]) for name in PLAIN}
    return Cues(
        filler=frozenset(raw["filler"]),
        marks={kind: longest_first(words) for kind, words in raw["marks"].items()},
        up=longest_first(direction["up"]),
        down=longest_first(direction["down"]),
        between=longest_first(direction["between"]),
        level=longest_first(direction["level"]),
        before_names=longest_first(table("labels")["before_names"]),
        average={per: longest_first(words) for per, words in raw["average"].items()},
        units={name.removesuffix("_units"): frozenset(raw[name]) for name in raw if name.endswith("_units")},
        noun_units=frozenset(raw["noun_units"]),
        bases=raw["bases"],
        no_joint=frozenset(raw["no_joint"]),
        sums=frozenset(raw["sums"]),
        case_kinds=tuple(tuple(words) for words in raw["case_kinds"]),
        any_mark=matcher(sources["any_mark"]),
        any_average=matcher(sources["any_average"]),
        any_predicate=matcher(sources["any_predicate"]),
        base_figure=matcher(sources["base_figure"]),
        base_year=matcher(raw["base_year"]),
        several_of=matcher(raw["several_of"]),
        **plain,
    )


@keep_made
def _branch_words() -> dict[str, str]:
    """Expressions that find the first of some words."""
    raw: dict[str, Any] = table("cues")
    return {
        "any_mark": branches(word for words in raw["marks"].values() for word in words),
        "any_average": branches(word for words in raw["average"].values() for word in words),
        "any_predicate": branches(raw["predicates"]),
        "base_figure": f"(?:{branches(raw['compare'])}){{1,2}}{raw['base_behind']}",
    }
