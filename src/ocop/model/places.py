"""Provinces and communes since 1 July 2025, and the provinces before, with what became of them.

A code alone does not say which list it is of: ``"75"`` is Đồng Nai in both, but since July 2025 that province holds
Bình Phước too; ``"74"`` was Bình Dương and is no province now. So there are two functions, `province` and
`old_province`, and `province_since` leads from one to the other.

Nothing is read before the first call.
"""

import json
import os
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from enum import Enum
from functools import cache
from typing import Any, Final, TypeVar

from attrs import frozen

from ocop.errors import UnknownIdError
from ocop.text import Label, match_key

_FOLDER: Final = os.path.join(os.path.dirname(os.path.dirname(__file__)), "data", "places")
_SHORT: Final = re.compile(r"^(?:tp(?:\. ?| )|[tpx]\. ?)")
_LONG: Final = {"tp": "thành phố ", "t.": "tỉnh ", "p.": "phường ", "x.": "xã "}
_PROVINCE_KIND: Final = re.compile("^(?:tỉnh|thành phố|tinh|thanh pho) ")
_COMMUNE_KIND: Final = re.compile("^(?:phường|xã|đặc khu|phuong|xa|dac khu) ")


class CommuneKind(Enum):
    """What a place below the province is."""

    WARD = "ward"
    COMMUNE = "commune"
    SPECIAL_ZONE = "special-zone"

    @property
    def label(self) -> Label:
        """Its name.

        >>> CommuneKind.WARD.label.vi
        'phường'
        """
        return _KINDS[self]


_KINDS: Final = {
    CommuneKind.WARD: Label("phường", "ward"),
    CommuneKind.COMMUNE: Label("xã", "commune"),
    CommuneKind.SPECIAL_ZONE: Label("đặc khu", "special zone"),
}


@frozen
class Province:
    """A province or a city directly under the government, since July 2025.

    References:
        Decision 19/2025/QĐ-TTg (codes).

    >>> province("46").full_name, province("46").name.en
    ('Thành phố Huế', 'Hue')
    """

    code: str
    """Two digits, such as ``"01"``."""
    name: Label
    """Its name alone."""
    full_name: str
    """The name with the kind of place in front, as the list has it; the kind may have changed since `valid_from`."""
    valid_from: date
    """The day from which it has this code and extent."""
    valid_to: date | None = None
    """The last day on which it has; None while it does."""
    aliases: tuple[str, ...] = ()
    """Other names by which `find_provinces` knows it."""


@frozen
class Commune:
    """A commune, ward or special zone, since July 2025.

    References:
        Decision 19/2025/QĐ-TTg (codes).

    >>> commune("00004").name, commune("00004").kind.label.en, commune("00004").valid_from.isoformat()
    ('Ba Đình', 'ward', '2025-07-01')
    """

    code: str
    """Five digits, such as ``"00004"``."""
    province: str
    """The province's code."""
    name: str
    """Its name alone, in Vietnamese."""
    kind: CommuneKind
    """As the list has it; it may have changed since `valid_from`."""
    full_name: str
    """The name with the kind of place in front."""
    valid_from: date
    """The day from which it has this code and extent."""
    valid_to: date | None = None
    """The last day on which it has; None while it does."""


@frozen
class OldProvince:
    """One of the 63 provinces before July 2025.

    >>> old_province("30").name.vi, old_province("30").now
    ('Hải Dương', '31')
    """

    code: str
    """Two digits; a province of today may have the same code, and another extent."""
    name: Label
    now: str
    """The code of the province that holds it since."""
    valid_from: date
    """The day from which the 63 stood side by side, when Hà Tây had joined Hà Nội; not when this one was founded."""
    valid_to: date
    aliases: tuple[str, ...] = ()
    """Other names by which `find_old_provinces` knows it."""


P = TypeVar("P", bound=Province | Commune | OldProvince)


def provinces() -> tuple[Province, ...]:
    """Return the 34 provinces of today, by code.

    >>> len(provinces()), provinces()[0].full_name
    (34, 'Thành phố Hà Nội')
    """
    return tuple(_provinces().values())


