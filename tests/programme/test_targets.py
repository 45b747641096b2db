from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop.errors import ConversionError
from ocop.model.stars import Star
from ocop.programme.indicators import indicator
from ocop.programme.judge import Status, TargetProgress, judged
from ocop.programme.options import Options
from ocop.programme.portfolio import Portfolio
from ocop.programme.records import CommuneRecord, Fair, SalesPoint, Standardisation
from ocop.programme.targets import Comparator, Target, Waypoint, target_problems
from ocop.programme.view import View
from ocop.text import Label
from portfolio_makers import product

LABEL = Label("thử", "trial")


def target(comparator: Comparator = Comparator.AT_LEAST, value: int | None = 10, **more: Any) -> Target:
    values: dict[str, Any] = {
        "indicator": "fairs",
        "start": date(2021, 1, 1),
        "deadline": date(2022, 12, 31),
        "id": "t",
        "label": LABEL,
        "unit": LABEL,
    }
    return Target(**values | more, comparator=comparator, value=value)


def held(*days: date) -> Portfolio:
    return Portfolio(fairs=[Fair(id=f"f{number}", name="Hội chợ", held=day) for number, day in enumerate(days)])


def many(count: int, on: date = date(2021, 1, 1)) -> Portfolio:
    return held(*[on] * count)


def found(wanted: Target, made: Portfolio, on: date) -> TargetProgress:
    return judged(wanted, indicator(wanted.indicator), View(made), on)


def status(wanted: Target, made: Portfolio, on: date) -> str:
    return found(wanted, made, on).status.value


MIDDLE, LAST, AFTER = date(2021, 12, 31), date(2022, 12, 31), date(2023, 1, 1)


# Numbers


@pytest.mark.parametrize(
    ("wanted", "floor", "ceiling"),
    [
        (target(), 10, None),
        (target(percent=True, indicator="share-at-star"), Fraction(1, 10), None),
        (target(Comparator.EQUAL), 10, 10),
        (target(Comparator.EQUAL, or_more=True), 10, None),
        (target(Comparator.ABOUT, tolerance=Fraction(1, 10)), 9, 11),
        (target(Comparator.ABOUT, tolerance=Fraction(1, 10), or_more=True), 9, None),
        (target(Comparator.INCREMENT), 10, None),
        (target(Comparator.DONE, None), 1, None),
        (target(Comparator.EXISTS, None), 1, None),
        (target(Comparator.RANGE_PER_YEAR, 3, most=5), 3, 5),
        (target(Comparator.RANGE_MEAN_PER_YEAR, 3, most=5, or_more=True), 3, None),
        (target(value=2, for_each=True, indicator="share-of-communes-with-product"), 1, None),
    ],
)
def test_the_numbers_that_meet_a_target(wanted: Target, floor: Fraction, ceiling: Fraction | None) -> None:
    assert (wanted.floor, wanted.ceiling) == (floor, ceiling)


@pytest.mark.parametrize("deadline", [date.min, date.max])
def test_what_is_due_from_the_first_day_of_the_calendar_on(deadline: date) -> None:
    wanted = attrs.evolve(target(value=4), start=date.min, deadline=deadline)
    assert [wanted.due(date.min), wanted.due(date.max)] == [Fraction(0), Fraction(4)]


def test_what_is_due_grows_by_the_day_from_the_start_to_the_deadline() -> None:
    wanted = target(value=730)
    assert wanted.due(date(2020, 12, 31)) == 0
    assert wanted.due(date(2021, 1, 1)) == 1
    assert wanted.due(date(2021, 12, 31)) == 365
    assert wanted.due(date(2022, 12, 31)) == 730
    assert wanted.due(date(2030, 1, 1)) == 730


def test_waypoints_bend_the_line() -> None:
    wanted = target(value=20, waypoints=[Waypoint(date(2021, 12, 31), 15)])
    assert wanted.due(date(2021, 12, 31)) == 15
    assert wanted.due(date(2022, 1, 1)) == 15 + Fraction(5, 365)
    percents = target(value=20, percent=True, waypoints=[Waypoint(date(2021, 12, 31), 15)])
    assert percents.due(date(2021, 12, 31)) == Fraction(15, 100)


@given(st.dates(date(2019, 1, 1), date(2025, 1, 1)), st.integers(0, 900))
def test_what_is_due_never_falls(day: date, later: int) -> None:
    wanted = target(waypoints=[Waypoint(date(2021, 6, 1), 2), Waypoint(date(2022, 6, 1), 7)])
    assert 0 <= wanted.due(day) <= wanted.due(day + timedelta(later)) <= wanted.floor


