"""The packaged procedure against the numbers of the decision, written out by hand; and what reads it."""

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
from ocop.criteria.catalog import PACKAGED
from ocop.errors import ConversionError, UnknownIdError
from ocop.model.stars import Level, Star
from ocop.procedure.kinds import DossierKind
from ocop.procedure.rules import CutOff, Procedure, Round, Unit, YearDay, procedure
from ocop.text import LANGUAGES, NO_LABEL

RULES = procedure("qd26-2026")
DAYS = st.dates(date(2026, 5, 22), date(2100, 1, 1))
LEVELS = st.sampled_from([Level.PROVINCE, Level.MINISTRY])


class TestNumbersOfTheDecision:
    def test_levels(self) -> None:
        assert [
            (role.level.value, role.evaluates, list(map(int, role.recognises)), role.article) for role in RULES.levels
        ] == [
            ("commune", False, [], "7"),
            ("province", True, [3, 4], "4"),
            ("ministry", True, [5], "4"),
        ]

    def test_rounds(self) -> None:
        found = [
            (r.level.value, r.number, str(r.proposed_before), str(r.evaluated_before), r.article) for r in RULES.rounds
        ]
        assert found == [
            ("province", 1, "04-30", "06-30", "5"),
            ("province", 2, "10-30", "12-30", "5"),
            ("ministry", 1, "07-30", "09-30", "5"),
            ("ministry", 2, "01-30", "03-30", "5"),
        ]

    def test_time_limits(self) -> None:
        assert [(d.slug, d.level.value, d.days, d.unit, d.article) for d in RULES.deadlines] == [
            ("commune-check", "commune", 15, Unit.WORKING_DAYS, "7"),
            ("province-round", "province", None, Unit.CALENDAR_DAYS, "5"),
            ("ministry-round", "ministry", None, Unit.CALENDAR_DAYS, "5"),
            ("province-re-evaluation", "province", 45, Unit.CALENDAR_DAYS, "7"),
            ("ministry-re-evaluation", "ministry", 45, Unit.CALENDAR_DAYS, "7"),
            ("recall", "province", 15, Unit.CALENDAR_DAYS, "8"),
            ("recall", "ministry", 15, Unit.CALENDAR_DAYS, "8"),
        ]

    def test_certificate(self) -> None:
        terms = RULES.certificate
        assert (terms.months, terms.article) == (36, "4")
        assert (terms.window.opens, terms.window.closes, terms.window.article) == (180, 120, "7")
        assert terms.extension is not None
        assert (terms.extension.days, terms.extension.article) == (180, "12")

    def test_recall(self) -> None:
        assert (RULES.recall.article, RULES.recall.deadline) == ("8", "recall")
        assert [cause.slug for cause in RULES.recall.causes] == [
            *("untrue-papers", "criteria-no-longer-met", "law-breached"),
            *("mark-misused", "production-stopped", "other-finding"),
        ]

    def test_transition(self) -> None:
        terms = RULES.transition
        assert terms is not None
        assert (terms.edition, terms.decision, terms.article) == ("qd148-2023", "148/QĐ-TTg", "12")
        assert terms.days == {"first": 60, "upgrade": 60, "re-evaluation": 30}

    @pytest.mark.parametrize(
        ("star", "level"), [(1, None), (2, None), (3, "province"), (4, "province"), (5, "ministry")]
    )
    def test_who_recognises(self, star: int, level: str | None) -> None:
        found = RULES.recogniser(Star(star))
        assert (found.value if found else None) == level


