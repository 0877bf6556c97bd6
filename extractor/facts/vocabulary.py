"""The words of ``patterns/subjects.yaml`` and ``patterns/channels.yaml``, indexed and ready to ask."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from extractor.facts.words import Branched, WordIndex, branch
from extractor.lexicon import fields_of, keep_made, matcher, table
from extractor.record import record
from extractor.types import Span

WHOLE = "whole"  # value of words that no stop is found in


@record
class Vocabulary:
    """Indexes over the words of channels and subjects."""

    channels: WordIndex
    nouns: WordIndex
    stops: WordIndex
    electronic: dict[str, frozenset[str]]
    family: dict[str, str]
    default: dict[str, str]
    inherit: frozenset[str]
    of_total: frozenset[str]
    alone: frozenset[str]
    inherit_only: dict[str, str]
    answers: dict[str, tuple[str, ...]]
    making: tuple[str, ...]
    counted_things: tuple[str, ...]
    on_sites: frozenset[str]
    general: frozenset[str]
    general_of: frozenset[str]
    told_behind: frozenset[str]
    all_by: re.Pattern[str]
    only: dict[str, frozenset[str]]
    counters: frozenset[str]
    count_marks: str
    year_parts: tuple[str, ...]
    place: re.Pattern[str]
    actor: re.Pattern[str]
    not_actor: tuple[str, ...]
    ranking: frozenset[str]
    scopes: tuple[str, ...]
    collective: re.Pattern[str]
    publishing: tuple[str, ...]
    in_name: tuple[str, ...]
    issued: frozenset[str]
    in_name_of: re.Pattern[str]
    government_pair: re.Pattern[str]
    site_by_means: re.Pattern[str]
    some: tuple[str, ...]
    levels: frozenset[str]
    short_verbs: frozenset[str]
    whole: str
    office: str
    not_office: frozenset[str]
    contest: re.Pattern[str]
    judging: str
    inside: str
    carry: frozenset[str]
    no_carrier: frozenset[str]
    no_posts: frozenset[str]
    halls: tuple[str, ...]
    hall_domains: frozenset[str]
    counted: frozenset[str]
    own_names: tuple[str, ...]
    bare: frozenset[str]
    named_only: frozenset[str]
    columns: frozenset[str]
    parts: frozenset[str]
    post_domains: frozenset[str]
    weak: frozenset[str]
    weak_after: tuple[str, ...]
    weak_before: tuple[str, ...]
    not_after: tuple[str, ...]
    objects: tuple[str, ...]
    ordinals: tuple[str, ...]
    opens_after: tuple[str, ...]
    web: str
    others: tuple[str, ...]
    means: tuple[str, ...]
    in_names: frozenset[str]
    not_sites: tuple[str, ...]
    base_before: tuple[str, ...]
    not_before: tuple[str, ...]
    away: tuple[str, ...]
    titles: tuple[str, ...]
    mailboxes: tuple[str, ...]
    taking: tuple[str, ...]
    handing: re.Pattern[str]
    handed: tuple[str, ...]
    mail_codes: tuple[str, ...]


def stops_in(text: str, start: int, end: int) -> Iterator[Span]:
    """Spans of the words in text[start:end] that belong to no name, left to right."""
    return (span for span, value in vocabulary().stops.find(text, start, end) if value != WHOLE)


@cache
def vocabulary() -> Vocabulary:
    """The words, read once."""
    channels, subjects = table("channels"), table("subjects")
    made: dict[str, Any] = {name: WordIndex(branched) for name, branched in _branch_words().items()}
    made |= {
        "family": {channel: family for family, members in channels["families"].items() for channel in members},
        "default": channels["domain_default"],
        "all_by": matcher(rf"，?(?:{_any_of(channels['all_by'])})([^，；。（）\d]{{2,16}})"),
        "count_marks": "0123456789" + "".join(subjects["counters"]),
        "year_parts": tuple(sorted((part["word"] for part in table("fact_periods")["parts"]), key=len, reverse=True)),
        "place": _place_pattern(
            subjects["places"],
            subjects["weak_before"],
            subjects["not_place"] + subjects["objects"] + table("cues")["new_points"],
        ),
        "actor": _actor_pattern(subjects),
        "collective": _collective_pattern(subjects),
        "scopes": tuple(word for word in subjects["scopes"] if word.startswith(subjects["whole"])),
        "handing": matcher(rf"[^\W\d]{{0,12}}?(?:{_any_of(subjects['handed'])})"),
        "contest": matcher(
            rf"[^，；。\d{subjects['inside']}]{{0,20}}?(?:{_any_of(subjects['contests'])})[^，；。\d]{{0,8}}?{subjects['among']}"
        ),
        "in_name_of": matcher(subjects["in_name_of"]),
        "government_pair": matcher(subjects["government_pair"]),
        "site_by_means": matcher(subjects["site_by_means"].replace("ACTS", _any_of(subjects["acts"]))),
        "levels": frozenset(place for place in subjects["places"] if len(place) == 1),
        "ranking": frozenset(subjects["ranking_measures"]),
        "parts": frozenset(subjects["columns"] + subjects["parts"]),
    }
    return Vocabulary(**(fields_of(Vocabulary, {**subjects, **channels}) | made))


@keep_made
def _branch_words() -> dict[str, Branched]:
    """What the indexes of words are made of."""
    channels, subjects = table("channels"), table("subjects")
    stops = subjects["stops"] + table("cues")["new_points"]
    nouns = [(word, "scope") for word in subjects["scopes"]]
    nouns += [(word, "body") for word in subjects["bodies"] if word not in subjects["scopes"]]
    nouns += [(word, "carrier") for word in subjects["carriers"]]
    return {
        "channels": branch((word, entry["channel"]) for entry in channels["channels"] for word in entry["words"]),
        "nouns": branch(nouns),
        "stops": branch([(word, "") for word in stops] + [(word, WHOLE) for word in subjects["whole_words"]]),
    }


def _place_pattern(endings: list[str], verbs: list[str], never: list[str]) -> re.Pattern[str]:
    """A place's name at the start of a clause, followed by a year, a count or what the place does."""
    ending, verb = _any_of(endings), _any_of(verbs)
    return matcher(rf"(?<![\w”）])(?!{_any_of(never)})[^\W\d_]{{1,5}}(?:{ending})(?=\d|{verb})")


