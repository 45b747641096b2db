"""What decisions do to certificates: recognise, upgrade, renew, extend, recall. Each returns new objects.

Each refuses, with every problem at once, what the law does not allow. Records of what was done in fact are made with
`Certificate` itself, which refuses nothing, and looked over with `ocop.procedure.certificate_checks.check_certificate`.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from attrs import evolve, frozen

from ocop.criteria.catalog import PACKAGED, Catalog
from ocop.errors import DocumentError, Problem, Report
from ocop.model.stars import Level, Star
from ocop.procedure.calendars import add_days
from ocop.procedure.certificate import Certificate, EventKind, Recall, add_months
from ocop.procedure.certificate_checks import extension_problems, problems_of, recall_problems
from ocop.procedure.rules import procedure


@frozen
class RecognitionEvent:
    """One decision on one product: what the local programmes count."""

    kind: EventKind
    on: date
    product: str
    """The product's id."""
    star: Star
    """The star recognised, or recalled."""
    decision: str
    """The decision's number and sign."""
    certificate: str
    """The id of the certificate issued, or recalled."""


def events(certificates: Iterable[Certificate]) -> tuple[RecognitionEvent, ...]:
    """Return the history that `certificates` tell, the oldest event first: every recognition, and every recall.

    >>> certificate = issue("c1", product="tea", star=Star.THREE, on=date(2026, 8, 5), decision="12/QĐ-UBND",
    ...                     level=Level.PROVINCE, authority="UBND tỉnh Lâm Đồng")
    >>> [(event.kind.value, event.on.isoformat()) for event in events([certificate])]
    [('new', '2026-08-05')]
    """
    return tuple(sorted(_events(certificates), key=lambda event: event.on))


def _events(certificates: Iterable[Certificate]) -> Iterator[RecognitionEvent]:
    for each in certificates:
        yield RecognitionEvent(each.how, each.issued, each.product, each.star, each.decision, each.id)
        if each.recall is not None:
            recall = each.recall
            yield RecognitionEvent(EventKind.RECALL, recall.on, each.product, each.star, recall.decision, each.id)


def issue(
    certificate_id: str,
    *,
    product: str,
    star: Star,
    on: date,
    decision: str,
    level: Level,
    authority: str,
    dossier: str | None = None,
    edition_id: str | None = None,
    catalog: Catalog = PACKAGED,
) -> Certificate:
    """Return the certificate of a product recognised for the first time.

    Args:
        certificate_id: the id of the new certificate.
        product: the id of the product.
        star: the star of the recognition.
        on: the day of issue.
        decision: the number of the recognition decision.
        level: who recognises.
        authority: the name of the authority that issues it.
        dossier: the id of the dossier that led to it.
        edition_id: the edition that it goes by; by default the one in force on the day `on`.
        catalog: where the editions are.

    Raises:
        NoEditionError: where no edition is in force on that day.
        UnknownIdError: where the edition named is not known.
        DocumentError: for a star that gets no certificate (``certificate-star-not-certified``), and a level that does
            not recognise that star (``certificate-wrong-level``), with the one that does.

    References:
        Decision 26/2026/QĐ-TTg, Article 4.

    >>> try:
    ...     issue("c1", product="tea", star=Star.TWO, on=date(2026, 8, 5), decision="12/QĐ-UBND",
    ...           level=Level.PROVINCE, authority="UBND tỉnh Lâm Đồng")
    ... except DocumentError as error:
    ...     print(error.report.problems[0].message.en)
    A product of 2 stars gets no certificate (Decision 26/2026/QĐ-TTg, Article 4)
    """
    edition = edition_id if edition_id is not None else catalog.edition_in_force(on).id
    months = procedure(edition, catalog=catalog).certificate.months
    certificate = Certificate(
        id=certificate_id,
        product=product,
        star=star,
        decision=decision,
        level=level,
        authority=authority,
        issued=on,
        ends=add_months(on, months),
        edition=edition,
        dossier=dossier,
    )
    return _lawful(certificate, problems_of(certificate, catalog))


