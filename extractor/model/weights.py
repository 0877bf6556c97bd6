"""The learned weights: taken over when first asked for, decoded feature by feature as claims have them."""

from __future__ import annotations

import math
import os
import struct
import sys
from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from extractor.errors import ExtractorError
from extractor.lexicon import keep_read
from extractor.model.claims import WORDED
from extractor.model.feature_table import FeatureTable, pack_features
from extractor.record import record

FILE = "zh_facts/zh_claims/weights.json"
PACKAGE = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
PACKED = os.path.join(PACKAGE, "_data", "models")
CHECKOUT = os.path.join(os.path.dirname(PACKAGE), "models")
FORMAT = "claims/2"
FIRST_CLASS, NO_WEIGHT = 0xC0, 0x400  # code points that stand for class 0 and weight 0
LARGEST = 0x1FF  # steps of a weight
KEPT_APART = ("t=", "u=", "a=")  # groups of features told by two characters; all others by their first
LEAST = 1e-6
MOST_SEEN = 20_000  # names of features that are remembered, known ones with their weights
OPENER = "~"  # before the names of features that tell the names which open clauses; they have one class, the first
LANE = 32  # bits that a class takes in a packed number
ONE = 1 << 28  # scales are taken in whole parts of this


Sums = dict[str, tuple[int, int]]  # by group of features: packed weights, and of how many features


@record
class Margins:
    """By how much a candidate must be likelier than no code, to fill it in, and than a code of the rules."""

    fill: float
    overrule: float


