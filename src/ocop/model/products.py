"""Products: what they are called, who makes them, where, under which code, and how they are protected."""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from enum import Enum
from functools import total_ordering
from typing import Any, Final, TypeVar

import attrs
from attrs import field, frozen

from ocop.canonical import AsText
from ocop.errors import ConversionError, Problem, Report, UnknownIdError, pointer, shortened
from ocop.model.checks import commune_problems, empty_texts
from ocop.model.fields import Validator, is_a, optional_text, text, texts, tuple_of
from ocop.model.numbers import gtin_problems
from ocop.model.places import (
    Commune,
    Province,
    commune,
    old_province,
    old_provinces,
    province,
    province_since,
    provinces,
)
from ocop.text import Label

T = TypeVar("T")
_CODE: Final = re.compile(r"([0-9]{2})-(?:([0-9]{3})-)?([0-9]{5})-(0|[1-9][0-9]{0,5})-([1-9][0-9]{3})")


def _digits(count: int, *, optional: bool = False) -> Validator:
    check_type = is_a(str, optional=optional)

    def check(instance: Any, attribute: "attrs.Attribute[Any]", value: Any) -> None:
        check_type(instance, attribute, value)
        if value is not None and not re.fullmatch(f"[0-9]{{{count}}}", value):
            raise ConversionError(f"{attribute.name}: expected {count} digits; got {shortened(value)}")

    return check


def _from_to(least: int, most: int) -> Validator:
    check_type = is_a(int)

    def check(instance: Any, attribute: "attrs.Attribute[Any]", value: Any) -> None:
        check_type(instance, attribute, value)
        if not least <= value <= most:
            raise ConversionError(f"{attribute.name}: expected {least} to {most}; got {shortened(value)}")

    return check


@total_ordering
@frozen
class ProductCode(AsText):
    """A product's code: province, commune, running number and year; with the district while there were districts.

    The running number is written without leading zeros, so that a code has one form only.

    Codes come in the order in which people list them: by province, district, commune, year and number, 2 before 12.

    References:
        Decision 26/2026/QĐ-TTg, Article 6 and Annex III (form of the code); Decision 19/2025/QĐ-TTg (codes of places).

    >>> code = ProductCode.parse("79-25750-12-2026")
    >>> code.commune, code.number, str(code), ProductCode.parse("79-25750-2-2026") < code
    ('25750', 12, '79-25750-12-2026', True)
    """

    province: str = field(validator=_digits(2))
    """The province's code; with a district, one of before July 2025."""
    commune: str = field(validator=_digits(5))
    """The commune's code; with a district, one of before July 2025."""
    number: int = field(validator=_from_to(0, 999_999))
    """The running number that the commune keeps, from 1."""
    year: int = field(validator=_from_to(1000, 9999))
    """The year of the evaluation."""
    district: str | None = field(default=None, validator=_digits(3, optional=True))
    """The district's code, in a code of five parts."""

    @classmethod
    def parse(cls, text: str) -> "ProductCode":
        """Return the code that `text` stands for: four parts, or five with the district in second place.

        Raises:
            ConversionError: for any other form.

        >>> ProductCode.parse("77-748-26569-3-2021").district
        '748'
        >>> ProductCode.parse("79-25750-02-2026")
        Traceback (most recent call last):
            ...
        ocop.errors.ConversionError: expected a product code such as 79-25750-2-2026; got "79-25750-02-2026"
        """
        parts = _CODE.fullmatch(text) if isinstance(text, str) else None
        if parts is None:
            raise ConversionError(f"expected a product code such as 79-25750-2-2026; got {shortened(text)}")
        return cls(parts[1], parts[3], int(parts[4]), int(parts[5]), parts[2])

    def __str__(self) -> str:
        parts = (self.province, self.district, self.commune, self.number, self.year)
        return "-".join([str(part) for part in parts if part is not None])

    def __lt__(self, other: "ProductCode") -> bool:
        return self._order < other._order if isinstance(other, ProductCode) else NotImplemented

    @property
    def _order(self) -> tuple[str, str, str, int, int]:
        return self.province, self.district or "", self.commune, self.year, self.number

    def problems(self, pointer: str = "") -> tuple[Problem, ...]:
        """Return what is wrong with the code, which stands at `pointer`, by the lists of places.

        Of a code with a district, only the province and the year can be checked: the places below the province as they
        were before July 2025 are not in the data.

        >>> [problem] = ProductCode.parse("79-24781-3-2026").problems()
        >>> print(problem.message.en)
        Phường Xuân Hương - Đà Lạt is in Lam Dong, not in Ho Chi Minh
        """
        return tuple(problem.below(pointer) for problem in self._problems())

    def _problems(self) -> Iterator[Problem]:
        yield from self._of_today() if self.district is None else self._of_before()
        if self.number < 1:
            yield Problem.of("product-code-number", expected="≥ 1", got=str(self.number))

    def _of_today(self) -> Iterator[Problem]:
        said, province_hint = _looked_up(province, self.province)
        found, commune_hint = _looked_up(commune, self.commune)
        if said is None:
            hint = found.province if found else province_hint
            yield Problem.of("product-code-province", code=self.province, hint=hint)
        if found is None:
            yield Problem.of("product-code-commune", code=self.commune, hint=commune_hint)
        elif said and said.code != found.province:
            holder = province(found.province)
            yield Problem.of(
                "product-code-commune-elsewhere",
                expected=holder.code,
                got=said.code,
                commune=found.full_name,
                holder=holder.name,
                other=said.name,
            )
        first = min(each.valid_from for each in provinces()).year
        if self.year < first:
            yield Problem.of("product-code-four-parts", expected=f"≥ {first}", got=str(self.year), year=first)

    def _of_before(self) -> Iterator[Problem]:
        said, hint = _looked_up(old_province, self.province)
        if said is None:
            yield Problem.of("product-code-old-province", code=self.province, hint=hint)
        last = max(each.valid_to for each in old_provinces()).year
        if self.year > last:
            yield Problem.of("product-code-five-parts", expected=f"≤ {last}", got=str(self.year), year=last)


