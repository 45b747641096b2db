"""Indicators of recognition: events, the products behind them, and their stars.

A recognition that has been recalled by the end of the period does not count. Products and events are counted apart: one
product may be recognised several times.
"""

from collections.abc import Callable, Collection
from datetime import date
from operator import attrgetter

from ocop.model.stars import Level, Star
from ocop.programme.measure import Measurement, Missing, Period, counting, sharing, unknown
from ocop.programme.options import Options
from ocop.programme.view import Recognition, View
from ocop.text import Label

Name = Callable[[Recognition], str]
Test = Callable[[Recognition], bool | None]


def recognition_events(view: View, period: Period, options: Options) -> Measurement:
    """Count the recognitions in the period, by the ids of their certificates."""
    return _recognitions(view, period, options, attrgetter("certificate"))


def recognised_products(view: View, period: Period, options: Options) -> Measurement:
    """Count the products with a recognition in the period, each once."""
    return _recognitions(view, period, options, attrgetter("product"))


def products_reaching_star(view: View, period: Period, options: Options) -> Measurement:
    """Count the products whose first recognition at the star or more lies in the period."""
    if view.history is None:
        return unknown("recognitions")
    first: dict[str, Recognition] = {}
    for event in view.recognitions(Period(date.min, period.end), options.star or Star.ONE):
        first.setdefault(event.product, event)
    return counting(sorted(product for product, event in first.items() if period.holds(event.on)))


def share_at_star(view: View, period: Period, options: Options) -> Measurement:
    """Measure which share of the products recognised in the period, at the base's star or more, is at the star or more.

    A product's star is that of its last recognition in the period.
    """
    if view.history is None:
        return unknown("recognitions")
    last = {event.product: event.star for event in view.recognitions(period, options.base_star or Star.ONE)}
    at_star = sorted(product for product, star in last.items() if star >= (options.star or Star.ONE))
    return sharing(at_star, len(last))


def share_recognised_again(view: View, period: Period, options: Options) -> Measurement:
    """Measure which share of the products ever recognised was recognised in the period by one of the kinds of event."""
    if view.history is None:
        return unknown("recognitions")
    rated = view.ever_recognised(period.end)
    again = {event.product for event in view.recognitions(period, kinds=options.events)}
    return sharing(sorted(again), len(rated))


def _recognitions(view: View, period: Period, options: Options, name: Name) -> Measurement:
    if view.history is None:
        return unknown("recognitions")
    tests: list[Test] = []
    missing: dict[str, set[str]] = {"certificate-levels": set(), "product-places": set()}
    why: list[Label] = []
    if options.levels:
        tests.append(lambda event: _level(view, event, options.levels, missing))
    if options.advanced_communes:
        absent = [each for each in ("products", "communes") if getattr(view.portfolio, each) is None]
        if absent:
            return unknown(*absent)
        advanced = _advanced(view, period.end.year)
        tests.append(lambda event: _place(view, event, advanced, missing))
        why.append(
            Label(
                f"{len(advanced)} xã đăng ký hoặc đạt chuẩn nâng cao",
                f"{len(advanced)} communes registered for the advanced standard or attained it",
            )
        )
    found = view.recognitions(period, options.star or Star.ONE, options.events)
    if not tests:
        return counting(sorted({name(event) for event in found}))
    counted, unsure = set[str](), set[str]()
    for event in found:
        answers = [test(event) for test in tests]
        if all(answers):
            counted.add(name(event))
        elif False not in answers:
            unsure.add(name(event))
    untold = [Missing(data, tuple(sorted(ids))) for data, ids in missing.items() if ids]
    return counting(sorted(counted), sorted(unsure - counted), untold, why)


def _level(view: View, event: Recognition, levels: Collection[Level], missing: dict[str, set[str]]) -> bool | None:
    certificate = view.certificates.get(event.certificate)
    if certificate is None:
        missing["certificate-levels"].add(event.certificate)
        return None
    return certificate.level in levels


def _advanced(view: View, year: int) -> frozenset[str]:
    communes = view.portfolio.communes or ()
    return frozenset(
        each.code
        for each in communes
        if any(since is not None and since <= year for since in (each.registered, each.attained))
    )


def _place(view: View, event: Recognition, communes: Collection[str], missing: dict[str, set[str]]) -> bool | None:
    """Return whether the product is of one of the communes: the one that it names, or else that of its code."""
    product = (view.products or {})[event.product]
    place = product.place or (product.code.commune if product.code else None)
    if place is None:
        missing["product-places"].add(product.id)
        return None
    return place in communes
