import hashlib
import json
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Any

import attrs
import pytest
from attrs import field, frozen
from hypothesis import given
from hypothesis import strategies as st

from ocop.canonical import NOT_IN_JSON, AsText, canonical_bytes, digest, plain
from ocop.convert import make_converter, structured
from ocop.errors import ConversionError
from ocop.model.stars import Level, Star
from ocop.text import NO_LABEL, FrozenDict, Label

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner),
    max_leaves=20,
)


@frozen
class Leaf:
    name: str
    label: Label = NO_LABEL


@frozen
class Tree:
    leaf: Leaf
    leaves: tuple[Leaf, ...] = ()
    star: Star | None = None
    level: Level = Level.COMMUNE
    levels: tuple[Level, ...] = ()
    day: date | None = date(2026, 1, 1)
    days: tuple[date, ...] = ()
    choices: FrozenDict[str, Any] = field(default=FrozenDict({}))
    share: Fraction | None = None
    title: Label = NO_LABEL
    cache: int = field(default=0, metadata=NOT_IN_JSON)


@frozen
class Counted:
    count: int
    note: str | None
    label: Label


def tree(**values: Any) -> dict[str, Any]:
    """Return the plain form of a tree, less its obligatory leaf."""
    made = plain(Tree(Leaf("x"), **values))
    assert made.pop("leaf") == {"name": "x"}
    return made


def shuffled(value: Any, random: Any) -> Any:
    """Return `value` with the keys of all its objects in another order."""
    if isinstance(value, list):
        return [shuffled(item, random) for item in value]
    if isinstance(value, dict):
        pairs = [(key, shuffled(item, random)) for key, item in value.items()]
        random.shuffle(pairs)
        return dict(pairs)
    return value


def test_fields_with_their_default_are_left_out() -> None:
    assert plain(Tree(Leaf("x"))) == {"leaf": {"name": "x"}}


def test_fields_without_a_default_are_kept_though_empty() -> None:
    assert plain(Counted(0, None, NO_LABEL)) == {"count": 0, "note": None, "label": {"vi": "", "en": ""}}


def test_a_field_marked_as_not_in_json_is_left_out() -> None:
    assert tree(cache=5) == {}


def test_none_is_kept_where_it_is_not_the_default() -> None:
    assert tree(day=None) == {"day": None}


def test_labels_are_kept_unless_told_otherwise() -> None:
    assert tree(title=Label("Chè", "Tea")) == {"title": {"vi": "Chè", "en": "Tea"}}


def test_labels_are_left_out_on_demand() -> None:
    assert plain(Tree(Leaf("x"), title=Label("Chè", "Tea")), labels=False) == {"leaf": {"name": "x"}}


def test_labels_without_a_default_are_left_out_on_demand() -> None:
    assert plain(Counted(0, None, NO_LABEL), labels=False) == {"count": 0, "note": None}


def test_labels_of_inner_objects_are_left_out_on_demand() -> None:
    leaf = Leaf("x", Label("Lá", "Leaf"))
    assert plain(Tree(leaf, (leaf,)), labels=False) == {"leaf": {"name": "x"}, "leaves": [{"name": "x"}]}


def test_inner_objects_become_dicts() -> None:
    assert tree(leaves=(Leaf("y"), Leaf("z"))) == {"leaves": [{"name": "y"}, {"name": "z"}]}


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("star", Star.FOUR, 4),
        ("level", Level.PROVINCE, "province"),
        ("levels", (Level.PROVINCE, Level.COMMUNE), ["province", "commune"]),
        ("day", date(2026, 5, 22), "2026-05-22"),
        ("days", (date(2026, 5, 22),), ["2026-05-22"]),
        ("choices", FrozenDict({"1.1": "c", "1.2": None}), {"1.1": "c", "1.2": None}),
        ("choices", FrozenDict({"1.1": Level.PROVINCE}), {"1.1": "province"}),
        ("share", Fraction(3, 4), "3/4"),
        ("share", Fraction(-6, 8), "-3/4"),
        ("share", Fraction(3), "3/1"),
        ("choices", FrozenDict({"1.1": Fraction(3, 4)}), {"1.1": "3/4"}),
    ],
)
def test_a_value_takes_its_form_in_json(name: str, value: Any, expected: Any) -> None:
    assert tree(**{name: value}) == {name: expected}


def test_a_star_becomes_an_ordinary_integer() -> None:
    assert type(tree(star=Star.FOUR)["star"]) is int


def test_a_tuple_becomes_a_list() -> None:
    assert type(tree(days=(date(2026, 5, 22),))["days"]) is list


