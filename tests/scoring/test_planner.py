import pickle
import random
from collections.abc import Callable
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import ocop
from integer_programme import chosen, integer_programme, no_worse, random_sheet, steps
from ocop.criteria.model import CriteriaSet, Criterion, Effect, Option, Part, Rule
from ocop.errors import ConversionError, DocumentError, SheetError, UnknownIdError
from ocop.model.stars import Star
from ocop.scoring.plan import BlockedMinimum, BlockedRule, Change, Effort, FoundCause, Reason, TooFewPoints, UpgradePlan
from ocop.scoring.planner import plan_upgrade
from ocop.scoring.result import Outcome
from ocop.testing import criteria_sets, score_sheets
from ocop.text import Label
from packaged import COMPLETE_IDS, turns

TEA = ocop.criteria_set("qd26-2026/tea")
WATER = ocop.criteria_set("qd26-2026/bottled-water")
TOURISM = ocop.criteria_set("qd26-2026/community-tourism")
CAPPED = ocop.load("docs/examples/tea-capped.json")
Step = Callable[[Criterion, str | None, str], int]


def blank(the_set: CriteriaSet, **changes: str) -> ocop.ScoreSheet:
    choices: dict[str, str | None] = {criterion.code: None for criterion in the_set.criteria}
    return ocop.ScoreSheet(the_set.id, {**choices, **{code.replace("_", "."): to for code, to in changes.items()}})


def best(the_set: CriteriaSet) -> ocop.ScoreSheet:
    return ocop.ScoreSheet(the_set.id, {c.code: c.options[-1].letter for c in the_set.criteria})


def made(*criteria: Criterion, rules: tuple[Rule, ...] = ()) -> CriteriaSet:
    points = sum(criterion.max_points for criterion in criteria)
    part = Part("A", "a", points, criteria)
    return CriteriaSet("qd26-2026/made", ocop.edition("qd26-2026"), 1, (part,), rules)


def criterion(code: str, *options: int | tuple[int, int | None, str | None]) -> Criterion:
    """A criterion from points, or from points with the star of a minimum and a case."""
    rows = [(each, None, None) if isinstance(each, int) else each for each in options]
    made_options = tuple(
        Option(chr(97 + at), f"o{at}", points, None if star is None else Star(star), case)
        for at, (points, star, case) in enumerate(rows)
    )
    most = max(option.points for option in made_options)
    return Criterion(code, f"c{code}", most, made_options, Label(f"c{code} (vi)", f"c{code}"))


def only_if(code: str, other: str) -> Rule:
    return Rule(Effect.APPLIES_ONLY_IF, "needs", code, other, label=Label("cần", "needs"))


def stop(*codes: str) -> Rule:
    return Rule(Effect.EVALUATION_STOPS, "zero", criteria=codes, label=Label("không điểm", "zero points"))


def brute_force(
    the_set: CriteriaSet, sheet: ocop.ScoreSheet, to: Star, free: list[str], effort: Step
) -> tuple[int, int, list[tuple[int, int]]] | None:
    """Try everything: the least effort, the fewest changes, and the places of the changes; None if nothing will do."""
    if (ocop.score(sheet, the_set).star or 0) >= to:
        return 0, 0, []
    criteria = [(place, each) for place, each in enumerate(the_set.criteria) if each.code in free]
    found = []
    for letters in product(*([None, *no_worse(each, chosen(sheet, each))] for _, each in criteria)):
        moves = [(place, each, letter) for (place, each), letter in zip(criteria, letters, strict=True) if letter]
        try:
            after = ocop.score(sheet.with_choices({each.code: letter for _, each, letter in moves}), the_set)
        except SheetError:
            continue
        if (after.star or 0) >= to:
            total = sum([effort(each, chosen(sheet, each), letter) for _, each, letter in moves])
            places = [(place, each.letters.index(letter)) for place, each, letter in moves]
            found.append((total, len(moves), places))
    return min(found, default=None)


def places_of(plan: UpgradePlan) -> list[tuple[int, int]]:
    criteria = plan.before.criteria_set.criteria
    codes = [each.code for each in criteria]
    return [
        (place, criteria[place].letters.index(change.new))
        for change in plan.changes
        for place in [codes.index(change.criterion)]
    ]