def test_targets_are_strict() -> None:
    for wrong in ({"value": True}, {"most": 5.0}, {"tolerance": 0.1}, {"waypoints": [5]}, {"percent": 1}):
        with pytest.raises(ConversionError):
            target(**wrong)


# Problems


@pytest.mark.parametrize(
    ("wanted", "code", "pointer"),
    [
        (target(indicator="fares"), "target-indicator-unknown", "/indicator"),
        (target(options=Options(star=Star.THREE)), "target-option-unused", "/options/star"),
        (target(indicator="products-reaching-star"), "target-option-missing", "/options/star"),
        (target(indicator="mark-registered"), "target-comparator-wrong", "/comparator"),
        (
            target(Comparator.DONE, None, indicator="share-of-subjects-circular"),
            "target-comparator-wrong",
            "/comparator",
        ),
        (
            target(Comparator.RANGE_PER_YEAR, 1, most=2, indicator="share-of-subjects-circular", percent=True),
            "target-comparator-wrong",
            "/comparator",
        ),
        (target(percent=True), "target-percent-wrong", "/percent"),
        (target(for_each=True), "target-percent-wrong", "/percent"),
        (target(indicator="share-of-subjects-circular"), "target-percent-wrong", "/percent"),
        (target(value=None), "target-value-missing", "/value"),
        (target(Comparator.ABOUT), "target-value-missing", "/tolerance"),
        (target(Comparator.RANGE_PER_YEAR), "target-value-missing", "/most"),
        (target(Comparator.EXISTS), "target-value-unexpected", "/value"),
        (target(most=12), "target-value-unexpected", "/most"),
        (target(tolerance=Fraction(1, 10)), "target-value-unexpected", "/tolerance"),
        (target(Comparator.RANGE_PER_YEAR, 5, most=3), "target-range-reversed", "/most"),
        (target(Comparator.ABOUT, tolerance=Fraction(1)), "target-tolerance-range", "/tolerance"),
        (target(deadline=date(2020, 12, 31)), "period-reversed", "/deadline"),
        (target(waypoints=[Waypoint(date(2020, 12, 31), 1)]), "target-waypoint-outside", "/waypoints/0/on"),
        (target(waypoints=[Waypoint(LAST, 1)]), "target-waypoint-outside", "/waypoints/0/on"),
        (target(waypoints=[Waypoint(MIDDLE, 1), Waypoint(MIDDLE, 2)]), "target-waypoint-outside", "/waypoints/1/on"),
    ],
)
def test_an_inconsistent_target_is_told(wanted: Target, code: str, pointer: str) -> None:
    assert [(each.code, each.pointer) for each in target_problems(wanted)] == [(code, pointer)]


def test_a_consistent_target_has_no_problem() -> None:
    assert [*target_problems(target(waypoints=[Waypoint(date(2021, 1, 1), 1), Waypoint(MIDDLE, 2)]))] == []


def test_the_nearest_indicator_is_named() -> None:
    [problem] = target_problems(target(indicator="fair"))
    assert (problem.got, problem.hint) == ("fair", "fairs")


# Judgement


def test_met_on_course_behind_missed() -> None:
    wanted = target(value=10)
    assert status(wanted, many(10), MIDDLE) == "met"
    assert status(wanted, many(5), MIDDLE) == "on-course"
    assert status(wanted, many(4), MIDDLE) == "behind"
    assert status(wanted, many(9), LAST) == "behind"
    assert status(wanted, many(9), AFTER) == "missed"
    assert status(wanted, many(10), AFTER) == "met"
    assert status(wanted, Portfolio(), MIDDLE) == "unknown"


def test_of_whole_things_the_whole_part_is_due() -> None:
    wanted = target(value=1)
    assert found(wanted, many(0), LAST - timedelta(1)).due == 0
    assert status(wanted, many(0), LAST - timedelta(1)) == "on-course"
    assert status(wanted, many(0), LAST) == "behind"


def test_a_share_is_due_exactly() -> None:
    wanted = target(value=50, percent=True, indicator="share-of-products-standardised")
    made = Portfolio(products=[product(f"p{n}") for n in range(4)], standardised=[])
    assert found(wanted, made, MIDDLE).due == Fraction(1, 4)
    one = made.adding(standardised=[Standardisation(product="p0", on=date(2021, 5, 5))])
    assert status(wanted, one, MIDDLE) == "on-course"
    assert status(wanted, one, MIDDLE + timedelta(1)) == "behind"


