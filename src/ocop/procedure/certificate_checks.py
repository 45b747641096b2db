"""What about a certificate is wrong by the law."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from ocop.criteria.catalog import PACKAGED, Catalog
from ocop.errors import Problem, Report, UnknownIdError, nearest
from ocop.model.stars import Level
from ocop.procedure.calendars import WeekdayCalendar, WorkingCalendar, add_days
from ocop.procedure.certificate import Certificate, Window, add_months
from ocop.procedure.rules import procedure
from ocop.text import Label

_ISSUE: Final = Label("ngày cấp", "the day of issue")
_END: Final = Label("ngày hết hạn", "the end of the term")
_CONCLUSION: Final = Label("ngày có kết luận", "the day of the conclusion")
_WEEKDAYS: Final = WeekdayCalendar()


def check_certificate(
    certificate: Certificate, *, calendar: WorkingCalendar = _WEEKDAYS, catalog: Catalog = PACKAGED
) -> Report:
    """Return everything about a certificate that is wrong by the law of its edition.

    The level and the term of one from before the edition are not looked at, since it keeps them. The `calendar` matters
    only to an edition that counts the days for a recall in working days.

    References:
        Decision 26/2026/QĐ-TTg, Articles 4, 8 and 12.

    >>> from attrs import evolve
    >>> from ocop.model.stars import Star
    >>> from ocop.procedure.recognition import issue
    >>> certificate = issue("c1", product="tea", star=Star.THREE, on=date(2026, 8, 5), decision="12/QĐ-UBND",
    ...                     level=Level.PROVINCE, authority="UBND tỉnh Lâm Đồng")
    >>> check_certificate(certificate).ok, check_certificate(evolve(certificate, ends=date(2029, 8, 4))).codes
    (True, ('certificate-term-wrong',))
    """
    try:
        procedure(certificate.edition, catalog=catalog)
    except UnknownIdError as error:
        problem = Problem.of("certificate-edition-unknown", "/edition", got=certificate.edition, hint=error.hint)
        return Report([problem], subject=certificate.id)
    problems = [*problems_of(certificate, catalog), *_late_recall(certificate, calendar, catalog)]
    return Report(problems, subject=certificate.id)


def problems_of(certificate: Certificate, catalog: Catalog) -> Iterator[Problem]:
    """Yield what the law does not allow; a recall that is merely late is not among it."""
    edition = catalog.edition(certificate.edition)
    rules = procedure(edition.id, catalog=catalog)
    if rules.recogniser(certificate.star) is None:
        stars = [str(band.star) for band in edition.bands if rules.recogniser(band.star) is not None]
        yield Problem.of(
            "certificate-star-not-certified",
            "/star",
            star=certificate.star,
            decision=edition.decision,
            article=edition.articles.recognition,
            expected=" | ".join(stars),
            got=str(certificate.star),
        )
    if certificate.issued >= edition.in_force_from:
        yield from _level(certificate, certificate.level, "/level", edition.articles.recognition, catalog)
        ends = add_months(certificate.issued, rules.certificate.months)
        if certificate.ends != ends:
            yield Problem.of(
                "certificate-term-wrong",
                "/ends",
                months=rules.certificate.months,
                article=rules.certificate.article,
                expected=str(ends),
                got=str(certificate.ends),
            )
    yield from _order("/ends", certificate.ends, _ISSUE, certificate.issued)
    yield from _order("/superseded_on", certificate.superseded_on, _ISSUE, certificate.issued)
    yield from extension_problems(certificate, catalog)
    yield from recall_problems(certificate, catalog)


def _level(
    certificate: Certificate, level: Level, where: str, article: str | None, catalog: Catalog
) -> Iterator[Problem]:
    edition = catalog.edition(certificate.edition)
    entitled = procedure(edition.id, catalog=catalog).recogniser(certificate.star)
    if entitled is not None and level is not entitled:
        yield Problem.of(
            "certificate-wrong-level",
            where,
            star=certificate.star,
            level=entitled.label,
            decision=edition.decision,
            article=article,
            expected=entitled.value,
            got=level.value,
        )


def _order(where: str, day: date | None, other: Label, since: date) -> Iterator[Problem]:
    if day is not None and day < since:
        yield Problem.of("certificate-dates-wrong", where, other=other, expected=f"≥ {since}", got=str(day))


def extension_problems(certificate: Certificate, catalog: Catalog) -> Iterator[Problem]:
    """Yield what the law does not allow in the certificate's extension, if it has one."""
    to, ends = certificate.extended_to, certificate.ends
    if to is None:
        return
    yield from _order("/extended_to", to, _END, ends)
    edition = catalog.edition(certificate.edition)
    terms = procedure(edition.id, catalog=catalog).certificate
    if terms.extension is None:
        yield Problem.of("certificate-extension-none", "/extended_to", decision=edition.decision, got=str(to))
        return
    days, article = terms.extension.days, terms.extension.article
    longest = add_days(ends, days)
    if to > longest:
        yield Problem.of(
            "certificate-extension-too-long",
            "/extended_to",
            days=days,
            article=article,
            expected=f"≤ {longest}",
            got=str(to),
        )
    # One that ends in these days was still running when the edition came into force, and its window had closed.
    ran = Window(edition.in_force_from, add_days(edition.in_force_from, terms.window.closes - 1))
    if not ran.holds(ends):
        yield Problem.of(
            "certificate-extension-not-allowed",
            "/extended_to",
            first=ran.first,
            last=ran.last,
            article=article,
            got=str(ends),
        )


def recall_problems(certificate: Certificate, catalog: Catalog) -> Iterator[Problem]:
    """Yield what the law does not allow in the certificate's recall, if it has one."""
    recall = certificate.recall
    if recall is None:
        return
    terms = procedure(certificate.edition, catalog=catalog).recall
    causes = [cause.slug for cause in terms.causes]
    if recall.cause not in causes:
        yield Problem.of(
            "recall-cause-unknown",
            "/recall/cause",
            expected=" | ".join(causes),
            got=recall.cause,
            hint=nearest(recall.cause, causes),
        )
    yield from _level(certificate, recall.level, "/recall/level", terms.article, catalog)
    yield from _order("/recall/on", recall.on, _ISSUE, certificate.issued)
    yield from _order("/recall/on", recall.on, _CONCLUSION, recall.concluded)


def _late_recall(certificate: Certificate, calendar: WorkingCalendar, catalog: Catalog) -> Iterator[Problem]:
    recall = certificate.recall
    if recall is None:
        return
    rules = procedure(certificate.edition, catalog=catalog)
    for rule in rules.deadlines:
        if rule.slug == rules.recall.deadline and certificate.star in rule.stars:
            by = rule.end(recall.concluded, calendar)
            if by is not None and recall.on > by:
                yield Problem.of(
                    "recall-late",
                    "/recall/on",
                    article=rule.article,
                    by=by,
                    expected=f"≤ {by}",
                    got=str(recall.on),
                )