class TestTheDataHoldsTogether:
    def test_ids_and_slugs(self) -> None:
        assert RULES.id == "qd26-2026"
        slugs = [state.slug for state in RULES.stages.states]
        assert len(set(slugs)) == len(slugs)

    def test_kinds_of_the_transition_are_those_of_dossiers(self) -> None:
        assert RULES.transition is not None
        assert set(RULES.transition.days) == {kind.value for kind in DossierKind}

    def test_a_limit_is_a_number_of_days_or_a_round_of_its_level(self) -> None:
        with_rounds = {each.level for each in RULES.rounds}
        for rule in RULES.deadlines:
            assert (rule.days is not None and rule.days > 0) or rule.level in with_rounds
            assert rule.since

    def test_limits_name_states_and_events_that_exist(self) -> None:
        states = {state.slug for state in RULES.stages.states}
        events = {event.slug for event in RULES.stages.events}
        for rule in RULES.deadlines:
            assert set(rule.states) <= states
            assert set(rule.since) <= events

    def test_a_recall_has_a_limit_for_every_certified_star_and_its_level(self) -> None:
        found = {
            star: rule.level for rule in RULES.deadlines if rule.slug == RULES.recall.deadline for star in rule.stars
        }
        assert found == {star: RULES.recogniser(star) for star in Star if RULES.recogniser(star)}

    def test_every_word_is_there_in_both_languages_and_none_is_unused(self) -> None:
        tables = PACKAGED.labels("qd26-2026").tables
        used = {
            "states": {each.slug: each.label for each in RULES.stages.states},
            "events": {each.slug: each.label for each in RULES.stages.events},
            "deadlines": {each.slug: each.label for each in RULES.deadlines},
            "recall-causes": {each.slug: each.label for each in RULES.recall.causes},
        }
        for table, words in used.items():
            assert words == tables[table], table
            assert all(label.get(lang) for label in words.values() for lang in LANGUAGES)

    def test_the_file_carries_no_word_and_no_key_that_is_not_read(self) -> None:
        raw = PACKAGED.json("qd26-2026", "procedure.json")
        assert "label" not in json.dumps(raw)
        with pytest.raises(ConversionError):
            structured(make_converter(), {**raw, "more": 1}, Procedure)


class TestReading:
    def test_it_is_read_once(self) -> None:
        assert procedure("qd26-2026") is RULES

    def test_an_unknown_edition(self) -> None:
        with pytest.raises(UnknownIdError, match="did you mean 'qd26-2026'"):
            procedure("qd26-2025")

    def test_an_edition_without_a_procedure(self, tmp_path: Path) -> None:
        catalog = district_catalog(tmp_path, procedure=False)
        with pytest.raises(UnknownIdError, match="no procedure of the edition 'qd148-2023'"):
            procedure(ID, catalog=catalog)

    def test_it_is_hashable_and_picklable_and_round_trips(self) -> None:
        assert hash(RULES) == hash(evolve(RULES))
        assert pickle.loads(pickle.dumps(RULES)) == RULES  # noqa: S301
        assert structured(make_converter(), json.loads(json.dumps(plain(RULES))), Procedure) == RULES

    def test_an_edition_with_districts_needs_no_other_code(self, tmp_path: Path) -> None:
        old = procedure(ID, catalog=district_catalog(tmp_path))
        assert [role.level for role in old.levels] == [Level.DISTRICT, Level.PROVINCE, Level.MINISTRY]
        assert [old.recogniser(star) for star in Star] == [None, None, Level.DISTRICT, Level.PROVINCE, Level.MINISTRY]
        assert old.transition is None
        assert old.certificate.extension is None
        assert (old.stages.states[0].label.vi, old.stages.states[1].label) == ("Đã nộp", NO_LABEL)


class TestYearDay:
    @pytest.mark.parametrize("text", ["4-30", "04-31", "02-29", "13-01", "00-10", "0430", "", "٠٤-٣٠", "04-30\n"])
    def test_what_is_no_day_of_every_year(self, text: str) -> None:
        with pytest.raises(ConversionError, match="a day of every year as MM-DD"):
            YearDay.parse(text)

    @given(st.dates(date(2001, 1, 1), date(2001, 12, 31)))
    def test_text_and_back(self, day: date) -> None:
        text = day.isoformat()[5:]
        assert str(YearDay.parse(text)) == text

    @given(DAYS, st.dates(date(2001, 1, 1), date(2001, 12, 31)))
    def test_after_is_the_first_such_day_later(self, day: date, pattern: date) -> None:
        found = YearDay(pattern.month, pattern.day).after(day)
        assert (found.month, found.day) == (pattern.month, pattern.day)
        assert timedelta() < found - day <= timedelta(days=366)


