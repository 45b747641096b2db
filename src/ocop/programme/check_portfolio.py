"""What about a portfolio is inconsistent, and what in it is later than a day."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from operator import attrgetter
from typing import Any, Final

from attrs import evolve

from ocop.errors import Problem, Report, pointer, shortened
from ocop.procedure.certificate import EventKind
from ocop.procedure.recognition import events
from ocop.programme.count_subjects import coverage
from ocop.programme.portfolio import LISTS, Portfolio
from ocop.programme.records import Audience
from ocop.programme.view import View
from ocop.text import Label

_KEYS: Final[Mapping[str, str]] = {"communes": "code", "subject_facts": "subject"}
"""What names an item of a list, where it is not its id."""
_NOT_NAMED: Final = frozenset({"events", "promoted", "standardised"})
"""The lists whose items have no name of their own."""
_REFERENCES: Final = (
    ("products", "subject", "subjects"),
    ("certificates", "product", "products"),
    ("events", "product", "products"),
    ("dossiers", "product", "products"),
    ("promoted", "product", "products"),
    ("standardised", "product", "products"),
    ("subject_facts", "subject", "subjects"),
    ("craft_villages", "products", "products"),
)
"""List, field, and the list that the field refers to."""
_WHAT: Final = {"subjects": Label("chủ thể", "subject"), "products": Label("sản phẩm", "product")}
_DAYS: Final[Mapping[str, Callable[[Any], Iterable[date | None]]]] = {
    "certificates": lambda each: (each.issued,),
    "events": lambda each: (each.on,),
    "dossiers": lambda each: (each.handed_in,),
    "communes": lambda each: (each.chosen_on,),
    "trainings": lambda each: (each.held,),
    "sales_points": lambda each: (each.opened,),
    "fairs": lambda each: (each.held,),
    "marks": lambda each: (each.registered,),
    "projects": lambda each: (each.approved,),
    "promoted": lambda each: (each.quality_raised, each.promoted),
    "standardised": lambda each: (each.on,),
    "participants": lambda each: (each.joined,),
    "milestones": lambda each: (each.done,),
}
"""By list the days on which what an item tells of happens."""
_SHOWN: Final = 3
"""How many of what is later are named; the rest is counted."""


def check_portfolio(portfolio: Portfolio) -> Report:
    """Return everything about a portfolio that is inconsistent; what was counted all the same is a note.

    Two entries of one subject are such a note: they count once. The records themselves are not checked here, as
    `ocop.model.subjects.check_subject` and its like do that.

    >>> from ocop.model.products import Product
    >>> print(check_portfolio(Portfolio(subjects=[], products=[Product("tea", "Chè", "htx")])).text("en"))
    1 problem
      /products/0/subject: The portfolio has no subject with this id. Got: "htx". [portfolio-reference-unknown]
    """
    return Report(problems_of(View(portfolio)), subject=portfolio.name or None)


def problems_of(view: View) -> Iterator[Problem]:
    """Yield everything about a portfolio that is inconsistent, from a view of it that is at hand."""
    portfolio = view.portfolio
    for name in LISTS:
        if name not in _NOT_NAMED:
            yield from _repeated(portfolio, name)
    yield from _twice("subjects", portfolio.subjects or (), view.heads, "subject-twice")
    yield from _twice("participants", portfolio.participants or (), view.participant_heads, "participant-twice")
    for name, key, other in _REFERENCES:
        yield from _references(portfolio, name, key, other)
    yield from _contradictions(portfolio)
    yield from _trained_too_many(portfolio)
    for name, first, last in (("sales_points", "opened", "closed"), ("participants", "joined", "left")):
        for index, each in enumerate(getattr(portfolio, name) or ()):
            start, end = getattr(each, first), getattr(each, last)
            if start and end and end < start:
                yield Problem.of("days-reversed", pointer(name, index, last), expected=f"≥ {start}", got=str(end))


def _repeated(portfolio: Portfolio, name: str) -> Iterator[Problem]:
    items: tuple[Any, ...] = getattr(portfolio, name) or ()
    key = _KEYS.get(name, "id")
    names = list(map(attrgetter(key), items))
    if len(set(names)) == len(names):
        return
    first: dict[str, int] = {}
    for index, own in enumerate(names):
        known = first.setdefault(own, index)
        if known != index:
            where, other = pointer(name, index, key), pointer(name, known)
            yield Problem.of("portfolio-id-repeated", where, first=other, got=shortened(own))


def _twice(name: str, items: Sequence[Any], heads: Mapping[str, str], code: str) -> Iterator[Problem]:
    """Yield a note for each item that another stands for."""
    twice = [index for index, each in enumerate(items) if heads[each.id] != each.id]
    places = {each.id: index for index, each in enumerate(items)} if twice else {}
    for index in twice:
        first = pointer(name, places[heads[items[index].id]])
        yield Problem.of(code, pointer(name, index, "name"), first=first, note=True)


def _references(portfolio: Portfolio, name: str, key: str, other: str) -> Iterator[Problem]:
    known: tuple[Any, ...] | None = getattr(portfolio, other)
    if known is None:
        return
    ids = set(map(attrgetter("id"), known))
    for index, value in enumerate(map(attrgetter(key), getattr(portfolio, name) or ())):
        if isinstance(value, str):
            wrong = () if value in ids else (value,)
        else:
            wrong = tuple(each for each in value or () if each not in ids)
        for wanted in wrong:
            where = pointer(name, index, key)
            yield Problem.of("portfolio-reference-unknown", where, what=_WHAT[other], got=shortened(wanted))


def _contradictions(portfolio: Portfolio) -> Iterator[Problem]:
    """Yield a problem for each listed event of which its certificate tells otherwise."""
    if not portfolio.events:
        return
    told = {(each.certificate, each.kind is EventKind.RECALL): each for each in events(portfolio.certificates or ())}
    for index, each in enumerate(portfolio.events or ()):
        certificate = told.get((each.certificate, each.kind is EventKind.RECALL))
        if certificate is not None and certificate != each:
            yield Problem.of("event-contradicts-certificate", pointer("events", index), got=shortened(each.certificate))


def _trained_too_many(portfolio: Portfolio) -> Iterator[Problem]:
    courses = portfolio.trainings or ()
    for audience in Audience:
        trained, total = coverage(courses, audience)
        if total is not None and trained > total:
            got = f"{trained}/{total}"
            yield Problem.of("trained-too-many", "/trainings", audience=audience.label, expected="≤ 100 %", got=got)


def later(portfolio: Portfolio, on: date) -> Iterator[Problem]:
    """Yield a note for each list of the portfolio in which something is dated after the day `on`, and not counted."""
    for name, days in _DAYS.items():
        items = getattr(portfolio, name) or ()
        found = [
            (index, max(after))
            for index, each in enumerate(items)
            if (after := [day for day in days(each) if day is not None and day > on])
        ]
        if found:
            shown = ", ".join(f"{pointer(name, index)}: {day}" for index, day in found[:_SHOWN])
            got = shown if len(found) <= _SHOWN else f"{shown}, …"
            yield evolve(
                Problem.of("dated-after-day", pointer(name), day=on, count=len(found), expected=f"≤ {on}", got=got),
                note=True,
            )
