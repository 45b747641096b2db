import copy
import pickle
from datetime import date, timedelta
from typing import Any

import pytest
from attrs import evolve
from attrs.exceptions import FrozenInstanceError
from hypothesis import given
from hypothesis import strategies as st

from ocop.canonical import plain
from ocop.convert import make_converter, structured
from ocop.errors import ConversionError, ImpossibleStepError, Report
from ocop.model.cycle import CycleStage, IdeaEvent, IdeaState, ProductIdea, Step, check_idea
from ocop.model.stars import Star

DRAFT = ProductIdea("idea-7", "Chè hoa vàng", "chieng-di", "24781", "food", "qd26-2026/tea", "Lá chè ướp hoa")
PASSAGE = (
    IdeaEvent.REGISTER,
    IdeaEvent.PASS,
    IdeaEvent.RECEIVE_PLAN,
    IdeaEvent.ACCEPT_PLAN,
    IdeaEvent.CARRY_OUT,
    IdeaEvent.EVALUATE,
    IdeaEvent.PROMOTE,
)
DAY = date(2026, 2, 10)
DAYS = st.dates(date(2025, 1, 1), date(2028, 12, 31))
REASONS = st.lists(st.sampled_from(["no local inputs", "no market", " "]), max_size=2)
STEPS = st.builds(Step, st.sampled_from(IdeaEvent), DAYS, REASONS, st.none() | st.sampled_from(Star))
IDEAS = st.builds(
    ProductIdea,
    st.sampled_from(["idea-1", ""]),
    st.just("Chè"),
    st.just("An"),
    st.sampled_from([None, "24781", "99999"]),
    history=st.lists(STEPS, max_size=6),
)

ALLOWED = {
    IdeaState.DRAFT: {"register"},
    IdeaState.REGISTERED: {"return", "pass"},
    IdeaState.RETURNED: {"register", "resubmit"},
    IdeaState.PASSED: {"receive-plan"},
    IdeaState.PLAN_RECEIVED: {"return-plan", "accept-plan"},
    IdeaState.PLAN_ACCEPTED: {"carry-out"},
    IdeaState.CARRIED_OUT: {"evaluate"},
    IdeaState.EVALUATED: {"register", "promote"},
    IdeaState.PROMOTED: {"register"},
}


def after(*events: IdeaEvent, idea: ProductIdea = DRAFT, start: date = DAY) -> ProductIdea:
    """Return the idea after these events, a day apart, with a reason each."""
    for place, event in enumerate(events):
        idea = idea.advance(event, start + timedelta(place), reasons=["so it is"])
    return idea


STANDING = {
    IdeaState.DRAFT: DRAFT,
    IdeaState.RETURNED: after(IdeaEvent.REGISTER, IdeaEvent.RETURN),
    **{event.leads_to: after(*PASSAGE[: place + 1]) for place, event in enumerate(PASSAGE)},
}


# The stages


def test_the_cycle_has_six_stages_in_order() -> None:
    assert [(stage.number, stage.label.vi, stage.label.en) for stage in CycleStage] == [
        (1, "tuyên truyền, hướng dẫn", "information and guidance"),
        (2, "đăng ký ý tưởng", "product ideas"),
        (3, "phương án kinh doanh", "business plans"),
        (4, "triển khai phương án", "plans carried out"),
        (5, "đánh giá, phân hạng", "evaluation and ranking"),
        (6, "xúc tiến thương mại", "trade promotion"),
    ]


def test_a_passage_goes_through_the_stages_in_order() -> None:
    stages = [after(*PASSAGE[:count]).state.stage.number for count in range(len(PASSAGE) + 1)]
    assert stages == sorted(stages)
    assert set(stages) == {1, 2, 3, 4, 5, 6}


@pytest.mark.parametrize("member", [*IdeaState, *IdeaEvent], ids=str)
def test_every_state_and_event_has_its_name_in_both_languages(member: IdeaState | IdeaEvent) -> None:
    assert member.label.vi
    assert member.label.en
    assert member.label.vi != member.label.en


# A passage


def test_an_idea_that_passes_goes_to_a_plan_to_evaluation_and_to_promotion() -> None:
    states = [after(*PASSAGE[:count]).state.value for count in range(len(PASSAGE) + 1)]
    assert states == [
        "draft",
        "registered",
        "passed",
        "plan-received",
        "plan-accepted",
        "carried-out",
        "evaluated",
        "promoted",
    ]


