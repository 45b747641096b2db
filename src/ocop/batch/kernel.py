"""The kernel: codes in, totals and stars out, on bytes and in blocks."""

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import Any, Final, TypeAlias, TypeVar

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from ocop.batch.encoding import Bytes, Codes, Encoder, Flags, form, refuse
from ocop.criteria.model import CriteriaSet, Criterion, walk
from ocop.errors import ConversionError, Problem, pointer

Edges: TypeAlias = NDArray[np.int64]
Number = TypeVar("Number", bound=np.generic)

BLOCK: Final = 1 << 17
"""How many sheets are scored at a time."""
MAX_MEMBERS: Final = 65_535
"""The most members that a council may have."""
SPARE: Final = 3
"""How many rows the work on a block needs for itself."""
BYTES: Final = [np.array(number, np.uint8) for number in range(256)]
"""The numbers as numpy takes them soonest; on short rows, turning an int into one would take longer than the work."""


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

    def mark(self, codes: Bytes, out: Flags, spare: Flags) -> None:
        """Mark the sheets that give one of these answers; `codes` is the criterion's row of a block."""
        np.greater_equal(codes, BYTES[self.edges[0]], out=out)
        for edge in self.edges[1:]:
            np.greater_equal(codes, BYTES[edge], out=spare)
            np.not_equal(out, spare, out=out)


@frozen
class _Mark:
    """Answers to a criterion that a star or a stop asks for, or that earn other points than 1 more, or both."""

    answers: _Answers
    weight: int
    """The points that they earn, less the 1 that is in the code; 0 where that is all."""
    together: int | None = None
    """The row that shows which sheets give these and all other answers that the same star or stop asks for."""
    apart: int | None = None
    """The same where each minimum has a row of its own."""