def _actor_pattern(subjects: dict[str, Any]) -> re.Pattern[str]:
    """A name that opens a clause right before what its bearer does, or one in quotes before what accounts do."""
    level = f"[{''.join(place for place in subjects['places'] if len(place) == 1)}]、"
    begin = rf"(?:(?<=[年月日底度])|(?<![\w”）*])(?<!{level}))"
    endings, acts = _any_of(subjects["actors"]), _any_of(subjects["acts"])
    named = rf"(?:{level}){{0,2}}(?:“[^“”\n]{{1,14}}”)?[^\W\d_]{{0,10}}?(?:{endings})(?={acts})"
    return matcher(rf"{begin}(?:{named}|“[^“”\n]{{1,14}}”(?={_any_of(subjects['account_acts'])}))")


def _collective_pattern(subjects: dict[str, Any]) -> re.Pattern[str]:
    """Several bodies right before what they do, at the start of a clause or behind who has them do it."""
    member, each = f"(?:{_any_of(subjects['members'])})", f"(?:{_any_of(subjects['each'])})"
    counted, means = (
        rf"\d{{1,4}}[{''.join(subjects['counters'])}]",
        _any_of([word for word in subjects["means"] if len(word) > 1]),
    )
    pair = rf"{member}[和及]{each}?[^\W\d_]{{0,4}}?{member}"
    several = rf"{each}[^\W\d_]{{0,6}}?{member}(?:[、和及]{each}?[^\W\d_]{{0,4}}?{member})?"
    begun = r"(?:(?<=[年月日底度是])|(?<![\w”）*、]))[^\W\d_年月日是]{0,8}?"
    acting = rf"(?:{several}|{pair})(?={_any_of(subjects['acts'])})|{counted}[^\W\d_]{{0,6}}?{member}(?={means})"
    led = rf"(?:{_any_of(subjects['delegating'])})([^\W\d_]{{0,8}}?{several})(?={_any_of(subjects['publishing'])})"
    return matcher(rf"{led}|{begun}(?:{acting})")


def _any_of(words: list[str]) -> str:
    """An expression for any of the words, longest first."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
