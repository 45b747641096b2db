"""The least effort that lifts a sheet to a star: which criteria to improve, to which option, and why."""

from collections.abc import Iterable, Iterator, Mapping, Set
from itertools import product
from typing import Any

from ocop.criteria.catalog import PACKAGED, Catalog
from ocop.criteria.model import CriteriaSet, Criterion, Option
from ocop.errors import ConversionError, DocumentError, Problem, Report, nearest, pointer, shortened
from ocop.model.stars import Grade, Rank, Star
from ocop.scoring.checks import MAX_HINTS
from ocop.scoring.engine import score
from ocop.scoring.plan import (
    BlockedMinimum,
    BlockedRule,
    Change,
    Effort,
    FoundCause,
    Obstacle,
    Reason,
    TooFewPoints,
    UpgradePlan,
)
from ocop.scoring.result import Score, single
from ocop.scoring.sheet import ScoreSheet
from ocop.text import FrozenDict


def plan_upgrade(
    sheet: ScoreSheet,
    to: Rank = Star.FOUR,
    *,
    effort: Effort = None,
    locked: Iterable[str] = (),
    criteria_set: CriteriaSet | None = None,
    catalog: Catalog = PACKAGED,
) -> UpgradePlan:
    """Return the changes of least total effort that bring `sheet` to the star `to`, or to a higher one.

    The plan is exact: the total reaches the band, every minimum of `to` and of each lower star is met, no derived stop
    acts, and no criterion has points without the one that it depends on. A criterion never gets worse. Of several plans
    with the same effort it is the one with the fewest changes; of those, at the first difference in the printed order,
    the one that changes the earlier criterion, or takes the lower letter.

    Args:
        sheet: a complete sheet.
        to: the star to reach, or in an edition without stars the class; at or below today's the plan is empty.
        effort: what a change costs, see `Effort`. The steps between two options are counted in the printed order
            within their case; from None, or from another case, the first option is 1 step away, the second 2.
        locked: the codes of criteria to keep exactly as they are.
        criteria_set: the set, where it is in no catalog.
        catalog: where the sheet's set is looked up.

    Raises:
        SheetError: for a sheet that does not fit its set.
        ConversionError: for a target that is neither a `Star` nor a class of an edition's own.
        UnknownIdError: for a star that the edition lacks.
        DocumentError: for efforts that are no integers of 0 or more, or codes that the set lacks: all of them at once.

    References:
        Decision 26/2026/QĐ-TTg, Article 3 and Annex II.

    >>> import ocop
    >>> plan = plan_upgrade(ocop.load("docs/examples/tea-capped.json"), ocop.Star.FOUR)
    >>> [(change.criterion, change.old, change.new, change.reason.value) for change in plan.changes]
    [('3.4', 'a', 'b', 'minimum'), ('5.1', 'd', 'e', 'minimum')]
    >>> plan.effort, plan.after.total, plan.after.star
    (2, 80, <Star.FOUR: 4>)
    """
    before = score(sheet, criteria_set, catalog=catalog)
    the_set = before.criteria_set
    if not isinstance(to, (Star, Grade)):
        raise ConversionError(f"the target must be a Star; got {shortened(to)}")
    band = the_set.edition.band(to)
    to, floor = band.star, band.floor
    rates, kept = _checked(the_set, effort, locked)
    if before.star is not None and before.star >= to:
        return UpgradePlan(True, 0, (), sheet, before, before, to, (), kept, rates)
    search = _Search(before, to, floor, rates, kept)
    if search.obstacles:
        return UpgradePlan(False, 0, (), sheet, before, None, to, tuple(search.obstacles), kept, rates)
    changes = search.changes()
    reached = sheet.with_choices({change.criterion: change.new for change in changes})
    in_all = sum(change.effort for change in changes)
    return UpgradePlan(True, in_all, changes, reached, before, score(reached, the_set), to, (), kept, rates)


