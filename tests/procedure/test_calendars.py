import builtins
import copy
import pickle
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from holidays.version import __version__
from hypothesis import given
from hypothesis import strategies as st

from ocop.errors import ConversionError, DocumentError, MissingExtraError
from ocop.procedure import calendars
from ocop.procedure.calendars import (
    CalendarStamp,
    VietnamCalendar,
    WeekdayCalendar,
    WorkingCalendar,
    add_days,
    add_working_days,
)

DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))
SOME_DAYS = st.lists(DAYS, max_size=30)
VIETNAM = VietnamCalendar()


class TestWeekdayCalendar:
    def test_monday_to_friday(self) -> None:
        week = [date(2026, 6, 1) + timedelta(days=n) for n in range(7)]
        assert [WeekdayCalendar().is_working_day(day) for day in week] == [True] * 5 + [False] * 2

    def test_days_named(self) -> None:
        calendar = WeekdayCalendar([date(2026, 6, 1)], [date(2026, 6, 6)])
        assert not calendar.is_working_day(date(2026, 6, 1))
        assert calendar.is_working_day(date(2026, 6, 6))

    def test_its_stamp_tells_calendars_apart(self) -> None:
        some = WeekdayCalendar([date(2026, 9, 2)])
        assert CalendarStamp.of(WeekdayCalendar()) == CalendarStamp("weekdays", "1")
        assert some.version == "1+" + some.version[2:]
        assert len(some.version) == 14
        assert some.version != WeekdayCalendar((), [date(2026, 9, 2)]).version

    @given(SOME_DAYS, st.randoms())
    def test_the_order_of_days_does_not_matter(self, days: list[date], random: Any) -> None:
        shuffled = [*days, *days[:1]]
        random.shuffle(shuffled)
        assert WeekdayCalendar(days) == WeekdayCalendar(shuffled)
        assert WeekdayCalendar(days).version == WeekdayCalendar(shuffled).version

    @pytest.mark.parametrize("days", [3, None, "2026-09-02", ["2026-09-02"], [datetime(2026, 9, 2)]])  # noqa: DTZ001
    def test_what_is_no_day_is_refused(self, days: Any) -> None:
        for calendar in (WeekdayCalendar, VietnamCalendar):
            with pytest.raises(ConversionError, match="expected dates"):
                calendar(days)
            with pytest.raises(ConversionError, match="expected dates"):
                calendar(worked_days=days)

    def test_it_is_hashable_and_picklable(self) -> None:
        calendar = WeekdayCalendar([date(2026, 9, 2)])
        assert pickle.loads(pickle.dumps(calendar)) == copy.deepcopy(calendar) == calendar  # noqa: S301
        assert len({calendar, copy.copy(calendar)}) == 1


class TestVietnamCalendar:
    @pytest.mark.parametrize(
        "day",
        [
            "2026-01-01",  # the new year
            "2026-02-17",  # Tết
            "2026-02-20",  # its fourth day
            "2026-04-27",  # the Hùng Kings' day fell on the Sunday before
            "2026-04-30",
            "2026-05-01",
            "2026-09-01",  # National Day has two days
            "2026-09-02",
            "2026-06-06",  # a Saturday
            "2025-05-02",  # swapped
            "2027-05-03",  # 1 May fell on the Saturday before
        ],
    )
    def test_days_off(self, day: str) -> None:
        assert not VIETNAM.is_working_day(date.fromisoformat(day))

    @pytest.mark.parametrize("day", ["2026-02-13", "2026-02-23", "2026-05-04", "2026-09-03", "2025-04-26"])
    def test_days_worked(self, day: str) -> None:
        # The last is a Saturday, worked for 2 May.
        assert VIETNAM.is_working_day(date.fromisoformat(day))

    def test_days_that_the_library_lacks_can_be_named(self) -> None:
        calendar = VietnamCalendar(days_off=[date(2028, 6, 2)], worked_days=[date(2028, 6, 10)])
        assert not calendar.is_working_day(date(2028, 6, 2))
        assert calendar.is_working_day(date(2028, 6, 10))
        assert VIETNAM.is_working_day(date(2028, 6, 2))
        assert not VIETNAM.is_working_day(date(2028, 6, 10))

    def test_its_stamp(self) -> None:
        assert CalendarStamp.of(VIETNAM) == CalendarStamp("vietnam", __version__)
        assert VietnamCalendar([date(2028, 6, 2)]).version.startswith(__version__ + "+")

    @pytest.mark.parametrize("year", [1900, 2101, 9999])
    def test_a_year_that_the_library_does_not_cover(self, year: int) -> None:
        with pytest.raises(DocumentError) as caught:
            VIETNAM.is_working_day(date(year, 3, 1))
        assert caught.value.report.codes == ("calendar-year-not-covered",)
        assert "1901–2100" in str(caught.value)

    def test_without_the_extra(self, monkeypatch: pytest.MonkeyPatch) -> None:
        real = builtins.__import__

        def without(name: str, globals: Mapping[str, Any] | None = None, *more: Any) -> Any:  # noqa: A002
            if name == "holidays":
                raise ImportError(name)
            return real(name, globals, *more)

        calendars._vietnam.cache_clear()
        monkeypatch.setattr(builtins, "__import__", without)
        with pytest.raises(MissingExtraError, match=r"ocop\[calendar\]"):
            VietnamCalendar()

    def test_it_is_hashable_and_picklable(self) -> None:
        assert pickle.loads(pickle.dumps(VIETNAM)) == VIETNAM  # noqa: S301
        assert hash(VIETNAM) == hash(VietnamCalendar())