def upgrade(
    old: Certificate,
    certificate_id: str,
    *,
    star: Star,
    on: date,
    decision: str,
    level: Level,
    authority: str,
    dossier: str | None = None,
    catalog: Catalog = PACKAGED,
) -> tuple[Certificate, Certificate]:
    """Return the old certificate, superseded on the day `on`, and that of the higher star, with a term of its own.

    Args:
        old: the certificate of the lower star.
        certificate_id: the id of the new one.
        star: the higher star.
        on: the day of issue.
        decision: the number of the recognition decision.
        level: who recognises.
        authority: the name of the authority that issues it.
        dossier: the id of the dossier that led to it.
        catalog: where the editions are.

    Raises:
        DocumentError: as `issue` does; and where the old one is not in force on that day
            (``certificate-not-in-force``), or the star is not higher (``certificate-not-higher``).

    References:
        Decision 26/2026/QĐ-TTg, Articles 4 and 7.

    >>> old = issue("c1", product="tea", star=Star.THREE, on=date(2026, 8, 5), decision="12/QĐ-UBND",
    ...             level=Level.PROVINCE, authority="UBND tỉnh Lâm Đồng")
    >>> old, new = upgrade(old, "c2", star=Star.FOUR, on=date(2027, 6, 21), decision="9/QĐ-UBND", level=Level.PROVINCE,
    ...                    authority="UBND tỉnh Lâm Đồng")
    >>> old.status(date(2027, 6, 21)).value, new.ends.isoformat()
    ('superseded', '2030-06-21')
    """
    problems = [*_not_in_force(old, on, catalog)]
    if star <= old.star:
        problems.append(Problem.of("certificate-not-higher", "/star", star=old.star, got=str(star)))
    _refuse(problems)
    new = issue(
        certificate_id,
        product=old.product,
        star=star,
        on=on,
        decision=decision,
        level=level,
        authority=authority,
        dossier=dossier,
        catalog=catalog,
    )
    return evolve(old, superseded_on=on), evolve(new, how=EventKind.UPGRADE)


def renew(
    old: Certificate,
    certificate_id: str,
    *,
    star: Star,
    on: date,
    handed_in: date,
    decision: str,
    level: Level,
    authority: str,
    dossier: str | None = None,
    catalog: Catalog = PACKAGED,
) -> tuple[Certificate, Certificate]:
    """Return the old certificate, superseded on the day `on`, and that of the re-recognition, valid from that day.

    The star is the one that the re-evaluation gave; it may be lower. The dossier must have been `handed_in` within the
    renewal window, except before the edition came into force, and where the old certificate is extended.

    Args:
        old: the certificate that ends.
        certificate_id: the id of the new one.
        star: the star that the re-evaluation gave.
        on: the day of issue.
        handed_in: the day on which the dossier was handed in.
        decision: the number of the recognition decision.
        level: who recognises.
        authority: the name of the authority that issues it.
        dossier: the id of the dossier that led to it.
        catalog: where the editions are.

    Raises:
        DocumentError: as `issue` does; and where the old one is not in force on that day
            (``certificate-not-in-force``), or the dossier was handed in at another time
            (``certificate-window-missed``, ``handed-in-later``).

    References:
        Decision 26/2026/QĐ-TTg, Articles 4, 7 and 12.

    >>> old = issue("c1", product="tea", star=Star.THREE, on=date(2026, 8, 5), decision="12/QĐ-UBND",
    ...             level=Level.PROVINCE, authority="UBND tỉnh Lâm Đồng")
    >>> old, new = renew(old, "c2", star=Star.THREE, on=date(2029, 4, 30), handed_in=date(2029, 3, 15),
    ...                  decision="7/QĐ-UBND", level=Level.PROVINCE, authority="UBND tỉnh Lâm Đồng")
    >>> new.how.value, new.ends.isoformat()
    ('re-recognition', '2032-04-30')
    """
    problems = [*_not_in_force(old, on, catalog)]
    if handed_in > on:
        problems.append(Problem.of("handed-in-later", "/handed_in", expected=f"≤ {on}", got=str(handed_in)))
    window = old.renewal_window(catalog=catalog)
    by_this_edition = handed_in >= catalog.edition(old.edition).in_force_from
    if by_this_edition and old.extended_to is None and not window.holds(handed_in):
        terms = procedure(old.edition, catalog=catalog).certificate.window
        problems.append(
            Problem.of(
                "certificate-window-missed",
                "/handed_in",
                first=window.first,
                last=window.last,
                article=terms.article,
                got=str(handed_in),
            )
        )
    _refuse(problems)
    new = issue(
        certificate_id,
        product=old.product,
        star=star,
        on=on,
        decision=decision,
        level=level,
        authority=authority,
        dossier=dossier,
        catalog=catalog,
    )
    return evolve(old, superseded_on=on), evolve(new, how=EventKind.RE_RECOGNITION)