def _checked(the_set: CriteriaSet, effort: Any, locked: Any) -> tuple[Any, tuple[str, ...]]:
    """Return the efforts, frozen, and the locked codes in the printed order; refuse both with every problem at once."""
    codes = [criterion.code for criterion in the_set.criteria]
    problems: list[Problem] = []
    named: list[tuple[str, Any]] = []
    if isinstance(effort, Mapping):
        effort = FrozenDict(effort)
        named = [(pointer("effort", str(code)), code) for code in effort]
        problems += [problem for code in effort for problem in _bad(effort[code], pointer("effort", str(code)))]
    elif effort is not None and not callable(effort):
        problems.append(Problem.of("value-wrong-type", "/effort", got=shortened(effort)))
    if isinstance(locked, str) or not isinstance(locked, Iterable):
        problems.append(Problem.of("value-not-list", "/locked", got=shortened(locked)))
        kept: list[Any] = []
    else:
        kept = sorted(locked, key=repr) if isinstance(locked, Set) else list(locked)
        named += [(pointer("locked", index), code) for index, code in enumerate(kept)]
    unknown = [(where, code) for where, code in named if code not in codes]
    for place, (where, code) in enumerate(unknown):
        hint = nearest(code, codes) if place < MAX_HINTS else None
        problems.append(Problem.of("criterion-unknown", where, set=the_set.id, got=shortened(code), hint=hint))
    if problems:
        raise DocumentError(Report(problems))
    return effort, tuple(code for code in codes if code in kept)


def _bad(effort: Any, where: str) -> Iterator[Problem]:
    if not isinstance(effort, int) or isinstance(effort, bool):
        yield Problem.of("value-not-integer", where, got=shortened(effort))
    elif effort < 0:
        yield Problem.of("value-out-of-range", where, expected="0 …", got=shortened(effort))


Row = list[tuple[int, int]]
"""The answers that a criterion may take: the points and the key of each."""


