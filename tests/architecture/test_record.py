"""Records do what dataclasses do."""

from __future__ import annotations

import copy
import dataclasses
import pickle

import pytest

from extractor.record import FEW, field, record, replace


@record
class Point:
    """A frozen record."""

    x: int
    y: int = 0
    names: list[str] = field(default_factory=list)


@record(frozen=False)
class Pen:
    """A record that changes."""

    colour: str
    width: float = 1.0


@record(frozen=False, eq=False)
class Token:
    """A record that only equals itself."""

    word: str


@pytest.mark.parametrize("made_before", [0, 1, FEW - 1, FEW, 3 * FEW])
def test_fields_are_filled_by_place_and_name(made_before: int) -> None:
    @record
    class Place:
        x: int
        y: int = 0
        names: list[str] = field(default_factory=list)

    for number in range(made_before):
        assert (Place(number).x, Place(number).names) == (number, [])
    assert (Place(1).x, Place(1, y=2).y, Place(x=1).names, Place(y=3, x=4).y) == (1, 2, [], 3)
    for wrong in ({}, {"x": 1, "z": 2}, {"y": 1}):
        with pytest.raises(TypeError):
            Place(**wrong)
    with pytest.raises(TypeError):
        Place(1, x=2)  # type: ignore[misc]
    with pytest.raises(TypeError):
        Place(1, 2, [], 3)  # type: ignore[call-arg]


def test_a_default_that_is_made_is_made_anew() -> None:
    Point(1).names.append("a")
    assert Point(1).names == []


def test_equal_fields_make_equal_records() -> None:
    assert Pen("red") == Pen("red", 1.0) != Pen("blue")
    assert Token("a") != Token("a")
    assert len({Token("a"), Token("a")}) == 2


def test_a_frozen_record_has_a_hash_and_stays_as_it_is() -> None:
    frozen = Point(1, 2, ())  # type: ignore[arg-type]
    assert hash(frozen) == hash(Point(1, 2, ()))  # type: ignore[arg-type]
    with pytest.raises(AttributeError):
        frozen.x = 3  # type: ignore[misc]
    with pytest.raises(AttributeError):
        del frozen.x
    with pytest.raises(TypeError):
        hash(Pen("red"))


def test_slots_take_no_other_names() -> None:
    pen = Pen("red")
    pen.width = 2.0
    assert pen == Pen("red", 2.0)
    with pytest.raises(AttributeError):
        pen.length = 1  # type: ignore[attr-defined]


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, lambda item: pickle.loads(pickle.dumps(item))])
@pytest.mark.parametrize("item", [Point(1, 2, ["a"]), Pen("red")])
def test_a_copy_is_equal(item: object, copied: object) -> None:
    assert copied(item) == item  # type: ignore[operator]


@pytest.mark.parametrize("change", [replace, dataclasses.replace])
def test_replaced_fields_change_in_the_copy_only(change: object) -> None:
    old = Point(1, 2)
    assert change(old, y=3) == Point(1, 3)  # type: ignore[operator]
    assert old == Point(1, 2)


def test_functions_of_dataclasses_know_records() -> None:
    assert dataclasses.asdict(Point(1)) == {"x": 1, "y": 0, "names": []}
    assert [f.name for f in dataclasses.fields(Pen("red"))] == ["colour", "width"]
    assert repr(Point(1)) == "Point(x=1, y=0, names=[])"


def test_patterns_match_by_place() -> None:
    match Point(1, 2):
        case Point(x, y):
            assert (x, y) == (1, 2)
