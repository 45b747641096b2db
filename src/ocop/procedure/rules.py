"""An edition's procedure as data: levels, steps, rounds, time limits, certificates and the transition to it."""

import re
from datetime import date, timedelta
from enum import Enum
from functools import lru_cache
from typing import Final, Self

from attrs import evolve, frozen

from ocop.canonical import AsText
from ocop.convert import make_converter, structured, wrong
from ocop.criteria.catalog import PACKAGED, Catalog
from ocop.criteria.edition import Edition
from ocop.errors import Report, UnknownIdError
from ocop.model.stars import Level, Rank, Star
from ocop.procedure.calendars import WorkingCalendar, add_days, add_working_days
from ocop.procedure.kinds import DossierKind
from ocop.procedure.stages import Case, Event, Stages, Transition
from ocop.text import NO_LABEL, FrozenDict, Label

MONTH_AND_DAY: Final = re.compile(r"([0-9]{2})-([0-9]{2})")
COMMON_YEAR: Final = 2001
"""A year without 29 February, which no yearly date may be."""


class Unit(Enum):
    """How the days of a time limit are counted; the day on which it starts never counts."""

    CALENDAR_DAYS = "calendar-days"
    WORKING_DAYS = "working-days"


class CutOff(Enum):
    """How a limit given as a day is read: whether that very day is still in time.

    The decision says that something happens *before* (trước) a day, and no more. The default everywhere is the literal
    reading, which is also the safe one; who has to do with a council that reads it otherwise passes `THROUGH`.
    """

    BEFORE = "before"
    """The day named is too late; the day before it is the last."""
    THROUGH = "through"
    """The day named is the last."""


@frozen
class YearDay(AsText):
    """A day of every year.

    >>> YearDay.parse("04-30").after(date(2026, 4, 30)).isoformat()
    '2027-04-30'
    """

    month: int
    day: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the day written as MM-DD.

        Raises:
            ConversionError: for any other form, and a day that not every year has.
        """
        match = MONTH_AND_DAY.fullmatch(text)
        try:
            day = date(COMMON_YEAR, int(match[1]), int(match[2])) if match else None
        except ValueError:
            day = None
        if day is None:
            raise wrong("a day of every year as MM-DD", text)
        return cls(day.month, day.day)

    def __str__(self) -> str:
        return f"{self.month:02}-{self.day:02}"

    def after(self, day: date) -> date:
        """Return the first such day later than `day`."""
        found = date(day.year, self.month, self.day)
        return found if found > day else date(day.year + 1, self.month, self.day)


@frozen
class LevelRole:
    """What a level does in the procedure."""

    level: Level
    article: str
    evaluates: bool = False
    """Whether it has a council that ranks products."""
    recognises: tuple[Star, ...] = ()
    """The stars that it recognises and certifies, and can recall: as the bands of the edition say."""


@frozen
class Round:
    """One of a level's evaluation rounds of every year."""

    level: Level
    number: int
    proposed_before: YearDay
    """The cut-off day of the dossiers proposed to the level."""
    evaluated_before: YearDay
    """The day by which those are evaluated: its first one after the cut-off day."""
    article: str


@frozen
class RoundDates:
    """An evaluation round of a certain year."""

    level: Level
    number: int
    proposed_before: date
    evaluated_before: date
    article: str


@frozen
class DeadlineRule:
    """A time limit: a number of days, or else, without one, the end of the level's evaluation round."""

    slug: str
    level: Level
    """Who has to act."""
    article: str
    states: tuple[str, ...]
    """The states in which it runs."""
    since: tuple[str, ...]
    """The events that it runs from: from the last of them that took place."""
    kinds: tuple[DossierKind, ...] = ()
    """The kinds of dossier that it is for; empty for all."""
    stars: tuple[Star, ...] = ()
    """The stars that it is for; empty for all."""
    days: int | None = None
    unit: Unit = Unit.CALENDAR_DAYS
    label: Label = NO_LABEL

    def end(self, since: date, calendar: WorkingCalendar) -> date | None:
        """Return the last of the days that it gives from `since` on, or None where it is the end of a round."""
        if self.days is None:
            return None
        if self.unit is Unit.WORKING_DAYS:
            return add_working_days(since, self.days, calendar)
        return add_days(since, self.days)

    def is_for(self, case: Case) -> bool:
        """Return whether the limit runs in the present state of the case."""
        return (
            case.state in self.states
            and (not self.kinds or case.kind in self.kinds)
            and (not self.stars or case.star in self.stars)
        )