class _Search:
    """The search for one plan: what each criterion may become, what stands in the way, and the cheapest way.

    An answer's *key* is one integer, and the least sum of keys is the plan. Its high bits are the effort; below them
    stands the number of changes; the low `width` bits, one for each option of the set, break ties: as the bit of each
    option taken is subtracted, the highest of the bits in which two plans differ, that of the earliest option, wins.
    So a sum of keys also tells which options were taken. To stay costs 0.
    """

    def __init__(self, before: Score, to: Rank, floor: int, rates: Effort, kept: tuple[str, ...]) -> None:
        self.before, self.to, self.floor, self.rates = before, to, floor, rates
        self.criteria = before.criteria_set.criteria
        self.table = before.criteria_set.table
        self.blocking = sum(self.table.mask << shift for star, shift in self.table.shifts if star <= to)
        """The bits of a worth that must be 0: the counters of unmet minimums of `to` and lower stars."""
        self.width = sum(len(criterion.options) for criterion in self.criteria)
        self.high = self.width + len(self.criteria).bit_length()
        self.moves: dict[int, tuple[int, Option, int]] = {}
        """For each option that may be taken, by its bit's place: its criterion's place, itself, and its effort."""
        self.obstacles: list[Obstacle] = [FoundCause(cause) for cause in before.sheet.findings]
        if self.obstacles:
            return
        self.rows = self._rows(kept)
        self._apply_stops()
        self._apply_needs()
        best = sum(max(row)[0] for row in self.rows)
        if best < floor and not self.obstacles:
            self.obstacles.append(TooFewPoints(best, floor))

    def _old(self, place: int) -> str | None:
        return single(self.before.sheet.choices[self.criteria[place].code])

    def _rows(self, kept: tuple[str, ...]) -> list[Row]:
        """Return what each criterion may become: no worse than now, and with every minimum of `to` and below."""
        mask, blocking = self.table.mask, self.blocking
        problems: list[Problem] = []
        rows: list[Row] = []
        bit = self.width
        for place, (criterion, (code, worths)) in enumerate(zip(self.criteria, self.table.rows, strict=True)):
            worth = worths[self._old(place)]
            all_answers: Row = [(worth & mask, 0)]
            row = [] if worth & blocking else all_answers[:]
            if code not in kept:
                for option, at, effort in self._better(criterion, self._old(place), bit, problems):
                    self.moves[at] = (place, option, effort)
                    key = (effort << self.high) + (1 << self.width) - (1 << at)
                    all_answers.append((option.points, key))
                    if not worths[option.letter] & blocking:
                        row.append((option.points, key))
            bit -= len(criterion.options)
            if not row:
                self.obstacles.extend(self._blocked(place, code))
            rows.append(row or all_answers)
        if problems:
            raise DocumentError(Report(problems))
        return rows

    def _better(
        self, criterion: Criterion, old: str | None, bit: int, problems: list[Problem]
    ) -> Iterator[tuple[Option, int, int]]:
        """Yield each option no worse than `old`, the place of its bit, and its effort."""
        rates, code = self.rates, criterion.code
        rate = rates.get(code, 1) if isinstance(rates, Mapping) else 1
        counts: dict[str | None, int] = {}
        spots: list[tuple[Option, int]] = []
        now, case, points = 0, None, 0
        for option in criterion.options:
            counts[option.case] = spot = counts.get(option.case, 0) + 1
            spots.append((option, spot))
            if option.letter == old:
                now, case, points = spot, option.case, option.points
        for option, spot in spots:
            bit -= 1
            start = now if option.case == case else 0
            if option.letter == old or (option.points < points and (option.case != case or spot < now)):
                continue
            effort = abs(spot - start) * rate
            if callable(rates):
                effort = rates(criterion, old, option.letter)
                if bad := [*_bad(effort, pointer("effort", code, option.letter))]:
                    problems += bad
                    continue
            yield option, bit, effort

    def _blocked(self, place: int, by: str) -> Iterator[BlockedMinimum]:
        criterion = self.criteria[place]
        for star, option in criterion.unmet(self._old(place)).items():
            # Without points, a minimum of 0 points would still be met.
            if star <= self.to and (option.points or by == criterion.code):
                yield BlockedMinimum(criterion.code, option.letter, star, by)

    def _apply_stops(self) -> None:
        """Leave out 0 points where they would stop the evaluation."""
        for rule, places in self.table.stops:
            for place in places:
                code = self.criteria[place].code
                if not max(self.rows[place])[0]:
                    self.obstacles.append(BlockedRule(code, rule.cause or "", code))
                else:
                    self.rows[place] = _only(self.rows[place], True)

    def _apply_needs(self) -> None:
        """Leave out what a dependency rules out already: points where the other has none, none where it is needed."""
        rows, roots = self.rows, dict[int, int]()
        for _ in self.table.needs:  # as often as the longest chain can be
            for place, other in self.table.needs:
                if place not in roots and not max(rows[other])[0] and max(rows[place])[0]:
                    roots[place] = roots.get(other, other)
                    if without := _only(rows[place], False):
                        rows[place] = without
                    else:
                        self.obstacles.extend(self._unfounded(place, self.criteria[roots[place]].code))
        if not self.obstacles:
            for _ in self.table.needs:
                for place, other in self.table.needs:
                    if min(rows[place])[0]:
                        rows[other] = _only(rows[other], True)

    def _unfounded(self, place: int, by: str) -> Iterator[Obstacle]:
        """Yield what asks for points in a criterion that cannot have any, as the one it depends on has none."""
        stops = [rule for rule, places in self.table.stops if place in places]
        for rule in stops:
            yield BlockedRule(self.criteria[place].code, rule.cause or "", by)
        if not stops:
            yield from self._blocked(place, by)

    def _least(self) -> int:
        """Return the least sum of keys that reaches the floor."""
        rows, needs = self.rows, self.table.needs
        open_rows = {place for pair in needs for place in pair if len({points > 0 for points, _ in rows[place]}) > 1}
        live = [(place, other) for place, other in needs if {place, other} <= open_rows]
        if not live:
            return _least_key(rows, self.floor)
        # With or without points in each needed criterion, every row stands on its own. Few are needed: one in the law.
        members = sorted({place for pair in live for place in pair})
        needed = sorted({other for _, other in live})
        joint: Row = []
        for picks in product((False, True), repeat=len(needed)):
            picked = dict(zip(needed, picks, strict=True))
            split = {place: _only(rows[place], picked[place]) if place in picked else rows[place] for place in members}
            for place, other in live:
                if not picked[other]:
                    split[place] = _only(split[place], False)
            joint += _sums(split.values())
        return _least_key([*(row for place, row in enumerate(rows) if place not in members), joint], self.floor)

    def changes(self) -> tuple[Change, ...]:
        """Return the changes of the cheapest way, in the printed order."""
        taken = -self._least() & ((1 << self.width) - 1)
        moves = [self.moves[bit] for bit in range(self.width - 1, -1, -1) if taken >> bit & 1]
        earned = {place for place, option, _ in moves if option.points}
        mask = self.table.mask
        asked = {place for _, places in self.table.stops for place in places}
        asked |= {other for place, other in self.table.needs if place in earned}
        changes: list[Change] = []
        for place, option, effort in moves:
            old = self._old(place)
            worth = self.table.rows[place][1][old]
            points = worth & mask
            reason = Reason.RULE if not points and place in asked else Reason.POINTS
            if worth & self.blocking:
                reason = Reason.MINIMUM
            changes.append(
                Change(self.criteria[place].code, old, option.letter, option.points - points, effort, reason)
            )
        return tuple(changes)


