"""Indicators of what was done for products: projects, standards, promotion, protection, digital dossiers.

What is said of a product that the portfolio does not have does not count; `check_portfolio` tells of it.
"""

from ocop.programme.identity import by_id
from ocop.programme.measure import Measurement, Missing, Period, counting, sharing, unknown
from ocop.programme.options import Options
from ocop.programme.view import View


def projects(view: View, period: Period, _: Options) -> Measurement:
    """Count the value-chain projects approved in the period."""
    if view.portfolio.projects is None:
        return unknown("projects")
    return counting(each.id for each in by_id(view.portfolio.projects).values() if period.holds(each.approved))


def share_standardised(view: View, period: Period, _: Options) -> Measurement:
    """Measure which share of the place's products was standardised in the period."""
    absent = [each for each in ("products", "standardised") if getattr(view.portfolio, each) is None]
    if absent:
        return unknown(*absent)
    products = view.products or {}
    done = {each.product for each in view.portfolio.standardised or () if period.holds(each.on)}
    return sharing(sorted(done & products.keys()), len(products))


def products_promoted(view: View, period: Period, _: Options) -> Measurement:
    """Count the products that were both raised in quality and promoted in the period."""
    promoted = view.portfolio.promoted
    if promoted is None:
        return unknown("promoted")
    raised = {each.product for each in promoted if period.holds(each.quality_raised)}
    shown = {each.product for each in promoted if period.holds(each.promoted)}
    both = raised & shown
    return counting(sorted(both if view.products is None else both & view.products.keys()))


def products_protected(view: View, period: Period, options: Options) -> Measurement:
    """Count the products with a protection of one of the kinds that was issued in the period."""
    if view.products is None:
        return unknown("products")
    counted: list[str] = []
    unsure: list[str] = []
    for name, product in view.products.items():
        days = [each.issued for each in product.protections if each.kind in options.protections]
        if any(period.holds(day) for day in days):
            counted.append(name)
        elif None in days:
            unsure.append(name)
    missing = [Missing("protection-days", tuple(unsure))] if unsure else []
    return counting(counted, unsure, missing)


def share_of_dossiers_digital(view: View, period: Period, _: Options) -> Measurement:
    """Measure which share of the dossiers of products ever recognised is digital, on the last day of the period.

    A recognised product without any dossier is one dossier of which nothing is known.
    """
    absent = [
        data for data, there in (("dossiers", view.portfolio.dossiers), ("recognitions", view.history)) if there is None
    ]
    if absent:
        return unknown(*absent)
    rated = view.ever_recognised(period.end)
    dossiers = [
        each
        for each in by_id(view.portfolio.dossiers or ()).values()
        if each.product in rated and (each.handed_in is None or each.handed_in <= period.end)
    ]
    without = sorted(rated - {each.product for each in dossiers})
    untold = [each.id for each in dossiers if each.digital is None]
    missing = [Missing("dossier-records", tuple(without))] if without else []
    missing += [Missing("dossier-media", tuple(untold))] if untold else []
    counted = [each.id for each in dossiers if each.digital]
    return sharing(counted, len(dossiers) + len(without), [*without, *untold], missing)
