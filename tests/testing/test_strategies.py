import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

import ocop
from ocop.testing import FAULTS, criteria_sets, faulty_sheets, findings_of, score_sheets
from packaged import COMPLETE_IDS


@given(score_sheets())
def test_drawn_sheets_are_valid(sheet: ocop.ScoreSheet) -> None:
    assert ocop.validate(sheet).ok


@given(st.data())
def test_sheets_of_a_given_set_by_id_or_itself(data: st.DataObject) -> None:
    assert data.draw(score_sheets("qd26-2026/flowers")).criteria_set == "qd26-2026/flowers"
    the_set = data.draw(criteria_sets())
    assert data.draw(score_sheets(the_set)).criteria_set == the_set.id


@given(score_sheets(findings=False))
def test_sheets_without_findings(sheet: ocop.ScoreSheet) -> None:
    assert sheet.findings == ()


def test_every_star_and_outcome_is_drawn_now_and_then() -> None:
    seen: set[object] = set()

    @settings(max_examples=600, phases=[Phase.generate])
    @given(score_sheets())
    def look(sheet: ocop.ScoreSheet) -> None:
        score = ocop.score(sheet)
        seen.update((score.star, score.outcome))

    look()
    assert seen == {None, *ocop.Star, *ocop.Outcome} - {ocop.Outcome.NOT_REACHED}


@given(faulty_sheets())
def test_drawn_faults_are_of_the_listed_kinds(fault: object) -> None:
    assert FAULTS[fault.name] == fault.code  # type: ignore[attr-defined]


def test_an_unknown_fault() -> None:
    with pytest.raises(KeyError):
        find(faulty_sheets("no-such-fault"), lambda _: True)


@given(criteria_sets())
def test_drawn_sets_are_sound(the_set: ocop.CriteriaSet) -> None:
    assert ocop.lint(the_set).ok


def test_drawn_sets_have_cases_minimums_dependencies_and_stops_now_and_then() -> None:
    seen: set[str] = set()

    @settings(max_examples=200, phases=[Phase.generate])
    @given(criteria_sets())
    def look(the_set: ocop.CriteriaSet) -> None:
        has = {
            "cases": any(criterion.options[0].case for criterion in the_set.criteria),
            "minimums": any(option.minimum_for for each in the_set.criteria for option in each.options),
            "minimums of a whole criterion": any(criterion.minimum_for for criterion in the_set.criteria),
            "dependencies": the_set.table.needs,
            "stops": the_set.table.stops,
            "four findings": len(the_set.findings) == 4,
            "no findings": not the_set.findings,
        }
        seen.update(name for name, found in has.items() if found)

    look()
    assert seen == {
        "cases",
        "minimums",
        "minimums of a whole criterion",
        "dependencies",
        "stops",
        "four findings",
        "no findings",
    }


def test_every_edition_is_drawn_from_but_no_set_that_is_not_complete() -> None:
    seen: set[str] = set()

    @settings(max_examples=150, phases=[Phase.generate])
    @given(score_sheets())
    def look(sheet: ocop.ScoreSheet) -> None:
        seen.add(sheet.criteria_set)

    look()
    assert seen <= {*COMPLETE_IDS}
    assert {set_id.partition("/")[0] for set_id in seen} == {*ocop.PACKAGED.edition_ids}


def test_ticks_are_drawn_where_they_add_up() -> None:
    criteria = ocop.register("docs/examples/own/tourism-2019").criteria_set("tourism-2019/rural-tourism-and-festivals")
    seen: set[object] = set()

    @settings(max_examples=100, phases=[Phase.generate])
    @given(score_sheets(criteria))
    def look(sheet: ocop.ScoreSheet) -> None:
        assert 0 <= ocop.score(sheet, criteria, allow_incomplete=True).total <= 99
        ticks = sheet.choices["12"]
        seen.add(None if ticks is None else len(ticks))

    look()
    assert seen == {None, 0, 1, 2, 3}


def test_a_set_without_findings_draws_none() -> None:
    tourism = ocop.criteria_set("qd26-2026/community-tourism")
    assert find(findings_of(tourism), lambda _: True) == ()


def test_the_plugin_lets_hypothesis_build_sheets_from_the_type() -> None:
    from ocop._hypothesis import register

    register()
    anything = settings(phases=[Phase.generate])
    assert ocop.validate(find(st.from_type(ocop.ScoreSheet), lambda _: True, settings=anything)).ok
