"""The tables of this room refuse what would go wrong silently."""

import copy

import pytest

from extractor.errors import PatternError
from extractor.lexicon import table
from extractor.lexicon.schemas import nonfacts, units


def test_a_form_of_two_units_is_refused():
    entries = [*table("units"), {"unit": "份", "kind": "count", "forms": ["件"]}]
    with pytest.raises(PatternError, match="件 stands twice"):
        units.check_whole(entries, {})


def test_a_unit_with_an_unknown_reason_is_refused():
    entries = [{"unit": "级", "kind": "nothing", "forms": ["级"], "reason": "whim"}]
    with pytest.raises(PatternError, match="whim"):
        units.check_whole(entries, {"nonfacts": {"reasons": ["level"]}})


@pytest.mark.parametrize(
    ("shape", "message"),
    [
        ({"reason": "whim", "pattern": "\\d"}, "whim"),
        ({"reason": "date", "pattern": "(\\d"}, "missing"),
        ({"reason": "date", "pattern": "\\d", "before": "["}, "unterminated"),
    ],
)
def test_a_broken_shape_is_refused(shape, message):
    content = copy.deepcopy(table("nonfacts"))
    content["shapes"].append(shape)
    with pytest.raises(PatternError, match=message):
        nonfacts.check_whole(content, {})


def test_shapes_have_no_groups_of_their_own():
    """The alternation of all shapes tells by its groups which one matched."""
    for shape in table("nonfacts")["shapes"]:
        pattern = shape["pattern"].replace("\\(", "")
        assert "(" not in pattern.replace("(?", ""), pattern
        assert "(?P<" not in pattern
