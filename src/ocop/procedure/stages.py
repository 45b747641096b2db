"""How a dossier goes from the subject to a decision: states, events, and the steps between them.

Nothing here is changed in place: each step returns a new `Case`, which holds all the steps before it. Which steps there
are is data of the edition; start one with `ocop.procedure.rules.procedure`.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from enum import Enum
from functools import cached_property
from typing import Final

from attrs import evolve, field, frozen

from ocop.errors import ConversionError, DocumentError, ImpossibleStepError, Problem, Report, pointer
from ocop.model.fields import is_a, text
from ocop.model.stars import Level, Star
from ocop.procedure.kinds import DossierKind
from ocop.text import NO_LABEL, Label


class Body(Enum):
    """Who acts at a level.

    References:
        Decision 26/2026/QĐ-TTg, Article 7.

    >>> Body.ADVISORY_TEAM.label.vi
    'tổ tư vấn'
    """

    SUBJECT = "subject"
    COMMITTEE = "committee"
    """The people's committee, through its office."""
    AGENCY = "agency"
    """The OCOP advisory agency."""
    ADVISORY_TEAM = "advisory-team"
    COUNCIL = "council"
    HEAD = "head"
    """The chair of the people's committee, or the minister: who signs."""
    AUTHORITY = "authority"
    """Any authority whose conclusion the programme has to follow."""

    @property
    def label(self) -> Label:
        """Its name."""
        return _BODIES[self]


_BODIES: Final = {
    Body.SUBJECT: Label("chủ thể", "subject"),
    Body.COMMITTEE: Label("ủy ban nhân dân", "people's committee"),
    Body.AGENCY: Label("cơ quan tham mưu OCOP", "OCOP advisory agency"),
    Body.ADVISORY_TEAM: Label("tổ tư vấn", "advisory team"),
    Body.COUNCIL: Label("hội đồng", "council"),
    Body.HEAD: Label("chủ tịch hoặc bộ trưởng", "chair or minister"),
    Body.AUTHORITY: Label("cơ quan có thẩm quyền", "competent authority"),
}


@frozen
class State:
    """Where a dossier can stand."""

    slug: str
    level: Level | None = None
    """Who has the dossier; None where it is with the subject, or no longer under way."""
    label: Label = NO_LABEL


@frozen
class Event:
    """What can happen to a dossier."""

    slug: str
    label: Label = NO_LABEL


@frozen
class Start:
    """The step with which every dossier begins."""

    event: str
    state: str
    by: Body
    article: str


@frozen
class Transition:
    """One step that the procedure knows: in `state`, `event` leads on to the state `to`."""

    state: str
    event: str
    to: str
    by: Body
    article: str
    """The article of the decision that provides for it."""
    level: Level | None = None
    """The level of who acts; None for the subject, or any authority."""
    kinds: tuple[DossierKind, ...] = ()
    """The kinds of dossier that it is for; empty for all."""
    held: tuple[Star, ...] = ()
    """The stars, held before, that it is for; empty for all."""
    stars: tuple[Star, ...] = ()
    """The stars, given by the last council, that it is for; empty for all."""
    ranks: bool = False
    """Whether it is a council's ranking, and so comes with a star."""

    def refusal(self, case: "Case") -> str | None:
        """Return why the step is not for this case, or None where it is."""
        if self.kinds and case.kind not in self.kinds:
            return f"it is for dossiers of the kind {_or(kind.value for kind in self.kinds)} only"
        if self.held and case.held not in self.held:
            return f"it is for products that hold {_or(map(str, self.held))} stars only"
        if self.stars and case.star not in self.stars:
            return f"it is for products ranked {_or(map(str, self.stars))} stars; this one has {case.star}"
        return None


def _or(words: Iterable[str]) -> str:
    return " or ".join(words)


@frozen
class Step:
    """One step that was taken."""

    event: str = field(converter=text, validator=is_a(str))
    state: str = field(converter=text, validator=is_a(str))
    """The state that it led to."""
    on: date = field(validator=is_a(date))
    by: str = field(default="", converter=text, validator=is_a(str))
    """Who took it, by name: an office or a person; the procedure tells which body may."""
    star: Star | None = field(default=None, validator=is_a(Star, optional=True))
    """The star that a council gave; only its ranking has one."""
    reason: str = field(default="", converter=text, validator=is_a(str))
    """Why: what is missing, say, or why recognition was refused."""


def _steps(steps: Iterable[Step]) -> tuple[Step, ...]:
    found = tuple(steps) if isinstance(steps, Iterable) else ()
    if not found or any(type(step) is not Step for step in found):
        raise ConversionError("steps: expected one Step or more")
    return found