class Weights:
    """Weights of words and of candidates.

    classes -- codes with ``none`` and ``not``; scales -- what a group of features counts; features -- for each name
    characters in pairs, class and weight; combining -- weights of the traits of candidates; confidence -- see there.
    """

    def __init__(self, content: Mapping[str, Any]) -> None:
        """Take the content of a weights file.

        Raises ExtractorError when it is of another format.
        """
        if content.get("format") != FORMAT:
            raise ExtractorError(f"the model is of another format than {FORMAT}; train it again")
        self.version: str = content["version"]
        self.classes: list[str] = content["classes"]
        self.scales: dict[str, float] = content["scales"]
        features: Mapping[str, str] | FeatureTable = content["features"]
        self.features = features if isinstance(features, FeatureTable) else FeatureTable(*pack_features(features))
        self.step: float = content["step"]
        self.combining: dict[str, float] = content["combining"]
        self.margins = Margins(**content["margins"])
        self.confidence: dict[str, Any] = content["confidence"]
        self._seen: dict[str, tuple[()] | tuple[str, int]] = {}
        self._openers: dict[str, float] = {}

    def add_up(self, names: Iterable[str], sums: Sums | None = None) -> Sums:
        """Packed weights and numbers of the features by group, added to ``sums``, which stay as they are."""
        seen = self._seen
        grouped: defaultdict[str, list[int]] = defaultdict(list)
        for name in names:
            known = seen.get(name)
            if known is None:
                known = self._look_up(name)
            if known:
                own, weights = known
                grouped[own].append(weights)
        found = dict(sums or {})
        for own, all_weights in grouped.items():
            whole, size = found.get(own, (0, 0))
            found[own] = sum(all_weights, whole), size + len(all_weights)
        return found

    def score_words(self, names: Iterable[str], sums: Sums | None = None) -> dict[str, float]:
        """Logarithm of the probability of the likeliest classes given the features of a claim, likeliest first.

        sums -- features that were added up before; no group may be in both.
        """
        scaled = [
            (weights, size, round(self.scales.get(name, 1.0) / math.sqrt(size) * ONE))
            for name, (weights, size) in self.add_up(names, sums).items()
        ]
        step = self.step / ONE
        totals = [weight * step for weight in unpack(scaled, len(self.classes))]
        top, exp = max(totals), math.exp
        rest = top + math.log(sum([exp(total - top) for total in totals]))
        order = sorted(range(len(totals)), key=totals.__getitem__, reverse=True)[:WORDED]
        least = math.log(LEAST)
        return {self.classes[index]: max(totals[index] - rest, least) for index in order}

    def combine(self, traits: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
        """Probability of each candidate given its traits."""
        weight = self.combining.get
        sums = {code: sum([weight(name, 0.0) * value for name, value in own.items()]) for code, own in traits.items()}
        top = max(sums.values())
        shares = {code: math.exp(total - top) for code, total in sums.items()}
        whole = sum(shares.values())
        return {code: share / whole for code, share in shares.items()}

    def weigh_opener(self, name: str) -> float:
        """Weight of a feature of names that open clauses, 0 for one that is not known."""
        known = self._openers.get(name)
        if known is None:
            if len(self._openers) >= MOST_SEEN:
                self._openers.clear()
            codes = self.features.get(OPENER + name)
            known = 0.0 if codes is None else (array("H", codes)[1] - NO_WEIGHT) * self.step
            self._openers[name] = known
        return known

    def _look_up(self, name: str) -> tuple[()] | tuple[str, int]:
        """Group and weights of a feature, nothing for one that is not known."""
        if len(self._seen) >= MOST_SEEN:
            self._seen.clear()
        codes = self.features.get(name)
        found = self._seen[name] = () if codes is None else (group(name), pack(codes, len(self.classes)))
        return found


def group(name: str) -> str:
    """Group of a feature: features of one group share one scale."""
    return name[:2] if name.startswith(KEPT_APART) else name[0]


def encode(weights: Sequence[tuple[int, int]]) -> str:
    """Pairs of class and weight (in steps) as characters, two each."""
    return "".join(chr(FIRST_CLASS + index) + chr(NO_WEIGHT + weight) for index, weight in weights)


def pack(codes: bytes, size: int) -> int:
    """The weights of all ``size`` classes, in steps and lifted by ``NO_WEIGHT``, as one whole number.

    codes -- what ``encode`` gave, in the form ``WIDE``.  Each class has a lane of ``LANE`` bits: to add up such numbers
    is to add up all weights at once, as none of the lifted ones is under zero.
    """
    lanes, pairs = _no_weights(size)[:], iter(array("H", codes))
    for at, weight in zip(pairs, pairs, strict=True):
        lanes[at] = weight
    if sys.byteorder == "big":
        lanes.byteswap()
    return int.from_bytes(memoryview(lanes)[FIRST_CLASS:], "little")


@cache
def _no_weights(size: int) -> array[int]:
    """Lanes that hold the character of no weight, from code point 0 on."""
    return array("I", [NO_WEIGHT]) * (FIRST_CLASS + size)


def unpack(sums: Iterable[tuple[int, int, int]], size: int) -> list[int]:
    """The weights of all classes in sums of what ``pack`` made, each sum as often as told, added up.

    sums -- sum, of how many packed numbers, how often.  As a product takes two lanes, even and odd lanes are parted.
    """
    pairs = (size + 1) // 2
    every_other = _every_other(pairs)
    even = odd = lift = 0
    for whole, count, times in sums:
        half = whole & every_other
        even += half * times
        odd += (whole ^ half) * times
        lift += NO_WEIGHT * count * times
    found = [0] * (2 * pairs)
    for first, half in enumerate((even, odd >> LANE)):
        found[first::2] = struct.unpack(f"<{pairs}Q", half.to_bytes(8 * pairs, "little"))
    return [weight - lift for weight in found[:size]]


@cache
def _every_other(pairs: int) -> int:
    """A number whose even lanes hold ones only, and whose odd lanes nothing."""
    return int.from_bytes((b"\xff" * (LANE // 8) + bytes(LANE // 8)) * pairs, "little")


def find_file() -> str | None:
    """The weights file: $EXTRACTOR_MODELS, else beside the checkout, else the packed copy; None where there is none."""
    chosen = os.environ.get("EXTRACTOR_MODELS")
    folders = [chosen] if chosen else [CHECKOUT, PACKED]
    return next((path for folder in folders if os.path.isfile(path := os.path.join(folder, FILE))), None)


@cache
def load_weights(path: str) -> Weights:
    """The weights of a file, read once.

    Raises ExtractorError when the file can't be read.
    """
    try:
        content, slots, data = keep_read(path, _read_content)
        return Weights({**content, "features": FeatureTable(slots, data)})
    except (OSError, ValueError, KeyError) as error:
        raise ExtractorError(f"{path}: no readable model ({error})") from None


def _read_content(data: bytes) -> tuple[dict[str, Any], bytes, bytes]:
    """What a file holds but for its features, and their table."""
    import json

    content = json.loads(data)
    return content, *pack_features(content.pop("features"))
