"""Targets: what a programme promised, by when, and how that is read."""

from collections.abc import Iterator, Mapping
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Final

from attrs import field, frozen

from ocop.errors import Problem, nearest, pointer
from ocop.model.fields import is_a, text
from ocop.procedure.calendars import add_days
from ocop.programme.indicators import INDICATORS, Indicator
from ocop.programme.options import Options
from ocop.programme.records import as_tuple, every
from ocop.text import NO_LABEL, Label


class Comparator(Enum):
    """How a value is held against its target.

    >>> Comparator.AT_LEAST.label.vi
    'ít nhất'
    """

    AT_LEAST = "at-least"
    ABOUT = "about"
    """Within the target's `tolerance`."""
    EQUAL = "equal"
    EXISTS = "exists"
    """There is one."""
    DONE = "done"
    """It is done."""
    INCREMENT = "increment"
    """At least so many more, from the start of the target's period."""
    RANGE_PER_YEAR = "range-per-year"
    """From `value` to `most` in every year."""
    RANGE_MEAN_PER_YEAR = "range-mean-per-year"
    """From `value` to `most` a year on average."""

    @property
    def label(self) -> Label:
        """Its name."""
        return _COMPARATORS[self]

    @property
    def is_flag(self) -> bool:
        """Whether it asks for a yes and no number."""
        return self in (Comparator.EXISTS, Comparator.DONE)

    @property
    def is_yearly(self) -> bool:
        """Whether it judges years."""
        return self in (Comparator.RANGE_PER_YEAR, Comparator.RANGE_MEAN_PER_YEAR)


_COMPARATORS: Final = {
    Comparator.AT_LEAST: Label("ít nhất", "at least"),
    Comparator.ABOUT: Label("khoảng", "about"),
    Comparator.EQUAL: Label("bằng", "equal to"),
    Comparator.EXISTS: Label("có", "there is one"),
    Comparator.DONE: Label("hoàn thành", "done"),
    Comparator.INCREMENT: Label("thêm", "additional"),
    Comparator.RANGE_PER_YEAR: Label("mỗi năm", "each year"),
    Comparator.RANGE_MEAN_PER_YEAR: Label("trung bình mỗi năm", "a year on average"),
}


@frozen
class Waypoint:
    """How much is due on a day on the way to the deadline."""

    on: date = field(validator=is_a(date))
    value: int = field(validator=is_a(int))
    """In percent where the target's numbers are."""


