"""Converters and validators for the fields of the frozen classes: a value of another type is refused, never bent.

What they say names the field and the type that came, never the value: it may be a person's.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

import attrs

from ocop.errors import ConversionError
from ocop.text import FrozenDict, nfc

T = TypeVar("T")
"""The class of what a list holds."""
Validator = Callable[[Any, "attrs.Attribute[Any]", Any], None]


def text(value: str) -> str:
    """Return text in normal form C, and anything else as it is, for `is_a` to refuse."""
    return nfc(value) if isinstance(value, str) else value


def optional_text(value: str | None) -> str | None:
    """Return text in normal form C, and anything else as it is, for `is_a` to refuse."""
    return nfc(value) if isinstance(value, str) else value


def numbers(value: Mapping[str, int]) -> FrozenDict[str, int]:
    """Return a mapping of text to integers, frozen.

    Raises:
        ConversionError: for anything else.

    >>> numbers({"2025": 1_000_000})
    {'2025': 1000000}
    """
    if not isinstance(value, Mapping):
        raise ConversionError(f"expected a mapping of text to integers; got {type(value).__name__}")
    for key, number in value.items():
        if type(key) is not str or type(number) is not int:
            came = f"{type(key).__name__} to {type(number).__name__}"
            raise ConversionError(f"expected a mapping of text to integers; got {came}")
    return FrozenDict({nfc(key): number for key, number in value.items()})


def texts(value: Iterable[str]) -> tuple[str, ...]:
    """Return texts in normal form C as a tuple.

    Raises:
        ConversionError: for anything else, a single text too.

    >>> texts(["no inputs", "no market"])
    ('no inputs', 'no market')
    """
    return tuple([nfc(each) for each in tuple_of(str, value)])


def tuple_of(kind: type[T], value: Iterable[T]) -> tuple[T, ...]:
    """Return values of exactly the class `kind` as a tuple.

    Raises:
        ConversionError: for anything else.

    >>> tuple_of(int, [1, 2])
    (1, 2)
    """
    if isinstance(value, (str, bytes, Mapping)) or not isinstance(value, Iterable):
        raise ConversionError(f"expected a list of {kind.__name__}; got {type(value).__name__}")
    found = tuple(value)
    for item in found:
        if type(item) is not kind:
            raise ConversionError(f"expected a list of {kind.__name__}; got {type(item).__name__} in it")
    return found


def is_a(kind: type[Any], *, optional: bool = False) -> Validator:
    """Return a validator for values of exactly the class `kind`, and None too where `optional`.

    The validator raises a `ConversionError` for anything else.

    >>> hens = attrs.fields(attrs.make_class("Farm", ["hens"])).hens
    >>> is_a(int)(None, hens, 5.0)
    Traceback (most recent call last):
        ...
    ocop.errors.ConversionError: hens: expected int; got float
    """
    expected = f"{kind.__name__} or None" if optional else kind.__name__

    def check(_instance: Any, attribute: "attrs.Attribute[Any]", value: Any) -> None:
        if type(value) is not kind and not (optional and value is None):
            raise _wrong(attribute, expected, type(value).__name__)

    return check


def optional_count(_instance: Any, attribute: "attrs.Attribute[Any]", value: Any) -> None:
    """Refuse what is neither None nor an integer of 0 or more.

    Raises:
        ConversionError: for anything else.
    """
    if value is not None:
        if type(value) is not int:
            raise _wrong(attribute, "int or None", type(value).__name__)
        if value < 0:
            raise _wrong(attribute, "0 or more", "less")


def counts(_instance: Any, attribute: "attrs.Attribute[Any]", value: Mapping[str, int]) -> None:
    """Refuse a mapping with a number below 0.

    Raises:
        ConversionError: where there is one.
    """
    if any(number < 0 for number in value.values()):
        raise _wrong(attribute, "0 or more", "less")


def _wrong(attribute: "attrs.Attribute[Any]", expected: str, got: str) -> ConversionError:
    return ConversionError(f"{attribute.name}: expected {expected}; got {got}")
