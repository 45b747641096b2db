from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ocop
from ocop.criteria.model import CriteriaSet, Criterion, Effect, Option, Part, Rule
from ocop.errors import SheetError
from ocop.model.stars import Star
from ocop.scoring.result import Outcome, UnmetMinimum
from ocop.testing import criteria_sets, score_sheets
from packaged import COMPLETE_IDS

TEA = ocop.criteria_set("qd26-2026/tea")
WATER = ocop.criteria_set("qd26-2026/bottled-water")
TOURISM = ocop.criteria_set("qd26-2026/community-tourism")


def best(the_set: CriteriaSet, **changes: Any) -> ocop.ScoreSheet:
    choices = {criterion.code: criterion.options[-1].letter for criterion in the_set.criteria}
    return ocop.ScoreSheet(the_set.id, {**choices, **{code.replace("_", "."): to for code, to in changes.items()}})


def nothing(the_set: CriteriaSet) -> ocop.ScoreSheet:
    return ocop.ScoreSheet(the_set.id, {criterion.code: None for criterion in the_set.criteria})


def problems_of(sheet: ocop.ScoreSheet) -> list[tuple[str, str]]:
    with pytest.raises(SheetError) as caught:
        ocop.score(sheet)
    return [(problem.code, problem.pointer) for problem in caught.value.report.problems]


@pytest.mark.parametrize("set_id", COMPLETE_IDS)
def test_the_best_sheet_has_all_points_and_five_stars(set_id: str) -> None:
    the_set = ocop.criteria_set(set_id)
    tops = {c.code: max(c.options, key=lambda option: option.points).letter for c in the_set.criteria}
    score = ocop.score(ocop.ScoreSheet(set_id, tops))
    parts = {"A": 35, "B": 25, "C": 40} if set_id.startswith("qd1048-2019/") else {"A": 40, "B": 25, "C": 35}
    assert (score.total, dict(score.part_totals)) == (100, parts)
    assert (score.star, score.star_by_points, score.unmet_minimums) == (Star.FIVE, Star.FIVE, ())
    assert score.outcome is Outcome.RANKED


def test_no_option_met_anywhere_is_one_star_with_every_minimum_unmet() -> None:
    score = ocop.score(nothing(TEA))
    assert (score.total, score.star, score.star_by_points) == (0, Star.ONE, Star.ONE)
    assert len(score.unmet_minimums) == sum(len(criterion.minimums) for criterion in TEA.criteria)


def test_one_missed_four_star_minimum_caps_99_points_at_three_stars() -> None:
    score = ocop.score(best(TEA, **{"3_4": "a"}))
    assert (score.total, score.star_by_points, score.star) == (99, Star.FIVE, Star.THREE)
    assert score.unmet_minimums == (UnmetMinimum("3.4", "b", Star.FOUR),)


def test_minimums_are_cumulative_a_missed_three_star_minimum_leaves_two_stars() -> None:
    score = ocop.score(best(TEA, **{"1_1": "a"}))
    assert (score.total, score.star_by_points, score.star) == (98, Star.FIVE, Star.TWO)


def test_a_missed_minimum_of_a_higher_star_does_not_lower_a_lower_one() -> None:
    low = best(TEA).with_choices({c.code: None for c in TEA.criteria if c.code.startswith(("4", "6", "7", "11"))})
    score = ocop.score(low.with_choices({"4.1": "b"}))
    assert score.star == score.star_by_points == Star.THREE
    assert {unmet.star for unmet in score.unmet_minimums} == {Star.FOUR, Star.FIVE}


def plain_set(points: int, floor_of_the_rest: int = 0) -> CriteriaSet:
    """A set whose first criterion has an option for each number of points, so that totals can be chosen exactly."""
    options = tuple(Option(chr(97 + place), f"o{place}", place) for place in range(points + 1))
    return CriteriaSet(
        "qd26-2026/exact",
        ocop.edition("qd26-2026"),
        1,
        (Part("A", "a", points, (Criterion("1", "one", points, options),)),),
    )


@pytest.mark.parametrize(
    ("total", "star"),
    [(0, 1), (29, 1), (30, 2), (49, 2), (50, 3), (69, 3), (70, 4), (89, 4), (90, 5), (100, 5)],
)
def test_a_band_begins_exactly_at_its_floor(total: int, star: int) -> None:
    the_set = plain_set(100)
    sheet = ocop.ScoreSheet(the_set.id, {"1": the_set.criteria[0].options[total].letter})
    score = ocop.score(sheet, the_set)
    assert (score.total, score.star_by_points, score.star) == (total, star, star)