def extend(old: Certificate, *, to: date | None = None, catalog: Catalog = PACKAGED) -> Certificate:
    """Return the certificate running on past its end, until the day `to`: the result's, or else the longest allowed.

    This is for a certificate that was running when its edition came into force, and whose renewal window had closed by
    then; the decision says only that the window could not be kept.

    Args:
        old: the certificate.
        to: the day of the result; by default as long as is allowed.
        catalog: where the editions are.

    Raises:
        DocumentError: for any other certificate (``certificate-extension-not-allowed``), for too long an extension
            (``certificate-extension-too-long``), or one that ends before the certificate (``certificate-dates-wrong``).

    References:
        Decision 26/2026/QĐ-TTg, Article 12.

    >>> old = Certificate(id="c0", product="tea", star=Star.THREE, decision="3/QĐ-UBND", level=Level.PROVINCE,
    ...                   authority="UBND tỉnh Lâm Đồng", issued=date(2023, 7, 1), ends=date(2026, 7, 1),
    ...                   edition="qd26-2026")
    >>> extend(old).last_day.isoformat(), extend(old).status(date(2026, 9, 1)).value
    ('2026-12-28', 'extended')
    """
    terms = procedure(old.edition, catalog=catalog).certificate.extension
    if to is None:
        to = add_days(old.ends, terms.days if terms is not None else 0)
    certificate = evolve(old, extended_to=to)
    return _lawful(certificate, extension_problems(certificate, catalog))


def recall(
    certificate: Certificate,
    cause: str,
    *,
    on: date,
    concluded: date,
    level: Level,
    authority: str,
    decision: str,
    catalog: Catalog = PACKAGED,
) -> Certificate:
    """Return the certificate recalled for `cause`, after an authority `concluded` that there is one.

    A recall after its time limit is a recall all the same; `check_certificate` tells of it (``recall-late``).

    Args:
        certificate: the certificate, in force on the day `on`.
        cause: the slug of one of the causes that the edition names.
        on: the day of the recall.
        concluded: the day of the authority's conclusion.
        level: who recalls.
        authority: the name of the authority that recalls.
        decision: the number of the decision on the recall.
        catalog: where the editions are.

    Raises:
        DocumentError: where the certificate is not in force on the day `on` (``certificate-not-in-force``), for an
            unknown cause (``recall-cause-unknown``), a conclusion after `on` (``certificate-dates-wrong``), and a level
            that is not entitled to it (``certificate-wrong-level``), with the one that is.

    References:
        Decision 26/2026/QĐ-TTg, Article 8.

    >>> certificate = issue("c1", product="tea", star=Star.THREE, on=date(2026, 8, 5), decision="12/QĐ-UBND",
    ...                     level=Level.PROVINCE, authority="UBND tỉnh Lâm Đồng")
    >>> recalled = recall(certificate, "mark-misused", on=date(2027, 3, 10), concluded=date(2027, 3, 1),
    ...                   level=Level.PROVINCE, authority="UBND tỉnh Lâm Đồng", decision="4/QĐ-UBND")
    >>> recalled.status(date(2027, 3, 9)).value, recalled.status(date(2027, 3, 10)).value
    ('valid', 'recalled')
    """
    recalled = evolve(certificate, recall=Recall(cause, on, concluded, level, authority, decision))
    return _lawful(recalled, [*_not_in_force(certificate, on, catalog), *recall_problems(recalled, catalog)])


def _refuse(problems: Iterable[Problem]) -> None:
    report = Report(problems)
    if not report.ok:
        raise DocumentError(report)


def _lawful(certificate: Certificate, problems: Iterable[Problem]) -> Certificate:
    _refuse(problems)
    return certificate


def _not_in_force(certificate: Certificate, on: date, catalog: Catalog) -> Iterator[Problem]:
    status = certificate.status(on, catalog=catalog)
    if not status.in_force:
        yield Problem.of("certificate-not-in-force", day=on, status=status.label)