class TestRounds:
    @pytest.mark.parametrize(
        ("level", "day", "number", "proposed", "evaluated"),
        [
            ("province", "2026-05-22", 2, "2026-10-30", "2026-12-30"),
            ("province", "2026-10-29", 2, "2026-10-30", "2026-12-30"),
            ("province", "2026-10-30", 1, "2027-04-30", "2027-06-30"),
            ("province", "2027-01-01", 1, "2027-04-30", "2027-06-30"),
            ("province", "2027-04-29", 1, "2027-04-30", "2027-06-30"),
            ("province", "2027-04-30", 2, "2027-10-30", "2027-12-30"),
            ("ministry", "2026-07-29", 1, "2026-07-30", "2026-09-30"),
            ("ministry", "2026-07-30", 2, "2027-01-30", "2027-03-30"),
            ("ministry", "2026-08-05", 2, "2027-01-30", "2027-03-30"),
            ("ministry", "2027-01-29", 2, "2027-01-30", "2027-03-30"),
            ("ministry", "2027-01-30", 1, "2027-07-30", "2027-09-30"),
        ],
    )
    def test_the_round_of_a_day(self, level: str, day: str, number: int, proposed: str, evaluated: str) -> None:
        found = RULES.next_round(Level(level), date.fromisoformat(day))
        assert found.level is Level(level)
        assert (found.number, str(found.proposed_before), str(found.evaluated_before)) == (number, proposed, evaluated)
        assert found.article == "5"

    @pytest.mark.parametrize("level", [Level.PROVINCE, Level.MINISTRY])
    def test_the_cut_off_day_itself_by_both_readings(self, level: Level) -> None:
        for rule in RULES.rounds:
            day = rule.proposed_before.after(date(2026, 12, 31))
            if rule.level is level:
                assert RULES.next_round(level, day, cut_off=CutOff.THROUGH).proposed_before == day
                assert RULES.next_round(level, day).proposed_before > day

    @given(DAYS, LEVELS, st.sampled_from(CutOff))
    def test_a_later_day_never_has_an_earlier_round(self, day: date, level: Level, cut_off: CutOff) -> None:
        today, tomorrow = (RULES.next_round(level, each, cut_off=cut_off) for each in (day, day + timedelta(days=1)))
        assert today.proposed_before <= tomorrow.proposed_before
        assert today.evaluated_before <= tomorrow.evaluated_before

    @given(DAYS, LEVELS, st.sampled_from(CutOff))
    def test_the_day_is_in_time_and_there_are_two_months_to_evaluate(
        self, day: date, level: Level, cut_off: CutOff
    ) -> None:
        found = RULES.next_round(level, day, cut_off=cut_off)
        assert day < found.proposed_before or (cut_off is CutOff.THROUGH and day == found.proposed_before)
        assert 59 <= (found.evaluated_before - found.proposed_before).days <= 62

    @pytest.mark.parametrize("level", [Level.COMMUNE, Level.DISTRICT])
    def test_a_level_without_rounds(self, level: Level) -> None:
        with pytest.raises(UnknownIdError, match="known: province, ministry"):
            RULES.next_round(level, date(2026, 6, 1))

    def test_a_council_may_hold_more(self) -> None:
        extra: Any = Round(Level.PROVINCE, 3, YearDay(7, 15), YearDay(8, 15), "5")
        more = evolve(RULES, rounds=(*RULES.rounds, extra))
        assert more.next_round(Level.PROVINCE, date(2026, 6, 1)).number == 3
        assert more.next_round(Level.PROVINCE, date(2026, 8, 1)).number == 2
