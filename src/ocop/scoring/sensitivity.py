"""How firm a star is: which single change would raise or lower it, and which single member decides it."""

from fractions import Fraction

from attrs import evolve, frozen

from ocop.criteria.model import Choice, Criterion
from ocop.errors import SheetError
from ocop.model.stars import Rank
from ocop.scoring.council import CouncilScore, score_council
from ocop.scoring.engine import score as scored
from ocop.scoring.result import Outcome, Score


@frozen
class Flip:
    """A change of one criterion alone that gives another star, or takes the star away."""

    criterion: str
    """The criterion's code."""
    old: Choice
    """The letter chosen now; None where no option is met; where ticks add up, all that are ticked."""
    new: Choice
    """The letter to choose instead, or None; where ticks add up, one tick more or one less."""
    star: Rank | None
    """The star after the change; None where there is none any more."""
    outcome: Outcome
    """The outcome after the change."""


@frozen
class Sensitivity:
    """How firm the star of one sheet is."""

    points_to_next_band: int | None
    """How many points are missing to the next band; None in the highest."""
    points_above_floor: int
    """How many points the total lies above its band's floor: one point more lost, and the band is lost."""
    up: tuple[Flip, ...]
    """The changes of one criterion that raise the star, in the printed order."""
    down: tuple[Flip, ...]
    """The changes of one criterion that lower the star or take it away, in the printed order."""


def sensitivity(score: Score) -> Sensitivity:
    """Return how firm the star of `score` is: every change of a single criterion is tried.

    Changes that the rules refuse (points for what depends on a criterion without points) are left out. A product
    without a star has nothing to lose; a change that gives it one is listed under `up`.

    >>> import ocop
    >>> found = sensitivity(ocop.score(ocop.load("docs/examples/tea.json")))
    >>> found.points_to_next_band, found.points_above_floor, found.up
    (9, 11, ())
    >>> [(flip.criterion, flip.new, int(flip.star)) for flip in found.down][:3]
    [('1.1', None, 2), ('1.1', 'a', 2), ('1.5', None, 3)]
    """
    up: list[Flip] = []
    down: list[Flip] = []
    for criterion in score.criteria_set.criteria:
        for flip in _flips(score, criterion):
            higher = (flip.star or 0) > (score.star or 0)
            (up if higher else down).append(flip)
    floor = score.criteria_set.edition.band(score.star_by_points).floor
    return Sensitivity(score.points_to_next_band, score.total - floor, tuple(up), tuple(down))


def _flips(score: Score, criterion: Criterion) -> list[Flip]:
    """Return the choices in a criterion that give another star than today's."""
    now = score.sheet.choices[criterion.code]
    found: list[Flip] = []
    for choice in _others(criterion, now):
        try:
            sheet = score.sheet.with_choices({criterion.code: choice})
            after = scored(sheet, score.criteria_set, allow_incomplete=True)
        except SheetError:
            continue
        if after.star != score.star:
            found.append(Flip(criterion.code, now, choice, after.star, after.outcome))
    return found


def _others(criterion: Criterion, now: Choice) -> list[Choice]:
    """Return the other choices: the other options, or none; where ticks add up, those with one tick more or less."""
    if not criterion.additive:
        return [choice for choice in (None, *criterion.letters) if choice != now]
    ticked = {option.letter for option in criterion.chosen(now)}
    return [
        tuple(each for each in criterion.letters if (each in ticked) != (each == letter))
        for letter in criterion.letters
    ]


@frozen
class LeftOut:
    """What a council would decide without one of its members."""

    evaluator: str
    """The member left out."""
    mean: Fraction
    """The mean of the others' totals."""
    star: Rank | None
    """The star by the others' sheets."""
    decisive: bool
    """Whether the star differs from the whole council's."""


def leave_one_out(council: CouncilScore) -> tuple[LeftOut, ...]:
    """Return what the council would decide without each of its members in turn, in the order of the record.

    A council of one leaves nobody to decide, so that nothing is returned.

    >>> import ocop
    >>> council = ocop.score_council(ocop.load("docs/examples/tea-council.json"))
    >>> [(each.evaluator, str(each.mean), int(each.star), each.decisive) for each in leave_one_out(council)]
    [('An', '159/2', 3, False), ('Bình', '79', 3, False), ('Chi', '155/2', 3, False)]
    """
    sheets = council.record.sheets
    found: list[LeftOut] = []
    for index in range(len(sheets) if len(sheets) > 1 else 0):
        others = evolve(council.record, sheets=sheets[:index] + sheets[index + 1 :])
        without = score_council(others, criteria_set=council.criteria_set, allow_incomplete=True, allow_practice=True)
        decisive = without.star != council.star
        found.append(LeftOut(sheets[index].evaluator, without.mean, without.star, decisive))
    return tuple(found)