def sound(plan: UpgradePlan, sheet: ocop.ScoreSheet, locked: list[str]) -> None:
    """What holds of every plan."""
    the_set = plan.before.criteria_set
    assert plan.before == ocop.score(sheet, the_set)
    assert plan.reachable == (plan.after is not None) == (not plan.why_not)
    assert plan.effort == sum(change.effort for change in plan.changes)
    assert type(plan.effort) is int
    assert places_of(plan) == sorted(places_of(plan))
    assert plan.sheet == sheet.with_choices({change.criterion: change.new for change in plan.changes})
    assert not {change.criterion for change in plan.changes} & set(locked)
    assert plan.locked == tuple(each.code for each in the_set.criteria if each.code in locked)
    assert plan.explain("vi") != plan.explain("en")
    for change in plan.changes:
        assert change.old == sheet.choices[change.criterion]
    if plan.after is not None:
        assert plan.after == ocop.score(plan.sheet, the_set)
        assert plan.after.star is not None
        assert plan.after.star >= plan.to
        assert plan.after.total - plan.before.total == sum(change.points for change in plan.changes)
    for change in plan.changes:
        others = [each for each in plan.changes if each != change]
        back = sheet.with_choices({each.criterion: each.new for each in others})
        try:
            without = ocop.score(back, the_set)
        except SheetError:
            assert change.reason in (Reason.RULE, Reason.MINIMUM)
            continue
        unmet = bool(
            [one for one in without.unmet_minimums if one.criterion == change.criterion and one.star <= plan.to]
        )
        assert unmet == (change.reason is Reason.MINIMUM)
        if not unmet:
            assert (change.reason is Reason.RULE) == (without.outcome is not Outcome.RANKED)


# The worked example


def test_the_capped_tea_needs_two_minimums() -> None:
    plan = plan_upgrade(CAPPED)
    assert plan.changes == (
        Change("3.4", "a", "b", 1, 1, Reason.MINIMUM),
        Change("5.1", "d", "e", 2, 1, Reason.MINIMUM),
    )
    assert plan.after is not None
    assert (plan.effort, plan.to, plan.after.total, plan.after.star) == (2, Star.FOUR, 80, Star.FOUR)
    sound(plan, CAPPED, [])


def test_five_stars_need_points_as_well() -> None:
    plan = plan_upgrade(CAPPED, Star.FIVE)
    assert plan.after is not None
    assert (plan.effort, plan.after.total, plan.after.star) == (8, 90, Star.FIVE)
    reasons = {change.criterion: change.reason.value for change in plan.changes}
    assert [code for code, reason in reasons.items() if reason == "minimum"] == ["1.5", "3.4", "4.1", "5.1", "7"]
    assert [code for code, reason in reasons.items() if reason == "points"] == ["1.2", "4.3", "5.3"]
    sound(plan, CAPPED, [])


@pytest.mark.parametrize("to", [Star.ONE, Star.TWO, Star.THREE])
def test_a_star_that_is_there_needs_nothing(to: Star) -> None:
    plan = plan_upgrade(CAPPED, to)
    assert (plan.reachable, plan.effort, plan.changes, plan.sheet) == (True, 0, (), CAPPED)
    assert plan.after == plan.before
    assert f"It has {'1 star' if to == 1 else f'{to} stars'} already; nothing needs to change." in plan.explain("en")


def test_the_ladder_has_every_star_above_todays() -> None:
    ladder = plan_upgrade(CAPPED, locked=["1.2"], effort={"7": 2}).ladder()
    assert [(plan.to, plan.effort, plan.locked) for plan in ladder] == [
        (Star.FOUR, 2, ("1.2",)),
        (Star.FIVE, 9, ("1.2",)),
    ]
    assert plan_upgrade(best(TEA)).ladder() == ()
    assert [plan.to for plan in plan_upgrade(blank(WATER)).ladder()] == [1, 2, 3, 4, 5]


# Against other ways to find it


