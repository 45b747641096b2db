from fractions import Fraction

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import ocop
from ocop.scoring.agreement import agreement, ordinal_alpha

NA = None
# Krippendorff (2011), example C/D: four observers, twelve units, some values missing; his ordinal alpha is 0.815.
PUBLISHED = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, NA, NA, NA],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NA, 3],
    [NA, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NA],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NA],
]


def test_the_published_example() -> None:
    alpha = ordinal_alpha(list(zip(*PUBLISHED, strict=True)))
    assert alpha.value is not None
    assert round(float(alpha.value), 3) == 0.815
    assert alpha.why_not is None


@pytest.mark.parametrize(
    ("units", "why"),
    [
        ([], "two evaluators"),
        ([[1]], "two evaluators"),
        ([[1, None]], "two evaluators"),
        ([[2, 2], [2, 2]], "the same"),
    ],
)
def test_where_it_is_undefined_it_says_why(units: list[list[int | None]], why: str) -> None:
    alpha = ordinal_alpha(units)
    assert alpha.value is None
    assert alpha.why_not is not None
    assert why in alpha.why_not.en


def test_perfect_agreement_is_1_and_systematic_disagreement_below_0() -> None:
    assert ordinal_alpha([[1, 1], [2, 2], [3, 3]]).value == 1
    below = ordinal_alpha([[1, 3], [3, 1]]).value
    assert below is not None
    assert below < 0


units = st.lists(st.lists(st.integers(0, 4), min_size=2, max_size=4), min_size=2, max_size=8)


@given(units, st.randoms(use_true_random=False))
def test_neither_order_nor_the_names_of_the_ranks_matter(rows: list[list[int]], rng: object) -> None:
    alpha = ordinal_alpha(rows)
    assert ordinal_alpha(rows[::-1]) == alpha
    assert ordinal_alpha([row[::-1] for row in rows]) == alpha
    assert ordinal_alpha([[10 * value + 3 for value in row] for row in rows]) == alpha
    assert alpha.value is None or alpha.value <= 1


def test_a_councils_agreement() -> None:
    council = ocop.score_council(ocop.load("docs/examples/tea-council.json"))
    found = agreement(council)
    assert found.disagreements == council.disagreements
    assert [(each.evaluator, each.distance) for each in found.distances] == [
        ("Chi", Fraction(7, 2)),
        ("An", Fraction(-5, 2)),
        ("Bình", Fraction(-1)),
    ]


def test_a_council_of_one_and_one_of_equals() -> None:
    sheet = ocop.load("docs/examples/tea.json")
    alone = agreement(ocop.score_council([sheet]))
    assert (alone.alpha.value, alone.distances, alone.disagreements) == (None, (), ())
    twins = agreement(ocop.score_council([sheet, evolve(sheet, evaluator="Bình")]))
    assert twins.alpha.value == 1
    assert {each.distance for each in twins.distances} == {0}
    tea = ocop.criteria_set("qd26-2026/tea")
    nothing = ocop.ScoreSheet(tea.id, {c.code: None for c in tea.criteria}, evaluator="An")
    assert agreement(ocop.score_council([nothing, evolve(nothing, evaluator="Bình")])).alpha.value is None
