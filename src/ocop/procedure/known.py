"""What is known of a subject and its product, as facts by name; what is not known says what is missing."""

from collections.abc import Iterable, Mapping
from enum import Enum
from fractions import Fraction
from typing import Final

from attrs import frozen

from ocop.model.products import Product, ProtectionKind
from ocop.model.subjects import CooperativeRating, LegalForm, Sex, Subject
from ocop.procedure.facts import ExportMarket, Facts, MarketArea
from ocop.procedure.rights import Rights, Unknown
from ocop.text import Label

Choice = LegalForm | CooperativeRating | MarketArea | ExportMarket
Value = bool | int | Fraction | Choice | tuple[Choice, ...]


Known = Mapping[str, Value | Unknown]
"""By its slug the value of each fact of `FACTS`, or why it has none."""


class FactKind(Enum):
    """What sort of value a fact has."""

    SHARE = "share"
    """A `Fraction` of 1."""
    COUNT = "count"
    FLAG = "flag"
    CHOICE = "choice"
    """A member of an enum, known by its value."""
    CHOICES = "choices"
    """Several of them."""


@frozen
class FactType:
    """What is known of a fact before its value is."""

    kind: FactKind
    values: tuple[str, ...] = ()
    """Of a choice, all the values there are."""
    sensitive: bool = False
    """Whether its value is never told."""


def _of(members: Iterable[Enum], kind: FactKind = FactKind.CHOICE) -> FactType:
    return FactType(kind, tuple(str(member.value) for member in members))


_SHARE, _COUNT, _FLAG = FactType(FactKind.SHARE), FactType(FactKind.COUNT), FactType(FactKind.FLAG)
_SENSITIVE: Final = FactType(FactKind.FLAG, sensitive=True)

FACTS: Final[Mapping[str, FactType]] = {
    "legal-form": _of(LegalForm),
    "local-capital-share": _SHARE,
    "business-registered": _FLAG,
    "legal-representative": _SENSITIVE,
    "local-labour-share": _SHARE,
    "cooperative-rating": _of(CooperativeRating),
    "profit-up-last-year": _SENSITIVE,
    "profit-up-year-before": _SENSITIVE,
    "local-inputs-share": _SHARE,
    "local-product-share": _SHARE,
    "linkage-output-share": _SHARE,
    "linkage-months": _COUNT,
    "market": _of(MarketArea),
    "agents": _COUNT,
    "modern-trade-contract": _FLAG,
    "export-contract": _FLAG,
    "export-markets": _of(ExportMarket, FactKind.CHOICES),
    "promotion-agents": _COUNT,
    "promotion-agents-in-province": _COUNT,
    "promotion-agents-outside-province": _COUNT,
    "origin-sign": _FLAG,
    "marks-on-packaging-registered": _FLAG,
    "marks-in-use-registered": _FLAG,
    "shared-rights-granted": _FLAG,
    **{kind.value: _FLAG for kind in ProtectionKind},
}
"""Every fact that an edition may tie to choices, by slug; those of `ProtectionKind` say whether such a right is in
force."""

INPUTS: Final = (
    "subject-place",
    "workforce-total",
    "workforce-local",
    "profits",
    "assessment-year",
    "as-of",
    "protections",
    "mark-on-packaging",
    "right-of-use",
    "copyright-of-mark",
)
"""What facts are derived from, where it is no fact itself."""

NOT_COMPARABLE: Final = "profits-not-comparable"
"""The remark on profits of which the words do not say how they compare; it must not tell that they are losses."""


def slug_of(value: object) -> object:
    """Return the value of an enum's member, and anything else as it is."""
    return value.value if isinstance(value, Enum) else value


def shown(value: Value) -> Label:
    """Return a value in words; a share that is no whole per cent stays a fraction, as nothing is rounded.

    >>> from fractions import Fraction
    >>> shown(Fraction(3, 4)).en, shown(Fraction(2, 3)).en, shown(True).vi, shown(LegalForm.FARM).en
    ('75%', '2/3', 'có', 'farm')
    """
    if isinstance(value, bool):
        return Label("có", "yes") if value else Label("không", "no")
    if isinstance(value, tuple):
        labels = [shown(member) for member in value] or [Label("không có", "none")]
        return Label(", ".join(label.vi for label in labels), ", ".join(label.en for label in labels))
    if isinstance(value, Enum):
        return value.label
    text = f"{value * 100}%" if isinstance(value, Fraction) and (value * 100).denominator == 1 else str(value)
    return Label(text, text)


