"""By when somebody has to act on a dossier, and in which evaluation round it is."""

from datetime import date, timedelta

from attrs import frozen

from ocop.criteria.catalog import PACKAGED, Catalog
from ocop.errors import DocumentError
from ocop.model.stars import Level
from ocop.procedure.calendars import CalendarStamp, WorkingCalendar
from ocop.procedure.rules import CutOff, DeadlineRule, Procedure, RoundDates, Unit, procedure
from ocop.procedure.stages import Case
from ocop.text import NO_LABEL, Label


@frozen
class Deadline:
    """A day by which a level has to act."""

    what: str
    """The slug of the time limit: ``"commune-check"``, say."""
    by: date
    """The day that the decision names, or the last of the days that it gives."""
    since: date
    """The day from which the limit runs."""
    level: Level
    """Who has to act."""
    article: str
    reading: CutOff
    """Whether the day `by` itself is in time: for a number of days it is; for a round, as the caller reads the law."""
    round: int | None = None
    """The number of the evaluation round, where the limit is one's end."""
    calendar: CalendarStamp | None = None
    """The calendar by which working days were counted; None where none were."""
    label: Label = NO_LABEL

    @property
    def last_day(self) -> date:
        """The last day that is in time."""
        return self.by if self.reading is CutOff.THROUGH else self.by - timedelta(days=1)

    def is_missed(self, on: date) -> bool:
        """Return whether it is too late on the day `on`."""
        return on > self.last_day


def deadlines(
    case: Case, calendar: WorkingCalendar, *, cut_off: CutOff = CutOff.BEFORE, catalog: Catalog = PACKAGED
) -> tuple[Deadline, ...]:
    """Return the time limits that run in the present state of the case.

    A limit runs anew when a completed dossier is handed in again; an evaluation round does not change by it. The limit
    of a re-evaluation rests while the dossier is being completed, as it is given from a complete one. A limit that
    ends on a day off is not moved to the next working day: the decision does not say so, and the earlier day is safe.

    Args:
        case: the dossier on its way.
        calendar: which days are worked.
        cut_off: whether the day that closes a round is itself in time.
        catalog: where the editions are.

    Raises:
        UnknownIdError: where the edition of the case is not known.
        DocumentError: where the steps of the case are not those of the procedure, or the calendar does not know a year.

    References:
        Decision 26/2026/QĐ-TTg, Articles 5, 7 and 8.

    >>> from ocop.procedure.calendars import WeekdayCalendar
    >>> from ocop.procedure.kinds import DossierKind
    >>> case = procedure("qd26-2026").begin(DossierKind.FIRST, date(2026, 6, 1))
    >>> [deadline] = deadlines(case, WeekdayCalendar())
    >>> deadline.what, deadline.by.isoformat(), deadline.article, deadline.calendar.name
    ('commune-check', '2026-06-22', '7', 'weekdays')
    """
    rules = procedure(case.edition, catalog=catalog)
    report = rules.check(case)
    if not report.ok:
        raise DocumentError(report)
    found = [(rule, case.last(*rule.since)) for rule in rules.deadlines if rule.is_for(case)]
    return tuple(_deadline(rule, since, rules, calendar, cut_off) for rule, since in found if since is not None)


def _deadline(
    rule: DeadlineRule, since: date, rules: Procedure, calendar: WorkingCalendar, cut_off: CutOff
) -> Deadline:
    by = rule.end(since, calendar)
    if by is None:
        found = rules.next_round(rule.level, since, cut_off=cut_off)
        by, reading, number = found.evaluated_before, cut_off, found.number
    else:
        reading, number = CutOff.THROUGH, None
    stamp = CalendarStamp.of(calendar) if rule.unit is Unit.WORKING_DAYS else None
    return Deadline(rule.slug, by, since, rule.level, rule.article, reading, number, stamp, rule.label)


def next_round(
    level: Level,
    day: date,
    *,
    cut_off: CutOff = CutOff.BEFORE,
    edition_id: str | None = None,
    catalog: Catalog = PACKAGED,
) -> RoundDates:
    """Return the first evaluation round of `level` that a dossier proposed to it on `day` is in time for.

    Args:
        level: who evaluates.
        day: the day of the proposal.
        cut_off: whether the cut-off day itself is in time; by the default reading it is too late.
        edition_id: the edition whose rounds count; by default the one in force on that day.
        catalog: where the editions are.

    Raises:
        NoEditionError: where no edition is in force on that day.
        UnknownIdError: for an edition that is not known, or a level without rounds.

    References:
        Decision 26/2026/QĐ-TTg, Article 5.

    >>> str(next_round(Level.PROVINCE, date(2026, 10, 29)).evaluated_before)
    '2026-12-30'
    >>> str(next_round(Level.PROVINCE, date(2026, 10, 30)).evaluated_before)
    '2027-06-30'
    >>> str(next_round(Level.PROVINCE, date(2026, 10, 30), cut_off=CutOff.THROUGH).evaluated_before)
    '2026-12-30'
    """
    found = edition_id if edition_id is not None else catalog.edition_in_force(day).id
    return procedure(found, catalog=catalog).next_round(level, day, cut_off=cut_off)