def _looked_up(of: Callable[[str], T], code: str) -> tuple[T | None, str | None]:
    """Return what `of` finds for the code, or else the code it would suggest."""
    try:
        return of(code), None
    except UnknownIdError as error:
        return None, error.hint


class DeclarationKind(Enum):
    """How the quality of a product was declared."""

    SELF_DECLARED = "self-declared"
    REGISTERED = "registered"
    STANDARD = "standard"

    @property
    def label(self) -> Label:
        """Its name.

        >>> DeclarationKind.SELF_DECLARED.label.vi
        'tự công bố sản phẩm'
        """
        return _DECLARATIONS[self]


_DECLARATIONS: Final = {
    DeclarationKind.SELF_DECLARED: Label("tự công bố sản phẩm", "self-declaration"),
    DeclarationKind.REGISTERED: Label("đăng ký bản công bố", "registered declaration"),
    DeclarationKind.STANDARD: Label("công bố tiêu chuẩn áp dụng", "declaration of the standard applied"),
}


@frozen
class QualityDeclaration:
    """A declaration of a product's quality.

    References:
        Decision 26/2026/QĐ-TTg, form 02 of Annex III (quality declaration).

    >>> QualityDeclaration("01/HTX/2026", DeclarationKind.SELF_DECLARED, standard="TCVN 9740:2013").authority is None
    True
    """

    number: str = field(converter=text, validator=is_a(str))
    kind: DeclarationKind | None = field(default=None, validator=is_a(DeclarationKind, optional=True))
    """How it was declared; None is not known."""
    authority: str | None = field(default=None, converter=optional_text, validator=is_a(str, optional=True))
    """Who took it in or registered it."""
    issued: date | None = field(default=None, validator=is_a(date, optional=True))
    expires: date | None = field(default=None, validator=is_a(date, optional=True))
    standard: str | None = field(default=None, converter=optional_text, validator=is_a(str, optional=True))
    """The standard or technical regulation that the product is declared to meet."""


