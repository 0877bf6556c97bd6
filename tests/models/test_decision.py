"""The one decision of rules and trained part, and what it is made of."""

from __future__ import annotations

import json

import pytest

from extractor.errors import ExtractorError
from extractor.model import FORMAT, Claim, Margins, Weights, choose, encode, list_candidates, weigh_candidates
from extractor.model.confidence import look_up
from extractor.model.feature_table import WIDE, FeatureTable, pack_features
from extractor.model.weights import group, load_weights, pack, unpack

CONTENT = {
    "format": FORMAT,
    "version": "test",
    "classes": ["none", "not", "service.accepted"],
    "scales": {"e": 2.0},
    "features": {"e受理": encode([(2, 10), (0, -10)]), "bias": encode([(1, -5)])},
    "step": 0.1,
    "combining": {"words": 1.0},
    "margins": {"fill": 0.1, "overrule": 0.5},
    "confidence": {"weights": {}, "edges": [], "shares": [0.5]},
}


def make_claim(told: str = "none", kind: str = "explicit", source: str | None = None) -> Claim:
    return Claim(told, source or ("open" if told == "none" else "own"), 0.0, (), None, None, (), "件", "count", kind)


@pytest.mark.parametrize(
    ("told", "kind", "chances", "code", "revised"),
    [
        ("none", "explicit", {"none": 0.3, "letters": 0.6}, "letters", True),
        ("none", "explicit", {"none": 0.45, "letters": 0.5}, "none", False),  # not by the margin
        ("none", "explicit", {"none": 0.2, "not": 0.8, "letters": 0.0}, "none", False),  # no number is dropped
        ("cases", "explicit", {"cases": 0.1, "letters": 0.9}, "letters", True),
        ("cases", "explicit", {"cases": 0.3, "letters": 0.7}, "cases", False),  # what the rules told stands
        ("cases", "explicit", {"cases": 0.1, "none": 0.8, "letters": 0.1}, "none", True),  # no code fits
        ("none", "zero", {"none": 0.1, "letters": 0.9}, "none", False),
    ],
)
def test_choose(told, kind, chances, code, revised):
    opinion = choose(make_claim(told, kind), chances, Margins(fill=0.1, overrule=0.5))
    assert (opinion.code, opinion.revised, opinion.chance) == (code, revised, chances[code])


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("own", "letters"),
        ("own-part", "letters"),
        ("list", "letters"),
        ("part", "cases"),
        ("list-there", "cases"),
        ("flow", "cases"),
    ],
)
def test_what_other_figures_tell_is_not_overruled(source, code):
    chances = {"cases": 0.1, "letters": 0.9}
    assert choose(make_claim("cases", source=source), chances, Margins(fill=0.1, overrule=0.5)).code == code


@pytest.mark.parametrize("size", [152, 153])
@pytest.mark.parametrize("pairs", [[], [(0, 0)], [(151, -511), (3, 511)]])
def test_weights_survive_packing(pairs, size):
    weights = [dict(pairs).get(index, 0) for index in range(size)]
    packed, other = (pack(encode(given).encode(WIDE), size) for given in (pairs, [(4, 9)]))
    assert unpack([(packed, 1, 1)], size) == weights
    assert unpack([(300 * packed, 300, 1 << 28), (packed + other, 2, 5)], size) == [
        300 * (weight << 28) + 5 * (weight + (9 if index == 4 else 0)) for index, weight in enumerate(weights)
    ]


@pytest.mark.parametrize("size", [0, 1, 500])
def test_a_table_gives_what_the_features_were(size):
    features = {f"l第{number}项": encode([(number % 150, number % 9 - 4)]) for number in range(size)}
    features |= {"bias": "", "长" * 85: encode([(1, 2)] * 300)}
    table = FeatureTable(*pack_features(features))
    assert {name: table.get(name) for name in features} == {
        name: value.encode(WIDE) for name, value in features.items()
    }
    assert [table.get(name) for name in ("", "l", "l第", "bia", "biass", "l第9999项", "长" * 86, "\ud800")] == [
        None
    ] * 8


@pytest.mark.parametrize("features", [CONTENT["features"], FeatureTable(*pack_features(CONTENT["features"]))])
def test_words_tell_a_code(features):
    scores = Weights({**CONTENT, "features": features}).score_words(["bias", "e受理", "e未见"])
    assert next(iter(scores)) == "service.accepted"
    assert scores["service.accepted"] > scores["not"] > scores["none"]


def test_chances_add_up():
    weights = Weights(CONTENT)
    worded = weights.score_words(["e受理"])
    claim = make_claim()
    codes = list_candidates(claim, worded)
    chances = weights.combine(weigh_candidates(claim, codes, worded))
    assert set(codes) == set(chances) == {"none", "not", "service.accepted"}
    assert sum(chances.values()) == pytest.approx(1)
    assert max(chances, key=chances.get) == "service.accepted"


@pytest.mark.parametrize(("total", "share"), [(-5, 0.2), (0.0, 0.6), (0.9, 0.6), (1.0, 0.9)])
def test_look_up(total, share):
    assert look_up(total, [0.0, 1.0], [0.2, 0.6, 0.9]) == share


@pytest.mark.parametrize(
    ("name", "expected"), [("u=件", "u="), ("e受理", "e"), ("t=service.accepted", "t="), ("t受", "t")]
)
def test_group(name, expected):
    assert group(name) == expected


@pytest.mark.parametrize("data", ["", "{}", json.dumps({**CONTENT, "format": "claims/0"})])
def test_unreadable_weights_are_told(tmp_path, data):
    path = tmp_path / "weights.json"
    path.write_text(data, encoding="utf-8")
    with pytest.raises(ExtractorError):
        load_weights(str(path))
