from collections import OrderedDict, UserDict, UserString
from collections.abc import Callable
from datetime import UTC, date, datetime
from enum import Enum, IntEnum
from fractions import Fraction
from types import MappingProxyType
from typing import Any

import attrs
import cattrs
import pytest
from attrs import field, frozen
from hypothesis import given
from hypothesis import strategies as st

from ocop.canonical import Points, plain
from ocop.convert import date_of, make_converter, structured, wrong
from ocop.errors import ConversionError, Report, glimpse
from ocop.model.stars import Level, Star
from ocop.text import NO_LABEL, FrozenDict, Label, Language, nfc

NFD = "Phu\u0301"
NFC = "Ph\u00fa"
TEXT = st.text(st.characters(exclude_categories=["Cs"])).map(nfc)
CONVERTER = make_converter()


class Size(IntEnum):
    SMALL = 1
    LARGE = 2


class Colour(Enum):
    GREEN = "green"
    RED = "red"


class Shade(str, Enum):  # noqa: UP042
    DARK = "dark"


class Count(int):
    pass


class Word(str):
    __slots__ = ()


@frozen
class Sample:
    name: str
    count: int = 0
    sure: bool = False
    star: Star | None = None
    level: Level = Level.COMMUNE
    day: date | None = None
    tags: tuple[str, ...] = ()
    points: FrozenDict[str, int] = field(default=FrozenDict({}))
    label: Label = NO_LABEL


@frozen
class Share:
    share: Fraction


@frozen
class Box:
    sample: Sample
    samples: tuple[Sample, ...] = ()
    by_name: FrozenDict[str, Sample] = field(default=FrozenDict({}))


SAMPLES = st.builds(
    Sample,
    name=TEXT,
    count=st.integers(),
    sure=st.booleans(),
    star=st.none() | st.sampled_from(Star),
    level=st.sampled_from(Level),
    day=st.none() | st.dates(),
    tags=st.lists(TEXT, max_size=3).map(tuple),
    points=st.dictionaries(TEXT, st.integers(), max_size=3).map(FrozenDict),
    label=st.builds(Label, TEXT, TEXT),
)


def read(value: Any, cls: Any) -> Any:
    return structured(CONVERTER, value, cls)


def refusal(value: Any, cls: Any) -> str:
    """Return what is said when `value` is refused."""
    with pytest.raises(ConversionError) as caught:
        read(value, cls)
    return str(caught.value)


# The converter


def test_each_converter_is_a_new_one() -> None:
    assert make_converter() is not make_converter()


def test_the_global_converter_is_left_alone() -> None:
    make_converter()
    assert cattrs.structure("5", int) == 5


# Integers


@pytest.mark.parametrize("value", [0, -7, 10**30])
def test_an_integer_is_an_integer(value: int) -> None:
    assert read(value, int) == value


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (True, "true"),
        (False, "false"),
        (5.0, "5.0"),
        ("5", '"5"'),
        ("٣", '"٣"'),
        (b"5", "\"b'5'\""),
        (None, "null"),
        ([5], "[…]"),
        (Star.FIVE, "5"),
        (Count(5), "5"),
    ],
)
def test_nothing_else_is_an_integer(value: object, shown: str) -> None:
    assert refusal(value, int) == f"expected int; got {shown}"


@given(st.integers())
def test_an_integer_is_not_bent(value: int) -> None:
    assert (read(value, int), type(read(value, int))) == (value, int)


# Text


@pytest.mark.parametrize("value", ["", "5", " a ", "None"])
def test_a_text_is_a_text(value: str) -> None:
    assert read(value, str) == value


@pytest.mark.parametrize(
    "value", [None, 5, 5.0, True, b"a", ["a"], {}, Word("a"), Shade.DARK, UserString("a")], ids=repr
)
def test_nothing_else_is_a_text(value: object) -> None:
    assert refusal(value, str).startswith("expected str; got ")


def test_a_text_is_put_in_normal_form() -> None:
    assert read(NFD, str) == NFC


# Truth values


