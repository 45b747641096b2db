"""The indicators: named, pure functions of a portfolio and a period, each of which measures one thing.

A share names its base. What an indicator may be narrowed by stands in its `takes`; a target gives it in its `options`.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Final

from attrs import field, frozen

from ocop.errors import UnknownIdError, nearest
from ocop.programme import count_places, count_products, count_recognitions, count_subjects
from ocop.programme.measure import Measurement, Period
from ocop.programme.options import Options
from ocop.programme.portfolio import Portfolio
from ocop.programme.view import View
from ocop.text import FrozenDict, Label

_NO_OPTIONS: Final = Options()
Measure = Callable[[View, Period, Options], Measurement]


@frozen
class Indicator:
    """One thing that can be measured of a portfolio, from the first day of a period through its last.

    >>> from datetime import date
    >>> period = Period(date(2021, 1, 1), date(2025, 12, 31))
    >>> indicator("fairs").measure(Portfolio(fairs=[]), period).value
    0
    """

    id: str
    label: Label
    function: Measure = field(repr=False)
    base: Label | None = None
    """The population of which it measures a share; None where it is no share."""
    takes: tuple[str, ...] = ()
    """The names of the `Options` that it knows."""
    needs: tuple[str, ...] = ()
    """Those among them that it cannot do without."""
    is_flag: bool = False
    """Whether its value is yes or no."""
    sensitive: bool = False
    """Whether it counts by a personal fact, so that it never lists the ids of those it counts."""

    @property
    def is_share(self) -> bool:
        """Whether its value is a share."""
        return self.base is not None

    def measure(self, portfolio: Portfolio | View, period: Period, options: Options = _NO_OPTIONS) -> Measurement:
        """Return what it finds; a `View` of the portfolio, made once, saves time where many are asked."""
        view = portfolio if isinstance(portfolio, View) else View(portfolio)
        return self.function(view, period, options)


_SUBJECTS: Final = Label("chủ thể có sản phẩm OCOP", "subjects with a recognised product")
_RATED: Final = Label("sản phẩm đã được công nhận đến ngày tính", "products ever recognised by that day")

_ALL: Final = (
    Indicator(
        "recognition-events",
        Label("lượt công nhận", "recognition events"),
        count_recognitions.recognition_events,
        takes=("star", "events", "levels", "advanced_communes"),
    ),
    Indicator(
        "recognised-products",
        Label("sản phẩm được công nhận", "products recognised"),
        count_recognitions.recognised_products,
        takes=("star", "events", "levels", "advanced_communes"),
    ),
    Indicator(
        "products-reaching-star",
        Label("sản phẩm lần đầu đạt hạng sao", "products that reach a star for the first time"),
        count_recognitions.products_reaching_star,
        takes=("star",),
        needs=("star",),
    ),
    Indicator(
        "share-at-star",
        Label("tỷ lệ sản phẩm đạt hạng sao", "share of products at a star"),
        count_recognitions.share_at_star,
        Label("sản phẩm được công nhận trong kỳ", "products recognised in the period"),
        takes=("star", "base_star"),
        needs=("star",),
    ),
    Indicator(
        "share-of-rated-recognised-again",
        Label("tỷ lệ sản phẩm được củng cố, nâng cấp", "share of products consolidated or upgraded"),
        count_recognitions.share_recognised_again,
        _RATED,
        takes=("events",),
        needs=("events",),
    ),
    Indicator(
        "share-of-subjects-of-form",
        Label("tỷ lệ chủ thể theo loại hình", "share of subjects of a legal form"),
        count_subjects.share_of_form,
        _SUBJECTS,
        takes=("forms",),
        needs=("forms",),
    ),
    Indicator(
        "share-of-subjects-circular",
        Label("tỷ lệ chủ thể có chuỗi giá trị tuần hoàn", "share of subjects with a circular value chain"),
        count_subjects.share_circular,
        _SUBJECTS,
    ),
    Indicator(
        "share-of-subjects-modern-channel",
        Label("tỷ lệ chủ thể có kênh bán hàng hiện đại", "share of subjects in modern sales channels"),
        count_subjects.share_modern_channel,
        _SUBJECTS,
    ),
    Indicator(
        "share-of-subjects-headed-by-women",
        Label("tỷ lệ chủ thể do nữ đứng đầu", "share of subjects headed by women"),
        count_subjects.share_headed_by_women,
        _SUBJECTS,
        sensitive=True,
    ),
    Indicator(
        "subjects-run-by-ethnic-minorities",
        Label("có chủ thể do người dân tộc thiểu số điều hành", "a subject run by people of an ethnic minority"),
        count_subjects.any_run_by_ethnic_minority,
        is_flag=True,
        sensitive=True,
    ),
    Indicator(
        "share-of-workers-trained",
        Label("tỷ lệ lao động qua đào tạo", "share of workers trained"),
        count_subjects.share_of_workers_trained,
        Label("lao động của chủ thể có sản phẩm OCOP", "workers of subjects with a recognised product"),
    ),
    Indicator(
        "participants",
        Label("tổ chức đang tham gia", "organisations taking part"),
        count_subjects.participants,
        takes=("forms",),
    ),
    Indicator(
        "organisations-joined",
        Label("tổ chức mới tham gia", "organisations newly joined"),
        count_subjects.organisations_joined,
        takes=("forms",),
    ),
    Indicator(
        "share-trained",
        Label("tỷ lệ được đào tạo, tập huấn", "share trained"),
        count_subjects.share_trained,
        Label("người cần đào tạo", "people to be trained"),
        takes=("audiences",),
        needs=("audiences",),
    ),
    Indicator(
        "share-of-communes-with-product",
        Label("tỷ lệ xã, phường đã chọn sản phẩm", "share of communes that chose a product"),
        count_places.share_of_communes_with_product,
        Label("xã, phường", "communes"),
        takes=("each",),
    ),
    Indicator(
        "share-of-craft-villages-with-product",
        Label("tỷ lệ làng nghề có sản phẩm OCOP", "share of craft villages with a recognised product"),
        count_places.share_of_craft_villages,
        Label("làng nghề truyền thống", "traditional craft villages"),
    ),
    Indicator(
        "sales-points",
        Label("điểm giới thiệu và bán đang mở", "points of display and sale that are open"),
        count_places.sales_points,
        takes=("points", "tourism"),
    ),
    Indicator(
        "sales-points-opened",
        Label("điểm giới thiệu và bán mở mới", "points of display and sale newly opened"),
        count_places.sales_points_opened,
        takes=("points", "tourism"),
    ),
    Indicator("fairs", Label("hội chợ đã tổ chức", "fairs held"), count_places.fairs),
    Indicator(
        "mark-registered",
        Label("nhãn hiệu của chương trình được bảo hộ", "the programme's trade mark is registered"),
        count_places.mark_registered,
        is_flag=True,
    ),
    Indicator(
        "milestone",
        Label("mốc công việc hoàn thành", "a milestone is done"),
        count_places.milestone,
        takes=("milestone",),
        needs=("milestone",),
        is_flag=True,
    ),
    Indicator("projects", Label("dự án chuỗi giá trị", "value-chain projects"), count_products.projects),
    Indicator(
        "share-of-products-standardised",
        Label("tỷ lệ sản phẩm được tiêu chuẩn hóa", "share of products standardised"),
        count_products.share_standardised,
        Label("sản phẩm của địa phương", "products of the place"),
    ),
    Indicator(
        "products-promoted",
        Label("sản phẩm được nâng chất lượng và xúc tiến", "products raised in quality and promoted"),
        count_products.products_promoted,
    ),
    Indicator(
        "products-protected",
        Label("sản phẩm được bảo hộ", "products protected"),
        count_products.products_protected,
        takes=("protections",),
        needs=("protections",),
    ),
    Indicator(
        "share-of-dossiers-digital",
        Label("tỷ lệ hồ sơ đã số hóa", "share of dossiers in digital form"),
        count_products.share_of_dossiers_digital,
        Label("hồ sơ của sản phẩm đã được công nhận", "dossiers of products ever recognised"),
    ),
)

INDICATORS: Final[Mapping[str, Indicator]] = FrozenDict({each.id: each for each in _ALL})
"""The indicators by id."""


def indicator(indicator_id: str, known: Mapping[str, Indicator] = INDICATORS) -> Indicator:
    """Return the indicator with this id.

    Raises:
        UnknownIdError: where there is none; it names the nearest.

    >>> indicator("share-at-star").base.en
    'products recognised in the period'
    """
    if indicator_id not in known:
        ids: Collection[str] = known.keys()
        raise UnknownIdError("indicator", indicator_id, nearest(indicator_id, ids), tuple(ids))
    return known[indicator_id]
