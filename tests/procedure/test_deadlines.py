import json
import pickle
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from district_edition import ID, district_catalog
from ocop.canonical import plain
from ocop.convert import make_converter, structured
from ocop.errors import DocumentError, NoEditionError, UnknownIdError
from ocop.model.stars import Level, Star
from ocop.procedure.calendars import CalendarStamp, VietnamCalendar, WeekdayCalendar
from ocop.procedure.deadlines import Deadline, deadlines, next_round
from ocop.procedure.kinds import DossierKind
from ocop.procedure.rules import CutOff, procedure
from ocop.procedure.stages import Case, Step

RULES = procedure("qd26-2026")
WEEKDAYS = WeekdayCalendar()
PROPOSED = ("find-complete", "report-commune", "propose")
RE_EVALUATION = DossierKind.RE_EVALUATION


def walk(start: str, *events: str, kind: DossierKind = DossierKind.FIRST, held: Star | None = None) -> Case:
    """Return the case after `events`: ``"name@day"``, ``"name:star@day"``, or without a day on the last one."""
    day = date.fromisoformat(start)
    case = RULES.begin(kind, day, held=held)
    for event in events:
        name, _, when = event.partition("@")
        name, _, star = name.partition(":")
        day = date.fromisoformat(when) if when else day
        case = RULES.next(case, name, day, star=Star(int(star)) if star else None)
    return case


def only(case: Case, **options: Any) -> Deadline:
    (deadline,) = deadlines(case, options.pop("calendar", WEEKDAYS), **options)
    return deadline


class TestTheCommune:
    @pytest.mark.parametrize("events", [(), ("find-complete",), ("find-complete", "report-commune")])
    def test_fifteen_working_days_from_the_hand_in_to_the_proposal(self, events: tuple[str, ...]) -> None:
        found = only(walk("2026-06-01", *events))
        assert (found.what, str(found.by), str(found.since)) == ("commune-check", "2026-06-22", "2026-06-01")
        assert (found.level, found.article, found.round) == (Level.COMMUNE, "7", None)
        assert found.calendar == CalendarStamp("weekdays", "1")
        assert found.label.en == "The commune checks and proposes"

    def test_holidays_do_not_count(self) -> None:
        # National Day: Tuesday and Wednesday, and the Monday before is swapped for a Saturday already past.
        calendar = VietnamCalendar()
        found = only(walk("2026-08-24"), calendar=calendar)
        assert str(found.by) == "2026-09-17"
        assert found.calendar == CalendarStamp("vietnam", calendar.version)
        assert str(only(walk("2026-08-24")).by) == "2026-09-14"

    def test_the_limit_rests_while_the_subject_completes_the_dossier_and_then_runs_anew(self) -> None:
        assert deadlines(walk("2026-06-01", "find-incomplete@2026-06-05"), WEEKDAYS) == ()
        found = only(walk("2026-06-01", "find-incomplete@2026-06-05", "complete-dossier@2026-07-01"))
        assert (str(found.since), str(found.by)) == ("2026-07-01", "2026-07-22")

    def test_the_last_day_is_in_time(self) -> None:
        found = only(walk("2026-06-01"))
        assert (found.reading, found.last_day) == (CutOff.THROUGH, found.by)
        assert not found.is_missed(date(2026, 6, 22))
        assert found.is_missed(date(2026, 6, 23))


class TestRounds:
    @pytest.mark.parametrize("kind", [DossierKind.FIRST, DossierKind.UPGRADE])
    @pytest.mark.parametrize(
        ("proposed", "number", "by"),
        [
            ("2026-10-29", 2, "2026-12-30"),
            ("2026-10-30", 1, "2027-06-30"),
            ("2027-01-04", 1, "2027-06-30"),
            ("2027-04-29", 1, "2027-06-30"),
            ("2027-04-30", 2, "2027-12-30"),
        ],
    )
    def test_of_the_province(self, kind: DossierKind, proposed: str, number: int, by: str) -> None:
        found = only(walk(proposed, *PROPOSED, kind=kind))
        assert (found.what, found.round, str(found.by), found.article) == ("province-round", number, by, "5")
        assert (found.level, str(found.since), found.calendar) == (Level.PROVINCE, proposed, None)

    @pytest.mark.parametrize(
        ("sent", "number", "by"),
        [
            ("2026-07-29", 1, "2026-09-30"),
            ("2026-07-30", 2, "2027-03-30"),
            ("2027-01-29", 2, "2027-03-30"),
            ("2027-01-30", 1, "2027-09-30"),
        ],
    )
    def test_of_the_ministry(self, sent: str, number: int, by: str) -> None:
        case = walk("2026-06-01", *PROPOSED, "find-complete", "examine", "rank:5", f"send-up@{sent}")
        found = only(case)
        assert (found.what, found.level, found.round, str(found.by)) == ("ministry-round", Level.MINISTRY, number, by)

    def test_the_round_is_that_of_the_proposal_even_when_the_dossier_is_completed_later(self) -> None:
        case = walk("2026-10-20", *PROPOSED, "find-incomplete@2026-10-28", "complete-dossier@2026-11-10")
        assert str(only(case).by) == "2026-12-30"
        assert str(only(walk("2026-10-20", *PROPOSED, "find-incomplete")).by) == "2026-12-30"

    def test_before_a_day_by_both_readings(self) -> None:
        case = walk("2026-10-30", *PROPOSED)
        literal, wide = only(case), only(case, cut_off=CutOff.THROUGH)
        assert (str(literal.by), str(literal.last_day), literal.reading) == ("2027-06-30", "2027-06-29", CutOff.BEFORE)
        assert (str(wide.by), str(wide.last_day), wide.reading) == ("2026-12-30", "2026-12-30", CutOff.THROUGH)
        assert literal.is_missed(date(2027, 6, 30))
        assert not literal.is_missed(date(2027, 6, 29))
        assert not wide.is_missed(date(2026, 12, 30))

    def test_the_round_runs_until_the_decision(self) -> None:
        ranked = walk("2026-06-01", *PROPOSED, "find-complete", "examine", "rank:3")
        assert only(ranked).what == "province-round"
        assert deadlines(RULES.next(ranked, "recognise", date(2026, 6, 20)), WEEKDAYS) == ()