@pytest.mark.parametrize("value", [True, False])
def test_a_truth_value_is_a_truth_value(value: bool) -> None:
    assert read(value, bool) is value


@pytest.mark.parametrize("value", [None, 0, 1, 1.0, "true", "True", "", [], [True]])
def test_nothing_else_is_a_truth_value(value: object) -> None:
    assert refusal(value, bool).startswith("expected bool; got ")


# Enums


@pytest.mark.parametrize(
    ("value", "cls", "expected"),
    [
        (1, Size, Size.SMALL),
        (2, Size, Size.LARGE),
        (4, Star, Star.FOUR),
        ("red", Colour, Colour.RED),
        ("dark", Shade, Shade.DARK),
        ("province", Level, Level.PROVINCE),
    ],
)
def test_an_enum_is_found_by_its_value(value: object, cls: type[Enum], expected: Enum) -> None:
    assert read(value, cls) is expected


@pytest.mark.parametrize("value", [0, 3, True, 1.0, "1", "SMALL", None, Size.SMALL, Star.ONE, [1], {}], ids=repr)
def test_an_enum_of_integers_takes_nothing_else(value: object) -> None:
    assert refusal(value, Size).startswith("expected 1 | 2; got ")


@pytest.mark.parametrize(
    "value", ["RED", "Red", "red ", "", None, 0, True, Colour.RED, Word("red"), ["red"], {}], ids=repr
)
def test_an_enum_of_texts_takes_nothing_else(value: object) -> None:
    assert refusal(value, Colour).startswith("expected green | red; got ")


@pytest.mark.parametrize("value", ["DARK", Shade.DARK, Word("dark")], ids=repr)
def test_an_enum_that_is_a_text_takes_nothing_else(value: object) -> None:
    assert refusal(value, Shade).startswith("expected dark; got ")


# Dates


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-05-22", date(2026, 5, 22)),
        ("2024-02-29", date(2024, 2, 29)),
        ("0001-01-01", date(1, 1, 1)),
        ("9999-12-31", date(9999, 12, 31)),
    ],
)
def test_a_date_is_read(text: str, expected: date) -> None:
    assert date_of(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-30",
        "2025-02-29",
        "2026-13-01",
        "2026-00-10",
        "2026-01-00",
        "0000-01-01",
        "20260522",
        "2026-W21-5",
        "2026W215",
        "2026-142",
        "2026-5-22",
        "26-05-22",
        "12026-05-22",
        "-2026-05-22",
        "2026/05/22",
        "22/05/2026",
        "2026-05-22T00:00:00",
        "2026-05-22Z",
        " 2026-05-22",
        "2026-05-22\n",
        "2026-05",
        "",
        "٢٠٢٦-٠٥-٢٢",
        "２０２６-０５-２２",
        "2026‐05‐22",
    ],
)
def test_a_text_that_is_no_day_is_no_date(text: str) -> None:
    with pytest.raises(ConversionError, match=r"^expected a date as YYYY-MM-DD; got "):
        date_of(text)


def test_a_refused_date_is_shown() -> None:
    assert refusal("2026-02-30", date) == 'expected a date as YYYY-MM-DD; got "2026-02-30"'


@pytest.mark.parametrize(
    "value", [None, 20260522, 0, True, ["2026-05-22"], date(2026, 5, 22), datetime(2026, 5, 22, tzinfo=UTC)], ids=repr
)
def test_what_is_no_text_is_no_date(value: object) -> None:
    assert refusal(value, date).startswith("expected str; got ")


@given(st.dates())
def test_every_day_is_read_from_its_iso_form(day: date) -> None:
    assert read(day.isoformat(), date) == day


# Fractions


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3/4", Fraction(3, 4)),
        ("0/1", Fraction(0)),
        ("7/2", Fraction(7, 2)),
        ("999999/999999", Fraction(1)),
        ("1/100000", Fraction(1, 100_000)),
    ],
)
def test_a_fraction_is_read(text: str, expected: Fraction) -> None:
    assert read(text, Fraction) == expected