def test_before_its_period_nothing_is_due_and_nothing_is_counted() -> None:
    result = found(target(), many(10), date(2020, 12, 31))
    assert (result.status, result.value, result.counted) == (Status.ON_COURSE, None, ())
    assert result.why[0].en == "its period begins on 2021-01-01; nothing is due yet"


def test_what_happens_after_the_deadline_or_the_day_does_not_count() -> None:
    wanted = target(value=1)
    assert status(wanted, many(1, AFTER), date(2025, 1, 1)) == "missed"
    assert found(wanted, many(1, LAST), MIDDLE).value == 0


def test_a_portfolio_that_ends_before_the_day_of_judgement_settles_nothing() -> None:
    made = attrs.evolve(many(10), on=MIDDLE)
    assert status(target(), made, MIDDLE) == "met"
    result = found(target(), made, date(2022, 1, 1))
    assert (result.status, result.value) == (Status.UNKNOWN, 10)
    assert result.why[-1].en == "the data end on 2021-12-31, before the day of judgement, 2022-01-01"
    assert status(target(), attrs.evolve(made, on=LAST), date(2040, 1, 1)) == "met"


def test_more_than_an_exact_number_is_too_much_unless_the_target_says_otherwise() -> None:
    wanted = target(Comparator.EQUAL, 2)
    result = found(wanted, many(3), MIDDLE)
    assert (result.status, result.gap) == (Status.BEHIND, -1)
    assert status(wanted, many(3), AFTER) == "missed"
    assert status(attrs.evolve(wanted, or_more=True), many(3), AFTER) == "met"
    assert status(wanted, many(2), MIDDLE) == "met"


def test_the_gap_is_what_is_lacking() -> None:
    assert found(target(), many(4), AFTER).gap == 6
    assert found(target(), many(10), AFTER).gap == 0
    assert found(target(), many(11), AFTER).gap == 0
    assert found(target(Comparator.ABOUT, 5, tolerance=Fraction(1, 10)), many(4), AFTER).gap == Fraction(1, 2)
    assert found(target(Comparator.DONE, None, indicator="mark-registered"), Portfolio(marks=[]), AFTER).gap == 1
    assert found(target(), Portfolio(), AFTER).gap is None


def chosen(yes: int, no: int, unknown: int) -> Portfolio:
    every = [("x",)] * yes + [()] * no + [None] * unknown
    return Portfolio(communes=[CommuneRecord(code=f"{n}", name="Xã", chosen=each) for n, each in enumerate(every)])


def half(**more: Any) -> Target:
    return target(value=50, percent=True, indicator="share-of-communes-with-product", **more)


@pytest.mark.parametrize(
    ("made", "during", "after"),
    [
        (chosen(5, 4, 1), "met", "met"),
        (chosen(4, 5, 1), "on-course", "unknown"),
        (chosen(3, 4, 3), "on-course", "unknown"),
        (chosen(2, 5, 3), "unknown", "unknown"),
        (chosen(2, 6, 2), "unknown", "missed"),
        (chosen(1, 8, 1), "behind", "missed"),
    ],
)
def test_where_data_are_missing_both_bounds_must_agree(made: Portfolio, during: str, after: str) -> None:
    assert status(half(), made, MIDDLE) == during
    assert status(half(), made, AFTER) == after


@pytest.mark.parametrize(
    ("made", "during", "after"),
    [
        (chosen(5, 5, 0), "met", "met"),
        (chosen(5, 4, 1), "unknown", "unknown"),
        (chosen(4, 4, 2), "unknown", "unknown"),
        (chosen(6, 3, 1), "behind", "missed"),
        (chosen(3, 6, 1), "on-course", "missed"),
    ],
)
def test_an_exact_share_is_settled_from_both_sides(made: Portfolio, during: str, after: str) -> None:
    exact = attrs.evolve(half(), comparator=Comparator.EQUAL)
    assert status(exact, made, MIDDLE) == during
    assert status(exact, made, AFTER) == after


# Years


def yearly(comparator: Comparator = Comparator.RANGE_PER_YEAR, **more: Any) -> Target:
    return target(comparator, 1, most=2, deadline=date(2023, 12, 31), **more)


def in_years(*counts: int) -> Portfolio:
    return held(*(date(2021 + year, 6, 6) for year, count in enumerate(counts) for _ in range(count)))


