"""Indicators of places and undertakings: communes, craft villages, points of sale, fairs, marks, milestones."""

from collections.abc import Callable

from ocop.programme.identity import by_id
from ocop.programme.measure import Measurement, Missing, Period, counting, flag, sharing, unknown
from ocop.programme.options import Options
from ocop.programme.records import SalesPoint
from ocop.programme.view import View


def share_of_communes_with_product(view: View, period: Period, options: Options) -> Measurement:
    """Measure which share of the communes chose at least as many products as each must, by the last day."""
    if view.portfolio.communes is None:
        return unknown("communes")
    communes = by_id(view.portfolio.communes, "code")
    counted: list[str] = []
    unsure: list[str] = []
    for code, commune in communes.items():
        if commune.chosen is None:
            unsure.append(code)
        elif len(set(commune.chosen)) >= options.each and (
            commune.chosen_on is None or commune.chosen_on <= period.end
        ):
            counted.append(code)
    missing = [Missing("chosen-products", tuple(unsure))] if unsure else []
    return sharing(counted, len(communes), unsure, missing)


def share_of_craft_villages(view: View, period: Period, _: Options) -> Measurement:
    """Measure which share of the traditional craft villages has a product with a star on the last day."""
    absent = [
        data
        for data, there in (("craft-villages", view.portfolio.craft_villages), ("recognitions", view.history))
        if there is None
    ]
    if absent:
        return unknown(*absent)
    standing = view.standing(period.end)
    villages = [each for each in by_id(view.portfolio.craft_villages or ()).values() if each.traditional]
    counted = [each.id for each in villages if any(product in standing for product in each.products or ())]
    unsure = [each.id for each in villages if each.products is None]
    missing = [Missing("village-products", tuple(unsure))] if unsure else []
    return sharing(counted, len(villages), unsure, missing)


def sales_points(view: View, period: Period, options: Options) -> Measurement:
    """Count the points that are open on the last day of the period."""
    return _points(
        view,
        options,
        lambda each: (
            each.opened is not None and each.opened <= period.end and (each.closed is None or each.closed > period.end)
        ),
    )


def sales_points_opened(view: View, period: Period, options: Options) -> Measurement:
    """Count the points that were opened in the period and are open on its last day."""
    return _points(
        view,
        options,
        lambda each: period.holds(each.opened) and (each.closed is None or each.closed > period.end),
    )


def fairs(view: View, period: Period, _: Options) -> Measurement:
    """Count the fairs held in the period."""
    if view.portfolio.fairs is None:
        return unknown("fairs")
    return counting(each.id for each in by_id(view.portfolio.fairs).values() if period.holds(each.held))


def mark_registered(view: View, period: Period, _: Options) -> Measurement:
    """Tell whether a trade mark of the programme is registered by the last day of the period."""
    if view.portfolio.marks is None:
        return unknown("marks")
    marks = by_id(view.portfolio.marks).values()
    return flag(counting(each.id for each in marks if each.registered is not None and each.registered <= period.end))


def milestone(view: View, period: Period, options: Options) -> Measurement:
    """Tell whether the milestone is done by the last day of the period; one that is not listed is unknown."""
    found = by_id(view.portfolio.milestones or ()).get(options.milestone or "")
    if found is None:
        return Measurement(missing=(Missing("milestones", (options.milestone or "",)),))
    return flag(counting([found.id] if found.done is not None and found.done <= period.end else []))


def _points(view: View, options: Options, keep: Callable[[SalesPoint], bool]) -> Measurement:
    if view.portfolio.sales_points is None:
        return unknown("sales-points")
    points = [
        each
        for each in by_id(view.portfolio.sales_points).values()
        if keep(each) and (not options.points or each.kind in options.points)
    ]
    if not options.tourism:
        return counting(each.id for each in points)
    unsure = [each.id for each in points if each.tourism is None]
    missing = [Missing("tourism-ties", tuple(unsure))] if unsure else []
    return counting((each.id for each in points if each.tourism), unsure, missing)
