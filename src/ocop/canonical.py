"""Objects as JSON-like values, and one form of bytes for one content: RFC 8785 and its SHA-256."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Annotated, Any, Final, Self

import attrs

from ocop.text import FrozenDict, Label

Points = Annotated[int, "not negative"]
"""The type of points in a document: an integer of 0 or more. The converter holds to it, and so does the engine."""
NOT_IN_JSON: Final[Mapping[str, bool]] = {"json": False}
"""Metadata of a field that its class's JSON form leaves out."""


class AsText(ABC):
    """A value whose JSON form is its text: ``str`` writes it, and `parse` reads it back.

    What a subclass's `parse` cannot read, it refuses with a `ConversionError`.
    """

    @classmethod
    @abstractmethod
    def parse(cls, text: str) -> Self:
        """Return the value that `text` stands for."""


def plain(instance: Any, *, labels: bool = True) -> dict[str, Any]:
    """Return a frozen object as a JSON-like `dict`, without the fields that have their default value.

    With ``labels=False``, the texts in two languages are left out as well.

    >>> plain(Label("Chè", "Tea"))
    {'vi': 'Chè', 'en': 'Tea'}
    """

    def kept(field: "attrs.Attribute[Any]", value: Any) -> bool:
        if not field.metadata.get("json", True) or (isinstance(value, Label) and not labels):
            return False
        return field.default is attrs.NOTHING or value != field.default

    return attrs.asdict(instance, filter=kept, value_serializer=_value)


def _value(_instance: Any, _field: Any, value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    if isinstance(value, AsText):
        return str(value)
    if isinstance(value, FrozenDict):
        return {key: _value(None, None, item) for key, item in value.items()}
    return list(value) if isinstance(value, tuple) else value


def canonical_bytes(value: Any) -> bytes:
    """Return the RFC 8785 form of JSON-like `value`: sorted keys, no white space, UTF-8.

    >>> canonical_bytes({"b": 1, "a": "chè"}).decode()
    '{"a":"chè","b":1}'
    """
    import rfc8785

    return rfc8785.dumps(value)


def digest(value: Any) -> str:
    """Return the SHA-256 of the canonical form of `value`, as ``"sha256:"`` and 64 hexadecimal digits.

    >>> digest({"a": 1})
    'sha256:015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862'
    """
    import hashlib

    return "sha256:" + hashlib.sha256(canonical_bytes(value)).hexdigest()
