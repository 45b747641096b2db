"""The OCOP cycle: its six stages, and the passage of a product idea through them, year by year."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import Enum
from typing import Final

from attrs import evolve, field, frozen

from ocop.errors import ImpossibleStepError, Problem, Report, pointer
from ocop.model.checks import commune_problems, empty_texts
from ocop.model.fields import is_a, optional_text, text, texts, tuple_of
from ocop.model.stars import Star
from ocop.text import Label


class CycleStage(Enum):
    """A stage of the yearly cycle, in order.

    References:
        Decision 490/QĐ-TTg (2018), section 4a.

    >>> [stage.number for stage in CycleStage], CycleStage.IDEAS.label.en
    ([1, 2, 3, 4, 5, 6], 'product ideas')
    """

    GUIDANCE = "guidance"
    IDEAS = "ideas"
    PLANS = "plans"
    IMPLEMENTATION = "implementation"
    EVALUATION = "evaluation"
    PROMOTION = "promotion"

    @property
    def number(self) -> int:
        """Its place in the cycle, from 1."""
        return list(CycleStage).index(self) + 1

    @property
    def label(self) -> Label:
        """Its name."""
        return _STAGES[self]


_STAGES: Final = {
    CycleStage.GUIDANCE: Label("tuyên truyền, hướng dẫn", "information and guidance"),
    CycleStage.IDEAS: Label("đăng ký ý tưởng", "product ideas"),
    CycleStage.PLANS: Label("phương án kinh doanh", "business plans"),
    CycleStage.IMPLEMENTATION: Label("triển khai phương án", "plans carried out"),
    CycleStage.EVALUATION: Label("đánh giá, phân hạng", "evaluation and ranking"),
    CycleStage.PROMOTION: Label("xúc tiến thương mại", "trade promotion"),
}


class IdeaState(Enum):
    """Where an idea stands.

    >>> IdeaState.PASSED.stage, IdeaState.RETURNED.label.en
    (<CycleStage.PLANS: 'plans'>, 'returned to its author')
    """

    DRAFT = "draft"
    REGISTERED = "registered"
    RETURNED = "returned"
    PASSED = "passed"
    PLAN_RECEIVED = "plan-received"
    PLAN_ACCEPTED = "plan-accepted"
    CARRIED_OUT = "carried-out"
    EVALUATED = "evaluated"
    PROMOTED = "promoted"

    @property
    def stage(self) -> CycleStage:
        """The stage of the cycle to which its next work belongs; its last one for what is done."""
        return _STATES[self][1]

    @property
    def label(self) -> Label:
        """Its name."""
        return _STATES[self][0]


_STATES: Final = {
    IdeaState.DRAFT: (Label("đang soạn", "draft"), CycleStage.GUIDANCE),
    IdeaState.REGISTERED: (Label("đã đăng ký", "registered"), CycleStage.IDEAS),
    IdeaState.RETURNED: (Label("trả lại tác giả", "returned to its author"), CycleStage.IDEAS),
    IdeaState.PASSED: (Label("ý tưởng được chọn", "passed"), CycleStage.PLANS),
    IdeaState.PLAN_RECEIVED: (Label("đã nhận phương án", "plan received"), CycleStage.PLANS),
    IdeaState.PLAN_ACCEPTED: (Label("phương án được duyệt", "plan accepted"), CycleStage.IMPLEMENTATION),
    IdeaState.CARRIED_OUT: (Label("đã triển khai", "carried out"), CycleStage.EVALUATION),
    IdeaState.EVALUATED: (Label("đã đánh giá", "evaluated"), CycleStage.PROMOTION),
    IdeaState.PROMOTED: (Label("đã xúc tiến thương mại", "promoted"), CycleStage.PROMOTION),
}


class IdeaEvent(Enum):
    """A step of an idea's passage.

    >>> IdeaEvent.RETURN.leads_to, IdeaEvent.RETURN.label.en
    (<IdeaState.RETURNED: 'returned'>, 'return the idea to its author')
    """

    REGISTER = "register"
    RETURN = "return"
    RESUBMIT = "resubmit"
    PASS = "pass"
    RECEIVE_PLAN = "receive-plan"
    RETURN_PLAN = "return-plan"
    ACCEPT_PLAN = "accept-plan"
    CARRY_OUT = "carry-out"
    EVALUATE = "evaluate"
    PROMOTE = "promote"

    @property
    def leads_to(self) -> IdeaState:
        """The state after it."""
        return _EVENTS[self][2]

    @property
    def label(self) -> Label:
        """Its name."""
        return _EVENTS[self][0]

    @property
    def needs_reasons(self) -> bool:
        """Whether it sends something back to the author, who must be told why."""
        return self in (IdeaEvent.RETURN, IdeaEvent.RETURN_PLAN)


_EVENTS: Final[Mapping[IdeaEvent, tuple[Label, tuple[IdeaState, ...], IdeaState]]] = {
    IdeaEvent.REGISTER: (
        Label("đăng ký ý tưởng", "register"),
        (IdeaState.DRAFT, IdeaState.RETURNED, IdeaState.EVALUATED, IdeaState.PROMOTED),
        IdeaState.REGISTERED,
    ),
    IdeaEvent.RETURN: (
        Label("trả ý tưởng cho tác giả", "return the idea to its author"),
        (IdeaState.REGISTERED,),
        IdeaState.RETURNED,
    ),
    IdeaEvent.RESUBMIT: (
        Label("nộp lại ý tưởng", "hand in the idea again"),
        (IdeaState.RETURNED,),
        IdeaState.REGISTERED,
    ),
    IdeaEvent.PASS: (Label("chọn ý tưởng", "pass the idea"), (IdeaState.REGISTERED,), IdeaState.PASSED),
    IdeaEvent.RECEIVE_PLAN: (Label("nhận phương án", "receive the plan"), (IdeaState.PASSED,), IdeaState.PLAN_RECEIVED),
    IdeaEvent.RETURN_PLAN: (
        Label("trả phương án cho tác giả", "return the plan to its author"),
        (IdeaState.PLAN_RECEIVED,),
        IdeaState.PASSED,
    ),
    IdeaEvent.ACCEPT_PLAN: (
        Label("duyệt phương án", "accept the plan"),
        (IdeaState.PLAN_RECEIVED,),
        IdeaState.PLAN_ACCEPTED,
    ),
    IdeaEvent.CARRY_OUT: (
        Label("triển khai xong", "carry out the plan"),
        (IdeaState.PLAN_ACCEPTED,),
        IdeaState.CARRIED_OUT,
    ),
    IdeaEvent.EVALUATE: (
        Label("đánh giá sản phẩm", "evaluate the product"),
        (IdeaState.CARRIED_OUT,),
        IdeaState.EVALUATED,
    ),
    IdeaEvent.PROMOTE: (
        Label("xúc tiến thương mại", "promote the product"),
        (IdeaState.EVALUATED,),
        IdeaState.PROMOTED,
    ),
}
"""Each event's name, the states in which it can come, and the state that it leads to."""


