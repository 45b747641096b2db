"""What a place records besides its subjects, products and certificates: communes, villages, trainings, fairs.

Each record states facts with their days. A day of None says that the thing has not happened.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import Enum
from typing import Any, Final, cast

import attrs
from attrs import field, frozen

from ocop.errors import ConversionError
from ocop.model.fields import Validator, is_a, optional_count, optional_text, text, texts, tuple_of
from ocop.model.subjects import LegalForm
from ocop.text import Label

_TEXT: Final = is_a(str)
_TEXT_OR_NONE: Final = is_a(str, optional=True)
_DAY: Final = is_a(date)
_DAY_OR_NONE: Final = is_a(date, optional=True)
_FLAG: Final = is_a(bool, optional=True)


def as_tuple(value: Iterable[Any] | None) -> tuple[Any, ...]:
    """Return a list as a tuple, and anything else as it is, for `every` to refuse."""
    if isinstance(value, Iterable) and not isinstance(value, (str, bytes, Mapping)):
        return tuple(value)
    return cast("tuple[Any, ...]", value)


def every(kind: type[Any]) -> Validator:
    """Return a validator for tuples of values of exactly the class `kind`, and for None where that is the default.

    The validator raises a `ConversionError` for anything else.

    >>> every(Fair)(None, attrs.fields(CraftVillage).products, ("fair",))
    Traceback (most recent call last):
        ...
    ocop.errors.ConversionError: products: expected a list of Fair; got str in it
    """

    def check(_instance: Any, attribute: "attrs.Attribute[Any]", value: Any) -> None:
        allowed: Iterable[Any] = () if attribute.default is None and value is None else value
        try:
            tuple_of(kind, allowed)
        except ConversionError as error:
            raise ConversionError(f"{attribute.name}: {error}") from None

    return check


def _optional_texts(value: Iterable[str] | None) -> tuple[str, ...] | None:
    return None if value is None else texts(value)


def _year(_instance: Any, attribute: "attrs.Attribute[Any]", value: Any) -> None:
    if value is not None and (type(value) is not int or not 1000 <= value <= 9999):
        raise ConversionError(f"{attribute.name}: expected a year from 1000 to 9999, or None")


class Audience(Enum):
    """Whom a training is for.

    >>> Audience.STATE_MANAGERS.label.en
    'state managers'
    """

    STATE_MANAGERS = "state-managers"
    SCHEME_MANAGERS = "scheme-managers"
    ENTERPRISE_LEADERS = "enterprise-leaders"
    COOPERATIVE_LEADERS = "cooperative-leaders"
    HOUSEHOLD_HEADS = "household-heads"

    @property
    def label(self) -> Label:
        """Its name."""
        return _AUDIENCES[self]


_AUDIENCES: Final = {
    Audience.STATE_MANAGERS: Label("cán bộ quản lý nhà nước", "state managers"),
    Audience.SCHEME_MANAGERS: Label("cán bộ quản lý đề án", "managers of the scheme"),
    Audience.ENTERPRISE_LEADERS: Label("lãnh đạo doanh nghiệp", "leaders of enterprises"),
    Audience.COOPERATIVE_LEADERS: Label("lãnh đạo hợp tác xã", "leaders of cooperatives"),
    Audience.HOUSEHOLD_HEADS: Label("chủ hộ đăng ký kinh doanh", "heads of registered households"),
}


class PointKind(Enum):
    """What kind of place shows and sells products.

    >>> PointKind("showroom").label.vi
    'phòng trưng bày'
    """

    POINT = "point"
    SHOWROOM = "showroom"
    CENTRE = "centre"

    @property
    def label(self) -> Label:
        """Its name."""
        return _POINTS[self]


_POINTS: Final = {
    PointKind.POINT: Label("điểm giới thiệu và bán sản phẩm", "point of display and sale"),
    PointKind.SHOWROOM: Label("phòng trưng bày", "showroom"),
    PointKind.CENTRE: Label("trung tâm giới thiệu, quảng bá", "centre of display and promotion"),
}


@frozen(kw_only=True)
class CommuneRecord:
    """A commune or ward of the place: how it stands to the advanced new-rural standard, and what it chose to make."""

    code: str = field(converter=text, validator=_TEXT)
    """The code by which products name it. One of before July 2025 stays as it was; no list is asked."""
    name: str = field(converter=text, validator=_TEXT)
    registered: int | None = field(default=None, validator=_year)
    """The year for which it registered to attain the advanced standard."""
    attained: int | None = field(default=None, validator=_year)
    """The year in which it attained it."""
    chosen: tuple[str, ...] | None = field(default=None, converter=_optional_texts)
    """The products that it chose as its most advantageous, by id or name; ``()`` is none, and None is not known."""
    chosen_on: date | None = field(default=None, validator=_DAY_OR_NONE)
    """The day of the choice; without one, it counts on any day."""


@frozen(kw_only=True)
class CraftVillage:
    """A craft village of the place."""

    id: str = field(converter=text, validator=_TEXT)
    name: str = field(converter=text, validator=_TEXT)
    traditional: bool = field(default=True, validator=is_a(bool))
    """Whether it is recognised as a traditional one."""
    products: tuple[str, ...] | None = field(default=None, converter=_optional_texts)
    """The ids of the products made there; ``()`` is none, and None is not known."""


@frozen(kw_only=True)
class Training:
    """A course, and how far with it an audience is trained."""

    id: str = field(converter=text, validator=_TEXT)
    audience: Audience = field(validator=is_a(Audience))
    held: date = field(validator=_DAY)
    """Its last day."""
    trained: int = field(validator=[is_a(int), optional_count])
    """How many it trained who had not been trained before, so that no one counts twice."""
    total: int | None = field(default=None, validator=optional_count)
    """How many the whole audience is on that day; None is not known. The last course that states it counts."""


@frozen(kw_only=True)
class SalesPoint:
    """A place where products of the programme are shown and sold."""

    id: str = field(converter=text, validator=_TEXT)
    name: str = field(converter=text, validator=_TEXT)
    kind: PointKind = field(default=PointKind.POINT, validator=is_a(PointKind))
    place: str | None = field(default=None, converter=optional_text, validator=_TEXT_OR_NONE)
    """Where it is, in words; it may lie outside the province."""
    tourism: bool | None = field(default=None, validator=_FLAG)
    """Whether it is tied to tourism; None is not known."""
    opened: date | None = field(default=None, validator=_DAY_OR_NONE)
    closed: date | None = field(default=None, validator=_DAY_OR_NONE)
    """The first day on which it is closed for good."""


@frozen(kw_only=True)
class Fair:
    """A fair of the programme."""

    id: str = field(converter=text, validator=_TEXT)
    name: str = field(converter=text, validator=_TEXT)
    held: date | None = field(default=None, validator=_DAY_OR_NONE)
    """Its first day; None while it is only planned."""


@frozen(kw_only=True)
class ProgrammeMark:
    """A trade mark of the programme itself, such as its emblem."""

    id: str = field(converter=text, validator=_TEXT)
    name: str = field(converter=text, validator=_TEXT)
    filed: date | None = field(default=None, validator=_DAY_OR_NONE)
    """The day of the application."""
    registered: date | None = field(default=None, validator=_DAY_OR_NONE)
    """The day of the certificate of its registration."""


@frozen(kw_only=True)
class ValueChainProject:
    """A project that develops a key product along its value chain."""

    id: str = field(converter=text, validator=_TEXT)
    name: str = field(converter=text, validator=_TEXT)
    approved: date | None = field(default=None, validator=_DAY_OR_NONE)
    """The day on which it was approved; None while it is only proposed."""


@frozen(kw_only=True)
class Promotion:
    """What was done to raise the quality of a product and to promote its trade."""

    product: str = field(converter=text, validator=_TEXT)
    """The product's id."""
    quality_raised: date | None = field(default=None, validator=_DAY_OR_NONE)
    """The day by which its quality was raised."""
    promoted: date | None = field(default=None, validator=_DAY_OR_NONE)
    """The day of its first trade promotion."""


