"""The table gives, with one sum, what a slow recomputation gives."""

from collections import Counter

import attrs
from hypothesis import given
from hypothesis import strategies as st

from ocop.criteria.catalog import PACKAGED
from ocop.criteria.model import CriteriaSet, Criterion, Effect, Option, Part, Rule
from ocop.criteria.table import ScoringTable
from ocop.model.stars import Rank, Star
from ocop.scoring.sheet import ScoreSheet
from ocop.testing import criteria_sets, score_sheets
from packaged import COMPLETE

TEA = PACKAGED.criteria_set("qd26-2026/tea")
WATER = PACKAGED.criteria_set("qd26-2026/bottled-water")

SetAndSheet = tuple[CriteriaSet, ScoreSheet]


def with_sheet(criteria_set: CriteriaSet) -> st.SearchStrategy[SetAndSheet]:
    return st.tuples(st.just(criteria_set), score_sheets(criteria_set))


def tally_of(table: ScoringTable, letters: list[str | None]) -> int:
    return sum(worth[letter] for (_, worth), letter in zip(table.rows, letters, strict=True))


def naive_points(criterion: Criterion, letter: str | None) -> int:
    return next((option.points for option in criterion.options if option.letter == letter), 0)


def naive_unmet_stars(criterion: Criterion, letter: str | None) -> set[Rank]:
    marks = [criterion.minimum_for, *(option.minimum_for for option in criterion.options)]
    wanted = {mark for mark in marks if mark is not None}
    met: set[Rank | None] = set() if letter is None else {criterion.minimum_for}
    for place, chosen in enumerate(criterion.options):
        if chosen.letter != letter:
            continue
        for other, option in enumerate(criterion.options):
            better = place >= other if chosen.case == option.case else chosen.points >= option.points
            if better:
                met.add(option.minimum_for)
    return wanted - met


def assert_adds_up(criteria_set: CriteriaSet, sheet: ScoreSheet) -> None:
    letters: list[str | None] = []
    total, unmet = 0, Counter[Rank]()
    for criterion in criteria_set.criteria:
        letter = sheet.choices[criterion.code]
        assert letter is None or isinstance(letter, str)
        letters.append(letter)
        total += naive_points(criterion, letter)
        unmet.update(naive_unmet_stars(criterion, letter))
    table = criteria_set.table
    tally = tally_of(table, letters)
    assert tally & table.mask == total
    assert {star: tally >> shift & table.mask for star, shift in table.shifts} == {
        star: unmet[star] for star, _ in table.shifts
    }
    stopped = {place for _, places in table.stops for place in places}
    stops = sum(not naive_points(criteria_set.criteria[place], letters[place]) for place in stopped)
    unmet_bits = sum(unmet[star] << shift for star, shift in table.shifts)
    assert tally == total + unmet_bits + (stops << table.stopping)
    assert unmet.keys() <= dict(table.shifts).keys()


@given(criteria_sets().flatmap(with_sheet))
def test_made_up_sets_add_up(drawn: SetAndSheet) -> None:
    assert_adds_up(*drawn)


@given(score_sheets())
def test_packaged_sets_add_up(sheet: ScoreSheet) -> None:
    assert_adds_up(PACKAGED.criteria_set(sheet.criteria_set), sheet)


def test_nothing_chosen_anywhere_leaves_every_minimum_unmet() -> None:
    for criteria_set in PACKAGED.sets():
        assert_adds_up(criteria_set, ScoreSheet(criteria_set.id, dict.fromkeys(c.code for c in criteria_set.criteria)))


def test_the_best_of_everything_fills_the_mask_and_leaves_nothing_unmet() -> None:
    for criteria_set in COMPLETE:
        best = [max(criterion.options, key=lambda option: option.points) for criterion in criteria_set.criteria]
        letters: list[str | None] = [option.letter for option in best]
        assert tally_of(criteria_set.table, letters) == 100


def test_rows_know_every_letter_and_none() -> None:
    for criterion, (code, worth) in zip(TEA.criteria, TEA.table.rows, strict=True):
        assert code == criterion.code
        assert list(worth) == [None, *criterion.letters]


def test_mask_and_shifts_of_tea() -> None:
    assert TEA.table.mask == 0b1111111
    assert TEA.table.shifts == ((Star.THREE, 7), (Star.FOUR, 14), (Star.FIVE, 21))


def test_bands_are_those_of_the_edition() -> None:
    assert TEA.table.bands == ((0, Star.ONE), (30, Star.TWO), (50, Star.THREE), (70, Star.FOUR), (90, Star.FIVE))


def made(*criteria: Criterion, rules: tuple[Rule, ...] = ()) -> CriteriaSet:
    points = sum(criterion.max_points for criterion in criteria)
    return CriteriaSet("qd26-2026/made", TEA.edition, 1, (Part("A", "a", points, criteria),), rules)


def test_counters_do_not_run_over_where_criteria_outnumber_points() -> None:
    options = (Option("a", "low", 0), Option("b", "high", 0, Star.FOUR))
    criteria = [Criterion(str(number), f"c-{number}", 0, options) for number in range(1, 9)]
    table = made(*criteria).table
    assert table.mask == 0b1111
    assert tally_of(table, [None] * 8) == 8 << 4
    assert tally_of(table, ["b"] * 8) == 0


def test_a_set_without_minimums_has_no_counters() -> None:
    table = made(Criterion("1", "one", 2, (Option("a", "met", 2),))).table
    assert (table.shifts, table.mask, table.rows) == ((), 0b11, (("1", {None: 0, "a": 2}),))


def test_what_needs_what() -> None:
    codes = [code for code, _ in TEA.table.rows]
    assert TEA.table.needs == ((codes.index("5.2"), codes.index("5.1")),)


def test_derived_stops() -> None:
    ((rule, places),) = WATER.table.stops
    assert rule.cause == "zero-points-in-any-of"
    assert [WATER.table.rows[place][0] for place in places] == ["6.1", "6.2", "6.3", "6.4"]
    assert TEA.table.stops == ()


def test_a_stop_may_name_every_criterion() -> None:
    criteria = [Criterion(code, f"c-{code}", 1, (Option("a", "met", 1),)) for code in ("1", "2")]
    rule = Rule(Effect.EVALUATION_STOPS, "zero", criteria=("2", "1"))
    assert made(*criteria, rules=(rule,)).table.stops == ((rule, (1, 0)),)


def test_rules_that_name_what_is_not_there_are_left_out() -> None:
    missing = (
        Rule(Effect.APPLIES_ONLY_IF, "needs", "99", "1.1"),
        Rule(Effect.APPLIES_ONLY_IF, "needs", "1.1", "99"),
        Rule(Effect.APPLIES_ONLY_IF, "needs", "1.1"),
        Rule(Effect.EVALUATION_STOPS, "zero", criteria=("1.1", "99")),
        Rule(Effect.EVALUATION_STOPS, "impurities", "1.1"),
        Rule(Effect.DISQUALIFIED, "forged", criteria=("1.1",)),
    )
    table = attrs.evolve(TEA, rules=missing).table
    assert (table.needs, table.stops) == ((), ())