class CompiledSet(Encoder):
    """A criteria set laid out for numpy; `compile` makes it."""

    def __init__(self, criteria_set: CriteriaSet) -> None:
        criteria, table = criteria_set.criteria, criteria_set.table
        if ticks := [criterion.code for criterion in criteria if criterion.additive]:
            raise ConversionError(
                f"{criteria_set.id} has ticks that add up, which no code can tell: {', '.join(ticks)}"
            )
        best = sum(criterion.best for criterion in criteria)
        if best > 255 or any(len(criterion.options) > 126 for criterion in criteria):
            raise ConversionError(
                f"{criteria_set.id} cannot be scored in bytes: its best total is {best} points, and 255 is the most; "
                "a criterion may have 126 options"
            )
        super().__init__(criteria_set)
        self._limits = np.array([len(criterion.options) for criterion in criteria], np.uint8)
        minimums: dict[int, list[_Answers]] = {}
        for row, criterion in enumerate(criteria):
            for star, answers in _minimums(row, criterion):
                minimums.setdefault(star, []).append(answers)
        by_star = [minimums[star] for star in sorted(minimums)]
        earning = [
            _Answers.of(row, [points > 0 for points in _points(criterion)]) for row, criterion in enumerate(criteria)
        ]
        stops: dict[str | None, list[_Answers]] = {}
        for rule, rows in table.stops:
            stops.setdefault(rule.cause, []).extend(earning[row] for row in rows)
        self._needs = [(earning[needy], earning[needed]) for needy, needed in table.needs]
        # The rows of `held`: one for each star and stop, or one for each minimum and stop, by ascending star.
        together = _numbered([*by_star, *stops.values()])
        apart = _numbered([*([answers] for group in by_star for answers in group), *stops.values()])
        weights = {answers: weight for row, each in enumerate(criteria) for answers, weight in _steps(row, each)}
        marks = [
            _Mark(answers, weights.pop(answers, 0), one, other)
            for (one, answers), (other, _) in zip(together, apart, strict=True)
        ]
        marks += [_Mark(answers, weight) for answers, weight in weights.items()]
        # For each criterion: its part's place, and its marks.
        places = [place for place, part in enumerate(criteria_set.parts) for _ in walk(part.items)]
        self._columns = [
            (place, [mark for mark in marks if mark.answers.row == row]) for row, place in enumerate(places)
        ]
        self._parts = len(criteria_set.parts)
        # For each star and stop: its rows where minimums stand apart.
        edges = [0, *accumulate([*map(len, by_star), *(1 for _ in stops)])]
        self._spans = [slice(start, end) for start, end in pairwise(edges)]
        self._stars, self._minimums, self._apart = len(by_star), edges[len(by_star)], edges[-1]
        self._lowest = int(table.bands[0][1])
        # For each higher band: its floor, the stars it adds, and how many stars with minimums there are up to it.
        self._bands = [
            (floor, star - below, sum(1 for lower in minimums if lower <= star))
            for (_, below), (floor, star) in pairwise(table.bands)
            if floor <= best
        ]

    def __repr__(self) -> str:
        return f"CompiledSet({self.criteria_set.id!r})"

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
        out = np.empty((self._parts + 3, sheets), np.uint8)
        complete = np.empty(sheets, np.bool_)
        room = _room(len(self._spans), min(BLOCK, sheets))
        for start in range(0, sheets, BLOCK):
            block, filled = out[:, start : start + BLOCK], complete[start : start + BLOCK]
            flags = room[:, : len(filled)]
            self._tally(codes, start, block[:-2], filled, flags, apart=False)
            self._rank(block[-3], 1, [*flags[SPARE:]], block[-2], block[-1], flags)
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
        room = _room(self._apart, min(int(edges[-1]), max(BLOCK, int(counts.max(initial=0)))))
        points, filled = np.empty((self._parts + 1, room.shape[1]), np.uint8), np.empty(room.shape[1], np.bool_)
        first = 0
        while first < len(counts):
            last = max(int(np.searchsorted(edges, edges[first] + BLOCK, side="right")) - 1, first + 1)
            start, width, here = int(edges[first]), int(edges[last] - edges[first]), slice(first, last)
            starts, most = edges[here] - start, int(counts[here].max())
            self._tally(codes, start, points[:, :width], filled[:width], room[:, :width], apart=True)
            sums[here] = _sums(points[-1:, :width], starts, most, 255)[0]
            complete[here] = filled[:width].all() or np.logical_and.reduceat(filled[:width], starts)
            votes = _votes(room[SPARE:, :width].view(np.uint8), starts, most)
            agreed = np.greater(votes, (counts[here] // 2).astype(votes.dtype))
            # It takes more than half to stop: half is enough to go on.
            agreed[self._minimums :] = votes[self._minimums :] >= counts[here] - counts[here] // 2
            held = [np.logical_and.reduce(agreed[span], axis=0) for span in self._spans]
            spare = np.empty((SPARE, last - first), np.bool_)
            self._rank(sums[here], counts[here], held, stars[0, here], stars[1, here], spare)
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

    def _tally(self, codes: Codes, start: int, points: Bytes, complete: Flags, flags: Flags, *, apart: bool) -> None:
        """Fill in what the block of sheets from `start` on shows, as many as `complete` has places.

        `points` gets the points of each part and in all. Below the spare rows, `flags` gets which sheets give all the
        answers that a star or a stop asks for; `apart`, each minimum is shown by itself. Points wrap around at 256 on
        the way; in the end they fit. Sheets that are not complete get whatever comes.
        """
        # Seen as unsigned bytes, -1 is 255: a code past every option.
        block = codes[:, start : start + len(complete)].view(np.uint8)
        if block.strides[1] != 1:
            block = np.ascontiguousarray(block)
        flag, other, spare, *held = flags
        shown = set[int]()
        points.fill(0)
        # Criterion by criterion, so that what is read stays near.
        for column, (place, marks) in zip(block, self._columns, strict=True):
            part = points[place]
            np.add(part, column, out=part)
            for mark in marks:
                shows = mark.apart if apart else mark.together
                met = flag if shows is None or shows in shown else held[shows]
                mark.answers.mark(column, met, spare)
                if mark.weight:
                    _add(part, met, mark.weight, spare)
                if shows in shown:
                    np.logical_and(held[shows], flag, out=held[shows])
                elif shows is not None:
                    shown.add(shows)
        np.add.reduce(points[:-1], axis=0, dtype=np.uint8, out=points[-1])
        complete.fill(True)
        most = np.maximum.reduce(block, axis=1, initial=0)
        if (most > self._limits).any():
            self._refuse_unknown(block, most, start)
            np.not_equal(np.maximum.reduce(block, axis=0), 255, out=complete)
        for needy, needed in self._needs:
            needy.mark(block[needy.row], flag, spare)
            needed.mark(block[needed.row], other, spare)
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

    def _rank(
        self, sums: NDArray[Any], counts: Any, held: Sequence[Flags], by_points: Bytes, star: Bytes, flags: Flags
    ) -> None:
        """Fill in the stars: each band adds its own where the mean reaches its floor and all minimums so far hold."""
        flag, met, spare = flags[0], flags[1], flags[2]
        by_points.fill(self._lowest)
        star.fill(self._lowest)
        met.fill(True)
        since = 0
        for floor, gain, until in self._bands:
            for minimums in held[since:until]:
                np.logical_and(met, minimums, out=met)
            np.greater_equal(sums, floor * counts, out=flag)
            _add(by_points, flag, gain, spare)
            np.logical_and(flag, met, out=flag)
            _add(star, flag, gain, spare)
            since = until
        for going_on in held[self._stars :]:
            np.multiply(star, going_on.view(np.uint8), out=star)


def _room(rows: int, sheets: int) -> Flags:
    """Return memory for a block of so many sheets: the spare rows and so many more."""
    return np.empty((SPARE + rows, sheets), np.bool_)


def _numbered(groups: list[list[_Answers]]) -> list[tuple[int, _Answers]]:
    """Return the members of all groups, each with the place of its group."""
    return [(place, answers) for place, group in enumerate(groups) for answers in group]


def _points(criterion: Criterion) -> list[int]:
    """Return the points of each code."""
    return [0, *(option.points for option in criterion.options)]


def _minimums(row: int, criterion: Criterion) -> Iterator[tuple[int, _Answers]]:
    """Yield each star that has a minimum in the criterion, and the answers that meet it."""
    for star, marked in criterion.minimums.items():
        met = [any(criterion.reaches(letter, option) for option in marked) for letter in (None, *criterion.letters)]
        yield star, _Answers.of(row, met)


def _steps(row: int, criterion: Criterion) -> Iterator[tuple[_Answers, int]]:
    """Yield where the points do not go up by one: the answers from there on, and the points gained, less one."""
    for place, (before, points) in enumerate(pairwise(_points(criterion)), 1):
        if points - before != 1:
            yield _Answers(row, (place,)), points - before - 1


def _add(target: Bytes, flags: Flags, weight: int, spare: Flags) -> None:
    """Add `weight` where a flag stands, modulo 256."""
    ones = flags.view(np.uint8)
    if weight == 1:
        np.add(target, ones, out=target)
    elif weight == -1:
        np.subtract(target, ones, out=target)
    else:
        weighted = np.multiply(ones, BYTES[weight % 256], out=spare.view(np.uint8))
        np.add(target, weighted, out=target)


def _votes(rows: Bytes, starts: Edges, largest: int) -> NDArray[Any]:
    """Return the sum of each council, of rows that hold 0 and 1 and may be changed: shape (rows, councils)."""
    if largest > 15:
        return _sums(rows, starts, largest, 1)
    # Two rows go in one: 4 bits are enough for a sum.
    one, other = rows[::2], rows[1::2]
    np.multiply(other, 16, out=other)
    np.add(one[: len(other)], other, out=one[: len(other)])
    both = _sums(one, starts, largest, 17)
    votes = np.empty((len(rows), len(starts)), np.uint8)
    np.bitwise_and(both, 15, out=votes[::2])
    np.right_shift(both[: len(other)], 4, out=votes[1::2])
    return votes


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