@pytest.mark.parametrize(
    "value",
    [
        "3",
        "0.75",
        "3/0",
        "3/04",
        "-3/4",
        "3/-4",
        "3 / 4",
        " 3/4",
        "3/4\n",
        "3/4/5",
        "/4",
        "3/",
        "",
        "1000000/1",
        "1/1000000",
        "٣/٤",
        "3⁄4",
        "¾",
        0.75,
        1,
        True,
        None,
        [3, 4],
        Fraction(3, 4),
        Word("3/4"),
    ],
    ids=repr,
)
def test_nothing_else_is_a_fraction(value: object) -> None:
    assert refusal(value, Fraction) == f"expected a fraction such as 3/4; got {glimpse(value)}"


@given(st.fractions(min_value=0, max_value=1, max_denominator=999_999))
def test_a_fraction_comes_back_from_its_plain_form(share: Fraction) -> None:
    assert read(plain(Share(share)), Share) == Share(share)


# Points


@pytest.mark.parametrize("value", [0, 1, 100])
def test_points_are_an_integer(value: int) -> None:
    assert read(value, Points) == value


@pytest.mark.parametrize("value", [-1, True, False, 5.0, "5", "٣", None, [5], Count(5), Star.FIVE], ids=repr)
def test_nothing_else_is_points(value: object) -> None:
    assert refusal(value, Points) == f"expected an integer of 0 or more; got {glimpse(value)}"


# Tuples


@pytest.mark.parametrize("value", [["a", "b"], ("a", "b")])
def test_a_list_becomes_a_tuple(value: object) -> None:
    assert read(value, tuple[str, ...]) == ("a", "b")


def test_an_empty_list_becomes_an_empty_tuple() -> None:
    assert read([], tuple[int, ...]) == ()


@pytest.mark.parametrize(
    "value",
    ["ab", "", b"ab", {"a": 1}, {}, {"a"}, frozenset("a"), None, 5, True, iter("ab"), range(2), FrozenDict({})],
    ids=lambda value: type(value).__name__,
)
def test_nothing_else_is_a_list(value: object) -> None:
    assert refusal(value, tuple[str, ...]).startswith("expected a list; got ")


def test_the_items_of_a_list_are_checked() -> None:
    assert refusal([1, True], tuple[int, ...]) == "expected int; got true"


def test_the_items_of_a_list_are_put_in_normal_form() -> None:
    assert read([NFD], tuple[str, ...]) == (NFC,)


def test_lists_may_nest() -> None:
    assert read([[1], [], [2, 3]], tuple[tuple[int, ...], ...]) == ((1,), (), (2, 3))


def test_a_text_is_not_a_list_of_texts_in_a_list() -> None:
    assert refusal(["ab"], tuple[tuple[str, ...], ...]) == 'expected a list; got "ab"'


# FrozenDict


@pytest.mark.parametrize(
    "make", [dict, OrderedDict, UserDict, MappingProxyType, FrozenDict], ids=lambda make: make.__name__
)
def test_any_mapping_becomes_a_frozen_dict(make: Callable[[dict[str, int]], Any]) -> None:
    assert read(make({"a": 1}), FrozenDict[str, int]) == {"a": 1}


def test_a_mapping_becomes_no_ordinary_dict() -> None:
    assert type(read({"a": 1}, FrozenDict[str, int])) is FrozenDict


def test_a_frozen_dict_keeps_the_order_of_the_keys() -> None:
    assert list(read({"b": 1, "a": 2}, FrozenDict[str, int])) == ["b", "a"]


@pytest.mark.parametrize("value", [[], [["a", 1]], (), "", "a", None, 5, {"a"}], ids=repr)
def test_nothing_else_becomes_a_frozen_dict(value: object) -> None:
    assert refusal(value, FrozenDict[str, int]).startswith("expected an object; got ")


@pytest.mark.parametrize("key", [1, None, True, 1.5, ("a",), Word("a")], ids=repr)
def test_a_key_of_a_frozen_dict_is_a_text(key: object) -> None:
    assert refusal({key: 1}, FrozenDict[str, int]).startswith("expected str; got ")