@given(st.data())
def test_brute_force_agrees_on_made_up_sets(data: st.DataObject) -> None:
    the_set = data.draw(criteria_sets())
    sheet = data.draw(score_sheets(the_set, findings=False))
    # What rules and minimums name is free rather often.
    named = {code for rule in the_set.rules for code in (rule.criterion, rule.depends_on, *rule.criteria) if code}
    codes = [each.code for each in the_set.criteria]
    free = data.draw(st.lists(st.sampled_from(codes + 3 * sorted(named)), unique=True, max_size=4))
    start = {code: each for code, each in best_of(the_set).items() if code not in free}
    if data.draw(st.booleans()):
        sheet = sheet.with_choices(start)
    try:
        ocop.score(sheet, the_set)
    except SheetError:
        return
    locked = [code for code in codes if code not in free]
    to = data.draw(st.sampled_from(Star))
    rates = {code: data.draw(st.integers(0, 3)) for code in free}
    shift = data.draw(st.integers(0, 3))

    def odd(criterion: Criterion, old: str | None, new: str) -> int:
        return (ord(new) * 7 + shift * len(criterion.code) + (old is None)) % 4

    def rated(criterion: Criterion, old: str | None, new: str) -> int:
        return steps(criterion, old, new) * rates[criterion.code]

    efforts: list[tuple[Effort, Step]] = [(None, steps), (rates, rated), (odd, odd)]
    effort, same = data.draw(st.sampled_from(efforts))
    plan = plan_upgrade(sheet, to, effort=effort, locked=locked, criteria_set=the_set)
    expected = brute_force(the_set, sheet, to, free, same)
    sound(plan, sheet, locked)
    assert (plan.effort, len(plan.changes), places_of(plan)) == (expected or (0, 0, []))
    assert plan.reachable == (expected is not None)


def best_of(the_set: CriteriaSet) -> dict[str, str]:
    return {each.code: max(each.options, key=lambda option: option.points).letter for each in the_set.criteria}


@pytest.mark.parametrize("set_id", COMPLETE_IDS)
def test_an_integer_programme_agrees_on_the_packaged_sets(set_id: str) -> None:
    pytest.importorskip("scipy", reason="scipy, the planner's oracle, is not installed")
    the_set = ocop.criteria_set(set_id)
    chance = random.Random(set_id)  # noqa: S311
    for turn in range(turns(set_id, 8)):
        sheet = random_sheet(the_set, chance)
        rates = {} if turn % 2 else {each.code: chance.randrange(5) for each in the_set.criteria}
        for to in Star:
            plan = plan_upgrade(sheet, to, effort=rates or None)
            sound(plan, sheet, [])
            star = plan.before.star
            expected = 0 if star is not None and star >= to else integer_programme(the_set, sheet, to, rates)
            assert plan.effort == expected


def greedy(the_set: CriteriaSet, sheet: ocop.ScoreSheet, to: Star) -> int:
    """Repair the minimums, then take the cheapest points, one change after another: what people would do."""
    spent = 0
    for each in the_set.criteria:
        for star, option in each.unmet(chosen(sheet, each)).items():
            if star <= to:
                spent += steps(each, chosen(sheet, each), option.letter)
                sheet = sheet.with_choices({each.code: option.letter})
    floor = the_set.edition.band(to).floor
    while (now := ocop.score(sheet, the_set)).total < floor:
        offers = []
        for each in the_set.criteria:
            old = chosen(sheet, each)
            for letter in no_worse(each, old):
                after = ocop.score(sheet.with_choices({each.code: letter}), the_set)
                if after.total > now.total:
                    cost = steps(each, old, letter)
                    offers.append((Fraction(cost, after.total - now.total), each.code, letter, cost))
        _, code, letter, cost = min(offers)
        spent += cost
        sheet = sheet.with_choices({code: letter})
    return spent


def test_the_cheapest_points_first_are_never_better_and_sometimes_worse() -> None:
    chance = random.Random(26)  # noqa: S311
    worse = 0
    for _ in range(40):
        sheet = random_sheet(TOURISM, chance)
        for to in (Star.THREE, Star.FOUR, Star.FIVE):
            if (ocop.score(sheet).star or 0) < to:
                exact, simple = plan_upgrade(sheet, to).effort, greedy(TOURISM, sheet, to)
                assert exact <= simple
                worse += exact < simple
    assert worse > 0


