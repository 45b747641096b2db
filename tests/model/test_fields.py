from collections import OrderedDict
from datetime import date, datetime
from enum import Enum
from fractions import Fraction
from typing import Any

import pytest
from attrs import field, frozen

from ocop.errors import ConversionError
from ocop.model.fields import counts, is_a, numbers, optional_count, optional_text, text, texts, tuple_of
from ocop.text import FrozenDict


class Name(str):
    __slots__ = ()


class Colour(Enum):
    RED = "red"


@frozen
class Thing:
    name: str = field(default="x", converter=text, validator=is_a(str))
    nick: str | None = field(default=None, converter=optional_text, validator=is_a(str, optional=True))
    day: date | None = field(default=None, validator=is_a(date, optional=True))
    flag: bool | None = field(default=None, validator=is_a(bool, optional=True))
    share: Fraction = field(default=Fraction(1), validator=is_a(Fraction))
    colour: Colour = field(default=Colour.RED, validator=is_a(Colour))
    people: int | None = field(default=None, validator=optional_count)
    by_place: FrozenDict[str, int] = field(default=FrozenDict({}), converter=numbers, validator=counts)


@pytest.mark.parametrize(
    "values",
    [
        {"name": "Chè"},
        {"nick": None},
        {"nick": "Chè"},
        {"day": date(2026, 5, 22)},
        {"flag": True},
        {"flag": None},
        {"share": Fraction(3, 4)},
        {"people": 0},
        {"people": 10**20},
        {"by_place": {"24781": 0}},
        {"by_place": OrderedDict(a=1)},
    ],
)
def test_values_of_the_right_type_are_kept(values: dict[str, Any]) -> None:
    [(name, value)] = values.items()
    assert getattr(Thing(**values), name) == value


def test_text_is_kept_in_normal_form_c() -> None:
    thing = Thing("Phu\u0301", "Tho\u0323", by_place={"e\u0301": 1})
    assert (thing.name, thing.nick, *thing.by_place) == ("Phú", "Thọ", "é")


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"name": None}, "name: expected str; got NoneType"),
        ({"name": 5}, "name: expected str; got int"),
        ({"name": Name("x")}, "name: expected str; got Name"),
        ({"nick": b"x"}, "nick: expected str or None; got bytes"),
        ({"day": "2026-05-22"}, "day: expected date or None; got str"),
        ({"day": datetime(2026, 5, 22)}, "day: expected date or None; got datetime"),  # noqa: DTZ001
        ({"flag": 1}, "flag: expected bool or None; got int"),
        ({"share": 0.75}, "share: expected Fraction; got float"),
        ({"share": 1}, "share: expected Fraction; got int"),
        ({"colour": "red"}, "colour: expected Colour; got str"),
        ({"people": "5"}, "people: expected int or None; got str"),
        ({"people": 5.0}, "people: expected int or None; got float"),
        ({"people": True}, "people: expected int or None; got bool"),
        ({"people": -1}, "people: expected 0 or more; got less"),
        ({"by_place": {"24781": -1}}, "by_place: expected 0 or more; got less"),
        ({"by_place": {"24781": True}}, "expected a mapping of text to integers; got str to bool"),
        ({"by_place": {24781: 1}}, "expected a mapping of text to integers; got int to int"),
        ({"by_place": [("24781", 1)]}, "expected a mapping of text to integers; got list"),
        ({"by_place": None}, "expected a mapping of text to integers; got NoneType"),
    ],
)
def test_a_value_of_another_type_is_refused_without_showing_it(values: dict[str, Any], told: str) -> None:
    with pytest.raises(ConversionError) as caught:
        Thing(**values)
    assert str(caught.value) == told


@pytest.mark.parametrize("value", [["Phu\u0301", "x"], ("Phú", "x"), (each for each in ("Phú", "x"))])
def test_texts_are_kept_in_a_tuple_in_normal_form_c(value: Any) -> None:
    assert texts(value) == ("Phú", "x")


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("because", "expected a list of str; got str"),
        (b"", "expected a list of str; got bytes"),
        ({"a": "b"}, "expected a list of str; got dict"),
        (None, "expected a list of str; got NoneType"),
        ([5], "expected a list of str; got int in it"),
    ],
)
def test_what_is_no_list_of_texts_is_refused_without_showing_it(value: Any, told: str) -> None:
    with pytest.raises(ConversionError) as caught:
        texts(value)
    assert str(caught.value) == told


def test_a_tuple_holds_one_class_only() -> None:
    assert tuple_of(int, iter([1, 2])) == (1, 2)
    with pytest.raises(ConversionError, match="expected a list of int; got bool in it"):
        tuple_of(int, [1, True])


def test_the_callers_mapping_is_not_shared() -> None:
    mine = {"2025": 1}
    frozen_copy = numbers(mine)
    mine["2025"] = 2
    assert frozen_copy == {"2025": 1}
    assert hash(frozen_copy) == hash(numbers({"2025": 1}))
