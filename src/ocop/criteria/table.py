"""A criteria set laid out: for the engine, which scores a sheet in one pass, and for the search for upgrade plans."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from attrs import field, frozen

from ocop.criteria.model import Choice, CriteriaSet, Criterion, Effect, Rule
from ocop.criteria.upgrades import Upgrades
from ocop.errors import ConversionError
from ocop.model.stars import Rank


@frozen
class ScoringTable:
    """What each answer is worth, laid out so that one pass over a sheet scores it.

    An answer's worth is one integer. Its low bits, those of `mask`, are the points; above them stands, for each star
    that has minimums, a counter as wide that is 1 where the answer leaves a minimum of that star unmet; on top, from
    bit `stopping` on, 1 where the answer stops the evaluation. So the sum over a sheet holds the total, star by star
    the number of unmet minimums, and whether anything stops.
    """

    mask: int
    """As many 1 bits as the highest total, or the number of criteria, can need."""
    rows: tuple[tuple[str, dict[Any, int]], ...]
    """For each criterion in the printed order its code, and the worth of each letter and of None."""
    bands: tuple[tuple[int, Rank], ...]
    """The floor and the star of each band of the edition, by ascending floor."""
    shifts: tuple[tuple[Rank, int], ...]
    """For each star that has minimums, by ascending star, where its counter begins."""
    stopping: int
    """Where the counter of the answers that stop the evaluation begins."""
    needs: tuple[tuple[int, int], ...]
    """For each criterion that applies only if another has points: the places of both in `rows`."""
    stops: tuple[tuple[Rule, tuple[int, ...]], ...]
    """For each stop derived from the choices: its rule, and the places of the criteria that may not have 0 points."""
    criteria: tuple[Criterion, ...] = field(repr=False)
    """The criteria of `rows`."""

    @cached_property
    def upgrades(self) -> Upgrades:
        """What each criterion can become in an upgrade plan."""
        return Upgrades.of(self.criteria, [worths for _, worths in self.rows], self.mask)

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
        best = sum(criterion.best for criterion in criteria)
        width = max(best, len(criteria)).bit_length()
        shifts = {star: width * place for place, star in enumerate(stars, 1)}
        stopping = width * (len(stars) + 1)
        place = {criterion.code: index for index, criterion in enumerate(criteria)}
        rules = criteria_set.rules
        stops = tuple(
            (rule, tuple(place[code] for code in rule.criteria))
            for rule in rules
            if rule.effect is Effect.EVALUATION_STOPS and rule.criteria and place.keys() >= set(rule.criteria)
        )
        stopped = {index for _, places in stops for index in places}
        rows: list[tuple[str, dict[Any, int]]] = []
        for index, criterion in enumerate(criteria):
            worths = _Worths(criterion, shifts, 1 << stopping if index in stopped else 0)
            for choice in (None,) if criterion.additive else (None, *criterion.letters):
                worths[choice] = worths.of(choice)
            rows.append((criterion.code, worths if criterion.additive else dict(worths)))
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
            stops=stops,
            stopping=stopping,
            criteria=criteria,
        )


class _Worths(dict[Any, int]):
    """What the choices in one criterion are worth; sets of ticks, as there are so many, when they are asked for."""

    def __init__(self, criterion: Criterion, shifts: Mapping[Rank, int], stop: int) -> None:
        super().__init__()
        self.criterion, self.shifts, self.stop = criterion, shifts, stop

    def of(self, choice: Choice) -> int:
        points = self.criterion.points_of(choice)
        unmet = sum(1 << self.shifts[star] for star in self.criterion.unmet(choice))
        return points + unmet + (0 if points else self.stop)

    def __missing__(self, ticks: Any) -> int:
        if not isinstance(ticks, tuple) or len({*ticks}) < len(ticks) or not {*ticks} <= {*self.criterion.letters}:
            raise KeyError(ticks)
        return self.of(ticks)