class ProtectionKind(Enum):
    """How intellectual property in a product is protected."""

    TRADE_MARK_FILED = "trade-mark-filed"
    """An application for a trade mark that passed the examination of its form."""
    TRADE_MARK = "trade-mark"
    COLLECTIVE_MARK = "collective-mark"
    CERTIFICATION_MARK = "certification-mark"
    GEOGRAPHICAL_INDICATION = "geographical-indication"
    INDUSTRIAL_DESIGN = "industrial-design"
    PATENT = "patent"
    UTILITY_SOLUTION = "utility-solution"
    COPYRIGHT = "copyright"

    @property
    def label(self) -> Label:
        """Its name.

        >>> ProtectionKind.COLLECTIVE_MARK.label.vi
        'nhãn hiệu tập thể'
        """
        return _PROTECTIONS[self]


_PROTECTIONS: Final = {
    ProtectionKind.TRADE_MARK_FILED: Label("đơn đăng ký nhãn hiệu", "trade mark filed"),
    ProtectionKind.TRADE_MARK: Label("nhãn hiệu", "trade mark"),
    ProtectionKind.COLLECTIVE_MARK: Label("nhãn hiệu tập thể", "collective mark"),
    ProtectionKind.CERTIFICATION_MARK: Label("nhãn hiệu chứng nhận", "certification mark"),
    ProtectionKind.GEOGRAPHICAL_INDICATION: Label("chỉ dẫn địa lý", "geographical indication"),
    ProtectionKind.INDUSTRIAL_DESIGN: Label("kiểu dáng công nghiệp", "industrial design"),
    ProtectionKind.PATENT: Label("sáng chế", "patent"),
    ProtectionKind.UTILITY_SOLUTION: Label("giải pháp hữu ích", "utility solution"),
    ProtectionKind.COPYRIGHT: Label("quyền tác giả", "copyright"),
}


@frozen
class Protection:
    """A right, or an application for one, that protects intellectual property in a product; None is not known.

    References:
        Decision 26/2026/QĐ-TTg, form 02 of Annex III (intellectual property), and the criterion on it in Annex II.

    >>> Protection(ProtectionKind.TRADE_MARK, "4-0451234-000", on_packaging=True).kind.label.en
    'trade mark'
    """

    kind: ProtectionKind = field(validator=is_a(ProtectionKind))
    number: str | None = field(default=None, converter=optional_text, validator=is_a(str, optional=True))
    """The number of the certificate, or of the application."""
    name: str | None = field(default=None, converter=optional_text, validator=is_a(str, optional=True))
    """What is protected: the words of a mark, say."""
    issued: date | None = field(default=None, validator=is_a(date, optional=True))
    """The day of the certificate; of an application, that on which it was accepted."""
    expires: date | None = field(default=None, validator=is_a(date, optional=True))
    right_of_use: bool | None = field(default=None, validator=is_a(bool, optional=True))
    """Whether a document grants this subject its use; asked of what several share: geographical indications, collective
    and certification marks."""
    on_packaging: bool | None = field(default=None, validator=is_a(bool, optional=True))
    """Whether it stands on the packaging or the label."""
    of_mark: bool | None = field(default=None, validator=is_a(bool, optional=True))
    """Of a copyright, whether it is in a mark; such a one does not count as a copyright beside the mark."""


@frozen
class Award:
    """A prize that a product won.

    References:
        Decision 26/2026/QĐ-TTg, form 02 of Annex III (awards).

    >>> Award("Tea of the year", "the province").issued is None
    True
    """

    name: str = field(converter=text, validator=is_a(str))
    issuer: str | None = field(default=None, converter=optional_text, validator=is_a(str, optional=True))
    """Who gave it."""
    issued: date | None = field(default=None, validator=is_a(date, optional=True))


def _declarations(values: Iterable[QualityDeclaration]) -> tuple[QualityDeclaration, ...]:
    return tuple_of(QualityDeclaration, values)


def _protections(values: Iterable[Protection]) -> tuple[Protection, ...]:
    return tuple_of(Protection, values)


def _awards(values: Iterable[Award]) -> tuple[Award, ...]:
    return tuple_of(Award, values)


