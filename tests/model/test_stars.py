import json
import pickle

import pytest

from ocop.model.stars import Grade, Level, Star
from ocop.text import Label


def test_there_are_five_stars_in_ascending_order() -> None:
    assert [int(star) for star in Star] == [1, 2, 3, 4, 5]


def test_stars_compare_by_rank() -> None:
    assert sorted([Star.FIVE, Star.ONE, Star.THREE]) == [Star.ONE, Star.THREE, Star.FIVE]


@pytest.mark.parametrize("number", range(1, 6))
def test_a_star_is_found_by_its_number(number: int) -> None:
    assert Star(number) == number


@pytest.mark.parametrize("number", [0, 6, -1])
def test_there_is_no_star_outside_one_to_five(number: int) -> None:
    with pytest.raises(ValueError, match=f"{number} is not a valid Star"):
        Star(number)


@pytest.mark.parametrize(
    ("star", "symbol"),
    [(Star.ONE, "★"), (Star.TWO, "★★"), (Star.THREE, "★★★"), (Star.FOUR, "★★★★"), (Star.FIVE, "★★★★★")],
)
def test_the_symbol_is_as_many_stars(star: Star, symbol: str) -> None:
    assert star.symbol == symbol


def test_a_star_prints_as_its_number() -> None:
    assert f"{Star.FOUR} {Star.FOUR!s}" == "4 4"


def test_a_star_is_a_number_in_json() -> None:
    assert json.dumps([Star.FOUR]) == "[4]"


def test_the_levels_are_those_of_the_decision() -> None:
    assert [level.value for level in Level] == ["commune", "district", "province", "ministry"]


def test_a_level_is_found_by_its_value() -> None:
    assert Level("district") is Level.DISTRICT


@pytest.mark.parametrize(
    ("level", "vi", "en"),
    [
        (Level.COMMUNE, "cấp xã", "the commune"),
        (Level.DISTRICT, "cấp huyện", "the district"),
        (Level.PROVINCE, "cấp tỉnh", "the province"),
        (Level.MINISTRY, "cấp bộ", "the ministry"),
    ],
)
def test_a_level_has_its_name_in_both_languages(level: Level, vi: str, en: str) -> None:
    assert level.label == Label(vi, en)


def test_every_level_has_a_name() -> None:
    assert all(level.label for level in Level)


def test_a_grade_is_the_number_of_its_rank_with_a_name() -> None:
    gold = Grade(3, "gold", Label("Vàng", "Gold"))
    assert gold == 3
    assert int(gold) == Star.THREE
    assert Grade(2, "silver", Label("Bạc", "Silver")) < gold < 4
    assert (str(gold), repr(gold), f"{gold}", gold.symbol) == ("3", "<Grade gold: 3>", "3", "")
    copied = pickle.loads(pickle.dumps(gold))  # noqa: S301
    assert (copied, copied.slug, copied.label, type(copied)) == (gold, "gold", Label("Vàng", "Gold"), Grade)
    assert json.dumps(gold) == "3"


def test_a_star_says_its_number() -> None:
    assert [star.label.en for star in Star] == ["1 star", "2 stars", "3 stars", "4 stars", "5 stars"]
    assert Star.FIVE.label.vi == "5 sao"
