"""The programmes: where, when, on what basis, what was promised, who does what."""

import os
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Final, TypeVar

from attrs import field, frozen

from ocop.errors import DocumentError, Problem, Report, UnknownIdError, nearest, pointer
from ocop.model.fields import is_a, optional_text, text
from ocop.model.places import OldProvince, Province, old_province, province, province_since
from ocop.programme.portfolio import Portfolio
from ocop.programme.reading import read
from ocop.programme.records import as_tuple, every
from ocop.programme.targets import Target, target_problems
from ocop.text import NO_LABEL, Label

if TYPE_CHECKING:
    from ocop.programme.progress import Progress

T = TypeVar("T")


@frozen(kw_only=True)
class ProgrammePlace:
    """Where a programme is, then and now.

    >>> place = ProgrammePlace(name=Label("tỉnh Bình Dương", "Bình Dương province"), old_province="74")
    >>> place.then.name.vi, place.now.name.vi
    ('Bình Dương', 'Hồ Chí Minh')
    """

    name: Label = field(validator=is_a(Label))
    """What it was called when the programme was made: a province, or a place in one."""
    old_province: str | None = field(default=None, converter=optional_text, validator=is_a(str, optional=True))
    """The code of its province before July 2025; None for a programme made since."""
    province: str | None = field(default=None, converter=optional_text, validator=is_a(str, optional=True))
    """The code of its province today; not needed where `old_province` is given."""

    @property
    def then(self) -> OldProvince | None:
        """Its province before July 2025.

        Raises:
            UnknownIdError: where there was none of this code.
        """
        return None if self.old_province is None else old_province(self.old_province)

    @property
    def now(self) -> Province:
        """The province that holds it today.

        Raises:
            UnknownIdError: where there is none of this code.
        """
        return province(self.province or "") if self.old_province is None else province_since(self.old_province)


@frozen(kw_only=True)
class Actor:
    """Who has a part in a programme, and which."""

    id: str = field(converter=text, validator=is_a(str))
    name: Label = field(validator=is_a(Label))
    roles: tuple[Label, ...] = field(default=(), converter=as_tuple, validator=every(Label))
    """What it does; empty where the source only names it."""


@frozen(kw_only=True)
class Item:
    """A content of work, or a kind of state support."""

    id: str = field(converter=text, validator=is_a(str))
    label: Label = field(validator=is_a(Label))


@frozen(kw_only=True)
class Programme:
    """A place's programme: what it promised, by when, and who does what.

    >>> found = programme("binh-duong-2021-2025")
    >>> len(found.targets), found.start.isoformat(), found.place.now.name.vi
    (16, '2021-01-01', 'Hồ Chí Minh')
    """

    id: str = field(converter=text, validator=is_a(str))
    name: Label = field(validator=is_a(Label))
    place: ProgrammePlace = field(validator=is_a(ProgrammePlace))
    start: date = field(validator=is_a(date))
    """The first day of its period."""
    end: date = field(validator=is_a(date))
    """The last day of its period."""
    basis: tuple[Label, ...] = field(default=(), converter=as_tuple, validator=every(Label))
    """The decisions and plans that it rests on."""
    targets: tuple[Target, ...] = field(converter=as_tuple, validator=every(Target))
    actors: tuple[Actor, ...] = field(default=(), converter=as_tuple, validator=every(Actor))
    contents: tuple[Item, ...] = field(default=(), converter=as_tuple, validator=every(Item))
    """Its contents of work."""
    support: tuple[Item, ...] = field(default=(), converter=as_tuple, validator=every(Item))
    """The kinds of support that the state gives."""
    remark: Label = field(default=NO_LABEL, validator=is_a(Label))
    """What is doubtful in the sources, and how it is read here."""

    def target(self, target_id: str) -> Target:
        """Return the target with this id.

        Raises:
            UnknownIdError: where there is none; it names the nearest.
        """
        return _found("target", target_id, {each.id: each for each in self.targets})

    def progress(self, portfolio: Portfolio, on: date) -> "Progress":
        """Return how far `portfolio` is from each target on the day `on`; `ocop.programme.progress` says by what rule.

        Raises:
            DocumentError: for a day before the programme's start (``programme-not-begun``), and for a programme that is
                inconsistent by `check_programme`.

        >>> from ocop.programme.records import SalesPoint
        >>> points = [SalesPoint(id="p1", name="Điểm bán hàng 1", opened=date(2022, 5, 1))]
        >>> result = programme("binh-duong-2021-2025").progress(Portfolio(sales_points=points), on=date(2023, 6, 30))
        >>> result.target("sales-points").status.value, result.target("recognition-events").status.value
        ('met', 'unknown')
        """
        from ocop.programme.progress import progress

        return progress(self, portfolio, on)


