import pytest
from attrs import evolve
from hypothesis import given

import ocop
from ocop.errors import SheetError
from ocop.model.stars import Star
from ocop.scoring.result import Outcome
from ocop.scoring.sensitivity import leave_one_out, sensitivity
from ocop.testing import score_sheets

TEA = ocop.criteria_set("qd26-2026/tea")
BEST = ocop.ScoreSheet(TEA.id, {c.code: c.options[-1].letter for c in TEA.criteria})


@given(score_sheets())
def test_each_flip_is_one_change_that_gives_the_star_it_says_and_none_is_missing(sheet: ocop.ScoreSheet) -> None:
    score = ocop.score(sheet)
    found = sensitivity(score)
    expected: list[tuple[str, object, object]] = []
    for criterion in score.criteria_set.criteria:
        for letter in (None, *criterion.letters):
            try:
                after = ocop.score(sheet.with_choices({criterion.code: letter}))
            except SheetError:
                continue
            if after.star != score.star:
                expected.append((criterion.code, letter, after.star))
    flips = {(flip.criterion, flip.new, flip.star) for flip in (*found.up, *found.down)}
    assert flips == set(expected)
    assert len(found.up) + len(found.down) == len(expected)
    assert all((flip.star or 0) > (score.star or 0) for flip in found.up)
    assert all((flip.star or 0) < (score.star or 0) for flip in found.down)


def test_one_missed_minimum_is_the_one_change_that_lifts_the_star() -> None:
    found = sensitivity(ocop.score(BEST.with_choices({"3.4": "a"})))
    (flip,) = found.up
    assert (flip.criterion, flip.old, flip.new, flip.star, flip.outcome) == ("3.4", "a", "b", Star.FIVE, Outcome.RANKED)


def test_distances_to_the_bands() -> None:
    found = sensitivity(ocop.score(ocop.load("docs/examples/tea-capped.json")))
    assert (found.points_to_next_band, found.points_above_floor) == (13, 7)
    top = sensitivity(ocop.score(BEST))
    assert (top.points_to_next_band, top.points_above_floor, top.up) == (None, 10, ())


def test_bottled_water_loses_its_star_by_a_single_0() -> None:
    water = ocop.criteria_set("qd26-2026/bottled-water")
    best = ocop.ScoreSheet(water.id, {c.code: c.options[-1].letter for c in water.criteria})
    lost = [flip for flip in sensitivity(ocop.score(best)).down if flip.star is None]
    assert {flip.criterion for flip in lost} == {"6.1", "6.2", "6.3", "6.4"}
    assert {flip.outcome for flip in lost} == {Outcome.STOPPED}
    stopped = ocop.score(best.with_choices({"6.1": None}))
    assert [(flip.criterion, flip.old, flip.new) for flip in sensitivity(stopped).up] == [("6.1", None, "b")]


def test_leaving_out_each_member() -> None:
    low = BEST.with_choices({c.code: None for c in TEA.criteria if c.code.startswith(("4", "5", "1"))})
    sheets = [evolve(BEST, evaluator="An"), evolve(BEST, evaluator="Bình"), evolve(low, evaluator="Chi")]
    council = ocop.score_council(sheets)
    found = leave_one_out(council)
    assert [(each.evaluator, each.decisive) for each in found] == [("An", True), ("Bình", True), ("Chi", True)]
    assert found[2].mean == 100
    assert found[2].star is Star.FIVE
    for index, each in enumerate(found):
        again = ocop.score_council(sheets[:index] + sheets[index + 1 :])
        assert (each.mean, each.star) == (again.mean, again.star)


def test_a_council_of_one_leaves_nobody() -> None:
    assert leave_one_out(ocop.score_council([BEST])) == ()


@pytest.mark.parametrize("name", ["tea", "fresh-produce", "community-tourism"])
def test_a_firm_star_of_equals_hangs_on_nobody(name: str) -> None:
    sheet = ocop.load(f"docs/examples/{name}.json")
    council = ocop.score_council([evolve(sheet, evaluator=who) for who in ("An", "Bình", "Chi")])
    assert not any(each.decisive for each in leave_one_out(council))