@frozen(kw_only=True)
class Target:
    """One thing that a programme promised.

    Where the source is silent or doubtful, the reading is a field here, and the `remark` says so.

    >>> target = Target(id="fairs", label=Label("hội chợ", "fairs"), indicator="fairs", comparator=Comparator.AT_LEAST,
    ...                 value=4, unit=Label("hội chợ", "fair"), start=date(2021, 1, 1), deadline=date(2022, 12, 31))
    >>> target.floor, target.ceiling, target.due(date(2021, 12, 31))
    (Fraction(4, 1), None, Fraction(2, 1))
    """

    id: str = field(converter=text, validator=is_a(str))
    """A stable name within its programme."""
    label: Label = field(validator=is_a(Label))
    """What is promised, in few words of ours."""
    indicator: str = field(converter=text, validator=is_a(str))
    """The id of the indicator that measures it."""
    options: Options = field(default=Options(), validator=is_a(Options))
    """By what the indicator is narrowed."""
    comparator: Comparator = field(validator=is_a(Comparator))
    value: int | None = field(default=None, validator=is_a(int, optional=True))
    """The number promised; of a range, its lower end. None for what exists or is done."""
    most: int | None = field(default=None, validator=is_a(int, optional=True))
    """The upper end of a range."""
    percent: bool = field(default=False, validator=is_a(bool))
    """Whether the numbers are percents, of an indicator that measures a share."""
    or_more: bool = field(default=False, validator=is_a(bool))
    """Whether more than an exact number, an approximate one or a range still meets the target."""
    tolerance: Fraction | None = field(default=None, validator=is_a(Fraction, optional=True))
    """How far from an approximate number the value may lie, as a share of that number."""
    for_each: bool = field(default=False, validator=is_a(bool))
    """Whether the value holds for each of the base, and not in total: the share of those that reach it must be all."""
    unit: Label = field(validator=is_a(Label))
    start: date = field(validator=is_a(date))
    """The first day of its period: what happens from then on counts, and from then on it is due bit by bit."""
    deadline: date = field(validator=is_a(date))
    """The last day of its period."""
    waypoints: tuple[Waypoint, ...] = field(default=(), converter=as_tuple, validator=every(Waypoint))
    """What is due in between; without them, it is due evenly."""
    scope: Label = field(default=NO_LABEL, validator=is_a(Label))
    """What it holds for, where that is not simply the place."""
    source: str = field(default="", converter=text, validator=is_a(str))
    """Where it was promised."""
    remark: Label = field(default=NO_LABEL, validator=is_a(Label))
    """What is doubtful in the source, and how it is read here."""

    @property
    def scale(self) -> int:
        """What its numbers are divided by: 100 where they are percents."""
        return 100 if self.percent else 1

    @property
    def floor(self) -> Fraction:
        """The least value that meets it."""
        if self.for_each or self.comparator.is_flag:
            return Fraction(1)
        floor = Fraction(self.value or 0, self.scale)
        return floor * (1 - (self.tolerance or 0))

    @property
    def ceiling(self) -> Fraction | None:
        """The greatest value that meets it; None where there is none."""
        number = self.most if self.comparator.is_yearly else self.value
        exact = (Comparator.EQUAL, Comparator.ABOUT, Comparator.RANGE_PER_YEAR, Comparator.RANGE_MEAN_PER_YEAR)
        if self.or_more or self.for_each or self.comparator not in exact:
            return None
        return Fraction(number or 0, self.scale) * (1 + (self.tolerance or 0))

    def due(self, on: date) -> Fraction:
        """Return how much is due by the end of the day `on`, by straight lines.

        The lines run from 0 on the day before the start, through the waypoints, to the `floor` on the deadline.
        """
        before = add_days(self.start, -1), Fraction(0)
        if on <= before[0]:
            return Fraction(0)
        for day, value in [*((each.on, Fraction(each.value, self.scale)) for each in self.waypoints), self._end]:
            if on <= day:
                passed = Fraction((on - before[0]).days, (day - before[0]).days)
                return before[1] + passed * (value - before[1])
            before = day, value
        return self.floor

    @property
    def _end(self) -> tuple[date, Fraction]:
        return self.deadline, self.floor


def target_problems(target: Target, indicators: Mapping[str, Indicator] = INDICATORS) -> Iterator[Problem]:
    """Yield what about a target is inconsistent, with pointers into it."""
    known = indicators.get(target.indicator)
    if known is None:
        hint = nearest(target.indicator, indicators)
        yield Problem.of("target-indicator-unknown", "/indicator", got=target.indicator, hint=hint)
    else:
        given = target.options.given
        for name in given:
            if name not in known.takes:
                yield Problem.of("target-option-unused", pointer("options", name), indicator=known.id, option=name)
        for name in known.needs:
            if name not in given:
                yield Problem.of("target-option-missing", pointer("options", name), indicator=known.id, option=name)
        counts = target.comparator.is_flag or target.comparator.is_yearly
        wrong = (counts and known.is_share) or (known.is_flag and not target.comparator.is_flag)
        if wrong:
            yield Problem.of("target-comparator-wrong", "/comparator", indicator=known.id, got=target.comparator.value)
        elif known.is_share is not (target.percent or target.for_each):
            yield Problem.of("target-percent-wrong", "/percent", indicator=known.id)
    for name, wanted in (
        ("value", not target.comparator.is_flag),
        ("most", target.comparator.is_yearly),
        ("tolerance", target.comparator is Comparator.ABOUT),
    ):
        if (getattr(target, name) is not None) is not wanted:
            code = "target-value-missing" if wanted else "target-value-unexpected"
            yield Problem.of(code, pointer(name), key=name, comparator=target.comparator.label)
    if target.value is not None and target.most is not None and target.most < target.value:
        yield Problem.of("target-range-reversed", "/most", expected=f"≥ {target.value}", got=str(target.most))
    if target.tolerance is not None and not 0 <= target.tolerance < 1:
        yield Problem.of("target-tolerance-range", "/tolerance", expected="0 … 1", got=str(target.tolerance))
    if target.deadline < target.start:
        yield Problem.of("period-reversed", "/deadline", expected=f"≥ {target.start}", got=str(target.deadline))
    last = add_days(target.start, -1)
    for index, each in enumerate(target.waypoints):
        if not last < each.on < target.deadline:
            where = pointer("waypoints", index, "on")
            yield Problem.of(
                "target-waypoint-outside", where, first=target.start, last=target.deadline, got=str(each.on)
            )
        last = max(last, each.on)
