"""The one strict converter from JSON-like values to the frozen classes.

Data is refused, never bent: `True`, ``5.0`` and ``"5"`` are not the integer 5, None is not the text ``"None"``,
a text is not a list, and a key that a class does not have is an error.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Any, Final, Literal, TypeVar, get_args, get_origin

import attrs
import cattrs
from cattrs.gen import make_dict_structure_fn

from ocop.canonical import AsText, Points
from ocop.errors import ConversionError, glimpse, shortened
from ocop.text import FrozenDict, nfc

T = TypeVar("T")
FRACTION: Final = re.compile(r"[0-9]{1,6}/[1-9][0-9]{0,5}")
ISO_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def make_converter() -> cattrs.Converter:
    """Return a new strict converter; the global converter of cattrs is never touched.

    >>> make_converter().structure(["a"], tuple[str, ...])
    ('a',)
    """
    converter = cattrs.Converter(forbid_extra_keys=True, detailed_validation=False)
    for kind in (int, str, bool):
        converter.register_structure_hook(kind, _primitive)
    converter.register_structure_hook(date, _date)
    converter.register_structure_hook(Fraction, _fraction)
    # As a class and not as a predicate: older cattrs has a hook of its own for enums, and asks classes first.
    converter.register_structure_hook(Enum, _enum)
    converter.register_structure_hook_func(lambda t: t == Points, _points)
    converter.register_structure_hook_func(_is_literal, _literal)
    converter.register_structure_hook_factory(_is_tuple, _tuple_hook)
    converter.register_structure_hook_factory(_is_mapping, _mapping_hook)
    converter.register_structure_hook_factory(attrs.has, _class_hook)
    # After the classes in general, as the hook registered last is asked first.
    converter.register_structure_hook_func(lambda t: isinstance(t, type) and issubclass(t, AsText), _parsed)
    return converter


def structured(converter: cattrs.Converter, value: Any, cls: type[T]) -> T:
    """Return `value` as an instance of `cls`.

    Raises:
        ConversionError: where `value` does not have exactly the form of `cls`.

    >>> structured(make_converter(), 5.0, int)
    Traceback (most recent call last):
        ...
    ocop.errors.ConversionError: expected int; got 5.0
    """
    try:
        return converter.structure(value, cls)
    except ConversionError:
        raise
    except (
        KeyError,
        TypeError,
        ValueError,
        cattrs.BaseValidationError,
        cattrs.ForbiddenExtraKeysError,
    ) as error:
        raise ConversionError(f"not a valid {cls.__name__}: {type(error).__name__}: {error}") from error


def wrong(expected: str, value: Any) -> ConversionError:
    """Return the error that says what was expected and what came."""
    return ConversionError(f"expected {expected}; got {glimpse(value)}")


def _primitive(value: Any, cls: type[Any]) -> Any:
    # cattrs comes here for subclasses as well: Star is an int.
    return _enum(value, cls) if issubclass(cls, Enum) else _exactly(value, cls)


def _exactly(value: Any, cls: type[Any]) -> Any:
    if type(value) is not cls:
        raise wrong(cls.__name__, value)
    return nfc(value) if cls is str else value


def date_of(text: str) -> date:
    """Return the day written as YYYY-MM-DD.

    Raises:
        ConversionError: for any other form, or a day that no calendar has.

    >>> date_of("2026-05-22")
    datetime.date(2026, 5, 22)
    """
    if ISO_DATE.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    raise wrong("a date as YYYY-MM-DD", text)


def _points(value: Any, _: Any) -> int:
    if type(value) is not int or value < 0:
        raise wrong("an integer of 0 or more", value)
    return value


def _parsed(value: Any, cls: type[AsText]) -> AsText:
    return cls.parse(_exactly(value, str))


def _date(value: Any, _: type[date]) -> date:
    return date_of(_exactly(value, str))


def _fraction(value: Any, _: type[Fraction]) -> Fraction:
    if type(value) is not str or not FRACTION.fullmatch(value):
        raise wrong("a fraction such as 3/4", value)
    return Fraction(value)


def _enum(value: Any, cls: type[Enum]) -> Enum:
    for member in cls:
        if type(value) in (int, str) and member.value == value:
            return member
    raise wrong(" | ".join(str(member.value) for member in cls), value)


def _literal(value: Any, cls: Any) -> Any:
    if type(value) is not str or value not in get_args(cls):
        raise wrong(" | ".join(get_args(cls)), value)
    return value


def _is_literal(cls: Any) -> bool:
    origin: Any = get_origin(cls)
    return origin is Literal


def _is_tuple(cls: Any) -> bool:
    origin: Any = get_origin(cls)
    return origin is tuple


def _is_mapping(cls: Any) -> bool:
    origin: Any = get_origin(cls)
    return origin is FrozenDict


def _tuple_hook(cls: Any, converter: cattrs.Converter) -> Callable[[Any, Any], Any]:
    item_type = get_args(cls)[0]
    hook = converter.get_structure_hook(item_type)

    def structure(value: Any, _: Any) -> tuple[Any, ...]:
        if type(value) not in (list, tuple):
            raise wrong("a list", value)
        return tuple([hook(item, item_type) for item in value])

    return structure


def _mapping_hook(cls: Any, converter: cattrs.Converter) -> Callable[[Any, Any], Any]:
    value_type = get_args(cls)[1]
    hook = converter.get_structure_hook(value_type)

    def structure(value: Any, _: Any) -> FrozenDict[str, Any]:
        if not isinstance(value, Mapping):
            raise wrong("an object", value)
        items = {_exactly(key, str): hook(item, value_type) for key, item in value.items()}
        if len(items) < len(value):
            raise ConversionError(f"expected keys that differ in normal form C; got {shortened(list(value))}")
        return FrozenDict(items)

    return structure


def _class_hook(cls: Any, converter: cattrs.Converter) -> Callable[[Any, Any], Any]:
    attrs.resolve_types(cls)
    unseen: dict[str, Any] = {
        each.name: cattrs.override(struct_hook=_unseen(each.name, converter.get_structure_hook(each.type)))
        for each in attrs.fields(cls)
        if not each.repr
    }
    generated = make_dict_structure_fn(
        cls, converter, _cattrs_forbid_extra_keys=True, _cattrs_detailed_validation=False, **unseen
    )

    def structure(value: Any, wanted: Any) -> Any:
        if not isinstance(value, Mapping) or not all(isinstance(key, str) for key in value):
            raise wrong(f"an object ({cls.__name__})", value)
        return generated(value, wanted)

    return structure


def _unseen(name: str, hook: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """Return a hook that does not tell the value it refuses: what a class leaves out of its repr may be private."""

    def structure(value: Any, wanted: Any) -> Any:
        try:
            return hook(value, wanted)
        except ConversionError:
            refusal = ConversionError(f"{name}: the value does not have the form of this field")
        raise refusal  # out here, so that it does not carry the other one along

    return structure
