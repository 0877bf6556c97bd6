"""The learned weights: read from the packed file when first asked for, decoded feature by feature."""

from __future__ import annotations

import json
import math
import os
import struct
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from extractor.errors import ExtractorError
from extractor.model.claims import WORDED
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
LANE, MIDDLE = 64, 1 << 62  # bits that a class takes in a packed number, and what stands for zero in them
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
        self.features: dict[str, str] = content["features"]
        self.step: float = content["step"]
        self.combining: dict[str, float] = content["combining"]
        self.margins = Margins(**content["margins"])
        self.confidence: dict[str, Any] = content["confidence"]
        self._packed: dict[str, tuple[str, int]] = {}

    def add_up(self, names: Iterable[str], sums: Sums | None = None) -> Sums:
        """Packed weights and numbers of the features by group, added to ``sums``, which stay as they are."""
        found = dict(sums or {})
        for name in names:
            if name in self.features:
                own, weights = self._packed.get(name) or self._pack(name)
                whole, size = found.get(own, (0, 0))
                found[own] = whole + weights, size + 1
        return found

    def score_words(self, names: Iterable[str], sums: Sums | None = None) -> dict[str, float]:
        """Logarithm of the probability of the likeliest classes given the features of a claim, likeliest first.

        sums -- features that were added up before; no group may be in both.
        """
        whole = sum(
            weights * round(self.scales.get(name, 1.0) / math.sqrt(size) * ONE)
            for name, (weights, size) in self.add_up(names, sums).items()
        )
        step = self.step / ONE
        totals = [weight * step for weight in unpack(whole, len(self.classes))]
        top = max(totals)
        rest = top + math.log(sum([math.exp(total - top) for total in totals]))
        order = sorted(range(len(totals)), key=totals.__getitem__, reverse=True)[:WORDED]
        least = math.log(LEAST)
        return {self.classes[index]: max(totals[index] - rest, least) for index in order}

    def combine(self, traits: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
        """Probability of each candidate given its traits."""
        combining = self.combining
        sums = {
            code: sum(combining.get(name, 0.0) * value for name, value in own.items()) for code, own in traits.items()
        }
        top = max(sums.values())
        shares = {code: math.exp(total - top) for code, total in sums.items()}
        whole = sum(shares.values())
        return {code: share / whole for code, share in shares.items()}

    def _pack(self, name: str) -> tuple[str, int]:
        """Group and weights of a known feature."""
        found = self._packed[name] = (group(name), pack(self.features[name]))
        return found


def group(name: str) -> str:
    """Group of a feature: features of one group share one scale."""
    return name[:2] if name.startswith(KEPT_APART) else name[0]


def encode(weights: Sequence[tuple[int, int]]) -> str:
    """Pairs of class and weight (in steps) as characters, two each."""
    return "".join(chr(FIRST_CLASS + index) + chr(NO_WEIGHT + weight) for index, weight in weights)


def pack(characters: str) -> int:
    """The weights of all classes, in steps, as one whole number with ``LANE`` bits for each.

    To add up such numbers is to add up all weights at once; those under zero borrow from their neighbours, which
    ``unpack`` gives back.
    """
    pairs = zip(characters[::2], characters[1::2], strict=True)
    return sum([(ord(weight) - NO_WEIGHT) << LANE * (ord(index) - FIRST_CLASS) for index, weight in pairs])


def unpack(whole: int, size: int) -> list[int]:
    """The weights of all classes in a sum of what ``pack`` made."""
    lifted = whole + int.from_bytes(MIDDLE.to_bytes(LANE // 8, "little") * size, "little")
    lanes = struct.unpack(f"<{size}Q", lifted.to_bytes(LANE // 8 * size, "little"))
    return [lane - MIDDLE for lane in lanes]


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
        with open(path, "rb") as file:
            return Weights(json.loads(file.read()))
    except (OSError, ValueError, KeyError) as error:
        raise ExtractorError(f"{path}: no readable model ({error})") from None
