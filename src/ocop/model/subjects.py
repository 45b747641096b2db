"""Who takes part: the subjects of the programme, those who represent them and those who work for them."""

from collections.abc import Iterator
from enum import Enum
from fractions import Fraction
from re import compile as pattern
from typing import Final

from attrs import field, frozen

from ocop.errors import Problem, Report, pointer, shortened
from ocop.model.checks import commune_problems, empty_texts
from ocop.model.fields import counts, is_a, numbers, optional_count, optional_text, text
from ocop.model.numbers import tax_id_problems
from ocop.text import FrozenDict, Label

YEAR: Final = pattern(r"[12][0-9]{3}")


class LegalForm(Enum):
    """The form in which a subject does business.

    References:
        Decision 26/2026/QĐ-TTg, Article 2.

    >>> LegalForm("cooperative").label.vi, LegalForm.FARM.is_enterprise
    ('hợp tác xã', False)
    """

    COOPERATIVE = "cooperative"
    COOPERATIVE_GROUP = "cooperative-group"
    LIMITED_COMPANY = "limited-company"
    PRIVATE_ENTERPRISE = "private-enterprise"
    JOINT_STOCK_COMPANY = "joint-stock-company"
    FARM = "farm"
    REGISTERED_HOUSEHOLD = "registered-household"
    ASSOCIATION = "association"
    OPERATING_CENTRE = "operating-centre"
    EQUIVALENT_ORGANISATION = "equivalent-organisation"

    @property
    def label(self) -> Label:
        """Its name."""
        return _FORMS[self]

    @property
    def is_enterprise(self) -> bool:
        """Whether it is one of the three forms of company that the decision calls small or medium enterprises."""
        return self in (LegalForm.LIMITED_COMPANY, LegalForm.PRIVATE_ENTERPRISE, LegalForm.JOINT_STOCK_COMPANY)

    @property
    def has_personal_tax_id(self) -> bool:
        """Whether its tax id may be the personal number of who owns it: a household's, or a farm's, which one owns.

        References:
            Circular 86/2024/TT-BTC (households); Circular 02/2020/TT-BNNPTNT, Article 1 (who owns a farm).
        """
        return self in (LegalForm.REGISTERED_HOUSEHOLD, LegalForm.FARM)


_FORMS: Final = {
    LegalForm.COOPERATIVE: Label("hợp tác xã", "cooperative"),
    LegalForm.COOPERATIVE_GROUP: Label("tổ hợp tác", "cooperative group"),
    LegalForm.LIMITED_COMPANY: Label("công ty TNHH", "limited company"),
    LegalForm.PRIVATE_ENTERPRISE: Label("doanh nghiệp tư nhân", "private enterprise"),
    LegalForm.JOINT_STOCK_COMPANY: Label("công ty cổ phần", "joint-stock company"),
    LegalForm.FARM: Label("trang trại", "farm"),
    LegalForm.REGISTERED_HOUSEHOLD: Label("hộ có đăng ký kinh doanh", "registered household"),
    LegalForm.ASSOCIATION: Label("hội, hiệp hội", "association"),
    LegalForm.OPERATING_CENTRE: Label("trung tâm điều hành", "operating centre"),
    LegalForm.EQUIVALENT_ORGANISATION: Label("tổ chức tương đương", "equivalent organisation"),
}


class Sex(Enum):
    """The sex of a representative, as the local programmes count it."""

    FEMALE = "female"
    MALE = "male"

    @property
    def label(self) -> Label:
        """Its name."""
        return _SEXES[self]


_SEXES: Final = {Sex.FEMALE: Label("nữ", "female"), Sex.MALE: Label("nam", "male")}


class CooperativeRating(Enum):
    """How well a cooperative works, by the yearly classification of cooperatives.

    >>> CooperativeRating.GOOD.label
    Label(vi='tốt', en='good')
    """

    GOOD = "good"
    FAIR = "fair"
    AVERAGE = "average"
    WEAK = "weak"

    @property
    def label(self) -> Label:
        """Its name."""
        return _RATINGS[self]


_RATINGS: Final = {
    CooperativeRating.GOOD: Label("tốt", "good"),
    CooperativeRating.FAIR: Label("khá", "fair"),
    CooperativeRating.AVERAGE: Label("trung bình", "average"),
    CooperativeRating.WEAK: Label("yếu", "weak"),
}


@frozen
class Representative:
    """A subject's legal representative; None is what is not known. Only the name is ever printed.

    >>> Representative("Lò Thị Mai", sex=Sex.FEMALE, ethnic_minority=True)
    Representative(name='Lò Thị Mai')
    """

    name: str = field(converter=text, validator=is_a(str))
    sex: Sex | None = field(default=None, repr=False, validator=is_a(Sex, optional=True))
    ethnic_minority: bool | None = field(default=None, repr=False, validator=is_a(bool, optional=True))
    """Whether of an ethnic minority."""
    disability: bool | None = field(default=None, repr=False, validator=is_a(bool, optional=True))
    """Whether with a disability."""