def check_programme(programme: Programme) -> Report:
    """Return everything about a programme that is inconsistent.

    >>> from attrs import evolve
    >>> print(check_programme(evolve(programme("huong-tra-2019-2020"), end=date(2018, 1, 1))).codes)
    ('period-reversed', 'target-outside-programme')
    """
    return Report(_problems(programme), subject=programme.id)


def _problems(programme: Programme) -> Iterator[Problem]:
    place = programme.place
    try:
        _ = place.then, place.now
    except UnknownIdError as error:
        key = "province" if place.old_province is None else "old_province"
        yield Problem.of("programme-place-unknown", pointer("place", key), got=error.wanted, hint=error.hint)
    if programme.end < programme.start:
        yield Problem.of("period-reversed", "/end", expected=f"≥ {programme.start}", got=str(programme.end))
    seen: set[str] = set()
    for index, target in enumerate(programme.targets):
        where = pointer("targets", index)
        if target.id in seen:
            yield Problem.of("target-repeated", where + "/id", got=target.id)
        seen.add(target.id)
        yield from (problem.below(where) for problem in target_problems(target))
        for key, day in (("start", target.start), ("deadline", target.deadline)):
            if not programme.start <= day <= programme.end:
                yield Problem.of(
                    "target-outside-programme",
                    f"{where}/{key}",
                    first=programme.start,
                    last=programme.end,
                    got=str(day),
                )
                break


def read_programme(data: str | bytes) -> Programme:
    """Return the programme that a JSON document describes.

    Raises:
        DocumentError: for a document that is refused, or a programme that is inconsistent by `check_programme`.

    >>> read_programme('{"kind": "programme", "version": 1}')
    Traceback (most recent call last):
        ...
    ocop.errors.DocumentError: 1 problem
      The value does not have the required form. Got: not a valid Programme: KeyError: 'id'. [value-bad-form]
    """
    found = read("programme", Programme, data)
    report = check_programme(found)
    if not report.ok:
        raise DocumentError(report)
    return found


class Programmes:
    """A folder of programmes, one file for each, named by its id; each is read on first use and kept.

    >>> PACKAGED.ids
    ('bac-lieu-2019-2030', 'binh-duong-2018-2020', 'binh-duong-2021-2025', 'hai-duong-2018-2030', 'huong-tra-2019-2020')
    """

    def __init__(self, root: str | os.PathLike[str]) -> None:
        self._root = os.fspath(root)
        self._known: dict[str, Programme] = {}

    def __repr__(self) -> str:
        return f"Programmes({self._root!r})"

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The ids of its programmes, in alphabetical order."""
        names = (os.path.splitext(entry.name) for entry in os.scandir(self._root) if entry.is_file())
        return tuple(sorted(name for name, extension in names if extension == ".json"))

    def programmes(self) -> tuple[Programme, ...]:
        """Return the programmes of the folder, the earliest first.

        >>> [each.id for each in PACKAGED.programmes()][0]
        'binh-duong-2018-2020'
        """
        found = [self.programme(each) for each in self.ids]
        return tuple(sorted(found, key=lambda each: (each.start, each.end, each.id)))

    def programme(self, programme_id: str) -> Programme:
        """Return the programme with this id.

        Raises:
            UnknownIdError: where there is none; it names the nearest.
            DocumentError: where its file is refused, or holds a programme of another id.

        >>> PACKAGED.programme("bac-lieu-2019-2030").end.isoformat()
        '2030-12-31'
        """
        known = self._known.get(programme_id)
        if known is None:
            if programme_id not in self.ids:
                raise UnknownIdError("programme", programme_id, nearest(programme_id, self.ids), self.ids)
            with open(os.path.join(self._root, f"{programme_id}.json"), "rb") as file:
                known = read_programme(file.read())
            if known.id != programme_id:
                problem = Problem.of("value-not-allowed", "/id", expected=programme_id, got=known.id)
                raise DocumentError(Report([problem], subject=programme_id))
            self._known[programme_id] = known
        return known


def _found(what: str, wanted: str, known: dict[str, T]) -> T:
    if wanted not in known:
        raise UnknownIdError(what, wanted, nearest(wanted, known), tuple(known))
    return known[wanted]


PACKAGED: Final = Programmes(os.path.join(os.path.dirname(os.path.dirname(__file__)), "data", "programmes"))
"""The programmes that come with the library."""

programme = PACKAGED.programme
programmes = PACKAGED.programmes
