"""Where one target stands on one day.

The rule. A value is *met* when it lies from the target's `floor` to its `ceiling`. Before the deadline, what is not met
is *on course* when it reaches what is due by straight lines (`Target.due`), and *behind* when it does not; of things
that are counted whole, the whole part is due. The deadline is the last day before judgement: from the next day on,
there is *met* or *missed*, by what stood on the deadline. Years are judged when they are over; until the deadline, a
yearly target is on course while no year, or the mean of the years, has fallen short.

Where data are missing, the value is somewhere between two bounds; where both give the same answer, that is the answer,
and else it is *unknown*. So it is where the portfolio ends before the day on which the target is judged.
"""

from collections.abc import Iterator
from datetime import date
from enum import Enum
from fractions import Fraction
from math import floor as whole_part
from typing import Final

from attrs import evolve, field, frozen

from ocop.programme.indicators import Indicator
from ocop.programme.measure import Measurement, Period, Value
from ocop.programme.targets import Comparator, Target
from ocop.programme.view import View
from ocop.text import FrozenDict, Label


class Status(Enum):
    """Where a target stands.

    >>> Status.BEHIND.label.vi
    'chậm tiến độ'
    """

    MET = "met"
    ON_COURSE = "on-course"
    BEHIND = "behind"
    MISSED = "missed"
    UNKNOWN = "unknown"

    @property
    def label(self) -> Label:
        """Its name."""
        return _STATUSES[self]


_STATUSES: Final = {
    Status.MET: Label("đạt", "met"),
    Status.ON_COURSE: Label("đúng tiến độ", "on course"),
    Status.BEHIND: Label("chậm tiến độ", "behind"),
    Status.MISSED: Label("không đạt", "missed"),
    Status.UNKNOWN: Label("chưa rõ", "unknown"),
}


@frozen(kw_only=True)
class TargetProgress:
    """Where one target stands on a day; numbers are exact, and shares are Fractions from 0 to 1."""

    target: Target
    status: Status
    measured: Measurement
    """What was measured, on the day or at the deadline; of a yearly target, as `value` says."""
    due: Fraction | None = None
    """How much was due on the day; None where nothing is due bit by bit."""
    years: FrozenDict[str, int | None] = field(default=FrozenDict({}))
    """Of a yearly target, how many there were in each year that is over; None is not known."""
    why: tuple[Label, ...] = ()
    """How it was counted and judged, where that is not plain."""

    @property
    def id(self) -> str:
        """The target's id."""
        return self.target.id

    @property
    def value(self) -> Value:
        """What was measured, or None where it is not known.

        Of a target for every year, it is the least of the years that are over; of a yearly mean, their mean.
        """
        return self.measured.value

    @property
    def counted(self) -> tuple[str, ...]:
        """The ids of what was counted; empty where they would tell a personal fact."""
        return self.measured.counted

    @property
    def gap(self) -> Fraction | int | None:
        """How much is lacking to meet it, or, as less than 0, too much; 0 where it is met, None where it is unknown."""
        value, ceiling = self.value, self.target.ceiling
        if value is None:
            return None
        number = Fraction(value)
        over = ceiling is not None and number > ceiling
        gap = ceiling - number if over and ceiling is not None else max(self.target.floor - number, Fraction(0))
        return gap if isinstance(value, Fraction) or gap.denominator > 1 else int(gap)


def judged(target: Target, indicator: Indicator, view: View, on: date) -> TargetProgress:
    """Return where the target stands on the day `on`, by the rule above."""
    if on < target.start:
        begins = Label(
            f"kỳ của chỉ tiêu bắt đầu ngày {target.start}; chưa đến hạn phần nào",
            f"its period begins on {target.start}; nothing is due yet",
        )
        return TargetProgress(target=target, status=Status.ON_COURSE, measured=Measurement(), why=(begins,))
    day = min(on, target.deadline)
    found = _yearly(target, indicator, view, on) if target.comparator.is_yearly else _plain(target, indicator, view, on)
    ends = view.portfolio.on
    if ends is None or ends >= day:
        return found
    stops = Label(
        f"số liệu chỉ đến ngày {ends}, trước ngày xét {day}",
        f"the data end on {ends}, before the day of judgement, {day}",
    )
    return evolve(found, status=Status.UNKNOWN, why=(*found.why, stops))