def communes(province: str | None = None) -> tuple[Commune, ...]:
    """Return the 3,321 communes of today, or those of the province with this code, by code.

    Raises:
        UnknownIdError: where there is no such province.

    >>> len(communes()), len(communes("46"))
    (3321, 40)
    """
    if province is None:
        return tuple(_communes().values())
    return _communes_by_province()[_known("province", province, _provinces()).code]


def old_provinces() -> tuple[OldProvince, ...]:
    """Return the 63 provinces before July 2025, by code.

    >>> len(old_provinces())
    63
    """
    return tuple(_old_provinces().values())


def province(code: str) -> Province:
    """Return today's province with this code.

    Raises:
        UnknownIdError: where there is none; the hint is the province that holds the old one of this code, the code
            with its leading zeros, or one that differs in a digit.

    >>> province("79").name.vi
    'Hồ Chí Minh'
    >>> province("74")
    Traceback (most recent call last):
        ...
    ocop.errors.UnknownIdError: there is no province '74'; did you mean '79'?
    """
    return _known("province", code, _provinces())


def commune(code: str) -> Commune:
    """Return today's commune with this code.

    Raises:
        UnknownIdError: where there is none; it names the nearest code, if one is near.

    >>> commune("24781").full_name, commune("24781").province
    ('Phường Xuân Hương - Đà Lạt', '68')
    """
    return _known("commune", code, _communes())


def old_province(code: str) -> OldProvince:
    """Return the province that had this code before July 2025.

    Raises:
        UnknownIdError: where there was none; it names the nearest code, if one is near.

    >>> old_province("74").name.vi
    'Bình Dương'
    """
    return _known("province before July 2025", code, _old_provinces())


def province_since(old_code: str) -> Province:
    """Return the province that now holds the one that had `old_code` before July 2025.

    Raises:
        UnknownIdError: where there was none; it names the nearest code, if one is near.

    >>> province_since("74").name.vi
    'Hồ Chí Minh'
    """
    return province(old_province(old_code).now)


def find_provinces(name: str) -> tuple[Province, ...]:
    """Return today's provinces of this name, by code; empty where there is none.

    The kind of place may stand in front, whichever: ``"Tỉnh …"``, ``"Thành phố …"``, ``"TP. …"``. Names are
    compared by `ocop.text.match_key`. Where nothing is found and `name` has no accent at all, accents do not count.

    >>> [each.code for each in find_provinces("tỉnh Thanh Hóa")], [each.code for each in find_provinces("Hai Phong")]
    (['38'], ['31'])
    """
    return _found(_PROVINCE_KIND.sub("", _key(name)), _province_index)


def find_old_provinces(name: str) -> tuple[OldProvince, ...]:
    """Return the provinces before July 2025 of this name, as `find_provinces` does.

    >>> [each.now for each in find_old_provinces("Bà Rịa-Vũng Tàu")]
    ['79']
    """
    return _found(_PROVINCE_KIND.sub("", _key(name)), _old_province_index)


def find_communes(name: str, province: str | None = None) -> tuple[Commune, ...]:
    """Return today's communes of this name, in all provinces or in one, by code; empty where there is none.

    A kind of place in front (``"Phường …"``, ``"P. …"``, ``"Xã …"``, ``"Đặc khu …"``) is held to; without one, all
    kinds are candidates. Names are compared by `ocop.text.match_key`. Where nothing is found and the name behind the
    kind has no accent at all, accents do not count.

    Raises:
        UnknownIdError: where there is no such province.

    >>> [each.full_name for each in find_communes("Phú Thủy")]
    ['Phường Phú Thuỷ']
    >>> [(each.code, each.full_name) for each in find_communes("Tân An", "79")], len(find_communes("Tân An"))
    ([], 10)
    """
    if province is not None:
        _known("province", province, _provinces())
    return _found(_key(name), _commune_index, lambda place: province in (None, place.province))


@cache
def _provinces() -> Mapping[str, Province]:
    data = _data("provinces.json")
    start = date.fromisoformat(data["valid_from"])
    return {
        code: Province(code, Label(row["vi"], row["en"]), row["full_name"], start, None, tuple(row.get("aliases", ())))
        for code, row in data["provinces"].items()
    }


@cache
def _old_provinces() -> Mapping[str, OldProvince]:
    data = _data("old-provinces.json")
    start, end = date.fromisoformat(data["valid_from"]), date.fromisoformat(data["valid_to"])
    return {
        code: OldProvince(code, Label(row["vi"], row["en"]), row["now"], start, end, tuple(row.get("aliases", ())))
        for code, row in data["provinces"].items()
    }