def test_points_to_the_next_band() -> None:
    the_set = plain_set(100)
    distances = [
        ocop.score(ocop.ScoreSheet(the_set.id, {"1": option.letter}), the_set).points_to_next_band
        for option in the_set.criteria[0].options
    ]
    assert [distances[total] for total in (0, 29, 30, 69, 89, 90, 100)] == [30, 1, 20, 1, 1, None, None]


@pytest.mark.parametrize(
    ("finding", "outcome"),
    [("forged-dossier", Outcome.DISQUALIFIED), ("unsafe-impurities", Outcome.STOPPED)],
)
def test_a_finding_takes_the_star_away_and_keeps_the_points(finding: str, outcome: Outcome) -> None:
    sheet = best(TEA)
    score = ocop.score(ocop.ScoreSheet(TEA.id, sheet.choices, [finding]))
    assert (score.outcome, score.star, score.causes, score.total) == (outcome, None, (finding,), 100)
    assert score.star_by_points is Star.FIVE


@pytest.mark.parametrize("cause", ["product-not-wholly-from-province", "commonplace-product-without-distinct-quality"])
def test_a_requirement_not_met_or_a_commonplace_product_is_not_eligible(cause: str) -> None:
    produce = ocop.criteria_set("qd26-2026/fresh-produce")
    score = ocop.score(ocop.ScoreSheet(produce.id, best(produce).choices, [cause]))
    assert (score.outcome, score.star) == (Outcome.NOT_ELIGIBLE, None)


def test_of_several_findings_the_gravest_decides_and_all_are_told() -> None:
    found = ["unsafe-impurities", "forged-dossier"]
    score = ocop.score(ocop.ScoreSheet(TEA.id, best(TEA).choices, found))
    assert score.outcome is Outcome.DISQUALIFIED
    assert set(score.causes) == set(found)


@pytest.mark.parametrize("code", ["6.1", "6.2", "6.3", "6.4"])
@pytest.mark.parametrize("choice", ["a", None])
def test_bottled_water_stops_at_0_points_in_any_of_four_criteria(code: str, choice: str | None) -> None:
    score = ocop.score(best(WATER).with_choices({code: choice}))
    assert (score.outcome, score.star, score.causes) == (Outcome.STOPPED, None, ("zero-points-in-any-of",))


def test_bottled_water_without_a_zero_is_ranked() -> None:
    assert ocop.score(best(WATER)).outcome is Outcome.RANKED


def test_a_stop_and_a_finding_together_the_finding_is_graver() -> None:
    sheet = best(WATER).with_choices({"6.1": "a"})
    score = ocop.score(ocop.ScoreSheet(WATER.id, sheet.choices, ["forged-dossier"]))
    assert score.outcome is Outcome.DISQUALIFIED
    assert score.causes == ("forged-dossier", "zero-points-in-any-of")


def test_points_for_the_storys_structure_without_a_story_are_refused() -> None:
    for no_story in ("a", None):
        assert problems_of(best(TEA, **{"5_1": no_story})) == [("depends-on-criterion", "/choices/5.2")]


def test_no_points_for_the_storys_structure_without_a_story_are_fine() -> None:
    for structure in ("a", None):
        assert ocop.score(best(TEA, **{"5_1": "a", "5_2": structure})).total == 93


def test_either_case_may_be_chosen() -> None:
    first = ocop.score(best(TOURISM, **{"8": "b"}))
    second = ocop.score(best(TOURISM, **{"8": "d"}))
    assert first.total == second.total == 100


def test_options_of_both_cases_are_refused() -> None:
    assert problems_of(best(TOURISM, **{"8": ["a", "c"]})) == [("both-cases", "/choices/8")]
    assert problems_of(best(TOURISM, **{"8": ("a", "b")})) == [("several-options", "/choices/8")]


def test_every_problem_comes_at_once() -> None:
    choices = {c.code: "a" for c in TEA.criteria if c.code != "1.1"}
    choices |= {"1.2": "z", "1.3": "", "1.4": 3, "12.9": "a"}  # type: ignore[dict-item]
    sheet = ocop.ScoreSheet(TEA.id, choices, ["forged", "forged-dossier", "forged-dossier"])
    assert problems_of(sheet) == [
        ("criterion-missing", "/choices/1.1"),
        ("option-unknown", "/choices/1.2"),
        ("choice-empty", "/choices/1.3"),
        ("choice-not-a-letter", "/choices/1.4"),
        ("criterion-unknown", "/choices/12.9"),
        ("finding-unknown", "/findings/0"),
        ("finding-repeated", "/findings/2"),
    ]