@frozen
class Product:
    """What a subject brings into the programme; None is what is not known.

    A product may be incomplete or wrong: `check_product` tells every problem at once.

    References:
        Decision 26/2026/QĐ-TTg, Article 1; forms 01 and 02 of Annex III.

    >>> product = Product("tea", "Chè Shan tuyết", "htx-shan-tuyet", "24781", "qd26-2026/tea")
    >>> product.code is None, product.barcodes
    (True, ())
    """

    id: str = field(converter=text, validator=is_a(str))
    """What other documents call it by."""
    name: str = field(converter=text, validator=is_a(str))
    subject: str = field(converter=text, validator=is_a(str))
    """The id of the subject that makes it."""
    place: str | None = field(default=None, converter=optional_text, validator=is_a(str, optional=True))
    """The code of the commune that proposes it."""
    criteria_set: str | None = field(default=None, converter=optional_text, validator=is_a(str, optional=True))
    """The id of the criteria set by which it is scored, such as ``"qd26-2026/tea"``."""
    code: ProductCode | None = field(default=None, validator=is_a(ProductCode, optional=True))
    """The product code, once it has one."""
    barcodes: tuple[str, ...] = field(default=(), converter=texts)
    """The numbers of its barcodes: GTINs of 8, 12, 13 or 14 digits."""
    declarations: tuple[QualityDeclaration, ...] = field(default=(), converter=_declarations)
    protections: tuple[Protection, ...] = field(default=(), converter=_protections)
    awards: tuple[Award, ...] = field(default=(), converter=_awards)


def check_product(product: Product) -> Report:
    """Return every problem of a product by itself: its names, place, code, numbers and dates.

    Whether its subject and its criteria set exist is not asked here.

    References:
        Decision 26/2026/QĐ-TTg, forms 01 and 02 of Annex III.

    >>> report = check_product(Product("tea", "Chè", "htx", "24781", code=ProductCode.parse("68-24778-3-2026")))
    >>> print(report.problems[0].message.en)
    The product code names Phường Lâm Viên - Đà Lạt, and the product is from Phường Xuân Hương - Đà Lạt
    """
    return Report(_product_problems(product))


def _product_problems(product: Product) -> Iterator[Problem]:
    yield from empty_texts(product, "id", "name", "subject")
    if product.place is not None:
        yield from commune_problems(product.place, pointer("place"))
    if product.code is not None:
        yield from product.code.problems(pointer("code"))
        if product.place is not None:
            yield from _of_another_place(product.code, product.place)
    seen: set[object] = set()
    for index, barcode in enumerate(product.barcodes):
        where = pointer("barcodes", index)
        yield from gtin_problems(barcode, where)
        if barcode in seen:
            yield Problem.of("barcode-repeated", where, got=shortened(barcode))
        seen.add(barcode)
    for list_name in ("declarations", "protections"):
        for index, paper in enumerate(getattr(product, list_name)):
            if paper.issued and paper.expires and paper.expires < paper.issued:
                where = pointer(list_name, index, "expires")
                got, least = paper.expires.isoformat(), paper.issued.isoformat()
                yield Problem.of("expires-before-issued", where, expected=f"≥ {least}", got=got)
    for index, protection in enumerate(product.protections):
        right = protection.kind, protection.number
        if protection.number and right in seen:
            yield Problem.of("protection-repeated", pointer("protections", index), got=shortened(protection.number))
        seen.add(right)


def _of_another_place(code: ProductCode, of: str) -> Iterator[Problem]:
    """Yield a problem where the code names another commune than `of`, or an old province that does not hold it."""
    said: Commune | Province
    found: Commune | Province
    try:
        found = commune(of)
        if code.district is None:
            said = commune(code.commune)
        else:
            said, found = province_since(code.province), province(found.province)
    except UnknownIdError:
        return  # which is told already
    if said != found:
        names = (said.full_name, found.full_name)
        yield Problem.of(
            "product-place-differs", pointer("code"), expected=found.code, got=said.code, said=names[0], place=names[1]
        )
