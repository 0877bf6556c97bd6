"""Names that open clauses: where they may stand, and which of them is told."""

from __future__ import annotations

import pytest

from extractor.model.openers import find_ends, find_openers, find_starts
from extractor.model.weights import FORMAT, OPENER, Weights, encode

WEIGHTS = {"l角": 2.0, "l查阅角": 2.0, "l报": 3.0, "n接待": 2.0, "n刊": 1.0, "length 2": 0.5, "f全": -9.0, "none": 3.0}


def weigh(name):
    return WEIGHTS.get(name, 0.0)


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("", []),
        ("查阅角接待3人", ["查阅角接待3人"]),
        ("2023年，读报角接待3人", ["2023年，读报角接待3人", "读报角接待3人", "读报角接待3人"]),
        ("共3人；其中通过村报刊2篇", ["共3人；其中通过村报刊2篇", "其中通过村报刊2篇", "村报刊2篇"]),
        ("一是门岗登记9人", ["一是门岗登记9人", "门岗登记9人"]),
        ("截至12月31日", ["截至12月31日"]),  # nothing is left to begin with
        ("，，", ["，，", "，"]),
    ],
)
def test_starts(text, starts):
    assert [text[at:] for at in find_starts(text, 0, len(text))] == starts


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("查阅角接待", ["查阅", "查阅角", "查阅角接", "查阅角接待"]),
        ("“村里事”报，", ["“村里事”", "“村里事”报"]),
        ("“没有完的引号", []),
        ("一（二", []),
        ("。", []),
        ("长" * 40, ["长" * size for size in range(2, 21)]),
    ],
)
def test_ends(text, names):
    assert [text[:end] for end in find_ends(text, 0, len(text))] == names


@pytest.mark.parametrize(
    ("text", "taken", "names"),
    [
        ("查阅角接待群众3人", [], ["查阅角"]),
        ("全年查阅角接待群众3人，村报刊登2篇", [], ["查阅角", "村报"]),
        ("接待群众3人，刊登2篇", [], []),  # nobody is named
        ("公开信息3条", [], []),
        ("查阅角接待群众3人", [(2, 5)], []),  # a known name stands there
        ("查阅角接待群众3人，村报刊登2篇", [(0, 3)], ["村报"]),
        ("群众到查阅角接待3人", [], ["群众到查阅角"]),  # it opens the clause as a whole
        ("", [], []),
    ],
)
def test_names(text, taken, names):
    found = find_openers(text, 0, len(text), taken, weigh)
    assert [text[slice(*span)] for span in found] == names


@pytest.mark.parametrize("taken", [[], [(0, 3)], [(0, 8)], [(16, 20)]])
def test_only_the_given_part_is_read(taken):
    text = "查阅角接待3人。查阅角接待4人。查阅角"
    assert find_openers(text, 8, 16, taken, weigh) == [(8, 11)]
    assert find_openers(text, 8, 16, [*taken, (10, 18)], weigh) == []


@pytest.mark.parametrize("line", ["，", "查阅角接待3人，", "“", "长", "2023年"])
def test_long_lines_are_read(line):
    text = line * (100_000 // len(line))
    for start, end in find_openers(text, 0, len(text), [], weigh):
        assert text[start:end] == "查阅角"


def test_weights_of_names_are_read_from_the_table():
    features = {OPENER + "l角": encode([(0, 25)]), OPENER + "none": encode([(0, -3)]), "l角": encode([(1, 7)])}
    content = {"format": FORMAT, "version": "", "classes": ["none", "not"], "scales": {}, "step": 0.1}
    content |= {"margins": {"fill": 0.0, "overrule": 1.0}, "combining": {}, "confidence": {}, "features": features}
    weights = Weights(content)
    assert [weights.weigh_opener(name) for name in ("l角", "none", "l屏", "l角")] == pytest.approx([2.5, -0.3, 0, 2.5])