def _only(row: Row, with_points: bool) -> Row:
    """Return the answers of a row that have points, or those that have none."""
    return [answer for answer in row if bool(answer[0]) is with_points]


def _sums(rows: Iterable[Row]) -> Row:
    """Return what the rows can be together: for each number of points the least key; nothing if a row is empty."""
    sums = {0: 0}
    for row in rows:
        more: dict[int, int] = {}
        for sofar, least in sums.items():
            for points, key in row:
                more[sofar + points] = min(least + key, more.get(sofar + points, least + key))
        sums = more
    return [*sums.items()]


def _least_key(rows: list[Row], floor: int) -> int:
    """Return the least sum of keys, one answer of each row, with `floor` points or more in all; there must be one.

    Row by row it carries, for each number of points above what every answer brings, the least key with at least as
    many: only from what the rows to come cannot make up for to what the rows so far can bring.
    """
    fixed = sum(row[0][1] for row in rows if len(row) == 1)
    missing = floor - sum(min(row)[0] for row in rows)
    rows = [row for row in rows if len(row) > 1]
    if missing <= 0:
        return fixed + sum(min(key for _, key in row) for row in rows)
    to_come = sum(max(row)[0] - min(row)[0] for row in rows)
    never = sum(max(key for _, key in row) for row in rows) + 1
    start = end = 0  # the numbers of points carried
    least = [0]
    for row in rows:
        low, high = min(row)[0], max(row)[0]
        to_come -= high - low
        first, last = max(0, missing - to_come), min(missing, end + high - low)
        size = last - first + 1
        ways: list[list[int]] = []
        for points, key in row:
            shift = first - start - points + low
            way = least[max(0, shift) : max(0, shift + size)]
            if shift < 0:
                way = [least[0]] * min(-shift, size) + way
            if key:
                way = [sofar + key for sofar in way]
            ways.append(way + [never] * (size - len(way)))
        least = list(map(min, *ways))
        start, end = first, last
    return fixed + least[-1]