def test_a_value_of_a_frozen_dict_is_checked() -> None:
    assert refusal({"a": 1, "b": "1"}, FrozenDict[str, int]) == 'expected int; got "1"'


def test_a_key_of_a_frozen_dict_is_put_in_normal_form() -> None:
    assert list(read({NFD: 1}, FrozenDict[str, int])) == [NFC]


def test_a_value_of_a_frozen_dict_is_put_in_normal_form() -> None:
    assert read({"a": NFD}, FrozenDict[str, str]) == {"a": NFC}


def test_keys_that_are_one_in_normal_form_are_refused() -> None:
    text = refusal({NFC: 1, NFD: 2}, FrozenDict[str, int])
    assert text == f'expected keys that differ in normal form C; got ["{NFC}", "{NFD}"]'


# Classes


def test_an_object_becomes_an_instance() -> None:
    value = {
        "name": "x",
        "count": 1,
        "sure": True,
        "star": 4,
        "level": "province",
        "day": "2026-05-22",
        "tags": ["a"],
        "points": {"a": 1},
        "label": {"vi": "Chè", "en": "Tea"},
    }
    assert read(value, Sample) == Sample(
        "x",
        1,
        True,
        Star.FOUR,
        Level.PROVINCE,
        date(2026, 5, 22),
        ("a",),
        FrozenDict({"a": 1}),
        Label("Chè", "Tea"),
    )


def test_a_key_left_out_has_its_default() -> None:
    assert read({"name": "x"}, Sample) == Sample("x")


def test_null_is_read_where_it_is_allowed() -> None:
    assert read({"name": "x", "star": None, "day": None}, Sample) == Sample("x")


@pytest.mark.parametrize("key", sorted({each.name for each in attrs.fields(Sample)} - {"star", "day"}))
def test_null_is_refused_where_it_is_not_allowed(key: str) -> None:
    assert refusal({"name": "x", key: None}, Sample).endswith("got null")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("count", True),
        ("count", "٣"),
        ("sure", 1),
        ("star", "4"),
        ("star", True),
        ("star", 6),
        ("level", 0),
        ("day", "20260522"),
        ("tags", "ab"),
        ("points", [["a", 1]]),
        ("points", {"a": 1.0}),
        ("label", {"vi": "Chè", "en": 1}),
        ("label", "Chè"),
    ],
)
def test_every_field_is_checked(key: str, value: object) -> None:
    assert refusal({"name": "x", key: value}, Sample).startswith("expected ")


def test_an_unknown_key_is_refused() -> None:
    assert "nmae" in refusal({"name": "x", "nmae": "y"}, Sample)


def test_an_unknown_key_of_an_inner_object_is_refused() -> None:
    assert "fr" in refusal({"name": "x", "label": {"vi": "a", "en": "b", "fr": "c"}}, Sample)


@pytest.mark.parametrize("keys", [[1], [None], ["nmae", 1]], ids=repr)
def test_an_unknown_key_that_is_no_text_is_refused(keys: list[object]) -> None:
    assert refusal({"name": "x"} | dict.fromkeys(keys), Sample)


def test_a_missing_key_is_refused() -> None:
    assert refusal({"count": 1}, Sample) == "not a valid Sample: KeyError: 'name'"


def test_a_missing_key_of_an_inner_object_is_refused() -> None:
    assert refusal({"name": "x", "label": {"vi": "a"}}, Sample) == "not a valid Sample: KeyError: 'en'"


def test_the_cause_of_a_refusal_is_kept() -> None:
    with pytest.raises(ConversionError) as caught:
        read({}, Sample)
    assert isinstance(caught.value.__cause__, KeyError)


@pytest.mark.parametrize(
    ("value", "shown"), [([], "[]"), (["name"], "[…]"), ("name", '"name"'), (None, "null"), (5, "5")]
)
def test_what_is_no_mapping_is_no_instance(value: object, shown: str) -> None:
    assert refusal(value, Sample) == f"expected an object (Sample); got {shown}"