def test_a_finding_problem_alone_is_refused_too() -> None:
    assert problems_of(ocop.ScoreSheet(TEA.id, best(TEA).choices, ["x"])) == [("finding-unknown", "/findings/0")]


def test_an_unhashable_choice_is_refused_not_raised() -> None:
    assert problems_of(best(TEA, **{"7": {"a": 1}})) == [("choice-not-a-letter", "/choices/7")]


def test_one_criterion_too_many_is_refused() -> None:
    assert problems_of(best(TEA).with_choices({"99": "a"})) == [("criterion-unknown", "/choices/99")]


def test_an_unknown_set_names_the_nearest() -> None:
    with pytest.raises(SheetError) as caught:
        ocop.score(ocop.ScoreSheet("qd26-2026/te", {}))
    (problem,) = caught.value.report.problems
    assert (problem.code, problem.hint) == ("set-unknown", "qd26-2026/tea")


def test_a_sheet_of_another_set_than_the_one_given_is_refused() -> None:
    with pytest.raises(SheetError) as caught:
        ocop.score(best(TEA), WATER)
    assert caught.value.report.codes == ("set-unknown",)


def test_the_whole_reckoning_is_in_integers() -> None:
    score = ocop.score(best(TEA))
    assert type(score.total) is int
    assert all(type(points) is int for points in score.part_totals.values())


@given(st.data())
def test_more_points_never_lower_a_star(data: st.DataObject) -> None:
    sheet = data.draw(score_sheets(findings=False))
    the_set = ocop.criteria_set(sheet.criteria_set)
    criterion = data.draw(st.sampled_from(the_set.criteria))
    before = ocop.score(sheet)
    chosen = sheet.choices[criterion.code]
    case = None if chosen is None else criterion.option(str(chosen)).case
    later = criterion.options if chosen is None else criterion.options[criterion.letters.index(str(chosen)) :]
    for option in later:
        if chosen is not None and option.case != case:
            continue
        try:
            after = ocop.score(sheet.with_choices({criterion.code: option.letter}))
        except SheetError as error:
            assert error.report.codes == ("depends-on-criterion",)  # noqa: PT017
            continue
        assert after.total >= before.total
        if before.star is not None and after.star is not None:
            assert after.star >= before.star
        assert set(after.unmet_minimums) <= set(before.unmet_minimums)


@given(score_sheets())
def test_the_star_is_never_above_the_star_by_points_and_explained_by_minimums(sheet: ocop.ScoreSheet) -> None:
    score = ocop.score(sheet)
    if score.star is None:
        assert score.outcome is not Outcome.RANKED
        assert score.causes
        return
    blocking = [unmet.star for unmet in score.unmet_minimums if unmet.star <= score.star_by_points]
    assert score.star == (min(blocking) - 1 if blocking else score.star_by_points)


@given(st.data())
def test_the_order_of_choices_and_findings_changes_nothing(data: st.DataObject) -> None:
    sheet = data.draw(score_sheets())
    mixed = dict(data.draw(st.permutations(list(sheet.choices.items()))))
    again = ocop.ScoreSheet(
        sheet.criteria_set, mixed, sheet.findings[::-1], product=sheet.product, evaluator=sheet.evaluator
    )
    first, second = ocop.score(sheet), ocop.score(again)
    assert (first.total, first.star, first.outcome, first.unmet_minimums) == (
        second.total,
        second.star,
        second.outcome,
        second.unmet_minimums,
    )


@given(st.data())
def test_part_totals_add_up_on_any_sound_set(data: st.DataObject) -> None:
    the_set = data.draw(criteria_sets())
    score = ocop.score(data.draw(score_sheets(the_set)), the_set)
    assert sum(score.part_totals.values()) == score.total


def test_a_disqualifying_rule_outranks_an_eligibility_rule_on_a_set_with_all() -> None:
    causes = {effect: f"cause-{effect.value}" for effect in list(Effect)[:4]}
    made = plain_set(3)
    the_set = CriteriaSet(
        made.id, made.edition, 1, made.parts, tuple(Rule(effect, cause) for effect, cause in causes.items())
    )
    for start, outcome in enumerate(
        [Outcome.DISQUALIFIED, Outcome.NOT_ELIGIBLE, Outcome.NOT_ELIGIBLE, Outcome.STOPPED]
    ):
        sheet = ocop.ScoreSheet(the_set.id, {"1": "a"}, list(causes.values())[start:])
        assert ocop.score(sheet, the_set).outcome is outcome
