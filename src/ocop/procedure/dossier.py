"""The dossier of a product: the subject's forms and papers, the commune's report, the samples."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final, TypeVar

from attrs import field, frozen

from ocop.errors import ConversionError
from ocop.model.fields import is_a, optional_count, optional_text, text
from ocop.procedure.evidence import EvidenceItem, Medium
from ocop.procedure.kinds import DossierKind
from ocop.scoring.sheet import ScoreSheet
from ocop.text import FrozenDict, nfc

T = TypeVar("T")


def _tuple(values: Iterable[T], kind: type[T]) -> tuple[T, ...]:
    """Return `values` as a tuple; what it says names types alone, as the values may be a person's."""
    if isinstance(values, (str, Mapping)) or not isinstance(values, Iterable):
        raise ConversionError(f"expected a list of {kind.__name__}; got {type(values).__name__}")
    found = tuple(values)
    for value in found:
        if type(value) is not kind:
            raise ConversionError(f"expected a list of {kind.__name__}; got a {type(value).__name__} in it")
    return found


def _mapping(values: Mapping[str, T], kind: type[T]) -> FrozenDict[str, T]:
    if not isinstance(values, Mapping):
        raise ConversionError(f"expected a mapping of text to {kind.__name__}; got {type(values).__name__}")
    for key, value in values.items():
        if type(key) is not str or type(value) is not kind:
            came = f"{type(key).__name__} to {type(value).__name__}"
            raise ConversionError(f"expected a mapping of text to {kind.__name__}; got {came}")
    return FrozenDict({nfc(key): value for key, value in values.items()})


def _texts(values: Mapping[str, str]) -> FrozenDict[str, str]:
    frozen_texts = _mapping(values, str)
    return FrozenDict({key: nfc(value) for key, value in frozen_texts.items()})


def _days(values: Mapping[str, date]) -> FrozenDict[str, date]:
    return _mapping(values, date)


def _media(values: Iterable[Medium]) -> tuple[Medium, ...]:
    return _tuple(values, Medium)


def _evidence(values: Iterable[EvidenceItem]) -> tuple[EvidenceItem, ...]:
    return _tuple(values, EvidenceItem)


def _changes(values: Iterable["Change"]) -> "tuple[Change, ...]":
    return _tuple(values, Change)


_DAY: Final = is_a(date, optional=True)
_TEXT: Final = is_a(str, optional=True)


@frozen
class RegistrationForm:
    """Form 01: the subject registers its product for evaluation.

    References:
        Decision 26/2026/QĐ-TTg, Annex III, form 01.
    """

    signed: date | None = field(default=None, validator=_DAY, kw_only=True)
    """The day it was signed; None while it is not."""
    signed_by: str | None = field(default=None, converter=optional_text, validator=_TEXT, kw_only=True)
    """Who signed for the subject."""
    description: str | None = field(default=None, converter=optional_text, validator=_TEXT, repr=False, kw_only=True)
    """The product in a few sentences."""


@frozen
class SelfAssessment:
    """Form 02: the subject assesses its product by the criteria set.

    References:
        Decision 26/2026/QĐ-TTg, Annex III, form 02.
    """

    sheet: ScoreSheet = field(validator=is_a(ScoreSheet))
    """The options that the subject finds met."""
    answers: FrozenDict[str, str] = field(default=FrozenDict({}), converter=_texts, repr=False, kw_only=True)
    """By a criterion's code what the subject writes to explain its choice."""
    signed: date | None = field(default=None, validator=_DAY, kw_only=True)
    """The day it was signed; None while it is not."""


@frozen
class CommuneReport:
    """Form 03: what the commune reports of the product, and with what it proposes it to the province.

    References:
        Decision 26/2026/QĐ-TTg, Article 6; Annex III, form 03.
    """

    points: FrozenDict[str, str] = field(default=FrozenDict({}), converter=_texts, repr=False)
    """By the slug of a point what the commune says of it."""
    signed: date | None = field(default=None, validator=_DAY, kw_only=True)
    """The day it was signed; None while it is not."""
    proposal: str | None = field(default=None, converter=optional_text, validator=_TEXT, kw_only=True)
    """The number of the document in which the commune proposes the product."""
    proposed: date | None = field(default=None, validator=_DAY, kw_only=True)
    """The day of that document: the one that decides the round."""


@frozen
class Samples:
    """The sample products that come with the dossier."""

    count: int = field(validator=[is_a(int), optional_count])
    """How many."""
    handed_in: date | None = field(default=None, validator=_DAY, kw_only=True)


@frozen
class Change:
    """Something that changed since the product was recognised."""

    what: str = field(converter=text, validator=is_a(str))
    on: date | None = field(default=None, validator=_DAY, kw_only=True)
    """The day of the change, where it has one."""


@frozen
class Dossier:
    """What is handed in to have a product evaluated; it may be incomplete, and `check_dossier` says in what.

    References:
        Decision 26/2026/QĐ-TTg, Article 6 and Annex III.

    >>> from datetime import date
    >>> from ocop.procedure.check_dossier import check_dossier
    >>> dossier = Dossier("d1", DossierKind.FIRST, "green-tea", "tan-cuong", "qd26-2026/tea")
    >>> print(check_dossier(dossier, date(2026, 9, 1)).problems[1].message.en)
    The registration form is missing (form 01; Decision 26/2026/QĐ-TTg, Article 6)
    """

    id: str = field(converter=text, validator=is_a(str))
    kind: DossierKind = field(validator=is_a(DossierKind))
    product: str = field(converter=text, validator=is_a(str))
    """The product's id."""
    subject: str = field(converter=text, validator=is_a(str))
    """The subject's id."""
    criteria_set: str = field(converter=text, validator=is_a(str))
    """The id of the criteria set; its edition is the one whose rules the dossier follows."""
    handed_in: date | None = field(default=None, validator=_DAY, kw_only=True)
    """The day the commune received it; None while it is being prepared."""
    media: tuple[Medium, ...] = field(default=(), converter=_media, kw_only=True)
    """In what it is handed in: one medium is enough, both may be."""
    registration: RegistrationForm | None = field(
        default=None, validator=is_a(RegistrationForm, optional=True), kw_only=True
    )
    self_assessment: SelfAssessment | None = field(
        default=None, validator=is_a(SelfAssessment, optional=True), kw_only=True
    )
    commune_report: CommuneReport | None = field(
        default=None, validator=is_a(CommuneReport, optional=True), kw_only=True
    )
    samples: Samples | None = field(default=None, validator=is_a(Samples, optional=True), kw_only=True)
    evidence: tuple[EvidenceItem, ...] = field(default=(), converter=_evidence, kw_only=True)
    previous_certificate: str | None = field(default=None, converter=optional_text, validator=_TEXT, kw_only=True)
    """The id of the certificate that an upgrade or a re-evaluation starts from."""
    recognised_on: date | None = field(default=None, validator=_DAY, kw_only=True)
    """The day on which that certificate was issued."""
    changes: tuple[Change, ...] = field(default=(), converter=_changes, kw_only=True)
    """What changed since then: what an upgrade shows."""
    updates: FrozenDict[str, date] = field(default=FrozenDict({}), converter=_days, kw_only=True)
    """By the slug of what a re-evaluation must bring up to date the day to which it was."""