@frozen
class Step:
    """One step that an idea took.

    >>> Step(IdeaEvent.RETURN, date(2026, 3, 2), ["no local inputs"]).event.leads_to.value
    'returned'
    """

    event: IdeaEvent = field(validator=is_a(IdeaEvent))
    on: date = field(validator=is_a(date))
    reasons: tuple[str, ...] = field(default=(), converter=texts)
    """Why; what sends an idea or a plan back gives at least one."""
    star: Star | None = field(default=None, validator=is_a(Star, optional=True))
    """Of an evaluation: the star reached, or None where there was none."""


def _steps(steps: Iterable[Step]) -> tuple[Step, ...]:
    return tuple_of(Step, steps)


@frozen
class ProductIdea:
    """An idea for a product, and every step it took.

    An idea that fails goes back to its author with reasons; one that passes goes on to a plan, to the evaluation of the
    product and to its promotion. From there, or from the author, it can enter the cycle of a later year. A product that
    reached no star may be promoted as well: no decision says otherwise.

    References:
        Decision 490/QĐ-TTg (2018), section 4a.

    >>> idea = ProductIdea("idea-7", "Chè hoa vàng", "chieng-di").advance(IdeaEvent.REGISTER, date(2026, 2, 10))
    >>> idea.state, [event.value for event in idea.allowed]
    (<IdeaState.REGISTERED: 'registered'>, ['return', 'pass'])
    >>> idea = idea.advance(IdeaEvent.RETURN, date(2026, 3, 2), reasons=["no local inputs"])
    >>> idea.state.label.en, idea.history[-1].reasons
    ('returned to its author', ('no local inputs',))
    >>> idea.advance(IdeaEvent.PROMOTE, date(2026, 3, 9))
    Traceback (most recent call last):
        ...
    ocop.errors.ImpossibleStepError: 'promote' is impossible in the state 'returned'; allowed: register, resubmit
    """

    id: str = field(converter=text, validator=is_a(str))
    name: str = field(converter=text, validator=is_a(str))
    """The name of the product to be."""
    author: str = field(converter=text, validator=is_a(str))
    """Whose idea it is: a subject's id, or a name."""
    place: str | None = field(default=None, converter=optional_text, validator=is_a(str, optional=True))
    """The code of the commune where it is registered."""
    group: str | None = field(default=None, converter=optional_text, validator=is_a(str, optional=True))
    """The slug of the group of products, such as ``"food"``, while the criteria set is open."""
    criteria_set: str | None = field(default=None, converter=optional_text, validator=is_a(str, optional=True))
    """The id of the criteria set, where it is known."""
    description: str = field(default="", converter=text, validator=is_a(str))
    history: tuple[Step, ...] = field(default=(), converter=_steps)
    """Every step, the oldest first."""

    @property
    def state(self) -> IdeaState:
        """Where it stands."""
        return self.history[-1].event.leads_to if self.history else IdeaState.DRAFT

    @property
    def allowed(self) -> tuple[IdeaEvent, ...]:
        """The events that can come next."""
        return _allowed(self.state)

    @property
    def cycles(self) -> tuple[tuple[Step, ...], ...]:
        """The history cut into yearly cycles; each begins with a registration."""
        cycles: list[list[Step]] = []
        for step in self.history:
            if step.event is IdeaEvent.REGISTER or not cycles:
                cycles.append([])
            cycles[-1].append(step)
        return tuple(map(tuple, cycles))

    @property
    def submitted(self) -> date | None:
        """The day on which it entered the cycle that it is in, or None while it is a draft."""
        return self.cycles[-1][0].on if self.history else None

    @property
    def star(self) -> Star | None:
        """The star of the last evaluation of its product, in whichever year, or None where it reached none."""
        evaluations = [step for step in self.history if step.event is IdeaEvent.EVALUATE]
        return evaluations[-1].star if evaluations else None

    def advance(
        self, event: IdeaEvent, on: date, *, reasons: Iterable[str] = (), star: Star | None = None
    ) -> "ProductIdea":
        """Return the idea after one more step.

        Args:
            event: the step, one of `allowed`.
            on: the day of the step.
            reasons: why; a return to the author needs one at least.
            star: the star that an evaluation gave, if it gave one.

        Raises:
            ImpossibleStepError: where the event cannot come now, with those that can: from this state; before the last
                step's day; to register a second time in one year; to return without a reason; to give a star to what
                is no evaluation.
            ConversionError: where a value has the wrong type.

        >>> idea = ProductIdea("idea-7", "Chè hoa vàng", "chieng-di").advance(IdeaEvent.REGISTER, date(2026, 2, 10))
        >>> idea.advance(IdeaEvent.PASS, date(2026, 3, 2), reasons=["local inputs and a market"]).state.value
        'passed'
        """
        step = Step(event, on, reasons, star)
        state, allowed = self.state.value, tuple(each.value for each in self.allowed)
        if event not in self.allowed:
            raise ImpossibleStepError(state, event.value, allowed)
        for problem in _objections(step, self.history[-1] if self.history else None, self.submitted):
            raise ImpossibleStepError(state, event.value, allowed, problem.message.en)
        return evolve(self, history=(*self.history, step))