def known_facts(subject: Subject | None, product: Product | None, facts: Facts) -> Known:
    """Return the value of every fact, or what is missing for it.

    Args:
        subject: who brings the product; None is unknown.
        product: the product; None is unknown.
        facts: what else is known.

    >>> known_facts(None, None, Facts(agents=6))["agents"]
    6
    >>> known_facts(None, None, Facts())["local-labour-share"]
    Unknown(missing=('subject-place', 'workforce-total', 'workforce-local'), remark=None)
    """
    direct = {slug: _or_missing(slug, getattr(facts, slug.replace("-", "_"), None)) for slug in FACTS}
    return {
        **direct,
        **_of_subject(subject, facts.assessment_year),
        **_of_protections(product, facts),
        **_agents(facts),
    }


def _or_missing(slug: str, value: Value | None) -> Value | Unknown:
    return Unknown((slug,)) if value is None else value


def _agents(facts: Facts) -> dict[str, Value | Unknown]:
    inside, outside = facts.promotion_agents_in_province, facts.promotion_agents_outside_province
    if inside is not None and outside is not None:
        return {"promotion-agents": inside + outside}
    given = {"promotion-agents-in-province": inside, "promotion-agents-outside-province": outside}
    return {"promotion-agents": Unknown(tuple(slug for slug, count in given.items() if count is None))}


def _of_subject(subject: Subject | None, assessment_year: int | None) -> dict[str, Value | Unknown]:
    growth = "profit-up-last-year", "profit-up-year-before"
    return {
        "legal-form": _or_missing("legal-form", subject.legal_form if subject else None),
        "local-capital-share": _local_capital(subject),
        "business-registered": _or_missing("business-registered", _registered(subject)),
        "legal-representative": _or_missing("legal-representative", _representative(subject)),
        "local-labour-share": _local_labour(subject),
        "cooperative-rating": _or_missing("cooperative-rating", subject.cooperative_rating if subject else None),
        **{slug: _profit_up(subject, assessment_year, back) for back, slug in enumerate(growth, 1)},
    }


def _local_capital(subject: Subject | None) -> Value | Unknown:
    capital = subject.local_capital if subject else None
    return Unknown(("local-capital-share",)) if capital is None or not 0 <= capital <= 1 else capital


def _registered(subject: Subject | None) -> bool | None:
    """Return True where there is a registration; that none is on record does not say that there is none."""
    return True if subject and (subject.business_registration or "").strip() else None


def _representative(subject: Subject | None) -> bool | None:
    """Return whether any of the three cases holds, without telling which."""
    person = subject.representative if subject else None
    if not person:
        return None
    cases = (person.sex and person.sex is Sex.FEMALE, person.ethnic_minority, person.disability)
    return True if True in cases else None if None in cases else False


def _local_labour(subject: Subject | None) -> Value | Unknown:
    place, workforce = (subject.place, subject.workforce) if subject else (None, None)
    total = workforce.total if workforce else None
    local = workforce.local.get(place) if workforce and place else None
    if place and total and local is not None and local <= total:
        return Fraction(local, total)
    # Where more people are local than work there, either number may be wrong.
    given = {"subject-place": bool(place), "workforce-total": bool(total), "workforce-local": local is not None}
    missing = tuple(slug for slug, is_given in given.items() if not is_given)
    return Unknown(missing or ("workforce-total", "workforce-local"))


def _profit_up(subject: Subject | None, assessment_year: int | None, back: int) -> Value | Unknown:
    """Return whether the profit rose in the year that lies `back` years before the assessment."""
    profits = subject.profits if subject else {}
    if assessment_year is None:
        return Unknown(("assessment-year",) if profits else ("assessment-year", "profits"))
    later, earlier = (profits.get(str(assessment_year - years)) for years in (back, back + 1))
    if later is None or earlier is None:
        return Unknown(("profits",))
    if earlier < later < 0:
        # A loss that became smaller: the words speak of a higher profit only.
        return Unknown(remark=NOT_COMPARABLE)
    return later > earlier


def _of_protections(product: Product | None, facts: Facts) -> dict[str, Value | Unknown]:
    protections = product.protections if product else ()
    # A record that lists something is taken for complete, unless the facts say otherwise.
    said = bool(protections) if facts.protections_complete is None else facts.protections_complete
    rights = Rights(protections, product is not None and said, facts.as_of)
    found: dict[str, Value | Unknown] = {kind.value: rights.has(kind) for kind in ProtectionKind}
    return {
        **found,
        "marks-on-packaging-registered": rights.marks_registered(on_packaging=True),
        "marks-in-use-registered": rights.marks_registered(on_packaging=False),
        "shared-rights-granted": rights.shared_rights_granted(),
    }