@pytest.mark.parametrize(
    ("counts", "on", "expected", "value"),
    [
        ((1,), date(2021, 12, 31), "on-course", 1),
        ((0,), date(2021, 12, 31), "on-course", 0),
        ((1,), date(2022, 1, 1), "on-course", 1),
        ((0, 9), date(2022, 12, 31), "behind", 0),
        ((3, 2), date(2022, 12, 31), "behind", 3),
        ((1, 2, 0), date(2023, 12, 31), "on-course", 1),
        ((1, 2, 0), date(2024, 1, 1), "missed", 0),
        ((1, 2, 3), date(2024, 1, 1), "missed", 1),
        ((1, 2, 2), date(2024, 1, 1), "met", 1),
        ((1, 2, 2), date(2050, 1, 1), "met", 1),
    ],
)
def test_every_year_is_judged_when_it_is_over(counts: tuple[int, ...], on: date, expected: str, value: int) -> None:
    result = found(yearly(), in_years(*counts), on)
    assert (result.status.value, result.value) == (expected, value)


def test_the_years_that_are_over_are_told() -> None:
    result = found(yearly(), in_years(1, 2, 2), date(2023, 6, 6))
    assert result.years == {"2021": 1, "2022": 2}
    assert result.counted == ("f0", "f1", "f2")
    assert found(yearly(), in_years(1), date(2021, 6, 6)).why[-1].en == "no year is over yet"


@pytest.mark.parametrize(
    ("counts", "on", "expected", "value"),
    [
        ((0, 2), date(2022, 1, 1), "behind", 0),
        ((0, 3), date(2023, 1, 1), "on-course", Fraction(3, 2)),
        ((9, 0), date(2023, 1, 1), "on-course", Fraction(9, 2)),
        ((9, 0, 0), date(2024, 1, 1), "missed", 3),
        ((6, 0, 0), date(2024, 1, 1), "met", 2),
        ((0, 0, 2), date(2024, 1, 1), "missed", Fraction(2, 3)),
    ],
)
def test_the_mean_of_the_years_is_judged(counts: tuple[int, ...], on: date, expected: str, value: Fraction) -> None:
    result = found(yearly(Comparator.RANGE_MEAN_PER_YEAR), in_years(*counts), on)
    assert (result.status.value, result.value) == (expected, value)


@pytest.mark.parametrize("comparator", [Comparator.RANGE_PER_YEAR, Comparator.RANGE_MEAN_PER_YEAR])
def test_years_of_which_nothing_is_known(comparator: Comparator) -> None:
    for on in (date(2021, 5, 5), date(2022, 5, 5), date(2024, 5, 5)):
        result = found(yearly(comparator), Portfolio(), on)
        assert (result.status, result.value) == (Status.UNKNOWN, None)
        assert [each.data for each in result.measured.missing] == ["fairs"]
    assert found(yearly(comparator), Portfolio(), date(2023, 5, 5)).years == {"2021": None, "2022": None}


def points_tied(*ties: bool | None) -> Portfolio:
    return Portfolio(
        sales_points=[
            SalesPoint(id=f"x{number}", name="Điểm", opened=date(2021, 3, 3), tourism=tie)
            for number, tie in enumerate(ties)
        ]
    )


def test_a_year_that_is_known_in_part_is_settled_where_both_bounds_agree() -> None:
    def tied(comparator: Comparator, **more: Any) -> Target:
        values = {"indicator": "sales-points-opened", "options": Options(tourism=True), **more}
        return target(comparator, 1, most=2, **{"deadline": date(2021, 12, 31), **values})

    after = date(2022, 1, 1)
    for comparator in (Comparator.RANGE_PER_YEAR, Comparator.RANGE_MEAN_PER_YEAR):
        assert status(tied(comparator), points_tied(True, None), after) == "met"
        assert status(tied(comparator), points_tied(True, True, None), after) == "unknown"
        assert status(tied(comparator), points_tied(False, None), after) == "unknown"
        assert found(tied(comparator), points_tied(True, None), after).value is None
        assert status(tied(comparator, or_more=True), points_tied(True, True, None), after) == "met"


# Laws


@given(st.integers(0, 12), st.integers(0, 800), st.integers(0, 800))
def test_a_count_that_is_met_stays_met(count: int, first: int, later: int) -> None:
    wanted, made = target(), many(count)
    day = date(2021, 1, 1) + timedelta(first)
    if status(wanted, made, day) == "met":
        assert status(wanted, made, day + timedelta(later)) == "met"


ORDER = ["missed", "behind", "on-course", "met"]


@given(st.integers(0, 12), st.integers(1, 5), st.dates(date(2021, 1, 1), date(2024, 1, 1)))
def test_more_is_never_worse(count: int, more: int, day: date) -> None:
    assert ORDER.index(status(target(), many(count), day)) <= ORDER.index(status(target(), many(count + more), day))


def test_every_status_and_comparator_is_named() -> None:
    assert all(each.label.vi != each.label.en for kind in (Status, Comparator) for each in kind)
