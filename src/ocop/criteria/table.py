"""A criteria set laid out: for the engine, which scores a sheet in one pass, and for the search for upgrade plans."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any, NamedTuple

from attrs import field, frozen

from ocop.criteria.model import CriteriaSet, Criterion, Effect, Option, Rule
from ocop.errors import ConversionError
from ocop.model.stars import Star


@frozen
class ScoringTable:
    """What each answer is worth, laid out so that one pass over a sheet scores it.

    An answer's worth is one integer. Its low bits, those of `mask`, are the points; above them stands, for each star
    that has minimums, a counter as wide that is 1 where the answer leaves a minimum of that star unmet. So the sum over
    a sheet holds the total and, star by star, the number of unmet minimums.
    """

    mask: int
    """As many 1 bits as the highest total, or the number of criteria, can need."""
    rows: tuple[tuple[str, dict[Any, int]], ...]
    """For each criterion in the printed order its code, and the worth of each letter and of None."""
    bands: tuple[tuple[int, Star], ...]
    """The floor and the star of each band of the edition, by ascending floor."""
    shifts: tuple[tuple[Star, int], ...]
    """For each star that has minimums, by ascending star, where its counter begins."""
    needs: tuple[tuple[int, int], ...]
    """For each criterion that applies only if another has points: the places of both in `rows`."""
    stops: tuple[tuple[Rule, tuple[int, ...]], ...]
    """For each stop derived from the choices: its rule, and the places of the criteria that may not have 0 points."""
    criteria: tuple[Criterion, ...] = field(repr=False)
    """The criteria of `rows`."""

    @cached_property
    def upgrades(self) -> "Upgrades":
        """What each criterion can become in an upgrade plan."""
        return Upgrades.of(self)

    @classmethod
    def of(cls, criteria_set: CriteriaSet) -> "ScoringTable":
        """Lay out `criteria_set`.

        Raises:
            ConversionError: for points below 0, which no sum of counters can hold.
        """
        criteria = criteria_set.criteria
        if any(option.points < 0 for criterion in criteria for option in criterion.options):
            raise ConversionError(f"the set {criteria_set.id} has points below 0")
        stars = sorted({star for criterion in criteria for star in criterion.minimums})
        best = sum(max(option.points for option in criterion.options) for criterion in criteria)
        width = max(best, len(criteria)).bit_length()
        shifts = {star: width * place for place, star in enumerate(stars, 1)}
        rows: list[tuple[str, dict[Any, int]]] = []
        for criterion in criteria:
            points: dict[Any, int] = {
                None: 0,
                **{option.letter: option.points for option in criterion.options},
            }
            for letter in points:
                for star in criterion.unmet(letter):
                    points[letter] += 1 << shifts[star]
            rows.append((criterion.code, points))
        place = {criterion.code: index for index, criterion in enumerate(criteria)}
        rules = criteria_set.rules
        return cls(
            mask=(1 << width) - 1,
            rows=tuple(rows),
            bands=tuple((band.floor, band.star) for band in criteria_set.edition.bands),
            shifts=tuple(shifts.items()),
            needs=tuple(
                (place[rule.criterion], place[rule.depends_on])
                for rule in rules
                if rule.effect is Effect.APPLIES_ONLY_IF and rule.criterion in place and rule.depends_on in place
            ),
            stops=tuple(
                (rule, tuple(place[code] for code in rule.criteria))
                for rule in rules
                if rule.effect is Effect.EVALUATION_STOPS and rule.criteria and place.keys() >= set(rule.criteria)
            ),
            criteria=criteria,
        )


class Answer(NamedTuple):
    """What a criterion can become: today's answer, or an option that is no worse."""

    points: int
    key: int
    """What it adds to the key of a plan, see `Upgrades`; 0 for today's answer."""
    worth: int
    """What it is worth to the engine, see `ScoringTable`."""
    letter: str | None


@frozen
class Upgrades:
    """What each criterion can become in an upgrade plan, and at what cost.

    A plan's *key* is one integer, the sum of what its answers add, and the least key is the best plan. From bit `high`
    on stands the effort, in option steps; below it the number of changes; the low `width` bits, one for each option of
    the set, break ties: as the bit of each option taken is subtracted, the highest of the bits in which two plans
    differ, that of the earliest option, wins. So a key also tells which options were taken.
    """

    width: int
    high: int
    rows: tuple[dict[Any, list[Answer]], ...]
    """For each criterion, by today's letter or None: what it can become, by ascending points."""
    options: dict[int, tuple[int, str]]
    """For each option, by the place of its bit: its criterion's place in `rows`, and its letter."""

    @classmethod
    def of(cls, table: ScoringTable) -> "Upgrades":
        """Lay out the criteria of `table`."""
        every = [
            (place, option.letter) for place, criterion in enumerate(table.criteria) for option in criterion.options
        ]
        width = len(every)
        high = width + len(table.criteria).bit_length()
        options = dict(zip(reversed(range(width)), every, strict=True))
        ties = {option: (1 << width) - (1 << bit) for bit, option in options.items()}
        rows: list[dict[Any, list[Answer]]] = []
        for place, (criterion, (_, worths)) in enumerate(zip(table.criteria, table.rows, strict=True)):
            row: dict[Any, list[Answer]] = {}
            for old, worth in worths.items():
                answers = [Answer(worth & table.mask, 0, worth, old)]
                for option, steps in _no_worse(criterion, old):
                    key = (steps << high) + ties[place, option.letter]
                    answers.append(Answer(option.points, key, worths[option.letter], option.letter))
                row[old] = sorted(answers, key=lambda answer: answer.points)
            rows.append(row)
        return cls(width, high, tuple(rows), options)


def _no_worse(criterion: Criterion, old: str | None) -> Iterator[tuple[Option, int]]:
    """Yield each option that is no worse than `old`, and how many steps away it is."""
    spots: dict[str | None, int] = {}
    found: list[tuple[Option, int]] = []
    now, case, points = 0, None, 0
    for option in criterion.options:
        spots[option.case] = spot = spots.get(option.case, 0) + 1
        found.append((option, spot))
        if option.letter == old:
            now, case, points = spot, option.case, option.points
    for option, spot in found:
        start = now if option.case == case else 0
        if option.letter != old and (option.points >= points or (option.case == case and spot > now)):
            yield option, abs(spot - start)