@frozen
class Case:
    """A dossier on its way: its kind, and the steps that it has taken.

    >>> from ocop.procedure.rules import procedure
    >>> case = procedure("qd26-2026").begin(DossierKind.FIRST, date(2026, 6, 1), dossier="tea-1")
    >>> case.state, case.on.isoformat()
    ('handed-in', '2026-06-01')
    """

    edition: str = field(converter=text, validator=is_a(str))
    """The id of the edition by whose rules it goes; see `ocop.procedure.transition.rules_for`."""
    kind: DossierKind = field(validator=is_a(DossierKind))
    steps: tuple[Step, ...] = field(converter=_steps)
    """All steps, the first one first."""
    dossier: str = field(default="", converter=text, validator=is_a(str))
    """The dossier's id."""
    held: Star | None = field(default=None, validator=is_a(Star, optional=True))
    """The star that the product has, for an upgrade or a re-evaluation; None where there is none, or it is unknown."""

    @property
    def state(self) -> str:
        """Where it stands: a state's slug."""
        return self.steps[-1].state

    @property
    def on(self) -> date:
        """The day of its last step."""
        return self.steps[-1].on

    @property
    def star(self) -> Star | None:
        """The star that the last council gave; None where none has ranked it yet."""
        return next((step.star for step in reversed(self.steps) if step.star is not None), None)

    def last(self, *events: str) -> date | None:
        """Return the last day on which one of `events` took place, or None where none did."""
        return next((step.on for step in reversed(self.steps) if step.event in events), None)


@frozen
class Stages:
    """The states and steps of an edition's procedure."""

    start: Start
    states: tuple[State, ...]
    transitions: tuple[Transition, ...]
    events: tuple[Event, ...] = ()
    """The events of the steps, in the order in which they first come."""

    @cached_property
    def _from(self) -> dict[str, list[Transition]]:
        table: dict[str, list[Transition]] = {state.slug: [] for state in self.states}
        for transition in self.transitions:
            table[transition.state].append(transition)
        return table

    @cached_property
    def _words(self) -> dict[str, Label]:
        words = {state.slug: state.label for state in self.states}
        return words | {event.slug: event.label for event in self.events}

    def begin(
        self, edition: str, kind: DossierKind, on: date, *, dossier: str = "", held: Star | None = None, by: str = ""
    ) -> Case:
        """Return the case of a dossier handed in on the day `on`."""
        return Case(edition, kind, (Step(self.start.event, self.start.state, on, by),), dossier, held)

    def allowed(self, case: Case) -> tuple[str, ...]:
        """Return the events that can follow, each once."""
        found = [each.event for each in self._from.get(case.state, ()) if each.refusal(case) is None]
        return tuple(dict.fromkeys(found))

    def next(
        self, case: Case, event: str, on: date, *, star: Star | None = None, by: str = "", reason: str = ""
    ) -> Case:
        """Return the case after `event` on the day `on`; see `Procedure.next`.

        Raises:
            ImpossibleStepError: where there is no such step for this case.
            DocumentError: where `on` lies before the last step (``case-dates-backwards``).
        """
        step = Step(event, self.transition(case, event, star).to, on, by, star, reason)
        backwards = _backwards(case.steps[-1], step)
        if backwards:
            raise DocumentError(Report([backwards]))
        return evolve(case, steps=(*case.steps, step))

    def transition(self, case: Case, event: str, star: Star | None = None) -> Transition:
        """Return the step that `event` is in the present state of the case; a council's ranking comes with its star.

        Raises:
            ImpossibleStepError: where there is none for this case.
        """
        why = None
        for found in self._from.get(case.state, ()):
            if found.event == event:
                why = found.refusal(case)
                if why is None and found.ranks and star is None:
                    why = "the star that the council gave is missing"
                if why is None and star is not None and not found.ranks:
                    why = "only a council's ranking comes with a star"
                if why is None:
                    return found
        raise ImpossibleStepError(case.state, event, self.allowed(case), why)

    def check(self, case: Case) -> Iterator[Problem]:
        """Yield what is wrong with the steps that the case holds; see `Procedure.check`."""
        first = case.steps[0]
        if (first.event, first.state) != (self.start.event, self.start.state):
            yield Problem.of("case-start-wrong", pointer("steps", 0), expected=self.start.event, got=first.event)
        for index, step in enumerate(case.steps[1:], start=1):
            before = evolve(case, steps=case.steps[:index])
            where = pointer("steps", index)
            try:
                found = self.transition(before, step.event, step.star)
            except ImpossibleStepError as error:
                yield Problem.of(
                    "case-step-impossible",
                    where + "/event",
                    state=self._words.get(before.state, before.state),
                    expected=" | ".join(error.allowed) or "–",
                    got=step.event,
                )
            else:
                if step.state != found.to:
                    yield Problem.of(
                        "case-state-wrong",
                        where + "/state",
                        event=self._words.get(step.event, step.event),
                        expected=found.to,
                        got=step.state,
                    )
            backwards = _backwards(before.steps[-1], step)
            if backwards:
                yield backwards.below(where)


def _backwards(before: Step, step: Step) -> Problem | None:
    if step.on >= before.on:
        return None
    return Problem.of("case-dates-backwards", "/on", expected=f"≥ {before.on}", got=str(step.on))
