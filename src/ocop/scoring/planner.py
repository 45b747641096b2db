"""The least effort that lifts a sheet to a star: which criteria to improve, to which option, and why."""

from collections.abc import Iterable, Iterator, Mapping, Set
from itertools import product
from typing import Any

from ocop.criteria.catalog import PACKAGED, Catalog
from ocop.criteria.model import Choice, CriteriaSet, Criterion
from ocop.criteria.upgrades import Answer
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
from ocop.scoring.result import Score
from ocop.scoring.sheet import ScoreSheet
from ocop.text import FrozenDict


def plan_upgrade(
    sheet: ScoreSheet,
    to: Rank = Star.FOUR,
    *,
    effort: Effort = None,
    locked: Iterable[str] = (),
    criteria_set: CriteriaSet | None = None,
    allow_incomplete: bool = False,
    catalog: Catalog = PACKAGED,
) -> UpgradePlan:
    """Return the changes of least total effort that bring `sheet` to the star `to`, or to a higher one.

    The plan is exact: the total reaches the band, every minimum of `to` and of each lower star is met, no derived stop
    acts, and no criterion has points without the one that it depends on. A criterion never gets worse. Of several plans
    with the same effort it is the one with the fewest changes; of those, at the first difference in the printed order,
    the one that changes the earlier criterion, or takes the lower letter.

    Args:
        sheet: a complete sheet.
        to: the star to reach, or the class, as a band of the edition has it; at or below today's the plan is empty.
        effort: what a change costs, see `Effort`. The steps between two options are counted in the printed order
            within their case; from None, or from another case, the first option is 1 step away, the second 2.
        locked: the codes of criteria to keep exactly as they are.
        criteria_set: the set, where it is in no catalog.
        allow_incomplete: whether a set that is declared incomplete will do, for reference only.
        catalog: where the sheet's set is looked up.

    Raises:
        SheetError: for a sheet that does not fit its set.
        ConversionError: for a target that is neither a star nor a class.
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
    before = score(sheet, criteria_set, allow_incomplete=allow_incomplete, catalog=catalog)
    the_set = before.criteria_set
    if not isinstance(to, Star | Grade):
        raise ConversionError(f"the target must be a star or a class of the edition; got {shortened(to)}")
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
    after = score(reached, the_set, allow_incomplete=True)
    return UpgradePlan(True, in_all, changes, reached, before, after, to, (), kept, rates)


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
"""The answers that a criterion may take: the points and the key of each, by ascending points."""


class _Search:
    """The search for one plan: what each criterion may become, what stands in the way, and the cheapest way.

    The least sum of keys, see `Upgrades`, is the plan.
    """

    def __init__(self, before: Score, to: Rank, floor: int, rates: Effort, kept: tuple[str, ...]) -> None:
        self.before, self.to, self.floor, self.rates = before, to, floor, rates
        self.criteria = before.criteria_set.criteria
        self.table = before.criteria_set.table
        self.upgrades = self.table.upgrades
        self.blocking = sum(self.table.mask << shift for star, shift in self.table.shifts if star <= to)
        """The bits of a worth that must be 0: the counters of unmet minimums of `to` and lower stars."""
        self.answers: list[list[Answer]] = []
        """For each criterion what it may become, minimums left aside."""
        self.obstacles: list[Obstacle] = [FoundCause(cause) for cause in before.sheet.findings]
        if self.obstacles:
            return
        self.rows = self._rows(kept)
        self._apply_stops()
        self._apply_needs()
        best = sum([row[-1][0] for row in self.rows])
        if best < floor and not self.obstacles:
            self.obstacles.append(TooFewPoints(best, floor))

    def _old(self, place: int) -> Choice:
        return self.before.sheet.choices[self.criteria[place].code]

    def _rows(self, kept: tuple[str, ...]) -> list[Row]:
        """Return what each criterion may become: no worse than now, and with every minimum of `to` and below."""
        choices, blocking = self.before.sheet.choices, self.blocking
        problems: list[Problem] = []
        rows: list[Row] = []
        for place, (criterion, possible) in enumerate(zip(self.criteria, self.upgrades.rows, strict=True)):
            answers = possible[choices[criterion.code]]
            if criterion.code in kept:
                answers = [answer for answer in answers if not answer.key]
            elif self.rates is not None:
                answers = self._rated(criterion, answers, problems)
            self.answers.append(answers)
            row = [(points, key) for points, key, worth, _ in answers if not worth & blocking]
            if not row:
                self.obstacles.extend(self._blocked(place, criterion.code))
                row = [(points, key) for points, key, *_ in answers]
            rows.append(row)
        if problems:
            raise DocumentError(Report(problems))
        return rows

    def _rated(self, criterion: Criterion, answers: list[Answer], problems: list[Problem]) -> list[Answer]:
        """Return the answers with the efforts that the caller sees in them, in place of the steps."""
        rates, code, high = self.rates, criterion.code, self.upgrades.high
        old = self.before.sheet.choices[code]
        rated: list[Answer] = []
        for answer in sorted(answers, key=lambda answer: answer.key % (1 << high)):  # today's, then as printed
            effort = steps = answer.key >> high
            if isinstance(rates, Mapping):
                effort = steps * rates.get(code, 1)
            elif callable(rates) and answer.letter is not None and answer.key:
                effort = rates(criterion, old, answer.letter)
                if bad := [*_bad(effort, pointer("effort", code, "".join(answer.letter)))]:
                    problems += bad
                    continue
            rated.append(answer._replace(key=answer.key + (effort - steps << high)))
        return sorted(rated, key=lambda answer: answer.points)

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
                if not self.rows[place][-1][0]:
                    self.obstacles.append(BlockedRule(code, rule.cause or "", code))
                else:
                    self.rows[place] = _only(self.rows[place], True)

    def _apply_needs(self) -> None:
        """Leave out what a dependency rules out already: points where the other has none, none where it is needed."""
        rows, roots = self.rows, dict[int, int]()
        for _ in self.table.needs:  # as often as the longest chain can be
            for place, other in self.table.needs:
                if place not in roots and not rows[other][-1][0] and rows[place][-1][0]:
                    roots[place] = roots.get(other, other)
                    if without := _only(rows[place], False):
                        rows[place] = without
                    else:
                        self.obstacles.extend(self._unfounded(place, roots[place]))
        if not self.obstacles:
            for _ in self.table.needs:
                for place, other in self.table.needs:
                    if rows[place][0][0]:
                        rows[other] = _only(rows[other], True)

    def _unfounded(self, place: int, root: int) -> list[Obstacle]:
        """Return what asks for points in a criterion that cannot have any, as the one it depends on has none."""
        code, by = self.criteria[place].code, self.criteria[root].code
        acting = [rule for rule, places in self.table.stops if place in places]
        stops: list[Obstacle] = [BlockedRule(code, rule.cause or "", by) for rule in acting]
        # Last, what only sets have that `lint` refuses: a minimum of the other asks for an option without points,
        # though this criterion has some today.
        unmet = self.criteria[root].unmet(self._old(root)).items()
        odd = [BlockedMinimum(by, option.letter, star, code) for star, option in unmet if star <= self.to]
        return stops or [*self._blocked(place, by)] or [*odd]

    def _least(self) -> int:
        """Return the least sum of keys that reaches the floor."""
        rows, needs = self.rows, self.table.needs
        open_rows = {place for pair in needs for place in pair if not rows[place][0][0] and rows[place][-1][0]}
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
        return _least_key([*(row for place, row in enumerate(rows) if place not in members), sorted(joint)], self.floor)

    def changes(self) -> tuple[Change, ...]:
        """Return the changes of the cheapest way, in the printed order."""
        taken = -self._least() & ((1 << self.upgrades.width) - 1)
        letters: dict[int, list[str]] = {}
        while taken:  # the earliest option has the highest bit
            bit = taken.bit_length() - 1
            taken -= 1 << bit
            place, letter = self.upgrades.options[bit]
            letters.setdefault(place, []).append(letter)
        moves: list[tuple[int, Answer, Answer]] = []
        for place, new_ones in letters.items():
            choice = self._old(place)
            by_choice = {answer.letter: answer for answer in self.answers[place]}
            moves.append((place, by_choice[choice], by_choice[self.criteria[place].more(choice, new_ones)]))
        asked = {place for _, places in self.table.stops for place in places}
        earned = {place for place, _, new in moves if new.points}
        asked |= {other for place, other in self.table.needs if place in earned}
        changes: list[Change] = []
        for place, old, new in moves:
            reason = Reason.RULE if not old.points and place in asked else Reason.POINTS
            if old.worth & self.blocking:
                reason = Reason.MINIMUM
            effort = new.key >> self.upgrades.high
            gain = new.points - old.points
            changes.append(Change(self.criteria[place].code, old.letter, new.letter, gain, effort, reason))
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

    Row by row it carries, for each number of points still lacking, the least key; never more points than the rows to
    come can bring.
    """
    lacking = floor - sum([row[0][0] for row in rows])
    fixed = sum([row[0][1] for row in rows if len(row) == 1])
    rows = [row for row in rows if len(row) > 1]
    if lacking <= 0:
        return fixed + sum([min([key for _, key in row]) for row in rows])
    to_come = sum([row[-1][0] - row[0][0] for row in rows])
    least = {lacking: fixed}
    for row in rows:
        low = row[0][0]
        to_come -= row[-1][0] - low
        more: dict[int, int] = {}
        for points, key in row:
            gain = points - low
            for sofar, lowest in least.items():
                lack = sofar - gain if sofar > gain else 0
                if lack <= to_come:
                    total = lowest + key
                    if lack not in more or total < more[lack]:
                        more[lack] = total
        least = more
    return least[0]
