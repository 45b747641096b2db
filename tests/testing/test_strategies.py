import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st

import ocop
from ocop.testing import FAULTS, criteria_sets, faulty_sheets, findings_of, score_sheets


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


@pytest.mark.parametrize("star", [None, *ocop.Star])
def test_every_star_is_drawn_now_and_then(star: ocop.Star | None) -> None:
    found = find(score_sheets(), lambda sheet: ocop.score(sheet).star == star, settings=settings(max_examples=5000))
    assert ocop.score(found).star == star


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
    options = settings(max_examples=2000)
    find(criteria_sets(), lambda s: any(c.options[0].case for c in s.criteria), settings=options)
    find(criteria_sets(), lambda s: any(c.minimums for c in s.criteria), settings=options)
    find(criteria_sets(), lambda s: bool(s.table.needs), settings=options)
    find(criteria_sets(), lambda s: bool(s.table.stops), settings=options)
    find(criteria_sets(), lambda s: len(s.findings) == 4, settings=options)


def test_a_set_without_findings_draws_none() -> None:
    tourism = ocop.criteria_set("qd26-2026/community-tourism")
    assert find(findings_of(tourism), lambda _: True) == ()


def test_the_plugin_lets_hypothesis_build_sheets_from_the_type() -> None:
    from ocop.testing._plugin import register

    register()
    assert ocop.validate(find(st.from_type(ocop.ScoreSheet), lambda _: True)).ok