@frozen
class Workforce:
    """How many people work for a subject; None is what is not known.

    >>> workforce = Workforce(20, {"24781": 15})
    >>> workforce.local_labour_share("24781"), workforce.local_labour_share("24778")
    (Fraction(3, 4), None)
    """

    total: int | None = field(default=None, validator=optional_count)
    local: FrozenDict[str, int] = field(default=FrozenDict({}), converter=numbers, validator=counts)
    """By a commune's code how many of them live there. Of a commune not named it is not known; 0 says that none do."""
    insured: int | None = field(default=None, validator=optional_count)
    """How many of them have social insurance."""
    trained: int | None = field(default=None, validator=optional_count)
    """How many of them have been trained."""

    def local_labour_share(self, commune: str) -> Fraction | None:
        """Return the share of those who live in the commune of this code, or None where it is not known.

        It is not known where a number is not, and where nobody works at all.
        """
        local = self.local.get(commune)
        return Fraction(local, self.total) if self.total and local is not None else None


@frozen
class Subject:
    """Who brings a product into the programme (*chủ thể OCOP*).

    A subject may be incomplete or wrong: `check_subject` tells every problem at once.

    References:
        Decision 26/2026/QĐ-TTg, Article 2; forms 01 and 02 of Annex III.

    >>> subject = Subject("chieng-di", "HTX chè Chiềng Đi", LegalForm.COOPERATIVE, tax_id="0100112437")
    >>> subject.legal_form.label.en, "0100112437" in repr(subject)
    ('cooperative', False)
    """

    id: str = field(converter=text, validator=is_a(str))
    """What other documents call it by; it is printed, so never a person's number."""
    name: str = field(converter=text, validator=is_a(str))
    legal_form: LegalForm = field(validator=is_a(LegalForm))
    place: str | None = field(default=None, converter=optional_text, validator=is_a(str, optional=True))
    """The code of its commune."""
    business_registration: str | None = field(
        default=None, converter=optional_text, validator=is_a(str, optional=True), repr=False
    )
    """The number of its registration; a household's may be a personal number."""
    tax_id: str | None = field(default=None, converter=optional_text, validator=is_a(str, optional=True), repr=False)
    """Its tax id; a household's may be a personal number."""
    representative: Representative | None = field(default=None, validator=is_a(Representative, optional=True))
    workforce: Workforce | None = field(default=None, validator=is_a(Workforce, optional=True))
    profits: FrozenDict[str, int] = field(default=FrozenDict({}), converter=numbers, repr=False)
    """By year, such as ``"2025"``, its profit in đồng; a loss is below 0."""
    local_capital: Fraction | None = field(default=None, validator=is_a(Fraction, optional=True))
    """The share of a joint-stock company's capital that the local community holds, from 0 to 1."""
    cooperative_rating: CooperativeRating | None = field(default=None, validator=is_a(CooperativeRating, optional=True))
    """How a cooperative was classified last."""


def check_subject(subject: Subject) -> Report:
    """Return every problem of a subject, whatever it is for; `ocop.procedure.eligibility` tells what it may enter.

    Sensitive values (numbers of persons, profits, who the representative is) are never told.

    References:
        Decision 26/2026/QĐ-TTg, Article 2; form 02 of Annex III (registration, labour, growth).

    >>> subject = Subject("f1", "Trang trại Hòa Bình", LegalForm.FARM, workforce=Workforce(4, insured=5))
    >>> print(check_subject(subject).text("en"))
    2 problems
      /business_registration: The business registration is missing. [registration-missing]
      /workforce/insured: More people are insured than work there. Expected: ≤ 4. Got: 5. [workforce-insured]
    """
    return Report(_problems(subject))


def _problems(subject: Subject) -> Iterator[Problem]:
    yield from empty_texts(subject, "id", "name")
    if subject.place is not None:
        yield from commune_problems(subject.place, pointer("place"))
    if not (subject.business_registration or "").strip():
        yield Problem.of("registration-missing", pointer("business_registration"))
    if subject.tax_id is not None:
        yield from tax_id_problems(subject.tax_id, pointer("tax_id"), subject.legal_form)
    if subject.representative is not None:
        yield from (each.below("/representative") for each in empty_texts(subject.representative, "name"))
    if subject.workforce is not None:
        yield from (each.below("/workforce") for each in _workforce(subject.workforce))
    for year in subject.profits:
        if not YEAR.fullmatch(year):
            yield Problem.of("profit-year", pointer("profits", year), expected="2025", got=shortened(year))
    yield from _by_form(subject)


def _workforce(workforce: Workforce) -> Iterator[Problem]:
    for code in workforce.local:
        yield from commune_problems(code, pointer("local", code))
    if workforce.total is None:
        return
    for name, code, number in (
        ("local", "workforce-local", sum(workforce.local.values())),
        ("insured", "workforce-insured", workforce.insured),
        ("trained", "workforce-trained", workforce.trained),
    ):
        if number is not None and number > workforce.total:
            yield Problem.of(code, pointer(name), expected=f"≤ {workforce.total}", got=str(number))


def _by_form(subject: Subject) -> Iterator[Problem]:
    """Yield what this legal form cannot have."""
    form, capital, where = subject.legal_form, subject.local_capital, pointer("local_capital")
    if capital is not None:
        if form is not LegalForm.JOINT_STOCK_COMPANY:
            yield Problem.of("local-capital-form", where, form=form.label)
        if not 0 <= capital <= 1:
            yield Problem.of("local-capital-range", where, expected="0 … 1", got=str(capital))
    if subject.cooperative_rating is not None and form is not LegalForm.COOPERATIVE:
        yield Problem.of("rating-form", pointer("cooperative_rating"), form=form.label)