def test_an_instance_is_no_mapping() -> None:
    assert refusal(Label("a", "b"), Label).startswith("expected an object (Label); got ")


@pytest.mark.parametrize("make", [UserDict, MappingProxyType, FrozenDict], ids=lambda make: make.__name__)
def test_an_instance_is_read_from_any_mapping(make: Callable[[dict[str, str]], Any]) -> None:
    assert read(make({"vi": "a", "en": "b"}), Label) == Label("a", "b")


def test_the_texts_of_an_instance_are_put_in_normal_form() -> None:
    assert read({"vi": NFD, "en": NFD}, Label) == Label(NFC, NFC)


def test_inner_objects_become_instances() -> None:
    sample = {"name": "x"}
    made = read({"sample": sample, "samples": [sample, sample], "by_name": {"x": sample}}, Box)
    assert made == Box(Sample("x"), (Sample("x"),) * 2, FrozenDict({"x": Sample("x")}))


@pytest.mark.parametrize(
    "value",
    [{"sample": {}}, {"sample": {"name": "x"}, "samples": [{}]}, {"sample": {"name": "x"}, "by_name": {"x": {}}}],
)
def test_inner_objects_are_checked(value: object) -> None:
    assert "'name'" in refusal(value, Box)


def test_a_refusal_by_the_class_itself_is_a_conversion_error() -> None:
    @frozen
    class Even:
        number: int = field(validator=attrs.validators.le(10))

    assert refusal({"number": 11}, Even).startswith("not a valid Even: ValueError: ")


@pytest.mark.parametrize("lang", ["fr", "VI", "", None, 1, [], Word("vi")], ids=repr)
def test_a_literal_takes_only_what_it_lists(lang: object) -> None:
    assert refusal({"lang": lang}, Report).startswith("expected vi | en; got ")


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_literal_takes_what_it_lists(lang: Language) -> None:
    assert read({"lang": lang}, Report) == Report(lang=lang)


@given(SAMPLES)
def test_an_instance_comes_back_from_its_plain_form(sample: Sample) -> None:
    assert read(plain(sample), Sample) == sample


@given(SAMPLES, SAMPLES)
def test_inner_instances_come_back_from_their_plain_form(one: Sample, other: Sample) -> None:
    box = Box(one, (other, one), FrozenDict({"x": other}))
    assert read(plain(box), Box) == box


# wrong()


def test_a_refusal_says_what_was_expected_and_what_came() -> None:
    assert str(wrong("int", 5.0)) == "expected int; got 5.0"


def test_a_refusal_shows_a_long_value_cut() -> None:
    assert str(wrong("int", "x" * 100)) == 'expected int; got "' + "x" * 58 + "…"


# What is left out of a repr


@frozen
class Private:
    name: str
    number: str | None = field(default=None, repr=False)
    amounts: FrozenDict[str, int] = field(default=FrozenDict({}), repr=False)


@pytest.mark.parametrize(
    ("wrong_value", "field_name"), [({"number": 1234567}, "number"), ({"amounts": {"2025": "1234567"}}, "amounts")]
)
def test_a_refusal_does_not_tell_what_the_repr_leaves_out(wrong_value: dict[str, Any], field_name: str) -> None:
    with pytest.raises(ConversionError) as caught:
        read({"name": "x", **wrong_value}, Private)
    assert str(caught.value) == f"{field_name}: the value does not have the form of this field"
    assert caught.value.__context__ is None
    assert read({"name": "x", "number": None, "amounts": {"2025": 1}}, Private) == Private(
        "x", None, FrozenDict({"2025": 1})
    )


@pytest.mark.parametrize("value", [["x", "1234567"], [{"number": "1234567"}]])
def test_a_refusal_does_not_tell_what_is_in_a_list_or_an_object(value: Any) -> None:
    assert "1234567" not in refusal(value, Private)
    assert "1234567" not in refusal({"x": value}, tuple[Private, ...])