def check_idea(idea: ProductIdea) -> Report:
    """Return every problem of an idea: what is empty, an unknown commune, and each step that its history cannot have.

    >>> idea = ProductIdea("idea-7", "Chè hoa vàng", "chieng-di", history=[Step(IdeaEvent.PASS, date(2026, 3, 2))])
    >>> print(check_idea(idea).text("en"))
    1 problem
      /history/0/event: This step is impossible in the state: draft. Expected: register. Got: pass. [step-impossible]
    """
    return Report(_problems(idea))


def _problems(idea: ProductIdea) -> Iterator[Problem]:
    yield from empty_texts(idea, "id", "name", "author")
    if idea.place is not None:
        yield from commune_problems(idea.place, pointer("place"))
    state, last, begun = IdeaState.DRAFT, None, None
    for index, step in enumerate(idea.history):
        where = pointer("history", index)
        allowed = _allowed(state)
        if step.event not in allowed:
            expected = ", ".join(event.value for event in allowed)
            yield Problem.of(
                "step-impossible", where + "/event", state=state.label, expected=expected, got=step.event.value
            )
        yield from (problem.below(where) for problem in _objections(step, last, begun))
        if step.event is IdeaEvent.REGISTER:
            begun = step.on
        state, last = step.event.leads_to, step


def _allowed(state: IdeaState) -> tuple[IdeaEvent, ...]:
    return tuple(event for event, (_, states, _) in _EVENTS.items() if state in states)


def _objections(step: Step, last: Step | None, begun: date | None) -> Iterator[Problem]:
    """Yield what speaks against a step after `last` in the cycle that began on `begun`, apart from the state."""
    if last is not None and step.on < last.on:
        expected = f"≥ {last.on.isoformat()}"
        yield Problem.of("step-too-early", "/on", expected=expected, got=step.on.isoformat())
    if step.event is IdeaEvent.REGISTER and begun is not None and step.on.year <= begun.year:
        yield Problem.of("cycle-same-year", "/on", year=begun.year, got=step.on.isoformat())
    if step.event.needs_reasons and not any(reason.strip() for reason in step.reasons):
        yield Problem.of("step-reason-missing", "/reasons")
    if step.star is not None and step.event is not IdeaEvent.EVALUATE:
        yield Problem.of("step-star", "/star", got=str(step.star))
