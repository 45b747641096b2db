"""How far the members of a council agree: Krippendorff's alpha, spread by criterion, members far from the rest."""

from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import permutations

from attrs import frozen

from ocop.criteria.model import Choice, Criterion
from ocop.scoring.council import CouncilScore, Disagreement
from ocop.text import Label


@frozen
class Alpha:
    """Krippendorff's alpha: 1 is perfect agreement, 0 what chance would give; exact, or undefined with a reason."""

    value: Fraction | None
    why_not: Label | None = None
    """Why it is undefined; None where it is defined."""


@frozen
class Distance:
    """How far a member's total lies from the mean of the others."""

    evaluator: str
    distance: Fraction
    """In points: above zero where the member is the more generous."""


@frozen
class CouncilAgreement:
    """How far the members of a council agree."""

    alpha: Alpha
    """Over all criteria, with the options' printed order as an ordinal scale."""
    disagreements: tuple[Disagreement, ...]
    """The criteria in which members differ, those with the widest spread first."""
    distances: tuple[Distance, ...]
    """The members, those furthest from the rest first."""


_TOO_FEW = Label("cần ít nhất hai người chấm", "at least two evaluators are needed")
_NO_VARIATION = Label("mọi giá trị đều như nhau", "all values are the same")


def agreement(council: CouncilScore) -> CouncilAgreement:
    """Return how far the members of a council agree.

    >>> import ocop
    >>> found = agreement(ocop.score_council(ocop.load("docs/examples/tea-council.json")))
    >>> [(each.evaluator, str(each.distance)) for each in found.distances]
    [('Chi', '7/2'), ('An', '-5/2'), ('Bình', '-1')]
    >>> found.alpha.value > Fraction(4, 5)
    True
    """
    rows = [
        [_place(score.sheet.choices[criterion.code], criterion) for score in council.scores]
        for criterion in council.criteria_set.criteria
    ]
    return CouncilAgreement(ordinal_alpha(rows), council.disagreements, _distances(council))


def _place(choice: Choice, criterion: Criterion) -> int:
    """Return the printed place of the option chosen, from 1; 0 for none; where ticks add up, their points."""
    if criterion.additive or not isinstance(choice, str):
        return criterion.points_of(choice)
    return criterion.letters.index(choice) + 1


def _distances(council: CouncilScore) -> tuple[Distance, ...]:
    totals = [score.total for score in council.scores]
    if len(totals) < 2:
        return ()
    others = len(totals) - 1
    found = [
        Distance(score.sheet.evaluator, score.total - Fraction(sum(totals) - score.total, others))
        for score in council.scores
    ]
    return tuple(sorted(found, key=lambda each: -abs(each.distance)))


def ordinal_alpha(units: Iterable[Sequence[int | None]]) -> Alpha:
    """Return Krippendorff's alpha for ordinal values, exactly.

    Each unit holds the values that the evaluators gave it; None stands for a missing one. Units with fewer than two
    values say nothing about agreement and are left out.

    References:
        K. Krippendorff, *Computing Krippendorff's Alpha-Reliability*, 2011.

    >>> ordinal_alpha([[1, 1], [2, 2], [3, 2]]).value
    Fraction(7, 9)
    >>> ordinal_alpha([[1, 1]]).why_not.en
    'all values are the same'
    """
    pairable = [values for unit in units if len(values := [each for each in unit if each is not None]) > 1]
    if not pairable:
        return Alpha(None, _TOO_FEW)
    weights: dict[tuple[int, int], Fraction] = {}
    for values in pairable:
        for pair, count in Counter(permutations(values, 2)).items():
            weights[pair] = weights.get(pair, Fraction(0)) + Fraction(count, len(values) - 1)
    totals = Counter(value for values in pairable for value in values)
    n = sum(totals.values())
    observed = sum((weight * _distance(pair, totals) for pair, weight in weights.items()), Fraction(0))
    pairs = permutations(totals, 2)
    expected = sum((totals[c] * totals[k] * _distance((c, k), totals) for c, k in pairs), Fraction(0)) / (n - 1)
    if not expected:
        return Alpha(None, _NO_VARIATION)
    return Alpha(1 - observed / expected)


def _distance(pair: tuple[int, int], totals: Counter[int]) -> Fraction:
    """Return the squared ordinal distance of two values: the ranks between them."""
    low, high = sorted(pair)
    between = sum(count for value, count in totals.items() if low <= value <= high)
    return (between - Fraction(totals[low] + totals[high], 2)) ** 2
