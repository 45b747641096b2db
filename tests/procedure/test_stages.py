import json
import pickle
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from attrs.exceptions import FrozenInstanceError
from hypothesis import given
from hypothesis import strategies as st

from district_edition import ID, district_catalog
from ocop.canonical import plain
from ocop.convert import make_converter, structured
from ocop.errors import ConversionError, DocumentError, ImpossibleStepError, OcopError
from ocop.model.stars import Level, Star
from ocop.procedure.kinds import DossierKind
from ocop.procedure.rules import procedure
from ocop.procedure.stages import Body, Case, Stages, Step

RULES = procedure("qd26-2026")
STATES = {state.slug for state in RULES.stages.states}
EVENTS = [event.slug for event in RULES.stages.events]
DAY = date(2026, 6, 1)
TO_COUNCIL = ("find-complete", "report-commune", "propose", "find-complete", "examine")
TO_MINISTRY = (*TO_COUNCIL, "rank:5", "send-up", "find-complete", "examine")
RE_EVALUATION = DossierKind.RE_EVALUATION


def walk(*events: str, kind: DossierKind = DossierKind.FIRST, held: Star | None = None, day: date = DAY) -> Case:
    """Return the case after `events`, one a day; ``"rank:4"`` is a ranking at 4 stars."""
    case = RULES.begin(kind, day, held=held)
    for event in events:
        name, _, star = event.partition(":")
        day += timedelta(days=1)
        case = RULES.next(case, name, day, star=Star(int(star)) if star else None)
    return case


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Draw a case that went some way by steps that it is allowed."""
    kind = draw(st.sampled_from(DossierKind))
    held = None if kind is DossierKind.FIRST else draw(st.sampled_from([None, *Star]))
    case = RULES.begin(kind, draw(st.dates(date(2026, 5, 22), date(2040, 1, 1))), held=held)
    for _ in range(draw(st.integers(0, 25))):
        allowed = RULES.allowed(case)
        if not allowed:
            break
        event = draw(st.sampled_from(allowed))
        star = draw(st.sampled_from(Star)) if event.startswith("rank") else None
        case = RULES.next(case, event, case.on + timedelta(days=draw(st.integers(0, 40))), star=star)
    return case


class TestPaths:
    @pytest.mark.parametrize(
        ("events", "state"),
        [
            ((), "handed-in"),
            (("find-incomplete",), "incomplete"),
            (("find-incomplete", "complete-dossier"), "handed-in"),
            (("find-complete",), "complete"),
            (("find-complete", "report-commune"), "reported"),
            (("find-complete", "report-commune", "propose"), "province-received"),
            (("find-complete", "report-commune", "propose", "find-incomplete"), "province-incomplete"),
            ((*TO_COUNCIL[:-1], "survey-site", "ask-for-tests"), "province-review"),
            (TO_COUNCIL, "province-council"),
            ((*TO_COUNCIL, "leave-unranked"), "not-recognised"),
            ((*TO_COUNCIL, "rank:3", "recognise"), "recognised"),
            ((*TO_COUNCIL, "rank:4", "recognise"), "recognised"),
            ((*TO_COUNCIL, "rank:4", "refuse"), "not-recognised"),
            ((*TO_COUNCIL, "rank:2", "refuse"), "not-recognised"),
            ((*TO_COUNCIL, "rank:5", "send-up"), "ministry-received"),
            ((*TO_COUNCIL, "rank:5", "send-up", "find-incomplete", "complete-dossier"), "ministry-received"),
            (TO_MINISTRY, "ministry-council"),
            ((*TO_MINISTRY, "rank:5", "recognise"), "recognised"),
            ((*TO_MINISTRY, "rank:4", "return"), "returned-to-province"),
            ((*TO_MINISTRY, "rank:4", "return", "recognise"), "recognised"),
            ((*TO_MINISTRY, "rank:3", "return", "recognise"), "recognised"),
            ((*TO_MINISTRY, "rank:3", "return", "refuse"), "not-recognised"),
            ((*TO_MINISTRY, "rank:2", "return", "refuse"), "not-recognised"),
            ((*TO_COUNCIL, "rank:3", "recognise", "conclude-breach", "recall"), "recalled"),
            ((*TO_MINISTRY, "rank:5", "recognise", "conclude-breach", "recall"), "recalled"),
        ],
    )
    @pytest.mark.parametrize("kind", DossierKind)
    def test_every_kind_may_go_these_ways(self, events: Sequence[str], state: str, kind: DossierKind) -> None:
        case = walk(*events, kind=kind)
        assert case.state == state
        assert RULES.check(case).ok

    @pytest.mark.parametrize(
        ("events", "star", "allowed"),
        [
            (TO_COUNCIL, 1, ("refuse",)),
            (TO_COUNCIL, 2, ("refuse",)),
            (TO_COUNCIL, 3, ("recognise", "refuse")),
            (TO_COUNCIL, 4, ("recognise", "refuse")),
            (TO_COUNCIL, 5, ("send-up",)),
            (TO_MINISTRY, 1, ("return",)),
            (TO_MINISTRY, 2, ("return",)),
            (TO_MINISTRY, 3, ("return",)),
            (TO_MINISTRY, 4, ("return",)),
            (TO_MINISTRY, 5, ("recognise",)),
        ],
    )
    def test_what_may_follow_a_ranking(self, events: Sequence[str], star: int, allowed: Sequence[str]) -> None:
        assert RULES.allowed(walk(*events, f"rank:{star}")) == allowed

    def test_from_the_central_result_the_province_recognises_no_less_than_three_stars(self) -> None:
        assert RULES.allowed(walk(*TO_MINISTRY, "rank:2", "return")) == ("refuse",)

    def test_a_written_opinion_is_for_re_evaluations(self) -> None:
        case = walk(*TO_COUNCIL, kind=RE_EVALUATION)
        assert RULES.next(case, "rank-in-writing", date(2026, 7, 1), star=Star.THREE).state == "province-ranked"
        with pytest.raises(ImpossibleStepError) as caught:
            RULES.next(walk(*TO_COUNCIL), "rank-in-writing", date(2026, 7, 1), star=Star.THREE)
        assert str(caught.value) == (
            "'rank-in-writing' is impossible in the state 'province-council': it is for dossiers of the kind "
            "re-evaluation only; allowed: rank, leave-unranked"
        )

    def test_the_agency_alone_may_report_on_re_evaluations(self) -> None:
        events = (*TO_COUNCIL[:-1], "report-agency")
        assert walk(*events, kind=RE_EVALUATION).state == "province-council"
        with pytest.raises(ImpossibleStepError):
            walk(*events)

    def test_five_stars_held_go_up_for_re_evaluation_without_a_provincial_council(self) -> None:
        up = (*TO_COUNCIL[:-1], "send-up")
        case = walk(*up, "find-complete", "report-agency", kind=RE_EVALUATION, held=Star.FIVE)
        assert (case.state, case.star) == ("ministry-council", None)
        for held in (Star.FOUR, None):
            with pytest.raises(ImpossibleStepError, match="for products that hold 5 stars only"):
                walk(*up, kind=RE_EVALUATION, held=held)

    @pytest.mark.parametrize(("star", "level"), [(3, Level.PROVINCE), (4, Level.PROVINCE)])
    def test_who_recalls(self, star: int, level: Level) -> None:
        case = walk(*TO_COUNCIL, f"rank:{star}", "recognise", "conclude-breach")
        assert RULES.transition_of(case, "recall").level is level

    def test_the_minister_recalls_five_stars(self) -> None:
        case = walk(*TO_MINISTRY, "rank:5", "recognise", "conclude-breach")
        step = RULES.transition_of(case, "recall")
        assert (step.level, step.by, step.article) == (Level.MINISTRY, Body.HEAD, "8")


class TestImpossibleSteps:
    @pytest.mark.parametrize("event", ["no-such-event", "recognise", "hand-in", ""])
    def test_an_event_that_does_not_belong_there(self, event: str) -> None:
        case = walk()
        with pytest.raises(ImpossibleStepError) as caught:
            RULES.next(case, event, DAY)
        assert (caught.value.state, caught.value.event) == ("handed-in", event)
        assert caught.value.allowed == ("find-incomplete", "find-complete")
        assert isinstance(caught.value, OcopError)

    def test_nothing_follows_the_end(self) -> None:
        with pytest.raises(ImpossibleStepError, match="allowed: nothing"):
            RULES.next(walk(*TO_COUNCIL, "leave-unranked"), "recognise", date(2027, 1, 1))

    def test_a_product_of_another_star(self) -> None:
        with pytest.raises(ImpossibleStepError, match="ranked 3 or 4 stars; this one has 5; allowed: send-up"):
            RULES.next(walk(*TO_COUNCIL, "rank:5"), "recognise", date(2027, 1, 1))

    def test_a_ranking_without_a_star(self) -> None:
        with pytest.raises(ImpossibleStepError, match="the star that the council gave is missing"):
            RULES.next(walk(*TO_COUNCIL), "rank", date(2027, 1, 1))

    def test_a_star_without_a_ranking(self) -> None:
        with pytest.raises(ImpossibleStepError, match="only a council's ranking comes with a star"):
            RULES.next(walk(), "find-complete", DAY, star=Star.FIVE)

    @pytest.mark.parametrize("star", [4, "4", True, 4.0])
    def test_what_is_no_star(self, star: Any) -> None:
        with pytest.raises(ConversionError, match="star: expected Star"):
            RULES.next(walk(*TO_COUNCIL), "rank", date(2027, 1, 1), star=star)

    def test_dates_do_not_go_backwards(self) -> None:
        case = walk()
        assert RULES.next(case, "find-complete", DAY).on == DAY
        with pytest.raises(DocumentError) as caught:
            RULES.next(case, "find-complete", DAY - timedelta(days=1))
        (problem,) = caught.value.report.problems
        assert (problem.code, problem.expected, problem.got) == ("case-dates-backwards", "≥ 2026-06-01", "2026-05-31")


class TestProperties:
    @given(cases())
    def test_a_case_is_always_in_a_state_of_the_data_and_checks_out(self, case: Case) -> None:
        assert {step.state for step in case.steps} <= STATES
        assert RULES.check(case).ok

    @given(cases(), st.sampled_from(EVENTS), st.sampled_from([None, *Star]))
    def test_an_event_is_allowed_or_refused(self, case: Case, event: str, star: Star | None) -> None:
        ranks = event.startswith("rank")
        if event in RULES.allowed(case) and ranks == (star is not None):
            after = RULES.next(case, event, case.on, star=star)
            assert after.steps[:-1] == case.steps
            assert after.star == (star if ranks else case.star)
        else:
            with pytest.raises(ImpossibleStepError) as caught:
                RULES.next(case, event, case.on, star=star)
            assert caught.value.allowed == RULES.allowed(case)

    @given(cases())
    def test_recognised_only_with_a_star_that_somebody_recognises(self, case: Case) -> None:
        if case.state in ("recognised", "to-be-recalled", "recalled"):
            assert case.star is not None
            assert RULES.recogniser(case.star) is not None

    @given(cases())
    def test_json_and_back(self, case: Case) -> None:
        assert structured(make_converter(), json.loads(json.dumps(plain(case))), Case) == case

    def test_every_state_is_reachable_and_every_step_is_taken_by_some_case(self) -> None:
        seen: set[tuple[Any, ...]] = set()
        taken: set[Any] = set()
        todo = [walk(kind=kind, held=held) for kind in DossierKind for held in (None, *Star)]
        while todo:
            case = todo.pop()
            key = (case.state, case.kind, case.held, case.star)
            if key in seen:
                continue
            seen.add(key)
            for event in RULES.allowed(case):
                for star in Star if event.startswith("rank") else [None]:
                    taken.add(RULES.transition_of(case, event, star))
                    todo.append(RULES.next(case, event, DAY, star=star))
        assert {state for state, *_ in seen} == STATES
        assert taken == set(RULES.stages.transitions)

    def test_no_step_is_ambiguous(self) -> None:
        # Of two steps with one state and event, no star and no star held may fit both.
        found = RULES.stages.transitions
        for i, one in enumerate(found):
            for other in found[:i]:
                if (one.state, one.event) == (other.state, other.event):
                    assert one.stars
                    assert other.stars
                    assert not set(one.stars) & set(other.stars)

    def test_only_ends_have_no_way_on(self) -> None:
        left = {transition.state for transition in RULES.stages.transitions}
        assert STATES - left == {"not-recognised", "recalled"}

    def test_decisions_are_of_the_level_that_recognises_the_star(self) -> None:
        for transition in RULES.stages.transitions:
            if transition.event in ("recognise", "recall"):
                assert {RULES.recogniser(star) for star in transition.stars} == {transition.level}

    def test_a_council_sends_up_what_a_higher_level_recognises(self) -> None:
        sent = {(t.level, t.stars) for t in RULES.stages.transitions if t.event == "send-up" and t.stars}
        assert sent == {(Level.PROVINCE, (Star.FIVE,))}


class TestCase:
    def test_history_says_who_when_and_why(self) -> None:
        case = RULES.begin(DossierKind.UPGRADE, DAY, dossier="d1", held=Star.THREE, by="HTX Chè")
        case = RULES.next(case, "find-incomplete", DAY, by="UBND xã", reason="thiếu biểu 02")
        assert case.steps == (
            Step("hand-in", "handed-in", DAY, "HTX Chè"),
            Step("find-incomplete", "incomplete", DAY, "UBND xã", None, "thiếu biểu 02"),
        )
        assert (case.edition, case.dossier, case.held, case.star) == ("qd26-2026", "d1", Star.THREE, None)

    def test_the_last_day_of_an_event(self) -> None:
        case = walk("find-incomplete", "complete-dossier", "find-incomplete")
        assert case.last("find-incomplete") == DAY + timedelta(days=3)
        assert case.last("hand-in", "complete-dossier") == DAY + timedelta(days=2)
        assert case.last("propose") is None

    def test_it_is_frozen_hashable_and_picklable(self) -> None:
        case = walk("find-complete")
        with pytest.raises(FrozenInstanceError):
            case.dossier = "x"  # type: ignore[misc]
        assert pickle.loads(pickle.dumps(case)) == case  # noqa: S301
        assert hash(case) == hash(evolve(case))

    @pytest.mark.parametrize("steps", [(), None, 3, "ab", [{"event": "hand-in"}]])
    def test_steps_are_steps(self, steps: Any) -> None:
        with pytest.raises(ConversionError, match="steps: expected one Step or more"):
            Case("qd26-2026", DossierKind.FIRST, steps)

    @pytest.mark.parametrize("kind", ["first", None, Star.ONE])
    def test_a_kind_is_a_kind(self, kind: Any) -> None:
        with pytest.raises(ConversionError, match="kind: expected DossierKind"):
            RULES.begin(kind, DAY)

    @pytest.mark.parametrize("on", ["2026-06-01", datetime(2026, 6, 1), None])  # noqa: DTZ001
    def test_a_day_is_a_date(self, on: Any) -> None:
        with pytest.raises(ConversionError, match="on: expected date"):
            RULES.begin(DossierKind.FIRST, on)

    def test_text_is_kept_in_normal_form_c(self) -> None:
        assert RULES.begin(DossierKind.FIRST, DAY, by="xa\u0303").steps[0].by == "xã"


class TestCheck:
    def test_a_wrong_start(self) -> None:
        case = Case("qd26-2026", DossierKind.FIRST, [Step("propose", "province-received", DAY)])
        (problem,) = RULES.check(case).problems
        assert (problem.code, problem.pointer, problem.expected, problem.got) == (
            *("case-start-wrong", "/steps/0"),
            *("hand-in", "propose"),
        )

    def test_everything_wrong_is_told_at_once(self) -> None:
        start = walk().steps[0]
        steps = [
            start,
            Step("find-complete", "reported", date(2026, 5, 30)),
            Step("recognise", "recognised", date(2026, 6, 2)),
            Step("no-such-event", "no-such-state", date(2026, 6, 1)),
            Step("propose", "province-received", date(2026, 6, 3)),
        ]
        report = RULES.check(Case("qd26-2026", DossierKind.FIRST, steps, "d1"))
        assert report.subject == "d1"
        assert [(problem.code, problem.pointer) for problem in report.problems] == [
            ("case-state-wrong", "/steps/1/state"),
            ("case-dates-backwards", "/steps/1/on"),
            ("case-step-impossible", "/steps/2/event"),
            ("case-step-impossible", "/steps/3/event"),
            ("case-dates-backwards", "/steps/3/on"),
            ("case-step-impossible", "/steps/4/event"),
        ]
        texts = [problem.text("en") for problem in report.problems]
        assert "The step “Find the dossier complete” leads to another state. Expected: complete." in texts[0]
        assert "in the state “Reported on by the commune” cannot take this step. Expected: propose." in texts[2]
        assert "in the state “no-such-state” cannot take this step. Expected: –." in texts[5]

    def test_a_star_where_none_is_given(self) -> None:
        case = evolve(walk(), steps=[*walk().steps, Step("find-complete", "complete", DAY, star=Star.FIVE)])
        assert RULES.check(case).codes == ("case-step-impossible",)

    def test_an_event_without_words(self) -> None:
        bare = Stages(RULES.stages.start, RULES.stages.states, RULES.stages.transitions)
        steps = [*walk().steps, Step("find-complete", "recognised", DAY)]
        (problem,) = bare.check(Case("x", DossierKind.FIRST, steps))
        assert "“find-complete”" in problem.message.en


def test_an_edition_with_districts(tmp_path: Path) -> None:
    rules = procedure(ID, catalog=district_catalog(tmp_path))
    case = rules.begin(DossierKind.FIRST, date(2024, 3, 1))
    case = rules.next(case, "find-complete", date(2024, 3, 5))
    low = rules.next(case, "rank", date(2024, 4, 1), star=Star.THREE)
    assert rules.next(low, "recognise", date(2024, 4, 9)).state == "recognised"
    high = rules.next(case, "rank", date(2024, 4, 1), star=Star.FOUR)
    assert rules.allowed(high) == ("send-up",)
    assert case.edition == ID


@pytest.mark.parametrize("body", Body)
def test_every_body_has_a_name(body: Body) -> None:
    assert body.label.vi != body.label.en