def test_an_idea_that_fails_returns_to_its_author_with_reasons_and_may_come_again() -> None:
    idea = after(IdeaEvent.REGISTER).advance(IdeaEvent.RETURN, date(2026, 3, 2), reasons=["no inputs", "no market"])
    assert idea.state is IdeaState.RETURNED
    assert idea.history[-1] == Step(IdeaEvent.RETURN, date(2026, 3, 2), ("no inputs", "no market"))
    again = idea.advance(IdeaEvent.RESUBMIT, date(2026, 3, 20))
    assert (again.state, len(again.cycles)) == (IdeaState.REGISTERED, 1)


def test_a_plan_that_fails_returns_to_its_author_and_may_come_again() -> None:
    idea = after(*PASSAGE[:3], IdeaEvent.RETURN_PLAN)
    assert idea.state is IdeaState.PASSED
    assert idea.advance(IdeaEvent.RECEIVE_PLAN, date(2026, 6, 1)).state is IdeaState.PLAN_RECEIVED


def test_a_step_leaves_the_idea_itself_as_it_was() -> None:
    idea = after(IdeaEvent.REGISTER)
    after(IdeaEvent.PASS, idea=idea, start=date(2026, 4, 1))
    assert idea.history == (Step(IdeaEvent.REGISTER, DAY, ("so it is",)),)


def test_an_evaluation_keeps_its_star() -> None:
    carried_out = after(*PASSAGE[:5])
    assert carried_out.star is None
    evaluated = carried_out.advance(IdeaEvent.EVALUATE, date(2026, 6, 20), star=Star.THREE)
    assert (evaluated.star, evaluated.history[-1].star) == (Star.THREE, Star.THREE)
    assert evaluated.advance(IdeaEvent.PROMOTE, date(2026, 7, 1)).star is Star.THREE


def test_an_evaluation_may_give_no_star() -> None:
    evaluated = after(*PASSAGE[:5]).advance(IdeaEvent.EVALUATE, date(2026, 6, 20))
    assert (evaluated.state, evaluated.star) == (IdeaState.EVALUATED, None)


@pytest.mark.parametrize("state", [IdeaState.RETURNED, IdeaState.EVALUATED, IdeaState.PROMOTED])
def test_a_next_cycle_can_start_in_a_later_year(state: IdeaState) -> None:
    first = STANDING[state]
    second = first.advance(IdeaEvent.REGISTER, date(2027, 1, 1))
    assert second.state is IdeaState.REGISTERED
    assert second.submitted == date(2027, 1, 1)
    assert second.cycles == (first.history, second.history[-1:])


def test_the_last_evaluation_counts() -> None:
    idea = DRAFT
    for year, star in ((2026, Star.THREE), (2027, Star.FOUR)):
        idea = after(*PASSAGE[:5], idea=idea, start=date(year, 1, 1))
        assert idea.star == (None if year == 2026 else Star.THREE)
        idea = idea.advance(IdeaEvent.EVALUATE, date(year, 6, 1), star=star)
    assert idea.star is Star.FOUR
    assert [cycle[0].on.year for cycle in idea.cycles] == [2026, 2027]


def test_a_draft_is_in_no_cycle() -> None:
    assert (DRAFT.state, DRAFT.cycles, DRAFT.submitted, DRAFT.star) == (IdeaState.DRAFT, (), None, None)


# Impossible steps


def test_there_is_an_idea_in_every_state() -> None:
    assert {state: idea.state for state, idea in STANDING.items()} == {state: state for state in IdeaState}


@pytest.mark.parametrize("state", IdeaState)
def test_what_is_allowed_in_each_state(state: IdeaState) -> None:
    assert {event.value for event in STANDING[state].allowed} == ALLOWED[state]


