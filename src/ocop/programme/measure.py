"""What an indicator measures, and what it needs to know for it."""

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from typing import Final

from attrs import evolve, frozen

from ocop.text import Label

Value = Fraction | int | bool | None
"""A share is a Fraction, a number of things an int, a flag a bool; None is not known."""

_DATA: Final = {
    "recognitions": Label("giấy chứng nhận hoặc các lượt công nhận", "the certificates or the recognition events"),
    "certificate-levels": Label("giấy chứng nhận của các lượt công nhận", "the certificates of recognition events"),
    "products": Label("danh sách sản phẩm", "the list of products"),
    "product-records": Label("sản phẩm được nhắc đến", "products that are named"),
    "product-places": Label("xã của sản phẩm", "the communes of products"),
    "protection-days": Label("ngày cấp văn bằng bảo hộ của sản phẩm", "the days on which products were protected"),
    "subjects": Label("danh sách chủ thể", "the list of subjects"),
    "subject-records": Label("chủ thể được nhắc đến", "subjects that are named"),
    "circular-chains": Label("chuỗi giá trị tuần hoàn của chủ thể", "the subjects' circular value chains"),
    "modern-channels": Label("kênh bán hàng hiện đại của chủ thể", "the subjects' modern sales channels"),
    "workforces": Label("số lao động và số đã qua đào tạo của chủ thể", "the subjects' workers, and those trained"),
    "heads-sex": Label("giới tính của người đứng đầu chủ thể", "the sex of the subjects' heads"),
    "heads-ethnicity": Label("dân tộc của người điều hành chủ thể", "the ethnicity of those who run the subjects"),
    "communes": Label("danh sách xã, phường", "the list of communes"),
    "chosen-products": Label("sản phẩm mà xã, phường đã chọn", "the products that communes chose"),
    "craft-villages": Label("danh sách làng nghề", "the list of craft villages"),
    "village-products": Label("sản phẩm của làng nghề", "the products of craft villages"),
    "trainings": Label("danh sách lớp đào tạo, tập huấn", "the list of trainings"),
    "audience-totals": Label("tổng số người cần đào tạo", "how many people are to be trained"),
    "sales-points": Label("danh sách điểm giới thiệu và bán sản phẩm", "the list of points of display and sale"),
    "tourism-ties": Label("điểm bán nào gắn với du lịch", "which points of sale are tied to tourism"),
    "fairs": Label("danh sách hội chợ", "the list of fairs"),
    "marks": Label("danh sách nhãn hiệu của chương trình", "the list of the programme's trade marks"),
    "projects": Label("danh sách dự án chuỗi giá trị", "the list of value-chain projects"),
    "promoted": Label("danh sách sản phẩm được nâng chất lượng, xúc tiến", "the list of products raised and promoted"),
    "standardised": Label("danh sách sản phẩm đã tiêu chuẩn hóa", "the list of standardised products"),
    "participants": Label("danh sách tổ chức tham gia", "the list of organisations that take part"),
    "milestones": Label("mốc công việc", "the milestone"),
    "dossiers": Label("danh sách hồ sơ", "the list of dossiers"),
    "dossier-records": Label("hồ sơ của sản phẩm đã đánh giá", "the dossiers of rated products"),
    "dossier-media": Label("hồ sơ nào đã số hóa", "which dossiers are digital"),
}


@frozen
class Period:
    """The days from `start` through `end`."""

    start: date
    end: date

    def holds(self, day: date | None) -> bool:
        """Return whether `day` is one of them; None, a day that has not come, is not."""
        return day is not None and self.start <= day <= self.end


@frozen
class Missing:
    """Data that would settle a measurement.

    >>> Missing("village-products", ("v1",)).label.en
    'the products of craft villages'
    """

    data: str
    """What is missing, by its slug."""
    of: tuple[str, ...] = ()
    """The ids of what it is missing of; empty where a whole list is missing, and where ids would tell too much."""

    @property
    def label(self) -> Label:
        """What is missing, in words."""
        return _DATA[self.data]


@frozen(kw_only=True)
class Measurement:
    """What an indicator found. It is never rounded.

    Where data are missing the value is None, and lies from `least` to `most` where that much is known: as if all that
    is unknown did not count, or did.
    """

    value: Value = None
    least: Fraction | int | None = None
    """The value if nothing of what is unknown counted; equal to `most` where nothing is."""
    most: Fraction | int | None = None
    """The value if all of what is unknown counted."""
    base: int | None = None
    """How many the population of a share has."""
    counted: tuple[str, ...] = ()
    """The ids of what was counted: in a share, of its upper part. Empty where they would tell a personal fact."""
    missing: tuple[Missing, ...] = ()
    """What would settle it."""
    why: tuple[Label, ...] = ()
    """How it was counted, where that is not plain."""

    @property
    def settled(self) -> bool:
        """Whether the value is known."""
        return self.value is not None


def unknown(*missing: str, why: Iterable[Label] = ()) -> Measurement:
    """Return the measurement of which nothing is known for want of the data with these slugs.

    >>> unknown("products").value is None
    True
    """
    return Measurement(missing=tuple(Missing(each) for each in missing), why=tuple(why))


def counting(
    counted: Iterable[str], unsure: Sequence[str] = (), missing: Iterable[Missing] = (), why: Iterable[Label] = ()
) -> Measurement:
    """Return the number of those `counted`, where of those `unsure` it is not known whether they count.

    >>> counting(["a", "b"], ["c"]).value is None, counting(["a", "b"], ["c"]).most
    (True, 3)
    """
    ids = tuple(counted)
    least, most = len(ids), len(ids) + len(unsure)
    return Measurement(
        value=least if least == most else None,
        least=least,
        most=most,
        counted=ids,
        missing=tuple(missing),
        why=tuple(why),
    )


def sharing(
    counted: Iterable[str],
    base: int,
    unsure: Sequence[str] = (),
    missing: Iterable[Missing] = (),
    why: Iterable[Label] = (),
) -> Measurement:
    """Return the share of those `counted` in a population of `base`; of an empty one there is no share.

    >>> sharing(["a"], 4).value, sharing([], 0).value
    (Fraction(1, 4), None)
    """
    number = counting(counted, unsure, missing, why)
    if not base:
        return Measurement(base=0, missing=number.missing, why=(*number.why, EMPTY_BASE))
    least, most = Fraction(len(number.counted), base), Fraction(len(number.counted) + len(unsure), base)
    return evolve(number, value=least if least == most else None, least=least, most=most, base=base)


def flag(measurement: Measurement) -> Measurement:
    """Return a number as a flag: whether there is one; what else is missing does not matter then.

    >>> flag(counting(["a"])).value, flag(counting([], ["b"])).value
    (True, None)
    """
    if measurement.least is None or measurement.most is None:
        return measurement
    least, most = int(measurement.least > 0), int(measurement.most > 0)
    if least != most:
        return evolve(measurement, value=None, least=least, most=most)
    return evolve(measurement, value=bool(least), least=least, most=most, missing=())


def hidden(measurement: Measurement, why: Label) -> Measurement:
    """Return the measurement without any id, and `why`."""
    missing = tuple(Missing(each.data) for each in measurement.missing)
    return evolve(measurement, counted=(), missing=missing, why=(*measurement.why, why))


EMPTY_BASE: Final = Label("không có đối tượng nào để tính tỷ lệ", "there is nothing of which this could be a share")
