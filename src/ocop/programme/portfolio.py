"""What a place has, at a date."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final

import attrs
from attrs import field, frozen

from ocop.errors import ConversionError, nearest
from ocop.model.fields import is_a, text
from ocop.model.products import Product
from ocop.model.subjects import Subject
from ocop.procedure.certificate import Certificate
from ocop.procedure.dossier import Dossier
from ocop.procedure.evidence import Medium
from ocop.procedure.recognition import RecognitionEvent
from ocop.programme.reading import read
from ocop.programme.records import (
    CommuneRecord,
    CraftVillage,
    DossierRecord,
    Fair,
    Milestone,
    Participant,
    ProgrammeMark,
    Promotion,
    SalesPoint,
    Standardisation,
    SubjectFacts,
    Training,
    ValueChainProject,
    as_tuple,
    every,
)


@frozen(kw_only=True)
class Portfolio:
    """What a place has, at a date: the record against which a programme's targets are held.

    A list that is absent (None) is *unknown*; an empty one says that there is nothing. A list that is there is taken
    to be complete. Ids are of this portfolio. A portfolio may be inconsistent: `check_portfolio` tells.

    >>> portfolio = Portfolio(on=date(2023, 12, 31), fairs=[Fair(id="f1", name="Hội chợ xuân", held=date(2023, 1, 9))])
    >>> portfolio.products is None, len(portfolio.fairs)
    (True, 1)
    """

    name: str = field(default="", converter=text, validator=is_a(str))
    """Whose record it is."""
    remark: str = field(default="", converter=text, validator=is_a(str))
    """Where it comes from; that it is made up, say."""
    on: date | None = field(default=None, validator=is_a(date, optional=True))
    """The day up to which it is complete. Without one it is taken to be complete up to any day asked for."""
    subjects: tuple[Subject, ...] | None = field(default=None, converter=as_tuple, validator=every(Subject))
    products: tuple[Product, ...] | None = field(default=None, converter=as_tuple, validator=every(Product))
    certificates: tuple[Certificate, ...] | None = field(default=None, converter=as_tuple, validator=every(Certificate))
    events: tuple[RecognitionEvent, ...] | None = field(
        default=None, converter=as_tuple, validator=every(RecognitionEvent)
    )
    """Recognitions and recalls. Those that the certificates tell of need not be listed; listed twice, they count once.
    Where there are neither certificates nor events, nothing is known of recognitions."""
    dossiers: tuple[DossierRecord, ...] | None = field(default=None, converter=as_tuple, validator=every(DossierRecord))
    communes: tuple[CommuneRecord, ...] | None = field(default=None, converter=as_tuple, validator=every(CommuneRecord))
    craft_villages: tuple[CraftVillage, ...] | None = field(
        default=None, converter=as_tuple, validator=every(CraftVillage)
    )
    trainings: tuple[Training, ...] | None = field(default=None, converter=as_tuple, validator=every(Training))
    sales_points: tuple[SalesPoint, ...] | None = field(default=None, converter=as_tuple, validator=every(SalesPoint))
    """Points of display and sale, showrooms and centres."""
    fairs: tuple[Fair, ...] | None = field(default=None, converter=as_tuple, validator=every(Fair))
    marks: tuple[ProgrammeMark, ...] | None = field(default=None, converter=as_tuple, validator=every(ProgrammeMark))
    """The trade marks of the programme itself; those of products stand with the products."""
    projects: tuple[ValueChainProject, ...] | None = field(
        default=None, converter=as_tuple, validator=every(ValueChainProject)
    )
    promoted: tuple[Promotion, ...] | None = field(default=None, converter=as_tuple, validator=every(Promotion))
    standardised: tuple[Standardisation, ...] | None = field(
        default=None, converter=as_tuple, validator=every(Standardisation)
    )
    participants: tuple[Participant, ...] | None = field(default=None, converter=as_tuple, validator=every(Participant))
    """The organisations that take part, with the day each joined."""
    milestones: tuple[Milestone, ...] | None = field(default=None, converter=as_tuple, validator=every(Milestone))
    """Unlike the other lists, not taken to be complete: a milestone that is not in it is unknown."""
    subject_facts: tuple[SubjectFacts, ...] | None = field(
        default=None, converter=as_tuple, validator=every(SubjectFacts)
    )
    """Not taken to be complete: of a subject that is not in it, they are unknown."""

    @classmethod
    def of(cls, *, dossiers: Iterable[Dossier | DossierRecord] | None = None, **pieces: Any) -> "Portfolio":
        """Return the portfolio made of `pieces`, named as its fields; of whole dossiers it keeps the record alone.

        Raises:
            ConversionError: for a piece of another name or type.

        >>> from ocop.procedure.kinds import DossierKind
        >>> dossier = Dossier("d1", DossierKind.FIRST, "tea", "htx", "qd26-2026/tea", media=[Medium.DIGITAL])
        >>> Portfolio.of(dossiers=[dossier], subjects=()).dossiers[0].digital
        True
        """
        _known(pieces, [each.name for each in attrs.fields(cls)])
        if dossiers is not None:
            pieces["dossiers"] = [_record(each) for each in dossiers]
        return cls(**pieces)

    def adding(self, **lists: Iterable[Any]) -> "Portfolio":
        """Return the portfolio with more items in the lists named; one that was absent is known from then on.

        Raises:
            ConversionError: for a list of another name, and items of another type.

        >>> Portfolio().adding(fairs=[Fair(id="f1", name="Hội chợ xuân")]).fairs[0].id
        'f1'
        """
        _known(lists, LISTS)
        changes: dict[str, Any] = {name: (*(getattr(self, name) or ()), *items) for name, items in lists.items()}
        return attrs.evolve(self, **changes)


LISTS: Final[tuple[str, ...]] = tuple(each.name for each in attrs.fields(Portfolio) if each.converter is not None)[2:]
"""The names of the lists of a portfolio, in their order."""


def read_portfolio(data: str | bytes) -> Portfolio:
    """Return the portfolio that a JSON document of the kind ``portfolio`` describes.

    Raises:
        DocumentError: for a document that is refused.

    >>> read_portfolio('{"kind": "portfolio", "version": 1, "fairs": []}') == Portfolio(fairs=[])
    True
    """
    return read("portfolio", Portfolio, data)


def _known(names: Iterable[str], known: Sequence[str]) -> None:
    for name in names:
        if name not in known:
            hint = nearest(name, known)
            raise ConversionError(f"a portfolio has no {name!r}" + (f"; did you mean {hint!r}?" if hint else ""))


def _record(dossier: Dossier | DossierRecord) -> DossierRecord:
    if not isinstance(dossier, Dossier):
        return dossier
    digital = Medium.DIGITAL in dossier.media if dossier.media else None
    return DossierRecord(id=dossier.id, product=dossier.product, digital=digital, handed_in=dossier.handed_in)