def test_a_case_where_the_cheapest_points_first_are_worse() -> None:
    # 30 points for 1 step are the cheapest, and then wasted: the other 50 are needed anyway.
    the_set = made(criterion("1", 30), criterion("2", 0, 50))
    assert greedy(the_set, blank(the_set), Star.THREE) == 3
    plan = plan_upgrade(blank(the_set), Star.THREE, criteria_set=the_set)
    assert (plan.effort, places_of(plan)) == (2, [(1, 1)])


# Efforts


def test_an_effort_by_criterion_makes_others_cheaper() -> None:
    plan = plan_upgrade(CAPPED, Star.FIVE, effort={"1.2": 5, "4.3": 5, "7": 10})
    sound(plan, CAPPED, [])
    changed = {change.criterion: change.effort for change in plan.changes}
    assert not {"1.2", "4.3"} & set(changed)
    assert (changed["7"], changed["5.1"], plan.effort) == (10, 1, 17)


def test_an_effort_from_a_function() -> None:
    asked: list[tuple[str, str | None, str]] = []

    def effort(criterion: Criterion, old: str | None, new: str) -> int:
        asked.append((criterion.code, old, new))
        return 10**30 if criterion.code == "4.3" else 7

    plan = plan_upgrade(CAPPED, Star.FIVE, effort=effort, locked=["1.2"])
    sound(plan, CAPPED, ["1.2"])
    assert {change.effort for change in plan.changes} == {7}
    assert len(asked) == len(set(asked))
    assert not [code for code, *_ in asked if code == "1.2"]
    assert all(new != old for _, old, new in asked)


def test_huge_efforts_stay_exact() -> None:
    the_set = made(criterion("1", 50), criterion("2", 50))
    plan = plan_upgrade(blank(the_set), Star.THREE, effort={"1": 10**40 + 1, "2": 10**40}, criteria_set=the_set)
    assert (plan.effort, places_of(plan)) == (10**40, [(1, 0)])


def test_changes_without_effort_are_still_the_fewest() -> None:
    the_set = made(criterion("1", 25), criterion("2", 25), criterion("3", 50))
    plan = plan_upgrade(blank(the_set), Star.THREE, effort=dict.fromkeys("123", 0), criteria_set=the_set)
    assert (plan.effort, places_of(plan)) == (0, [(2, 0)])


def test_among_equals_the_earliest_criterion_and_the_lowest_letter() -> None:
    the_set = made(criterion("1", 10, 30, 30), criterion("2", 20, 20, 40), criterion("3", 30))
    plan = plan_upgrade(blank(the_set), Star.THREE, effort=lambda *_: 1, criteria_set=the_set)
    assert places_of(plan) == [(0, 0), (1, 2)]


def test_steps_within_a_case_and_into_another() -> None:
    cased = criterion("1", (10, None, "a"), (20, None, "a"), (20, None, "b"), (30, None, "b"), (50, 3, "b"))
    the_set = made(cased, criterion("2", 50))
    effort = {"2": 9}
    for old, expected in ((None, 3), ("a", 3), ("b", 3), ("c", 2), ("d", 1)):
        sheet = blank(the_set).with_choices({"1": old})
        assert plan_upgrade(sheet, Star.THREE, effort=effort, criteria_set=the_set).effort == expected


def test_tourism_changes_within_its_case() -> None:
    sheet = best(TOURISM).with_choices({"8": "a"})
    plan = plan_upgrade(best(TOURISM).with_choices({"8": "a"}), Star.FIVE)
    assert plan.changes == ()
    plan = plan_upgrade(sheet, Star.FIVE, effort={"8": 0})
    assert plan.after == plan.before


# Rules


