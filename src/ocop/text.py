"""Text in two languages, in one normal form, in containers that cannot change."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
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


def one_line(text: str) -> str:
    r"""Return `text` with its line breaks as blanks: a name with such a break takes one line of an explanation.

    >>> one_line("  Product: Chè\nxanh\r\n")
    '  Product: Chè xanh'
    """
    return " ".join(text.splitlines())


def lines_text(lines: Iterable[str]) -> str:
    r"""Return lines as one text, each of them on one line of it.

    >>> lines_text(["Product: Chè\nxanh", "", "Total: 77"]).splitlines()
    ['Product: Chè xanh', '', 'Total: 77']
    """
    return "\n".join(map(one_line, lines))


SortKey = tuple[tuple[int, ...], tuple[int, ...], str]
"""The type of a sort key: the places of the letters, then of the tones, then the text itself."""

_TONES: Final = "\u0300\u0309\u0303\u0301\u0323"
# Everything outside stands behind the letters, by its code point.
_ALPHABET: Final = " !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~0123456789aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_PLACES: Final = {letter: place for place, letter in enumerate(_ALPHABET)}

_HYPHENS: Final = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_APOSTROPHES: Final = "\u2018\u2019\u02bc\u00b4\u2032"
_INVISIBLE: Final = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
# Old encodings gave the letters eth and African D, which look the same, in place of đ.
_ALIKE: Final = str.maketrans(
    {**dict.fromkeys(_HYPHENS, "-"), **dict.fromkeys(_APOSTROPHES, "'"), **dict.fromkeys("\u00f0\u0256", "đ")}
)
_ODD: Final = re.compile(f"[{_HYPHENS}{_APOSTROPHES}\u00f0\u0256]")
_UNSEEN: Final = re.compile(f"[{_INVISIBLE}]")
_OLD_STYLE: Final = re.compile("[òỏõóọ][ae]|[ùủũúụ]y")
_NEW_STYLE: Final = {
    old + second: first + new
    for first, olds, second, news in (
        ("o", "òỏõóọ", "a", "àảãáạ"),
        ("o", "òỏõóọ", "e", "èẻẽéẹ"),
        ("u", "ùủũúụ", "y", "ỳỷỹýỵ"),
    )
    for old, new in zip(olds, news, strict=True)
}


def match_key(text: str) -> str:
    """Return the form of `text` by which names are compared: equal keys mean the same name.

    Made one are upper and lower case, where the tone mark of oa, oe and uy stands (Hoà, Hòa), white space, kinds of
    hyphen with or without spaces around, kinds of apostrophe, and letters that look like đ. Accents count: Tân and
    Tấn are two names.

    >>> match_key("Phường  PHÚ THỦY") == match_key("phường Phú Thuỷ")
    True
    >>> match_key("Văn Miếu – Quốc Tử Giám")
    'văn miếu-quốc tử giám'
    """
    if text.isascii():
        key = text.casefold()
    else:
        # Folding case may break up what was composed, so compose again.
        key = nfc(nfc(_UNSEEN.sub("", text)).casefold())
        if _ODD.search(key):
            key = key.translate(_ALIKE)
        # A syllable has a single tone, so moving its mark never makes another word, not even of a misspelt one.
        key = _OLD_STYLE.sub(lambda found: _NEW_STYLE[found[0]], key)
    key = " ".join(key.replace("`", "'").split())
    return re.sub(" ?- ?", "-", key) if "-" in key else key


def sort_key(text: str) -> SortKey:
    """Return the key that puts `text` in Vietnamese alphabetical order, the same on every machine.

    Letters decide first (a ă â b c d đ e ê … o ô ơ … u ư …; digits before them, other characters after), then
    tones (none, huyền, hỏi, ngã, sắc, nặng), then capitals before small letters. White space counts as single spaces.

    >>> sorted(["Đà Lạt", "Da Lat", "Ân", "An", "Ăn", "Ấn"], key=sort_key)
    ['An', 'Ăn', 'Ân', 'Ấn', 'Da Lat', 'Đà Lạt']
    """
    text = nfc(text)
    steps = [_step(character) for character in " ".join(text.split())]
    return tuple([place for place, _ in steps]), tuple([tone for _, tone in steps]), text


@lru_cache(maxsize=1024)
def _step(character: str) -> tuple[int, int]:
    """Return the place of a character in the alphabet and that of its tone."""
    parts = unicodedata.normalize("NFD", character)
    tone = next((part for part in parts[1:] if part in _TONES), "")
    letter = nfc(parts.replace(tone, "")).lower()
    return _PLACES.get(letter, len(_PLACES) + ord(character)), _TONES.find(tone) + 1 if tone else 0


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
