"""Text in two languages, in one normal form, in containers that cannot change."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Final, Literal, TypeVar

from attrs import frozen

Language = Literal["vi", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("vi", "en")
"""The languages of every label and message."""

K = TypeVar("K")
V = TypeVar("V")


def nfc(text: str) -> str:
    r"""Return `text` in Unicode normal form C, the form in which all text is kept and compared.

    >>> nfc("Phu\u0301 Tho\u0323") == "Phú Thọ"
    True
    """
    return text if text.isascii() else unicodedata.normalize("NFC", text)


@frozen
class Label:
    """The same short text in Vietnamese and in English.

    >>> Label(vi="Chè", en="Tea").get("en")
    'Tea'
    """

    vi: str
    """In Vietnamese."""
    en: str
    """In English."""

    def get(self, lang: Language) -> str:
        """Return the text in `lang`.

        Raises:
            ValueError: for a language other than ``"vi"`` and ``"en"``.
        """
        return self.vi if checked_language(lang) == "vi" else self.en


NO_LABEL: Final = Label("", "")
"""Stands where no label is given; `ocop.criteria.lint` reports it."""


def checked_language(lang: str) -> Language:
    """Return `lang` where it is ``"vi"`` or ``"en"``.

    Raises:
        ValueError: for any other.

    >>> checked_language("vi")
    'vi'
    """
    for known in LANGUAGES:
        if lang == known:
            return known
    raise ValueError(f"lang must be one of {', '.join(map(repr, LANGUAGES))}; got {lang!r}")


if TYPE_CHECKING:

    class FrozenDict(Mapping[K, V]):
        """What type checkers see: a mapping that has no way to be changed."""

        def __init__(self, items: Mapping[K, V] | Iterable[tuple[K, V]]) -> None: ...
        def __getitem__(self, key: K) -> V: ...
        def __iter__(self) -> Iterator[K]: ...
        def __len__(self) -> int: ...
        def __hash__(self) -> int: ...

else:

    class FrozenDict(dict):
        """A `dict` that cannot be changed and can be hashed.

        It keeps the speed and the printed form of a plain `dict`, and is equal to one with the same items.

        >>> choices = FrozenDict({"1.1": "c"})
        >>> choices["1.2"] = "a"
        Traceback (most recent call last):
            ...
        TypeError: a FrozenDict cannot be changed; make a new one from {**old, key: value}
        """

        __slots__ = ("_hash",)

        def _refuse(self, *_args, **_kwargs):
            raise TypeError("a FrozenDict cannot be changed; make a new one from {**old, key: value}")

        __setitem__ = __delitem__ = __ior__ = _refuse
        clear = pop = popitem = setdefault = update = _refuse

        def __hash__(self):
            try:
                return self._hash
            except AttributeError:
                self._hash = hash(frozenset(self.items()))
                return self._hash

        def __reduce__(self):
            return FrozenDict, (dict(self),)

        def __copy__(self):
            return self

        def __deepcopy__(self, memo):
            return self