def naive(day: date, n: int, calendar: WorkingCalendar) -> date:
    """Count through the days of five years."""
    later = [day + timedelta(days=step) for step in range(1, 2000)]
    return [each for each in later if calendar.is_working_day(each)][n - 1] if n else day


class TestAddWorkingDays:
    @pytest.mark.parametrize(
        ("day", "n", "expected"),
        [
            ("2026-06-01", 0, "2026-06-01"),
            ("2026-06-01", 1, "2026-06-02"),
            ("2026-06-05", 1, "2026-06-08"),
            ("2026-06-06", 1, "2026-06-08"),
            ("2026-06-06", 0, "2026-06-06"),
            ("2026-06-01", 15, "2026-06-22"),
            ("9999-12-31", 1, "9999-12-31"),
        ],
    )
    def test_weekdays(self, day: str, n: int, expected: str) -> None:
        assert str(add_working_days(date.fromisoformat(day), n, WeekdayCalendar())) == expected

    def test_tet_and_its_days_in_lieu_do_not_count(self) -> None:
        # 9–13 and 23–27 February, 2–6 March; the week of Tết lies between.
        assert str(add_working_days(date(2026, 2, 8), 15, VIETNAM)) == "2026-03-06"
        assert str(add_working_days(date(2026, 2, 8), 15, WeekdayCalendar())) == "2026-02-27"

    def test_a_swapped_saturday_counts(self) -> None:
        # Friday 25 April 2025 is followed by a worked Saturday.
        assert str(add_working_days(date(2025, 4, 25), 1, VIETNAM)) == "2025-04-26"

    @given(DAYS, st.integers(0, 60), SOME_DAYS, SOME_DAYS)
    def test_it_agrees_with_a_naive_count(
        self, day: date, n: int, days_off: Sequence[date], worked: Sequence[date]
    ) -> None:
        calendar = WeekdayCalendar(days_off, worked)
        assert add_working_days(day, n, calendar) == naive(day, n, calendar)

    @given(DAYS, st.integers(0, 60))
    def test_it_agrees_with_a_naive_count_in_vietnam(self, day: date, n: int) -> None:
        assert add_working_days(day, n, VIETNAM) == naive(day, n, VIETNAM)

    @given(DAYS, st.integers(0, 30), st.integers(0, 30))
    def test_counting_in_two_goes(self, day: date, n: int, m: int) -> None:
        calendar = WeekdayCalendar()
        assert add_working_days(add_working_days(day, n, calendar), m, calendar) == add_working_days(
            day, n + m, calendar
        )

    @pytest.mark.parametrize("n", [-1, 1.0, True, "1", None])
    def test_what_is_no_count_is_refused(self, n: Any) -> None:
        with pytest.raises(ConversionError, match="expected an integer of 0 or more"):
            add_working_days(date(2026, 6, 1), n, WeekdayCalendar())

    def test_a_calendar_without_working_days_ends_the_count(self) -> None:
        class Never:
            name = "never"
            version = "0"

            def is_working_day(self, day: date) -> bool:
                return False

        with pytest.raises(DocumentError) as caught:
            add_working_days(date(2026, 6, 1), 1, Never())
        assert caught.value.report.codes == ("calendar-without-working-days",)
        assert "2026-07-31" in str(caught.value)


@pytest.mark.parametrize(
    ("day", "days", "expected"),
    [
        (date(2026, 5, 22), 60, "2026-07-21"),
        (date(2026, 1, 1), -1, "2025-12-31"),
        (date.max, 1, "9999-12-31"),
        (date.min, -1, "0001-01-01"),
        (date.min, 3_652_058, "9999-12-31"),
    ],
)
def test_days_later_end_with_the_calendar(day: date, days: int, expected: str) -> None:
    assert str(add_days(day, days)) == expected
