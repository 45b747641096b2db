"""Ids that records of a register call one another by: which there are, and which was probably meant."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from attrs import define, field

from ocop.errors import Problem, nearest, pointer, shortened
from ocop.scoring.checks import MAX_HINTS
from ocop.text import Label

_NEIGHBOURS = 12
"""How many ids on either side, in alphabetical order, may be the one that was meant."""


@define
class Ids:
    """The ids of one kind of record, in the order of the register."""

    what: Label
    """What such a record is called."""
    where: str
    """The list's name in the register."""
    ids: Sequence[str]
    first: dict[str, int] = field(init=False)
    """By id the place of the first record that has it."""
    _hints: int = field(default=0, init=False)
    _orders: tuple[list[tuple[str, str]], ...] = field(default=(), init=False)

    def __attrs_post_init__(self) -> None:
        self.first = {}
        for index, each in enumerate(self.ids):
            self.first.setdefault(each, index)

    def repeated(self, index: int) -> Iterator[Problem]:
        """Yield a problem where an earlier record has the id of the one at `index`."""
        name = self.ids[index]
        if self.first[name] != index:
            first = pointer(self.where, self.first[name])
            yield Problem.of("id-repeated", pointer("id"), what=self.what, first=first, got=shortened(name))

    def unknown(self, wanted: str, where: str) -> Iterator[Problem]:
        """Yield a problem at the pointer `where`, which refers to `wanted`, if no record has this id."""
        if wanted not in self.first:
            hint = self._meant(wanted)
            yield Problem.of("reference-unknown", where, what=self.what, got=shortened(wanted), hint=hint)

    def _meant(self, wanted: str) -> str | None:
        """Return the id that was probably meant, looking only at those that begin or end as `wanted` does."""
        if self._hints == MAX_HINTS:
            return None
        self._hints += 1
        if not self._orders:
            names = [(each.casefold(), each) for each in self.first]
            self._orders = (sorted(names), sorted((key[::-1], each) for key, each in names))
        near: list[str] = []
        key = wanted.casefold()
        for order, start in zip(self._orders, (key, key[::-1]), strict=True):
            place = bisect_left(order, (start, ""))
            near += [each for _, each in order[max(0, place - _NEIGHBOURS) : place + _NEIGHBOURS]]
        return nearest(wanted, near)