def test_the_story_comes_before_its_structure() -> None:
    needy, needed = criterion("1", 0, 45), criterion("2", 0, 5)
    the_set = made(needy, needed, criterion("3", 0, 0, 0, 50), rules=(only_if("1", "2"),))
    plan = plan_upgrade(blank(the_set), Star.THREE, criteria_set=the_set)
    assert plan.effort == 4
    assert places_of(plan) in ([(2, 3)], [(0, 1), (1, 1)])
    plan = plan_upgrade(blank(the_set), Star.THREE, effort={"3": 2}, criteria_set=the_set)
    assert [(change.criterion, change.reason) for change in plan.changes] == [("1", Reason.POINTS), ("2", Reason.RULE)]
    assert "A rule of the set asks for it." in plan.explain("en")
    sound(plan, blank(the_set), [])


def test_a_minimum_that_needs_another_criterion() -> None:
    the_set = made(
        criterion("1", 0, (5, 3, None)), criterion("2", 0, 5), criterion("3", 60), rules=(only_if("1", "2"),)
    )
    sheet = blank(the_set).with_choices({"3": "a"})
    plan = plan_upgrade(sheet, Star.THREE, criteria_set=the_set)
    assert [(change.criterion, change.reason) for change in plan.changes] == [("1", Reason.MINIMUM), ("2", Reason.RULE)]
    locked = plan_upgrade(sheet, Star.THREE, locked=["2"], criteria_set=the_set)
    assert locked.why_not == (BlockedMinimum("1", "b", Star.THREE, "2"),)
    assert (
        "Criterion 1 c1 needs option b () for 3 stars, and earns points only when criterion 2 does; "
        "criterion 2 stays at no option." in locked.explain("en")
    )


def test_a_minimum_without_points_where_another_criterion_needs_them() -> None:
    # No set that lint lets pass has points that fall.
    the_set = made(criterion("1", 2, (0, 3, None)), criterion("2", 5), criterion("3", 60), rules=(only_if("2", "1"),))
    sheet = blank(the_set).with_choices({"1": "a", "2": "a", "3": "a"})
    plan = plan_upgrade(sheet, Star.THREE, criteria_set=the_set)
    assert plan.why_not == (BlockedMinimum("1", "b", Star.THREE, "2"),)


def test_a_chain_of_criteria_names_the_locked_one() -> None:
    rules = (only_if("1", "2"), only_if("2", "3"), stop("1"))
    the_set = made(criterion("1", 10), criterion("2", 10), criterion("3", 10), criterion("4", 60), rules=rules)
    sheet = blank(the_set).with_choices({"4": "a"})
    assert places_of(plan_upgrade(sheet, Star.THREE, criteria_set=the_set)) == [(0, 0), (1, 0), (2, 0)]
    plan = plan_upgrade(sheet, Star.THREE, locked=["3"], criteria_set=the_set)
    assert plan.why_not == (BlockedRule("1", "zero", "3"),)
    free = evolve(the_set, rules=rules[:2])
    assert not places_of(plan_upgrade(sheet, Star.THREE, locked=["3"], criteria_set=free))
    plan = plan_upgrade(blank(the_set), Star.TWO, locked=["4"], criteria_set=free)
    assert (plan.effort, places_of(plan)) == (3, [(0, 0), (1, 0), (2, 0)])


def test_the_senses_of_bottled_water_need_points_for_any_star() -> None:
    sheet = best(WATER).with_choices({"6.3": "a", "6.1": None})
    plan = plan_upgrade(sheet, Star.ONE)
    assert plan.before.outcome is Outcome.STOPPED
    assert [(change.criterion, change.reason) for change in plan.changes] == [
        ("6.1", Reason.RULE),
        ("6.3", Reason.RULE),
    ]
    sound(plan, sheet, [])
    assert "no star" in plan.explain("en")
    plan = plan_upgrade(sheet, Star.ONE, locked=["6.3"])
    assert plan.why_not == (BlockedRule("6.3", "zero-points-in-any-of", "6.3"),)
    assert "must have points, or the evaluation stops; criterion 6.3 stays at option a" in plan.explain("en")


@pytest.mark.parametrize("finding", ["forged-dossier", "unsafe-impurities"])
def test_no_choice_changes_a_finding(finding: str) -> None:
    sheet = ocop.ScoreSheet(TEA.id, CAPPED.choices, [finding])
    plan = plan_upgrade(sheet)
    assert (plan.reachable, plan.why_not, plan.sheet, plan.after) == (False, (FoundCause(finding),), sheet, None)
    assert "This is a finding; no choice changes it." in plan.explain("en")
    assert len(plan.ladder()) == 5


