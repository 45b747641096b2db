"""Facts about a product and its markets from which choices follow; what is not known is None."""

from collections.abc import Iterable
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from attrs import field, frozen

from ocop.errors import ConversionError
from ocop.model.fields import is_a, optional_count, tuple_of
from ocop.text import Label

if TYPE_CHECKING:
    import attrs


class MarketArea(Enum):
    """How far the main market reaches.

    >>> MarketArea.PROVINCE.label.en
    'outside the commune, within the province'
    """

    COMMUNE = "commune"
    PROVINCE = "province"
    OUTSIDE_PROVINCE = "outside-province"

    @property
    def label(self) -> Label:
        """Its name."""
        return _AREAS[self]


_AREAS: Final = {
    MarketArea.COMMUNE: Label("trong xã", "within the commune"),
    MarketArea.PROVINCE: Label("ngoài xã, trong tỉnh", "outside the commune, within the province"),
    MarketArea.OUTSIDE_PROVINCE: Label("ngoài tỉnh", "outside the province"),
}


class ExportMarket(Enum):
    """A kind of market abroad.

    >>> ExportMarket.HIGH_STANDARD.label.en
    'high-standard markets (US, Japan, EU …)'
    """

    SOUTHEAST_ASIA = "southeast-asia"
    OTHER = "other"
    HIGH_STANDARD = "high-standard"

    @property
    def label(self) -> Label:
        """Its name."""
        return _MARKETS[self]


_MARKETS: Final = {
    ExportMarket.SOUTHEAST_ASIA: Label("Đông Nam Á", "South-East Asia"),
    ExportMarket.OTHER: Label("ngoài Đông Nam Á", "outside South-East Asia"),
    ExportMarket.HIGH_STANDARD: Label(
        "thị trường tiêu chuẩn cao (Mỹ, Nhật, EU…)", "high-standard markets (US, Japan, EU …)"
    ),
}


def _share(_instance: Any, attribute: "attrs.Attribute[Any]", value: Any) -> None:
    if value is not None and not (isinstance(value, Fraction) and 0 <= value <= 1):
        raise ConversionError(f"{attribute.name}: expected a Fraction from 0 to 1, or None; got {value!r}")


def _markets(markets: Iterable[ExportMarket] | None) -> tuple[ExportMarket, ...] | None:
    """Return the markets in the order of the class, each once, so that the order in which they came changes nothing."""
    if markets is None:
        return None
    found = tuple_of(ExportMarket, markets)
    return tuple(market for market in ExportMarket if market in found)


_flag: Final = is_a(bool, optional=True)


@frozen(kw_only=True)
class Facts:
    """What is known of a product beside the subject's and the product's own records; every field may be unknown.

    Raises:
        ConversionError: for a value of another type; a share is a `Fraction` from 0 to 1, never a float.

    References:
        Decision 26/2026/QĐ-TTg, Annex II: the criteria that ask for these facts.

    >>> from fractions import Fraction
    >>> Facts(linkage_output_share=Fraction(4, 5), linkage_months=18).linkage_months
    18
    """

    local_inputs_share: Fraction | None = field(default=None, validator=_share)
    """The share of the inputs that comes from within the province, of 1."""
    local_product_share: Fraction | None = field(default=None, validator=_share)
    """The share of the product that is grown, raised or caught within the commune, of 1."""
    linkage_output_share: Fraction | None = field(default=None, validator=_share)
    """The share of the volume sold that linkage contracts cover, of 1; 0 where there are none, or unclear ones only."""
    linkage_months: int | None = field(default=None, validator=optional_count)
    """For how many whole months, up to the registration for OCOP, those contracts have been carried out steadily."""
    market: MarketArea | None = field(default=None, validator=is_a(MarketArea, optional=True))
    """How far the main market reaches."""
    agents: int | None = field(default=None, validator=optional_count)
    """How many agents or representatives distribute it outside the commune."""
    modern_trade_contract: bool | None = field(default=None, validator=_flag)
    """Whether it is sold through supermarkets, e-commerce or the like, with a contract and proof that it is carried
    out (a link to the shop, for e-commerce)."""
    export_contract: bool | None = field(default=None, validator=_flag)
    """Whether it is sold abroad, with a contract and proof that it is carried out."""
    export_markets: tuple[ExportMarket, ...] | None = field(default=None, converter=_markets)
    """Where it can be exported to, as export contracts carried out, quality certificates, or market studies and trade
    promotion show; empty where none of these shows any."""
    origin_sign: bool | None = field(default=None, validator=_flag)
    """Whether it bears a sign of geographical origin tied to the local community."""
    protections_complete: bool | None = field(default=None, validator=_flag)
    """Whether the product's record lists all of its protections. None takes a list that is not empty for complete, and
    says nothing of an empty one."""
    promotion_agents_in_province: int | None = field(default=None, validator=optional_count)
    """Tourism: how many agents or representatives within the province promote it."""
    promotion_agents_outside_province: int | None = field(default=None, validator=optional_count)
    """Tourism: how many agents or representatives outside the province promote it."""
    assessment_year: int | None = field(default=None, validator=optional_count)
    """The year of the assessment; growth is counted back from the year before it."""
    as_of: date | None = field(default=None, validator=is_a(date, optional=True))
    """The day on which papers that expire must still be valid."""