@frozen
class WindowTerms:
    """When the dossier of a re-evaluation is handed in: how many days before the certificate ends."""

    opens: int
    closes: int
    article: str


@frozen
class ExtensionTerms:
    """How many days a certificate may run on past its end while the edition is new."""

    days: int
    article: str


@frozen
class CertificateTerms:
    """How long a certificate is valid, and when it is renewed."""

    months: int
    article: str
    window: WindowTerms
    extension: ExtensionTerms | None = None
    """None where the edition extends none."""


@frozen
class RecallCause:
    """Why a recognition is recalled."""

    slug: str
    label: Label = NO_LABEL


@frozen
class RecallTerms:
    """Why recognitions are recalled, and by when."""

    article: str
    deadline: str
    """The slug of the time limit, from the authority's conclusion on."""
    causes: tuple[RecallCause, ...]


@frozen
class TransitionTerms:
    """Which dossiers still go by the edition before this one."""

    edition: str
    """The id of the edition before."""
    decision: str
    """Its number and sign."""
    article: str
    days: FrozenDict[str, int]
    """By kind of dossier: for how many days, from the day on which this edition came into force."""


@frozen
class Procedure:
    """Who does what by when under one edition.

    References:
        Decision 26/2026/QĐ-TTg, Articles 4 to 8 and 12.

    >>> rules = procedure("qd26-2026")
    >>> case = rules.begin(DossierKind.FIRST, date(2026, 6, 1))
    >>> rules.allowed(case)
    ('find-incomplete', 'find-complete')
    >>> rules.next(case, "find-complete", date(2026, 6, 3)).state
    'complete'
    """

    id: str
    """The edition's id."""
    levels: tuple[LevelRole, ...]
    """From the one that receives the dossier up."""
    stages: Stages
    rounds: tuple[Round, ...]
    """The rounds that the decision asks for. A council that holds more adds them with `attrs.evolve`."""
    deadlines: tuple[DeadlineRule, ...]
    certificate: CertificateTerms
    recall: RecallTerms
    transition: TransitionTerms | None = None
    """None where no edition before this one goes on."""

    def begin(self, kind: DossierKind, on: date, *, dossier: str = "", held: Star | None = None, by: str = "") -> Case:
        """Return the case of a dossier of this kind, handed in to the first level on the day `on`.

        Args:
            kind: what the dossier is for.
            on: the day on which it was handed in.
            dossier: its id.
            held: the star that the product has, for an upgrade or a re-evaluation.
            by: who handed it in.
        """
        return self.stages.begin(self.id, kind, on, dossier=dossier, held=held, by=by)

    def next(
        self, case: Case, event: str, on: date, *, star: Star | None = None, by: str = "", reason: str = ""
    ) -> Case:
        """Return the case after `event` on the day `on`, which `by` brought about.

        A council's ranking, and nothing else, comes with the `star` that its score gives. A product whose points are
        enough for the highest star, but which misses a minimum of it, was not ranked there, and so is not sent up.

        Args:
            case: the dossier on its way.
            event: the slug of the step, as `allowed` gives it.
            on: the day of the step.
            star: the star of a council's ranking.
            by: who took the step.
            reason: why, in words.

        Raises:
            ImpossibleStepError: where the procedure has no such step there for this case; it names those that it has.
            DocumentError: where `on` lies before the last step (``case-dates-backwards``).

        References:
            Decision 26/2026/QĐ-TTg, Article 7.

        >>> from ocop.errors import ImpossibleStepError
        >>> rules = procedure("qd26-2026")
        >>> case = rules.begin(DossierKind.FIRST, date(2026, 6, 1))
        >>> try:
        ...     rules.next(case, "recognise", date(2026, 6, 3))
        ... except ImpossibleStepError as error:
        ...     print(error)
        'recognise' is impossible in the state 'handed-in'; allowed: find-incomplete, find-complete
        """
        return self.stages.next(case, event, on, star=star, by=by, reason=reason)

    def allowed(self, case: Case) -> tuple[str, ...]:
        """Return the events that can follow in this case."""
        return self.stages.allowed(case)

    def transition_of(self, case: Case, event: str, star: Star | None = None) -> Transition:
        """Return the step that `event` is for this case: who takes it, and by which article.

        Raises:
            ImpossibleStepError: where there is none.

        >>> rules = procedure("qd26-2026")
        >>> step = rules.transition_of(rules.begin(DossierKind.FIRST, date(2026, 6, 1)), "find-complete")
        >>> step.by.label.en, step.level.label.en, step.article
        ("people's committee", 'the commune', '7')
        """
        return self.stages.transition(case, event, star)

    def check(self, case: Case) -> Report:
        """Return what is wrong with a case that was not made by `next`: impossible steps, dates that go backwards."""
        return Report([*self.stages.check(case)], subject=case.dossier or None)

    def recogniser(self, star: Rank) -> Level | None:
        """Return the level that recognises, certifies and recalls products of this star; None where none does.

        References:
            Decision 26/2026/QĐ-TTg, Articles 4 and 8.

        >>> procedure("qd26-2026").recogniser(Star.FIVE), procedure("qd26-2026").recogniser(Star.TWO)
        (<Level.MINISTRY: 'ministry'>, None)
        """
        return next((role.level for role in self.levels if star in role.recognises), None)

    def next_round(self, level: Level, day: date, *, cut_off: CutOff = CutOff.BEFORE) -> RoundDates:
        """Return the first round of `level` that a dossier proposed to it on `day` is in time for.

        Raises:
            UnknownIdError: for a level without rounds; it names those that have some.

        References:
            Decision 26/2026/QĐ-TTg, Article 5.

        >>> found = procedure("qd26-2026").next_round(Level.MINISTRY, date(2026, 8, 5))
        >>> found.number, str(found.proposed_before), str(found.evaluated_before)
        (2, '2027-01-30', '2027-03-30')
        """
        eve = day if cut_off is CutOff.BEFORE else day - timedelta(days=1)
        dates = [(each.proposed_before.after(eve), each) for each in self.rounds if each.level is level]
        if not dates:
            known = dict.fromkeys(each.level.value for each in self.rounds)
            raise UnknownIdError("evaluation round of the level", level.value, None, tuple(known))
        proposed, found = min(dates, key=lambda each: each[0])
        return RoundDates(level, found.number, proposed, found.evaluated_before.after(proposed), found.article)