# Locks


def test_locks_are_kept_and_never_make_it_cheaper() -> None:
    chance = random.Random(1)  # noqa: S311
    for set_id in COMPLETE_IDS[::12]:
        the_set = ocop.criteria_set(set_id)
        codes = [each.code for each in the_set.criteria]
        for _ in range(5):
            sheet, order = random_sheet(the_set, chance), chance.sample(codes, len(codes))
            last = 0
            for count in range(0, len(codes), 3):
                plan = plan_upgrade(sheet, Star.FOUR, locked=order[:count])
                sound(plan, sheet, order[:count])
                if not plan.reachable:
                    break
                assert plan.effort >= last
                last = plan.effort
            longer = plan_upgrade(sheet, Star.FOUR, locked=order)
            assert longer.reachable == (not longer.changes and (longer.before.star or 0) >= Star.FOUR)


def test_a_locked_criterion_blocks_its_minimums() -> None:
    plan = plan_upgrade(CAPPED, Star.FIVE, locked=iter(["7", "3.4", "7"]))
    assert plan.locked == ("3.4", "7")
    assert plan.why_not == (BlockedMinimum("3.4", "b", Star.FOUR, "3.4"), BlockedMinimum("7", "d", Star.FIVE, "7"))
    assert (plan.effort, plan.changes, plan.sheet, plan.after) == (0, (), CAPPED, None)


def test_too_few_points_are_told_with_the_best_total() -> None:
    sheet = CAPPED.with_choices({"1.5": "d", "3.4": "b", "4.1": "d", "5.1": "e", "7": "d"})
    assert ocop.score(sheet).total == 85
    plan = plan_upgrade(sheet, Star.FIVE, locked=[each.code for each in TEA.criteria if each.code != "4.3"])
    assert plan.why_not == (TooFewPoints(87, 90),)
    assert "At most 87 points can be had; it needs 90." in plan.explain("en")


# What is refused


def test_a_bad_sheet_is_refused_as_when_scored() -> None:
    with pytest.raises(SheetError) as caught:
        plan_upgrade(CAPPED.with_choices({"7": "z"}), effort={"x": -1})
    assert caught.value.report.codes == ("option-unknown",)


@pytest.mark.parametrize("to", [4, True, 4.0, "4", None])
def test_a_target_that_is_no_star_is_refused(to: Any) -> None:
    with pytest.raises(ConversionError, match="the target must be a star or a class of the edition; got"):
        plan_upgrade(CAPPED, to)


def test_a_star_that_the_edition_lacks_is_refused() -> None:
    edition = evolve(TEA.edition, bands=TEA.edition.bands[:4])
    with pytest.raises(UnknownIdError, match="no band for the star '5'"):
        plan_upgrade(CAPPED, Star.FIVE, criteria_set=evolve(TEA, edition=edition))


def refused(**given: Any) -> list[tuple[str, str]]:
    with pytest.raises(DocumentError) as caught:
        plan_upgrade(CAPPED, Star.FIVE, **given)
    assert caught.value.report.text("vi") != caught.value.report.text("en")
    return [(problem.code, problem.pointer) for problem in caught.value.report.problems]


def test_every_bad_effort_and_lock_comes_at_once() -> None:
    effort = {"1.1": True, "1.2": 1.0, "1.3": float("nan"), "1.4": -1, "1.5": "2", "1.6": 0, "99": 1}
    assert refused(effort=effort, locked=["1.1", "1.99", 3, []]) == [
        ("value-not-integer", "/effort/1.1"),
        ("value-not-integer", "/effort/1.2"),
        ("value-not-integer", "/effort/1.3"),
        ("value-out-of-range", "/effort/1.4"),
        ("value-not-integer", "/effort/1.5"),
        ("criterion-unknown", "/effort/99"),
        ("criterion-unknown", "/locked/1"),
        ("criterion-unknown", "/locked/2"),
        ("criterion-unknown", "/locked/3"),
    ]


