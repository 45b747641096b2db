"""Which edition's rules a dossier goes by, and until when: today's, or the ones before it for a while."""

from datetime import date, timedelta

from attrs import frozen

from ocop.criteria.catalog import PACKAGED, Catalog
from ocop.errors import DocumentError, Problem, Report, UnknownIdError
from ocop.procedure.kinds import DossierKind
from ocop.procedure.rules import procedure


@frozen
class ApplicableRules:
    """The edition whose rules a dossier goes by on a certain day."""

    edition: str
    """The edition's id. It need not be packaged: a transition names the edition before by its id alone."""
    article: str | None = None
    """The article of the newer decision that lets the dossier go by the older one; None where it goes by the newer."""
    until: date | None = None
    """The last day for it; None where there is none."""

    @property
    def transitional(self) -> bool:
        """Whether the dossier still goes by the edition before."""
        return self.until is not None


def rules_for(handed_in: date, kind: DossierKind, on: date, *, catalog: Catalog = PACKAGED) -> ApplicableRules:
    """Return the rules by which a dossier that is not yet evaluated goes on the day `on`.

    A dossier handed in before the edition of that day came into force goes by the edition before it, for as many days
    as the transition gives its kind; the last of these days is included. How long before does not matter: the decision
    does not say, and names one edition only.

    Args:
        handed_in: the day on which the dossier was handed in.
        kind: what the dossier is for.
        on: the day of which the rules are asked.
        catalog: where the editions are.

    Raises:
        NoEditionError: where no edition is in force on the day `on`.
        DocumentError: where the transition is over (``transition-over``), with what to do; where there is none
            (``transition-none``); where the dossier was handed in after `on` (``handed-in-later``).

    References:
        Decision 26/2026/QĐ-TTg, Articles 11 and 12.

    >>> found = rules_for(date(2026, 5, 4), DossierKind.FIRST, date(2026, 6, 1))
    >>> found.edition, str(found.until), found.article
    ('qd148-2023', '2026-07-21', '12')
    >>> rules_for(date(2026, 5, 22), DossierKind.FIRST, date(2026, 6, 1)).edition
    'qd26-2026'
    """
    if handed_in > on:
        raise _refused(Problem.of("handed-in-later", expected=f"≤ {on}", got=str(handed_in)))
    edition = catalog.edition_in_force(on)
    since, decision = edition.in_force_from, edition.decision
    if handed_in >= since:
        return ApplicableRules(edition.id)
    try:
        terms = procedure(edition.id, catalog=catalog).transition
    except UnknownIdError:  # an older edition whose procedure is not at hand
        terms = None
    if terms is None or kind.value not in terms.days:
        raise _refused(Problem.of("transition-none", decision=decision, since=since, kind=kind.label))
    until = since + timedelta(days=terms.days[kind.value])
    if on > until:
        raise _refused(
            Problem.of(
                "transition-over",
                decision=decision,
                article=terms.article,
                since=since,
                kind=kind.label,
                old=terms.decision,
                until=until,
            )
        )
    return ApplicableRules(terms.edition, terms.article, until)


def _refused(problem: Problem) -> DocumentError:
    return DocumentError(Report([problem]))