def procedure(edition_id: str, *, catalog: Catalog = PACKAGED) -> Procedure:
    """Return the procedure of the edition with this id.

    Raises:
        UnknownIdError: where there is no such edition, or it comes without a procedure.

    >>> [role.level.value for role in procedure("qd26-2026").levels]
    ['commune', 'province', 'ministry']
    """
    return _read(edition_id, catalog)


@lru_cache(maxsize=32)
def _read(edition_id: str, catalog: Catalog) -> Procedure:
    edition = catalog.edition(edition_id)
    try:
        data = catalog.json(edition_id, "procedure.json")
    except FileNotFoundError:
        raise UnknownIdError("procedure of the edition", edition_id) from None
    return _in_words(structured(make_converter(), data, Procedure), edition, catalog)


def _in_words(law: Procedure, edition: Edition, catalog: Catalog) -> Procedure:
    """Return the procedure with the words of the label catalogue, and who recognises what by the edition's bands."""
    tables = catalog.labels(edition.id).tables
    bands = [(band.recognised_by, band.star) for band in edition.bands if isinstance(band.star, Star)]

    def word(table: str, slug: str) -> Label:
        return tables[table].get(slug, NO_LABEL)

    stages = law.stages
    events = dict.fromkeys([stages.start.event, *(each.event for each in stages.transitions)])
    return evolve(
        law,
        levels=tuple(
            evolve(role, recognises=tuple(star for level, star in bands if level is role.level)) for role in law.levels
        ),
        stages=evolve(
            stages,
            states=tuple(evolve(state, label=word("states", state.slug)) for state in stages.states),
            events=tuple(Event(slug, word("events", slug)) for slug in events),
        ),
        deadlines=tuple(evolve(rule, label=word("deadlines", rule.slug)) for rule in law.deadlines),
        recall=evolve(
            law.recall,
            causes=tuple(evolve(cause, label=word("recall-causes", cause.slug)) for cause in law.recall.causes),
        ),
    )