class TestReEvaluation:
    def test_45_days_from_the_proposal(self) -> None:
        found = only(walk("2026-06-01", *PROPOSED, kind=RE_EVALUATION))
        assert (found.what, str(found.by), found.article) == ("province-re-evaluation", "2026-07-16", "7")
        assert (found.level, found.calendar, found.round) == (Level.PROVINCE, None, None)

    def test_45_days_from_the_complete_dossier(self) -> None:
        events = (*PROPOSED, "find-incomplete@2026-06-10")
        assert deadlines(walk("2026-06-01", *events, kind=RE_EVALUATION), WEEKDAYS) == ()
        found = only(walk("2026-06-01", *events, "complete-dossier@2026-06-20", kind=RE_EVALUATION))
        assert (str(found.since), str(found.by)) == ("2026-06-20", "2026-08-04")

    def test_five_stars_have_45_days_at_the_ministry(self) -> None:
        case = walk("2026-06-01", *PROPOSED, "find-complete", "send-up@2026-07-01", kind=RE_EVALUATION, held=Star.FIVE)
        found = only(case)
        assert (found.what, found.level, str(found.by)) == ("ministry-re-evaluation", Level.MINISTRY, "2026-08-15")


class TestRecall:
    def test_fifteen_days_from_the_conclusion(self) -> None:
        events = (*PROPOSED, "find-complete", "examine", "rank:4", "recognise", "conclude-breach@2027-03-01")
        found = only(walk("2026-06-01", *events))
        assert (found.what, found.level, found.article) == ("recall", Level.PROVINCE, "8")
        assert (str(found.since), str(found.by)) == ("2027-03-01", "2027-03-16")

    def test_of_five_stars(self) -> None:
        to_ministry = (*PROPOSED, "find-complete", "examine", "rank:5", "send-up")
        events = (*to_ministry, "find-complete", "examine", "rank:5", "recognise", "conclude-breach@2027-03-01")
        assert only(walk("2026-06-01", *events)).level is Level.MINISTRY


class TestWhatIsRefused:
    def test_a_case_of_an_edition_that_is_not_there(self) -> None:
        with pytest.raises(UnknownIdError, match="no edition 'qd99'"):
            deadlines(evolve(walk("2026-06-01"), edition="qd99"), WEEKDAYS)

    def test_a_case_of_an_edition_without_a_procedure(self) -> None:
        with pytest.raises(UnknownIdError, match="no procedure of the edition 'qd148-2023'"):
            deadlines(evolve(walk("2026-06-01"), edition="qd148-2023"), WEEKDAYS)

    def test_a_case_with_an_impossible_history(self) -> None:
        case = Case("qd26-2026", DossierKind.FIRST, [Step("propose", "province-received", date(2026, 6, 1))])
        with pytest.raises(DocumentError) as caught:
            deadlines(case, WEEKDAYS)
        assert caught.value.report.codes == ("case-start-wrong",)


class TestDeadline:
    @given(st.dates(date(2026, 5, 22), date(2060, 1, 1)), st.sampled_from(DossierKind), st.booleans())
    def test_a_deadline_lies_after_its_start_and_round_trips(
        self, day: date, kind: DossierKind, proposed: bool
    ) -> None:
        found = only(walk(day.isoformat(), *(PROPOSED if proposed else ()), kind=kind))
        assert found.since == day
        assert found.by - day >= timedelta(days=15)
        assert not found.is_missed(day)
        assert structured(make_converter(), json.loads(json.dumps(plain(found))), Deadline) == found

    def test_it_is_hashable_and_picklable(self) -> None:
        found = only(walk("2026-06-01"))
        assert hash(found) == hash(evolve(found))
        assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301


class TestNextRound:
    def test_by_the_edition_in_force(self) -> None:
        day = date(2026, 8, 5)
        assert next_round(Level.MINISTRY, day) == RULES.next_round(Level.MINISTRY, day)

    def test_by_an_edition_named(self) -> None:
        found = next_round(Level.PROVINCE, date(2025, 1, 1), edition_id="qd26-2026", cut_off=CutOff.THROUGH)
        assert str(found.proposed_before) == "2025-04-30"

    def test_before_any_edition(self) -> None:
        with pytest.raises(NoEditionError):
            next_round(Level.PROVINCE, date(2019, 1, 1))

    def test_of_a_catalogue(self, tmp_path: Path) -> None:
        with pytest.raises(UnknownIdError, match="evaluation round of the level 'province'"):
            next_round(Level.PROVINCE, date(2025, 1, 1), catalog=district_catalog(tmp_path))


def test_deadlines_of_another_catalogue(tmp_path: Path) -> None:
    catalog = district_catalog(tmp_path)
    case = procedure(ID, catalog=catalog).begin(DossierKind.FIRST, date(2024, 3, 1))
    assert deadlines(case, WEEKDAYS, catalog=catalog) == ()
