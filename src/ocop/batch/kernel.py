"""The kernel: codes in, totals and stars out, on bytes and in blocks."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, Final, TypeAlias, TypeVar

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from ocop.batch.encoding import Bytes, Codes, Encoder, Flags, form, refuse
from ocop.criteria.model import CriteriaSet, Criterion, walk
from ocop.errors import ConversionError, Problem, pointer

Edges: TypeAlias = NDArray[np.int64]
Number = TypeVar("Number", bound=np.generic)

BLOCK: Final = 1 << 16
"""How many sheets are scored at a time."""
MAX_MEMBERS: Final = 65_535
"""The most members that a council may have."""
SPARE: Final = 3
"""How many rows the work on a block needs for itself."""


@frozen(eq=False)
class BatchScores:
    """The scores of many sheets: arrays with one place for each sheet."""

    total: Bytes
    """Points of the whole sheet; 0 where it is not complete. Shape (sheets,), uint8."""
    part_totals: Bytes
    """Points of each part, in the printed order. Shape (parts, sheets), uint8."""
    star_by_points: Bytes
    """The star whose band holds the total; 0 where the sheet is not complete. Shape (sheets,), uint8."""
    star: Bytes
    """The star; 0 for no star, as the sheet is not complete or not ranked. Shape (sheets,), uint8."""
    complete: Flags
    """Whether `ocop.score` accepts the choices: each criterion is filled in, and none has points without the points of
    the criterion that it depends on. Shape (sheets,), bool."""


@frozen(eq=False)
class CouncilScores:
    """The scores of many councils: arrays with one place for each council."""

    total_sum: NDArray[np.int32]
    """The sum of the members' totals; 0 where the council is not complete. The mean is exactly ``total_sum / count``.
    Shape (councils,), int32."""
    count: NDArray[np.int32]
    """How many members there are. Shape (councils,), int32."""
    star_by_points: Bytes
    """The star whose band holds the mean; 0 where the council is not complete. Shape (councils,), uint8."""
    star: Bytes
    """The star; 0 for no star. Shape (councils,), uint8."""
    complete: Flags
    """Whether there is a sheet, and every sheet is complete. Shape (councils,), bool."""


@frozen
class _Answers:
    """Some of the answers to a criterion: those with a code at or past an odd number of `edges`."""

    row: int
    edges: tuple[int, ...]

    @classmethod
    def of(cls, row: int, chosen: Sequence[bool]) -> "_Answers":
        """Take the codes for which `chosen` is true; it is false for code 0."""
        edges = tuple(code for code, (before, here) in enumerate(pairwise(chosen), 1) if before != here)
        return cls(row, edges or (len(chosen),))

    def mark(self, block: Bytes, out: Flags, spare: Flags) -> None:
        """Mark the sheets of a block that give one of these answers."""
        np.greater_equal(block[self.row], self.edges[0], out=out)
        for edge in self.edges[1:]:
            np.greater_equal(block[self.row], edge, out=spare)
            np.not_equal(out, spare, out=out)


@frozen
class _Step:
    """A place in a criterion where the points do not go up by one."""

    row: int
    place: int
    weight: int
    """The points gained there, less one."""
    held: int | None
    """The row of `held` that marks the same answers, where there is one."""


class CompiledSet(Encoder):
    """A criteria set laid out for numpy; `compile` makes it."""

    def __init__(self, criteria_set: CriteriaSet) -> None:
        criteria, table = criteria_set.criteria, criteria_set.table
        best = sum(max(option.points for option in criterion.options) for criterion in criteria)
        if best > 255 or any(len(criterion.options) > 126 for criterion in criteria):
            raise ConversionError(
                f"{criteria_set.id} cannot be scored in bytes: its best total is {best} points, and 255 is the most; "
                "a criterion may have 126 options"
            )
        super().__init__(criteria_set)
        self._limits = np.array([len(criterion.options) for criterion in criteria], np.uint8)
        # The minimums of lower stars first: what a star asks for is then a run of rows from the top.
        minimums = sorted(
            [each for row, criterion in enumerate(criteria) for each in _minimums(row, criterion)],
            key=lambda each: each[0],
        )
        self._minimums = [answers for _, answers in minimums]
        earning = [
            _Answers.of(row, [points > 0 for points in _points(criterion)]) for row, criterion in enumerate(criteria)
        ]
        causes: dict[str | None, list[_Answers]] = {}
        for rule, rows in table.stops:
            causes.setdefault(rule.cause, []).extend(earning[row] for row in rows)
        self._stops = list(causes.values())
        self._needs = [(earning[needy], earning[needed]) for needy, needed in table.needs]
        self._parts: list[tuple[slice, list[_Step]]] = []
        start = 0
        for part in criteria_set.parts:
            end = start + sum(1 for _ in walk(part.items))
            steps = [step for row in range(start, end) for step in self._steps(row, criteria[row])]
            self._parts.append((slice(start, end), steps))
            start = end
        self._lowest = int(table.bands[0][1])
        # For each higher band: its floor, the stars it adds, and up to which row of `held` its minimums reach.
        self._bands = [
            (floor, star - below, sum(1 for lower, _ in minimums if lower <= star))
            for (_, below), (floor, star) in pairwise(table.bands)
            if floor <= best
        ]

    def __repr__(self) -> str:
        return f"CompiledSet({self.criteria_set.id!r})"

    def _steps(self, row: int, criterion: Criterion) -> Iterator[_Step]:
        for place, (before, points) in enumerate(pairwise(_points(criterion)), 1):
            if points - before != 1:
                same = _Answers(row, (place,))
                held = self._minimums.index(same) if same in self._minimums else None
                yield _Step(row, place, points - before - 1, held)

    def score(self, codes: Codes, not_ranked: Flags | None = None) -> BatchScores:
        """Return the scores of sheets: the answers of `ocop.score`.

        Args:
            codes: shape (criteria, sheets), int8. In C order it is read where it stands, else copied block by block.
            not_ranked: shape (sheets,), bool: the sheets with findings.

        Raises:
            ConversionError: for arrays of another type or shape.
            SheetError: for codes that are no option; the report names the first such sheet for each criterion.
        """
        sheets = self._checked(codes)
        if not_ranked is not None and (form(not_ranked) != f"({sheets},), bool"):
            raise ConversionError(f"expected findings of shape ({sheets},), bool; got {form(not_ranked)}")
        # The points of each part, the total, the star by points, the star.
        out = np.empty((len(self._parts) + 3, sheets), np.uint8)
        complete = np.empty(sheets, np.bool_)
        room = self._room(min(BLOCK, sheets))
        for start in range(0, sheets, BLOCK):
            block, filled = out[:, start : start + BLOCK], complete[start : start + BLOCK]
            flags = room[:, : len(filled)]
            self._tally(codes, start, block[:-2], filled, flags)
            self._rank(block[-3], 1, flags[SPARE:], block[-2], block[-1], flags)
            if not filled.all():
                np.multiply(block, filled.view(np.uint8), out=block)
        if not_ranked is not None:
            out[-1, not_ranked] = 0
        return BatchScores(out[-3], out[:-3], out[-2], out[-1], complete)

    def score_councils(self, codes: Codes, offsets: Any) -> CouncilScores:
        """Return the scores of councils: those of `ocop.score_council` with its default rules, findings left aside.

        A mean is never rounded: it reaches a floor where the sum is at least the floor times the number of members. A
        minimum is met where more than half of the members meet it; a stop that the choices show acts where it acts on
        more than half of the sheets.

        Args:
            codes: the sheets, those of a council side by side; shape (criteria, sheets), int8.
            offsets: where each council begins, and at last the number of sheets; shape (councils + 1,), integers. A
                council without a sheet is not complete, like one with a sheet that is not.

        Raises:
            ConversionError: for arrays of another type or shape, offsets that do not ascend from 0 to the number of
                sheets, and councils of more than 65,535 members.
            SheetError: for codes that are no option.
        """
        edges = _edges(offsets, self._checked(codes))
        members = np.diff(edges)
        # Councils without a sheet are left out until the end: now each edge but the last begins another council.
        seated = members > 0
        edges, counts = edges[np.append(seated, True)], members[seated]
        sums, complete = np.empty(len(counts), np.int32), np.empty(len(counts), np.bool_)
        stars = np.empty((2, len(counts)), np.uint8)
        room = self._room(min(int(edges[-1]), max(BLOCK, int(counts.max(initial=0)))))
        points, filled = np.empty((len(self._parts) + 1, room.shape[1]), np.uint8), np.empty(room.shape[1], np.bool_)
        first = 0
        while first < len(counts):
            last = max(int(np.searchsorted(edges, edges[first] + BLOCK, side="right")) - 1, first + 1)
            start, width, here = int(edges[first]), int(edges[last] - edges[first]), slice(first, last)
            starts, most = edges[here] - start, int(counts[here].max())
            self._tally(codes, start, points[:, :width], filled[:width], room[:, :width])
            sums[here] = _sums(points[-1:, :width], starts, most, 255)[0]
            complete[here] = filled[:width].all() or np.logical_and.reduceat(filled[:width], starts)
            votes = _sums(room[SPARE:, :width].view(np.uint8), starts, most, 1)
            agreed = np.greater(votes, (counts[here] // 2).astype(votes.dtype))
            # It takes more than half to stop: half is enough to go on.
            stops = slice(len(self._minimums), None)
            agreed[stops] = votes[stops] >= counts[here] - counts[here] // 2
            spare = np.empty((SPARE, last - first), np.bool_)
            self._rank(sums[here], counts[here], agreed, stars[0, here], stars[1, here], spare)
            first = last
        return CouncilScores(
            _spread(sums * complete, seated),
            members.astype(np.int32),
            _spread(stars[0] * complete, seated),
            _spread(stars[1] * complete, seated),
            _spread(complete, seated),
        )

    def _checked(self, codes: Codes) -> int:
        """Return the number of sheets."""
        rows = len(self._limits)
        if not isinstance(codes, np.ndarray) or codes.dtype != np.int8 or codes.ndim != 2 or codes.shape[0] != rows:
            raise ConversionError(f"expected codes of shape ({rows}, sheets), int8; got {form(codes)}")
        return int(codes.shape[1])

    def _room(self, sheets: int) -> Flags:
        """Return memory for blocks of so many sheets: spare rows, then one for each minimum and each stop."""
        return np.empty((SPARE + len(self._minimums) + len(self._stops), sheets), np.bool_)

    def _tally(self, codes: Codes, start: int, points: Bytes, complete: Flags, flags: Flags) -> None:
        """Fill in what the block of sheets from `start` on shows, as many as `complete` has places.

        `points` gets the points of each part and in all; below the spare rows, `flags` gets which sheets meet each
        minimum and do not run into each stop. Points wrap around at 256 on the way; in the end they fit. Sheets that
        are not complete get whatever comes.
        """
        # Seen as unsigned bytes, -1 is 255: a code past every option.
        block = codes[:, start : start + len(complete)].view(np.uint8)
        if block.strides[1] != 1:
            block = np.ascontiguousarray(block)
        flag, other, spare, *held = flags
        for answers, met in zip(self._minimums, held, strict=False):
            answers.mark(block, met, spare)
        for needed_all, going_on in zip(self._stops, held[len(self._minimums) :], strict=True):
            going_on.fill(True)
            for answers in needed_all:
                answers.mark(block, flag, spare)
                np.logical_and(going_on, flag, out=going_on)
        for (rows, steps), part in zip(self._parts, points, strict=False):
            np.add.reduce(block[rows], axis=0, dtype=np.uint8, out=part)
            for step in steps:
                if step.held is None:
                    gained = np.greater_equal(block[step.row], step.place, out=flag)
                else:
                    gained = held[step.held]
                _add(part, gained, step.weight, spare)
        np.add.reduce(points[:-1], axis=0, dtype=np.uint8, out=points[-1])
        complete.fill(True)
        most = np.maximum.reduce(block, axis=1, initial=0)
        if (most > self._limits).any():
            self._refuse_unknown(block, most, start)
            np.not_equal(np.maximum.reduce(block, axis=0), 255, out=complete)
        for needy, needed in self._needs:
            needy.mark(block, flag, spare)
            needed.mark(block, other, spare)
            np.less_equal(flag, other, out=flag)
            np.logical_and(complete, flag, out=complete)

    def _refuse_unknown(self, block: Bytes, most: Bytes, start: int) -> None:
        """Refuse codes that are neither an option nor missing; `most` is the highest of each criterion."""
        problems = list[Problem]()
        for row in np.flatnonzero(most > self._limits):
            criterion, limit = self.criteria_set.criteria[row], int(self._limits[row])
            wrong = np.flatnonzero((block[row] > limit) & (block[row] != 255))
            for place in wrong[:1]:
                got = str(block[row, place].astype(np.int8))
                where = pointer(criterion.code, int(start + place))
                problems.append(
                    Problem.of("option-unknown", where, criterion=criterion.code, expected=f"-1 … {limit}", got=got)
                )
        refuse(problems)

    def _rank(self, sums: NDArray[Any], counts: Any, held: Flags, by_points: Bytes, star: Bytes, flags: Flags) -> None:
        """Fill in the stars: each band adds its own where the mean reaches its floor and all minimums so far hold."""
        flag, met, spare = flags[0], flags[1], flags[2]
        by_points.fill(self._lowest)
        star.fill(self._lowest)
        met.fill(True)
        since = 0
        for floor, gain, until in self._bands:
            if until > since:
                np.logical_and.reduce(held[since:until], axis=0, out=flag)
                np.logical_and(met, flag, out=met)
            np.greater_equal(sums, floor * counts, out=flag)
            _add(by_points, flag, gain, spare)
            np.logical_and(flag, met, out=flag)
            _add(star, flag, gain, spare)
            since = until
        if self._stops:
            np.logical_and.reduce(held[len(self._minimums) :], axis=0, out=flag)
            np.multiply(star, flag.view(np.uint8), out=star)


def _points(criterion: Criterion) -> list[int]:
    """Return the points of each code."""
    return [0, *(option.points for option in criterion.options)]


def _minimums(row: int, criterion: Criterion) -> Iterator[tuple[int, _Answers]]:
    """Yield each star that has a minimum in the criterion, and the answers that meet it."""
    for star, marked in criterion.minimums.items():
        met = [any(criterion.reaches(letter, option) for option in marked) for letter in (None, *criterion.letters)]
        yield star, _Answers.of(row, met)


def _add(target: Bytes, flags: Flags, weight: int, spare: Flags) -> None:
    """Add `weight` where a flag stands, modulo 256."""
    ones = flags.view(np.uint8)
    if weight == 1:
        np.add(target, ones, out=target)
    elif weight == -1:
        np.subtract(target, ones, out=target)
    else:
        weighted = np.multiply(ones, np.uint8(weight % 256), out=spare.view(np.uint8))
        np.add(target, weighted, out=target)


def _sums(rows: Bytes, starts: Edges, largest: int, most: int) -> NDArray[Any]:
    """Return the sum of each council, where the councils begin at `starts`: shape (rows, councils).

    After the sweep with stride 1, 2, 4, … each place holds the sum of itself and the next 1, 3, 7, … of its council. So
    a few sweeps over all sheets bring each council's sum to its beginning, whatever the sizes are. `most` is the most
    that a place of `rows` holds; the rows may be changed.
    """
    dtype = np.min_scalar_type(largest * most)
    sheets = rows.shape[1]
    # For each stride: all bits where the sheet that is so far away is of the same council, else none.
    within = np.invert(np.zeros(sheets, dtype))
    within[starts[1:] - 1] = within[-1] = 0
    strides = {1: within} if largest > 1 else {}
    while (stride := 2 * max(strides, default=largest)) < largest:
        half = strides[stride // 2]
        strides[stride] = half[: sheets - stride] & half[stride // 2 :][: sheets - stride]
    spare = np.empty(sheets, dtype)
    sums = np.empty((len(rows), len(starts)), dtype)
    for row, total in zip(rows.astype(dtype, copy=False), sums, strict=True):
        for stride, same in strides.items():
            rest = sheets - stride
            np.bitwise_and(row[stride:], same[:rest], out=spare[:rest])
            np.add(row[:rest], spare[:rest], out=row[:rest])
        np.take(row, starts, out=total)
    return sums


def _spread(found: NDArray[Number], seated: Flags) -> NDArray[Number]:
    """Return the values of all councils: those found of the ones with a member, 0 of the others."""
    column = np.zeros(len(seated), found.dtype)
    column[seated] = found
    return column


def _edges(offsets: Any, sheets: int) -> Edges:
    found = np.asarray(offsets)
    if found.dtype.kind not in "iu" or found.ndim != 1 or not len(found):
        raise ConversionError(f"expected offsets of shape (councils + 1,), integers; got {form(found)}")
    edges = found.astype(np.int64)
    if edges[0] != 0 or edges[-1] != sheets or (np.diff(edges) < 0).any():
        raise ConversionError(f"expected offsets that ascend from 0 to the number of sheets, {sheets}")
    if np.diff(edges).max(initial=0) > MAX_MEMBERS:
        raise ConversionError(f"a council may have {MAX_MEMBERS} members")
    return edges