@pytest.mark.parametrize("event", IdeaEvent)
@pytest.mark.parametrize("state", IdeaState)
def test_a_step_is_possible_where_it_is_allowed_and_nowhere_else(state: IdeaState, event: IdeaEvent) -> None:
    idea = STANDING[state]
    if event.value in ALLOWED[state]:
        assert idea.advance(event, date(2027, 2, 1), reasons=["so"]).state is event.leads_to
        return
    with pytest.raises(ImpossibleStepError) as caught:
        idea.advance(event, date(2027, 2, 1), reasons=["so"])
    assert (caught.value.state, caught.value.event) == (state.value, event.value)
    assert set(caught.value.allowed) == ALLOWED[state]


def test_a_step_may_be_on_the_day_of_the_last_but_not_before() -> None:
    idea = after(IdeaEvent.REGISTER)
    assert idea.advance(IdeaEvent.PASS, DAY).state is IdeaState.PASSED
    with pytest.raises(ImpossibleStepError, match="before the day of the one before it; allowed: return, pass"):
        idea.advance(IdeaEvent.PASS, DAY - timedelta(1))


@pytest.mark.parametrize("on", [date(2026, 2, 12), date(2026, 12, 31)])
def test_there_is_one_cycle_in_a_year(on: date) -> None:
    with pytest.raises(ImpossibleStepError, match="The cycle of 2026 has begun; the next one begins in a later year"):
        STANDING[IdeaState.RETURNED].advance(IdeaEvent.REGISTER, on)


def test_a_cycle_may_end_in_the_next_year_in_which_another_begins() -> None:
    evaluated = after(*PASSAGE[:5]).advance(IdeaEvent.EVALUATE, date(2027, 3, 1))
    assert evaluated.advance(IdeaEvent.REGISTER, date(2027, 4, 1)).state is IdeaState.REGISTERED


@pytest.mark.parametrize("reasons", [[], [""], [" ", "\n"]])
@pytest.mark.parametrize(("count", "event"), [(1, IdeaEvent.RETURN), (3, IdeaEvent.RETURN_PLAN)])
def test_what_is_returned_needs_a_reason(count: int, event: IdeaEvent, reasons: list[str]) -> None:
    with pytest.raises(ImpossibleStepError, match="What is returned to its author needs a reason"):
        after(*PASSAGE[:count]).advance(event, date(2026, 5, 1), reasons=reasons)


def test_only_returns_need_a_reason() -> None:
    assert [event.value for event in IdeaEvent if event.needs_reasons] == ["return", "return-plan"]


def test_only_an_evaluation_has_a_star() -> None:
    with pytest.raises(ImpossibleStepError, match="Only an evaluation has a star"):
        DRAFT.advance(IdeaEvent.REGISTER, DAY, star=Star.THREE)


# The classes


@pytest.mark.parametrize(
    "values",
    [
        {"event": "register"},
        {"on": "2026-02-10"},
        {"reasons": "because"},
        {"reasons": 5},
        {"reasons": [5]},
        {"star": 3},
    ],
)
def test_a_step_takes_values_of_the_right_type_only(values: dict[str, Any]) -> None:
    with pytest.raises(ConversionError):
        evolve(Step(IdeaEvent.EVALUATE, DAY), **values)


@pytest.mark.parametrize(
    "values", [{"name": None}, {"place": 24781}, {"group": 1}, {"history": ["register"]}, {"history": 5}]
)
def test_an_idea_takes_values_of_the_right_type_only(values: dict[str, Any]) -> None:
    with pytest.raises(ConversionError):
        evolve(DRAFT, **values)


def test_text_is_kept_in_normal_form_c() -> None:
    assert Step(IdeaEvent.RETURN, DAY, ["e\u0301"]).reasons == ("é",)
    assert ProductIdea("1", "Phu\u0301", "e\u0301", description="Tho\u0323") == ProductIdea(
        "1", "Phú", "é", description="Thọ"
    )


def test_an_idea_is_frozen_hashable_and_picklable() -> None:
    idea = STANDING[IdeaState.PROMOTED]
    with pytest.raises(FrozenInstanceError):
        idea.name = "x"  # type: ignore[misc]
    assert hash(idea) == hash(evolve(idea))
    assert pickle.loads(pickle.dumps(idea)) == idea  # noqa: S301
    assert copy.deepcopy(idea) == idea