@frozen(kw_only=True)
class Standardisation:
    """A product brought to a standard."""

    product: str = field(converter=text, validator=_TEXT)
    """The product's id."""
    on: date = field(validator=_DAY)
    standard: str | None = field(default=None, converter=optional_text, validator=_TEXT_OR_NONE)
    """Which standard."""


@frozen(kw_only=True)
class Participant:
    """An organisation that takes part in the programme, whether or not it has a product yet."""

    id: str = field(converter=text, validator=_TEXT)
    name: str = field(converter=text, validator=_TEXT)
    legal_form: LegalForm = field(validator=is_a(LegalForm))
    joined: date = field(validator=_DAY)
    """The day from which it takes part."""
    left: date | None = field(default=None, validator=_DAY_OR_NONE)
    """The first day on which it no longer does."""
    place: str | None = field(default=None, converter=optional_text, validator=_TEXT_OR_NONE)
    """The code of its commune."""


@frozen(kw_only=True)
class Milestone:
    """Something to be done once, such as a database built and run."""

    id: str = field(converter=text, validator=_TEXT)
    """The slug by which a target names it, such as ``"database"``."""
    done: date | None = field(default=None, validator=_DAY_OR_NONE)
    """The day from which it is done; None while it is not."""
    name: str = field(default="", converter=text, validator=_TEXT)


@frozen(kw_only=True)
class SubjectFacts:
    """What the programmes ask of a subject beyond its registration; None is not known."""

    subject: str = field(converter=text, validator=_TEXT)
    """The subject's id."""
    circular_chain: bool | None = field(default=None, validator=_FLAG)
    """Whether it has a circular or green value chain, tied to a steady sourcing area."""
    modern_channel: bool | None = field(default=None, validator=_FLAG)
    """Whether it sells in modern sales channels."""


@frozen(kw_only=True)
class DossierRecord:
    """That there is a dossier of a product, and whether it is digital; nothing of what it holds."""

    id: str = field(converter=text, validator=_TEXT)
    product: str = field(converter=text, validator=_TEXT)
    """The product's id."""
    digital: bool | None = field(default=None, validator=_FLAG)
    """Whether it is kept in digital form; None is not known."""
    handed_in: date | None = field(default=None, validator=_DAY_OR_NONE)
    """The day it was handed in; without one, it counts on any day."""