def test_every_bad_effort_of_a_function_comes_at_once() -> None:
    bad: dict[str, Any] = {"3.4": 0.5, "7": -2, "8": None}
    problems = refused(effort=lambda criterion, _old, _new: bad.get(criterion.code, 1))
    assert problems == [
        ("value-not-integer", "/effort/3.4/b"),
        ("value-out-of-range", "/effort/7/d"),
        ("value-not-integer", "/effort/8/c"),
    ]


def test_other_things_for_efforts_and_locks_are_refused() -> None:
    assert refused(effort=3, locked="1.1") == [("value-wrong-type", "/effort"), ("value-not-list", "/locked")]
    assert refused(locked=5) == [("value-not-list", "/locked")]


def test_a_set_of_wrong_locks_is_told_in_one_order() -> None:
    with pytest.raises(DocumentError) as caught:
        plan_upgrade(CAPPED, locked={"1.1", "x9", "x1", "x5"})
    assert [problem.got for problem in caught.value.report.problems] == ['"x1"', '"x5"', '"x9"']


# Determinism and words


def test_the_order_of_what_is_given_changes_nothing() -> None:
    codes = [each.code for each in TEA.criteria]
    chance = random.Random(3)  # noqa: S311
    rates = {code: chance.randrange(3) for code in codes}
    first = plan_upgrade(blank(TEA), Star.FIVE, effort=rates, locked=["2.4", "3.1"])
    for _ in range(5):
        mixed = dict(chance.sample(list(blank(TEA).choices.items()), len(codes)))
        again = plan_upgrade(
            ocop.ScoreSheet(TEA.id, mixed),
            Star.FIVE,
            effort=dict(chance.sample(list(rates.items()), len(codes))),
            locked={"3.1", "2.4"},
        )
        assert again == first
        assert again.explain() == first.explain()
        assert hash(again) == hash(first)


def test_a_plan_can_be_pickled_and_not_be_changed() -> None:
    plan = plan_upgrade(CAPPED, effort={"7": 2})
    again = pickle.loads(pickle.dumps(plan))  # noqa: S301
    assert again == plan
    assert again.ladder() == plan.ladder()
    with pytest.raises(AttributeError):
        plan.effort = 0  # type: ignore[misc]


def test_the_plan_in_english() -> None:
    text = plan_upgrade(CAPPED, locked=["7"]).explain("en")
    lines = text.splitlines()
    assert lines[:2] == [
        "Product: Chè xanh Đồi Sương (ví dụ)",
        "Criteria set: Fresh and processed tea (Decision 26/2026/QĐ-TTg, Annex II, set 11)",
    ]
    assert lines[2:6] == [
        "",
        "Now: 77 of 100 points, 3 stars ★★★.",
        "Criteria kept as they are: 7.",
        "The way to 4 stars with the least effort (changes: 2; effort in all: 2):",
    ]
    assert lines[6].startswith("  - Criterion 3.4 Business growth: from option a (Profit")
    assert lines[6].endswith("; points: +1; effort: 1. A star minimum asks for it.")
    assert lines[-1] == "Then: 80 of 100 points, 4 stars ★★★★."


def test_the_plan_in_vietnamese_which_is_the_default() -> None:
    plan = plan_upgrade(CAPPED, Star.FIVE)
    text = plan.explain("vi")
    for sentence in (
        "Hiện nay: 77/100 điểm, 3 sao ★★★.",
        "Cách ít công sức nhất để đạt 5 sao (số thay đổi: 8; tổng công sức: 8):",
        "  - Tiêu chí 7 Tính độc đáo: từ phương án c (Độc đáo và đặc trưng) lên phương án d (Rất độc đáo",
        "; điểm: +2; công sức: 1. Yêu cầu tối thiểu của hạng sao cần điều này.",
        "Để đủ điểm.",
        "Sau đó: 90/100 điểm, 5 sao ★★★★★.",
    ):
        assert sentence in text
    assert plan.explain() == text


def test_another_language_is_refused() -> None:
    wrong: Any = "fr"
    with pytest.raises(ValueError, match="lang must be one of"):
        plan_upgrade(CAPPED).explain(wrong)