def test_the_json_form_of_an_idea() -> None:
    idea = after(IdeaEvent.REGISTER).advance(IdeaEvent.RETURN, date(2026, 3, 2), reasons=["no market"])
    assert plain(idea) == {
        "id": "idea-7",
        "name": "Chè hoa vàng",
        "author": "chieng-di",
        "place": "24781",
        "group": "food",
        "criteria_set": "qd26-2026/tea",
        "description": "Lá chè ướp hoa",
        "history": [
            {"event": "register", "on": "2026-02-10", "reasons": ["so it is"]},
            {"event": "return", "on": "2026-03-02", "reasons": ["no market"]},
        ],
    }


@given(IDEAS)
def test_an_idea_comes_back_from_its_json_form(idea: ProductIdea) -> None:
    assert structured(make_converter(), plain(idea), ProductIdea) == idea


# The check


@pytest.mark.parametrize("state", IdeaState)
def test_an_idea_that_took_its_steps_has_no_problem(state: IdeaState) -> None:
    assert check_idea(STANDING[state]) == Report()


@pytest.mark.parametrize(
    ("idea", "code", "pointer"),
    [
        (evolve(DRAFT, id=""), "text-empty", "/id"),
        (evolve(DRAFT, name=" "), "text-empty", "/name"),
        (evolve(DRAFT, author=""), "text-empty", "/author"),
        (evolve(DRAFT, place="99999"), "commune-unknown", "/place"),
        (evolve(DRAFT, history=[Step(IdeaEvent.PASS, DAY)]), "step-impossible", "/history/0/event"),
        (
            evolve(DRAFT, history=[Step(IdeaEvent.REGISTER, DAY), Step(IdeaEvent.PASS, DAY - timedelta(1))]),
            "step-too-early",
            "/history/1/on",
        ),
        (
            evolve(
                DRAFT, history=[*STANDING[IdeaState.RETURNED].history, Step(IdeaEvent.REGISTER, date(2026, 12, 31))]
            ),
            "cycle-same-year",
            "/history/2/on",
        ),
        (
            evolve(DRAFT, history=[Step(IdeaEvent.REGISTER, DAY), Step(IdeaEvent.RETURN, DAY)]),
            "step-reason-missing",
            "/history/1/reasons",
        ),
        (evolve(DRAFT, history=[Step(IdeaEvent.REGISTER, DAY, star=Star.ONE)]), "step-star", "/history/0/star"),
    ],
)
def test_each_problem_is_told_where_it_is(idea: ProductIdea, code: str, pointer: str) -> None:
    assert [(problem.code, problem.pointer) for problem in check_idea(idea).problems] == [(code, pointer)]


def test_an_impossible_step_is_told_with_the_allowed_ones() -> None:
    idea = evolve(DRAFT, history=[Step(IdeaEvent.REGISTER, DAY), Step(IdeaEvent.PROMOTE, DAY)])
    [problem] = check_idea(idea).problems
    assert (problem.expected, problem.got) == ("return, pass", "promote")
    assert problem.message.vi == "Không thể có bước này khi đang ở trạng thái đã đăng ký"


@given(IDEAS)
def test_a_history_is_right_when_its_steps_can_be_taken_one_by_one(idea: ProductIdea) -> None:
    walked = evolve(idea, history=())
    try:
        for step in idea.history:
            walked = walked.advance(step.event, step.on, reasons=step.reasons, star=step.star)
    except ImpossibleStepError:
        possible = False
    else:
        possible = True
        assert walked == idea
    report = check_idea(idea)
    assert possible == (not any(problem.pointer.startswith("/history") for problem in report.problems))


@given(IDEAS)
def test_the_cycles_hold_every_step_once(idea: ProductIdea) -> None:
    assert tuple(step for cycle in idea.cycles for step in cycle) == idea.history
    assert all(step.event is not IdeaEvent.REGISTER for cycle in idea.cycles for step in cycle[1:])


@given(st.data())
def test_any_walk_along_what_is_allowed_is_possible(data: st.DataObject) -> None:
    idea, day = DRAFT, DAY
    for _ in range(data.draw(st.integers(0, 12))):
        event = data.draw(st.sampled_from(idea.allowed))
        day = date(day.year + 1, 1, 1) if event is IdeaEvent.REGISTER else day + timedelta(1)
        idea = idea.advance(event, day, reasons=["so"])
    assert check_idea(idea).ok
    days = [step.on for step in idea.history]
    assert days == sorted(days)