def _plain(target: Target, indicator: Indicator, view: View, on: date) -> TargetProgress:
    period = Period(target.start, min(on, target.deadline))
    options = evolve(target.options, each=target.value or 1) if target.for_each else target.options
    measured = indicator.measure(view, period, options)
    due = target.due(on)
    if not indicator.is_share:
        due = Fraction(whole_part(due))
    met = _met(target, measured)
    if on > target.deadline:
        status = {True: Status.MET, False: Status.MISSED, None: Status.UNKNOWN}[met]
        return TargetProgress(target=target, status=status, measured=measured, why=measured.why)
    status = Status.MET if met else _under_way(target, measured, due)
    return TargetProgress(target=target, status=status, measured=measured, due=due, why=measured.why)


def _met(target: Target, measured: Measurement) -> bool | None:
    """Return whether the target is met; None where what is missing could settle it either way."""
    least, most, ceiling = measured.least, measured.most, target.ceiling
    if least is None or most is None:
        return None
    if least >= target.floor and (ceiling is None or most <= ceiling):
        return True
    return False if most < target.floor or (ceiling is not None and least > ceiling) else None


def _under_way(target: Target, measured: Measurement, due: Fraction) -> Status:
    least, most, ceiling = measured.least, measured.most, target.ceiling
    if least is None or most is None:
        return Status.UNKNOWN
    if most < due or (ceiling is not None and least > ceiling):
        return Status.BEHIND
    return Status.ON_COURSE if least >= due and (ceiling is None or most <= ceiling) else Status.UNKNOWN


def _yearly(target: Target, indicator: Indicator, view: View, on: date) -> TargetProgress:
    years = {
        year: indicator.measure(view, period, target.options) for year, period in _years(target) if period.end < on
    }
    numbers = FrozenDict({str(year): _whole(each.value) for year, each in years.items()})
    if not years:
        measured = indicator.measure(view, Period(target.start, on), target.options)
        first = Label("chưa năm nào kết thúc", "no year is over yet")
        status = Status.ON_COURSE if measured.least is not None else Status.UNKNOWN
        return TargetProgress(target=target, status=status, measured=measured, why=(*measured.why, first))
    each_year = target.comparator is Comparator.RANGE_PER_YEAR
    measured = _least(years) if each_year else _mean(years)
    answers = [_met(target, each) for each in years.values()] if each_year else [_met(target, measured)]
    met = False if False in answers else None if None in answers else True
    if on > target.deadline:
        status = {True: Status.MET, False: Status.MISSED, None: Status.UNKNOWN}[met]
    elif met is False and not each_year and measured.least is not None and measured.least >= target.floor:
        status = Status.ON_COURSE  # a mean that is too high may still come down
    else:
        status = {True: Status.ON_COURSE, False: Status.BEHIND, None: Status.UNKNOWN}[met]
    return TargetProgress(target=target, status=status, measured=measured, years=numbers, why=measured.why)


def _years(target: Target) -> Iterator[tuple[int, Period]]:
    """Yield the calendar years of the target's period, cut to it."""
    for year in range(target.start.year, target.deadline.year + 1):
        yield year, Period(max(target.start, date(year, 1, 1)), min(target.deadline, date(year, 12, 31)))


def _whole(value: Value) -> int | None:
    return None if value is None else int(value)


def _least(years: dict[int, Measurement]) -> Measurement:
    """Return the least of the years' numbers, with everything that was counted."""
    least = [each.least for each in years.values() if each.least is not None]
    most = [each.most for each in years.values() if each.most is not None]
    bounds = (min(least), min(most)) if len(least) == len(years) else (None, None)
    settled = all(each.settled for each in years.values())
    return _joined(years, bounds, bounds[0] if settled else None)


def _mean(years: dict[int, Measurement]) -> Measurement:
    """Return the mean of the years' numbers, with everything that was counted."""
    least = [each.least for each in years.values() if each.least is not None]
    most = [each.most for each in years.values() if each.most is not None]
    if len(least) < len(years):
        return _joined(years, (None, None), None)
    bounds = Fraction(sum(least), len(years)), Fraction(sum(most), len(years))
    return _joined(years, bounds, bounds[0] if bounds[0] == bounds[1] else None)


def _joined(
    years: dict[int, Measurement], bounds: tuple[Fraction | int | None, Fraction | int | None], value: Value
) -> Measurement:
    every = list(years.values())
    return Measurement(
        value=value,
        least=bounds[0],
        most=bounds[1],
        counted=tuple(name for each in every for name in each.counted),
        missing=tuple(dict.fromkeys(lack for each in every for lack in each.missing)),
        why=tuple(dict.fromkeys(why for each in every for why in each.why)),
    )
