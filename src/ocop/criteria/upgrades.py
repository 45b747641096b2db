"""What each criterion of a set can become in an upgrade plan, laid out for the search."""

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any, Final, NamedTuple

from attrs import frozen

from ocop.criteria.model import Choice, Criterion, Option
from ocop.errors import ConversionError

MAX_TICKS: Final = 12
"""How many ticks of one criterion may still be open in a plan: each one more doubles what there is to look at."""


class Answer(NamedTuple):
    """What a criterion can become: today's answer, or an option that is no worse."""

    points: int
    key: int
    """What it adds to the key of a plan, see `Upgrades`; 0 for today's answer."""
    worth: int
    """What it is worth to the engine, see `ScoringTable`."""
    letter: Choice


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
    """For each criterion, by today's choice: what it can become, by ascending points."""
    options: dict[int, tuple[int, str]]
    """For each option, by the place of its bit: its criterion's place in `rows`, and its letter."""

    @classmethod
    def of(cls, criteria: Sequence[Criterion], worths: Sequence[dict[Any, int]], mask: int) -> "Upgrades":
        """Lay out criteria, given what each choice is worth to the engine, and the bits of that which are points."""
        every = [(place, option.letter) for place, criterion in enumerate(criteria) for option in criterion.options]
        width = len(every)
        high = width + len(criteria).bit_length()
        options = dict(zip(reversed(range(width)), every, strict=True))
        bits = {option: 1 << bit for bit, option in options.items()}
        rows: list[dict[Any, list[Answer]]] = []
        for place, (criterion, worth_of) in enumerate(zip(criteria, worths, strict=True)):
            row = _Row(criterion, worth_of, mask, width, high, {x: bits[place, x] for x in criterion.letters})
            if not criterion.additive:
                for old in worth_of:
                    row[old]  # laid out once for all plans
            rows.append(row)
        return cls(width, high, tuple(rows), options)


class _Row(dict[Any, list[Answer]]):
    """What one criterion can become, by today's choice; made when first asked for."""

    def __init__(
        self, criterion: Criterion, worth_of: dict[Any, int], mask: int, width: int, high: int, bits: dict[str, int]
    ) -> None:
        super().__init__()
        self.criterion, self.worth_of, self.mask = criterion, worth_of, mask
        self.width, self.high, self.bits = width, high, bits

    def __missing__(self, old: Any) -> list[Answer]:
        worth = self.worth_of[old]
        answers = [Answer(worth & self.mask, 0, worth, old)]
        moves = _more_ticks(self.criterion, old) if self.criterion.additive else _no_worse(self.criterion, old)
        for new, taken, steps in moves:
            worth = self.worth_of[new]
            key = (steps << self.high) + (1 << self.width) - sum([self.bits[letter] for letter in taken])
            answers.append(Answer(worth & self.mask, key, worth, new))
        self[old] = found = sorted(answers, key=lambda answer: answer.points)
        return found


def _more_ticks(criterion: Criterion, old: Choice) -> Iterator[tuple[Choice, tuple[str, ...], int]]:
    """Yield each larger set of ticks, which ticks it adds, and how many.

    Raises:
        ConversionError: where more than `MAX_TICKS` are open.
    """
    ticked = {option.letter for option in criterion.chosen(old)}
    free = [letter for letter in criterion.letters if letter not in ticked]
    if len(free) > MAX_TICKS:
        raise ConversionError(f"criterion {criterion.code} has {len(free)} open ticks; a plan takes {MAX_TICKS}")
    for count in range(1, len(free) + 1):
        for more in combinations(free, count):
            yield criterion.more(old, more), more, count


def _no_worse(criterion: Criterion, old: str | None) -> Iterator[tuple[Choice, tuple[str, ...], int]]:
    """Yield each option that is no worse than `old`, that it alone is taken, and how many steps away it is."""
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
            yield option.letter, (option.letter,), abs(spot - start)
