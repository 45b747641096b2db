"""Cells of published results: what stands in them, as far as it can be understood without guessing."""

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Final

from ocop.convert import date_of
from ocop.criteria.catalog import Catalog
from ocop.errors import ConversionError, nearest
from ocop.model.places import (
    Commune,
    Province,
    find_communes,
    find_old_provinces,
    find_provinces,
    province,
    provinces,
)
from ocop.model.stars import Level, Star
from ocop.model.subjects import LegalForm
from ocop.text import match_key

_STAR: Final = re.compile(r"(?:hạng )?([1-5])(?: ?sao| ?stars?| ?[*★⭐])?")
_SYMBOLS: Final = re.compile(r"[*]{1,5}|[★]{1,5}|[⭐]{1,5}")
_EMOJI: Final = "\ufe0f"
"""Stands behind a star that is drawn as a picture."""
_DATE: Final = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
_MIDNIGHT: Final = re.compile(r"[T ]00:00(?::00(?:\.0+)?)?$")
_FORMS: Final = (
    (LegalForm.COOPERATIVE_GROUP, "tổ hợp tác|tht"),
    (LegalForm.COOPERATIVE, "liên hiệp hợp tác xã|hợp tác xã|htx"),
    (LegalForm.JOINT_STOCK_COMPANY, "(?:công ty|cty) (?:cổ phần|cp)|ctcp"),
    (LegalForm.LIMITED_COMPANY, "(?:công ty|cty) (?:tnhh|trách nhiệm hữu hạn)"),
    (LegalForm.PRIVATE_ENTERPRISE, "doanh nghiệp tư nhân|dntn"),
    (LegalForm.FARM, "trang trại"),
    (LegalForm.REGISTERED_HOUSEHOLD, "hộ kinh doanh|hkd|hộ sản xuất kinh doanh|hộ sxkd"),
    (LegalForm.ASSOCIATION, "hội|hiệp hội"),
    (LegalForm.OPERATING_CENTRE, "trung tâm điều hành"),
)
"""The words with which a subject's name begins, by its legal form; "hộ" or "cơ sở" alone does not tell it."""
_BEGINS: Final = tuple((form, re.compile(rf"(?:chi nhánh )?(?:{words})\b")) for form, words in _FORMS)
_COMMITTEE: Final = re.compile(r"(?:chủ tịch )?(?:ubnd|ủy ban nhân dân|uỷ ban nhân dân) (.+)")
_LEVELS: Final = (
    (Level.PROVINCE, re.compile(r"tỉnh\b")),
    (Level.DISTRICT, re.compile(r"(?:huyện|quận|thị xã)\b")),
    (Level.COMMUNE, re.compile(r"(?:xã|phường|thị trấn|đặc khu)\b")),
)
_CITY: Final = re.compile(r"(?:thành phố|tp\.?) ?(.+)")


def read_star(text: str) -> Star | None:
    """Return the star that a cell says, or None.

    >>> read_star("4"), read_star("4 sao"), read_star("★★★★"), read_star("4,5")
    (<Star.FOUR: 4>, <Star.FOUR: 4>, <Star.FOUR: 4>, None)
    """
    key = match_key(text).replace(_EMOJI, "")
    if _SYMBOLS.fullmatch(key):
        return Star(len(key))
    found = _STAR.fullmatch(key)
    return Star(int(found[1])) if found else None


def read_day(text: str) -> date | None:
    """Return the day that a cell says, day before month, or as YYYY-MM-DD; or None.

    >>> str(read_day("5/8/2026")), str(read_day("2026-08-05")), read_day("8/25/2026"), read_day("5/8/26")
    ('2026-08-05', '2026-08-05', None, None)
    """
    found = _DATE.fullmatch(text)
    try:
        if found:
            return date(int(found[3]), int(found[2]), int(found[1]))
        return date_of(_MIDNIGHT.sub("", text))
    except (ValueError, ConversionError):
        return None


def read_legal_form(name: str) -> LegalForm | None:
    """Return the legal form with which a subject's name begins, or None.

    >>> read_legal_form("HTX chè La Bằng").value, read_legal_form("Cơ sở Hai Lúa")
    ('cooperative', None)
    """
    key = match_key(name)
    return next((form for form, begins in _BEGINS if begins.match(key)), None)


@lru_cache(maxsize=4096)
def read_level(authority: str) -> Level | None:
    """Return the level of an authority by its name, or None.

    >>> read_level("UBND tỉnh Lâm Đồng"), read_level("UBND thành phố Huế"), read_level("UBND TP. Đà Lạt")
    (<Level.PROVINCE: 'province'>, <Level.PROVINCE: 'province'>, <Level.DISTRICT: 'district'>)
    """
    key = match_key(authority)
    if re.match(r"bộ\b|ministry\b", key):
        return Level.MINISTRY
    found = _COMMITTEE.fullmatch(key)
    if found is None:
        return None
    place = found[1]
    for level, begins in _LEVELS:
        if begins.match(place):
            return level
    city = _CITY.fullmatch(place)
    if find_provinces(city[1] if city else place) or find_old_provinces(city[1] if city else place):
        return Level.PROVINCE
    return Level.DISTRICT if city else None


@lru_cache(maxsize=4096)
def read_provinces(name: str) -> tuple[Province, ...]:
    """Return the provinces of today that a name may mean: of that name, or that hold an old one of that name.

    >>> [each.name.vi for each in read_provinces("Bình Dương")], read_provinces("Bình")
    (['Hồ Chí Minh'], ())
    """
    return find_provinces(name) or tuple(dict.fromkeys(province(old.now) for old in find_old_provinces(name)))


@lru_cache(maxsize=4096)
def near_province(name: str) -> str | None:
    """Return the name of a province of today that is near, or None.

    >>> near_province("Thái Nguyen")
    'Thái Nguyên'
    """
    return nearest(name, [each.name.vi for each in provinces()])


def read_communes(name: str, province_code: str | None) -> tuple[Commune, ...]:
    """Return the communes of today that a name may mean; what follows a comma is the place around it.

    >>> [each.code for each in read_communes("xã Tân Cương, tỉnh Thái Nguyên", "19")], read_communes("Nơi nào", "19")
    (['05503'], ())
    """
    return find_communes(name.partition(",")[0], province_code)


Category = tuple[str, str | None]
"""The slug of a group, and the id of a criteria set where a name is of one alone."""


@lru_cache(maxsize=8)
def categories(edition_id: str, catalog: Catalog) -> Mapping[str, Category]:
    """Return by the match key of a category's name its group, and its criteria set where the name is of one alone.

    >>> import ocop
    >>> found = categories("qd26-2026", ocop.PACKAGED)
    >>> found["đồ uống"], found["rượu trắng"]
    (('drinks', None), ('drinks', 'qd26-2026/white-spirits'))
    """
    found: dict[str, Category] = {}

    def add(group: str, set_id: str | None, *names: str) -> None:
        for name in filter(None, names):
            found.setdefault(match_key(name), (group, set_id))

    edition = catalog.edition(edition_id)
    # The largest first: where a group and a set have one name, published lists mean the group.
    for group in edition.groups:
        add(group.slug, None, group.label.vi, group.label.en, group.code)
    for group in edition.groups:
        for subgroup in group.subgroups:
            ids = [f"{edition.id}/{entry.slug}" for entry in subgroup.sets]
            add(group.slug, ids[0] if len(ids) == 1 else None, subgroup.label.vi, subgroup.label.en)
            for entry, set_id in zip(subgroup.sets, ids, strict=True):
                add(group.slug, set_id, entry.label.vi, entry.label.en)
    return found