def test_a_tuple_in_a_frozen_dict_becomes_a_list() -> None:
    assert tree(choices=FrozenDict({"1.1": ("a", "b")})) == {"choices": {"1.1": ["a", "b"]}}


def test_a_frozen_dict_becomes_an_ordinary_dict() -> None:
    assert type(tree(choices=FrozenDict({"1.1": "c"}))["choices"]) is dict


def test_what_is_no_attrs_class_is_refused() -> None:
    with pytest.raises(attrs.exceptions.NotAnAttrsClassError):
        plain({"a": 1})


@given(st.dictionaries(TEXT, TEXT), TEXT)
def test_a_plain_form_is_what_json_gives_back(choices: dict[str, str], name: str) -> None:
    made = plain(Tree(Leaf(name), choices=FrozenDict(choices), star=Star.ONE, days=(date(2026, 5, 22),)))
    assert json.loads(json.dumps(made)) == made


def test_canonical_bytes_have_no_white_space() -> None:
    assert canonical_bytes({"a": [1, 2, {"b": None}]}) == b'{"a":[1,2,{"b":null}]}'


def test_canonical_bytes_are_utf8() -> None:
    assert canonical_bytes("chè") == b'"ch\xc3\xa8"'


def test_canonical_keys_are_sorted_by_utf16_as_rfc_8785_shows() -> None:
    keys = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\x80", "\xf6"]
    written = canonical_bytes(dict.fromkeys(keys, 0)).decode()
    assert list(json.loads(written)) == ["\r", "1", "\x80", "\xf6", "\u20ac", "\U0001f600", "\ufb33"]


@pytest.mark.parametrize(
    ("number", "written"),
    [(4.50, b"4.5"), (2e-3, b"0.002"), (1e-27, b"1e-27"), (1e30, b"1e+30"), (5.0, b"5"), (-0.0, b"0"), (-7, b"-7")],
)
def test_canonical_numbers_are_written_as_rfc_8785_shows(number: float, written: bytes) -> None:
    assert canonical_bytes(number) == written


@given(VALUES)
def test_canonical_bytes_keep_the_value(value: Any) -> None:
    # Past 2**53, a float's shortest digits are no longer its integer value: both are read as floats.
    assert json.loads(canonical_bytes(value), parse_int=float) == value


@given(VALUES, st.randoms(use_true_random=False))
def test_a_digest_does_not_depend_on_the_order_of_keys(value: Any, random: Any) -> None:
    assert digest(shuffled(value, random)) == digest(value)


@given(VALUES)
def test_a_digest_is_that_of_the_canonical_bytes(value: Any) -> None:
    assert digest(value) == "sha256:" + hashlib.sha256(canonical_bytes(value)).hexdigest()


def test_a_digest_is_the_published_sha256() -> None:
    # printf '{"a":1}' | sha256sum
    assert digest({"a": 1}) == "sha256:015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862"


@pytest.mark.parametrize("other", [{"a": 2}, {"b": 1}, {"a": "1"}, {"a": True}, [1], {"a": 1, "b": None}])
def test_other_content_has_another_digest(other: Any) -> None:
    assert digest(other) != digest({"a": 1})


def test_a_digest_depends_on_the_order_of_a_list() -> None:
    assert digest([1, 2]) != digest([2, 1])


def test_an_enum_of_text_is_written_by_its_value() -> None:
    class Colour(Enum):
        GREEN = "xanh"

    @frozen
    class Painted:
        colour: Colour

    assert plain(Painted(Colour.GREEN)) == {"colour": "xanh"}


@frozen
class Isbn(AsText):
    digits: str

    @classmethod
    def parse(cls, text: str) -> "Isbn":
        if not text.startswith("ISBN "):
            raise ConversionError(f"expected ISBN and digits; got {text!r}")
        return cls(text.removeprefix("ISBN "))

    def __str__(self) -> str:
        return f"ISBN {self.digits}"


@frozen
class Book:
    isbn: Isbn
    others: FrozenDict[str, Isbn]


def test_a_value_that_is_a_text_in_json_is_written_and_read_as_one() -> None:
    book = Book(Isbn("12"), FrozenDict({"second": Isbn("13")}))
    written = {"isbn": "ISBN 12", "others": {"second": "ISBN 13"}}
    assert plain(book) == written
    assert structured(make_converter(), written, Book) == book
    for wrong in ("12", 12, None, ["ISBN 12"]):
        with pytest.raises(ConversionError):
            structured(make_converter(), {"isbn": wrong}, Book)
