"""Working days: which they are is for a calendar to say, and who counts passes one in.

A calendar of one's own needs a name, a version and `is_working_day`; whatever is counted by it records the first two.
"""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Protocol

from attrs import field, frozen

from ocop.canonical import digest
from ocop.errors import ConversionError, DocumentError, MissingExtraError, Problem, Report, shortened

if TYPE_CHECKING:
    from holidays import HolidayBase

SATURDAY: Final = 5
LONGEST_BREAK: Final = 60
"""After so many days off in a row, a calendar is taken to have no more working days."""


class WorkingCalendar(Protocol):
    """Tells working days from others."""

    @property
    def name(self) -> str:
        """What the calendar is called."""
        ...

    @property
    def version(self) -> str:
        """Which edition of it: two calendars of one name and version agree on every day."""
        ...

    def is_working_day(self, day: date) -> bool:
        """Return whether offices work on `day`."""
        ...


@frozen
class CalendarStamp:
    """The calendar by which something was counted."""

    name: str
    version: str

    @classmethod
    def of(cls, calendar: WorkingCalendar) -> "CalendarStamp":
        """Return the stamp of `calendar`.

        >>> CalendarStamp.of(WeekdayCalendar())
        CalendarStamp(name='weekdays', version='1')
        """
        return cls(calendar.name, calendar.version)


def _days(days: Iterable[date]) -> tuple[date, ...]:
    found = tuple(days) if isinstance(days, Iterable) else (days,)
    if any(type(day) is not date for day in found):
        raise ConversionError(f"expected dates; got {shortened(days)}")
    return tuple(sorted(set(found)))


@frozen
class WeekdayCalendar:
    """Monday to Friday, without the days off that are named, and with the weekend days that are worked instead.

    >>> calendar = WeekdayCalendar(days_off=[date(2026, 9, 2)])
    >>> calendar.is_working_day(date(2026, 9, 1)), calendar.is_working_day(date(2026, 9, 2))
    (True, False)
    """

    days_off: tuple[date, ...] = field(default=(), converter=_days)
    """Holidays, and days off in lieu."""
    worked_days: tuple[date, ...] = field(default=(), converter=_days)
    """Days that are worked although they would be off."""

    @property
    def name(self) -> str:
        """``weekdays``."""
        return "weekdays"

    @property
    def version(self) -> str:
        """``1``, and a digest of the days named, if any."""
        return "1" + _named(self.days_off, self.worked_days)

    def is_working_day(self, day: date) -> bool:
        """Return whether `day` is worked."""
        return day in self.worked_days or (day.weekday() < SATURDAY and day not in self.days_off)


@frozen
class VietnamCalendar:
    """The working days of Vietnam's offices: weekends, holidays, Tết, days off in lieu, swapped days.

    The lunar calendar is that of the library holidays. Days are swapped by an announcement of each year, so the library
    knows only those announced before its version came out, and can lack one; name those that it lacks.

    Raises:
        MissingExtraError: without the extra ``calendar``.

    References:
        Labour Code 45/2019/QH14, Articles 111 and 112.

    >>> calendar = VietnamCalendar()
    >>> calendar.is_working_day(date(2027, 2, 8)), calendar.is_working_day(date(2027, 2, 15))
    (False, True)
    """

    days_off: tuple[date, ...] = field(default=(), converter=_days)
    """More days off than the library knows."""
    worked_days: tuple[date, ...] = field(default=(), converter=_days)
    """More days worked than the library knows."""

    def __attrs_post_init__(self) -> None:
        _vietnam()

    @property
    def name(self) -> str:
        """``vietnam``."""
        return "vietnam"

    @property
    def version(self) -> str:
        """The library's version, and a digest of the days named, if any."""
        from holidays.version import __version__

        return __version__ + _named(self.days_off, self.worked_days)

    def is_working_day(self, day: date) -> bool:
        """Return whether `day` is worked.

        Raises:
            DocumentError: for a year that the library does not cover (``calendar-year-not-covered``).
        """
        if day in self.worked_days or day in self.days_off:
            return day in self.worked_days
        vietnam = _vietnam()
        if not vietnam.start_year <= day.year <= vietnam.end_year:
            years = f"{vietnam.start_year}–{vietnam.end_year}"
            problem = Problem.of("calendar-year-not-covered", year=day.year, expected=years, got=str(day.year))
            raise DocumentError(Report([problem]))
        return vietnam.is_working_day(day)


@lru_cache(maxsize=1)
def _vietnam() -> "HolidayBase":
    """Return the library's calendar, which reads each year when it is first asked for."""
    try:
        from holidays import country_holidays
    except ImportError:
        raise MissingExtraError("calendar") from None
    return country_holidays("VN")


def _named(days_off: tuple[date, ...], worked_days: tuple[date, ...]) -> str:
    """Return what the days named add to a calendar's version."""
    if not days_off and not worked_days:
        return ""
    days = [[day.isoformat() for day in each] for each in (days_off, worked_days)]
    return "+" + digest(days).removeprefix("sha256:")[:12]


def add_days(day: date, days: int) -> date:
    """Return the day so many days later, or earlier below 0; past an end of the calendar, that end.

    >>> add_days(date(2026, 5, 22), 60).isoformat(), add_days(date(9999, 12, 1), 60).isoformat()
    ('2026-07-21', '9999-12-31')
    """
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))


def add_working_days(day: date, n: int, calendar: WorkingCalendar) -> date:
    """Return the `n`-th working day after `day`; `day` itself does not count, whether it is one or not.

    Raises:
        ConversionError: where `n` is not an integer of 0 or more.
        DocumentError: where the calendar has 60 days off in a row (``calendar-without-working-days``), or does not
            know a year.

    References:
        Civil Code 91/2015/QH13, Article 147: the day on which a time limit starts is not counted.

    >>> add_working_days(date(2026, 6, 1), 15, WeekdayCalendar()).isoformat()
    '2026-06-22'
    """
    if type(n) is not int or n < 0:
        raise ConversionError(f"expected an integer of 0 or more working days; got {shortened(n)}")
    off = 0
    while n:
        day = add_days(day, 1)
        if calendar.is_working_day(day):
            n -= 1
            off = 0
        elif (off := off + 1) == LONGEST_BREAK:
            problem = Problem.of("calendar-without-working-days", calendar=calendar.name, day=day.isoformat())
            raise DocumentError(Report([problem]))
    return day