@cache
def _communes_by_province() -> Mapping[str, tuple[Commune, ...]]:
    data = _data("communes.json")
    start = date.fromisoformat(data["valid_from"])
    # The kinds begin with letters of their own.
    kinds = {label.vi[0].upper(): (kind, len(label.vi) + 1) for kind, label in _KINDS.items()}

    def commune(code: str, province: str, full_name: str) -> Commune:
        kind, length = kinds[full_name[0]]
        return Commune(code, province, full_name[length:], kind, full_name, start)

    return {
        province: tuple([commune(code, province, full_name) for code, full_name in rows.items()])
        for province, rows in data["communes"].items()
    }


@cache
def _communes() -> Mapping[str, Commune]:
    every = [commune for rows in _communes_by_province().values() for commune in rows]
    return {commune.code: commune for commune in sorted(every, key=lambda commune: commune.code)}


def _data(name: str) -> Any:
    with open(os.path.join(_FOLDER, name), "rb") as file:
        return json.loads(file.read())


def _known(what: str, code: str, known: Mapping[str, P]) -> P:
    if code in known:
        return known[code]
    old = _old_provinces().get(code) if what == "province" else None
    raise UnknownIdError(what, code, old.now if old else _near(str(code), known))


def _near(code: str, known: Mapping[str, P]) -> str | None:
    """Return the code that `code` is with its leading zeros, else the nearest number that differs in one digit."""
    length = len(next(iter(known)))
    if not re.fullmatch(f"[0-9]{{1,{length}}}", code):
        return None
    # Leading zeros are lost wherever a spreadsheet takes a code for a number.
    code = code.zfill(length)
    if code in known:
        return code
    others = (code[:place] + digit + code[place + 1 :] for place in range(length) for digit in "0123456789")
    return min(filter(known.__contains__, others), key=lambda other: abs(int(other) - int(code)), default=None)


@cache
def _province_index(key: Callable[[str], str]) -> Mapping[str, tuple[Province, ...]]:
    return _index((key(name), each) for each in provinces() for name in (each.name.vi, each.name.en, *each.aliases))


@cache
def _old_province_index(key: Callable[[str], str]) -> Mapping[str, tuple[OldProvince, ...]]:
    return _index((key(name), each) for each in old_provinces() for name in (each.name.vi, each.name.en, *each.aliases))


@cache
def _commune_index(key: Callable[[str], str]) -> Mapping[str, tuple[Commune, ...]]:
    kinds = {kind: key(label.vi) for kind, label in _KINDS.items()}

    def keys() -> Iterator[tuple[str, Commune]]:
        for each in communes():
            bare = key(each.name)
            yield bare, each
            yield f"{kinds[each.kind]} {bare}", each

    return _index(keys())


def _index(pairs: Iterable[tuple[str, P]]) -> Mapping[str, tuple[P, ...]]:
    index: dict[str, tuple[P, ...]] = {}
    for key, place in pairs:
        others: tuple[P, ...] = index.get(key, ())
        # The names of one place come one after the other.
        if not others or others[-1] is not place:
            index[key] = (*others, place)
    return index


def _found(
    key: str,
    index: Callable[[Callable[[str], str]], Mapping[str, tuple[P, ...]]],
    keep: Callable[[P], bool] = lambda _: True,
) -> tuple[P, ...]:
    found = tuple(filter(keep, index(_key).get(key, ())))
    bare = _COMMUNE_KIND.sub("", key)
    if found or bare != _flat(bare):
        return found
    return tuple(filter(keep, index(_flat_key).get(_flat(key), ())))


def _key(name: str) -> str:
    """Return the match key of a place's name, a hyphen being a space in it, and an abbreviated kind written in full."""
    key = match_key(name).replace("-", " ")
    return _SHORT.sub(lambda found: _LONG[found[0][:2]], key)


def _flat_key(name: str) -> str:
    return _flat(_key(name))


def _flat(key: str) -> str:
    """Return a key without accents."""
    parts = unicodedata.normalize("NFD", key.replace("đ", "d"))
    return "".join([part for part in parts if not unicodedata.combining(part)])
