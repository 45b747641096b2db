"""A council: several members score one product, and their sheets become one result."""

from collections.abc import Iterable, Iterator
from enum import Enum
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

from attrs import field, frozen
from attrs.validators import ge

from ocop.criteria.catalog import PACKAGED, Catalog
from ocop.criteria.model import CriteriaSet, Criterion, Option, Rule, walk
from ocop.errors import ConversionError, Problem, Report, SheetError, pointer, shortened
from ocop.model.products import ProductCode
from ocop.model.stars import Rank
from ocop.scoring.engine import outcome_of, score
from ocop.scoring.result import Outcome, Score, UnmetMinimum, Verdict
from ocop.scoring.sheet import Purpose, ScoreSheet
from ocop.text import FrozenDict, Language, nfc

if TYPE_CHECKING:
    from ocop.scoring.steps import Step


def _sheets(sheets: Iterable[ScoreSheet]) -> tuple[ScoreSheet, ...]:
    return tuple(sheets)


def _names(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(nfc(name) for name in names)


class Agreement(Enum):
    """When a council of several members agrees on something."""

    MAJORITY = "majority"
    """More than half of the members; exactly half is not enough."""
    ALL = "all"
    """Every member."""
    MEAN_POINTS = "mean-points"
    """For a minimum: the mean of the members' points in the criterion is at least the option's. For what is not
    measured in points, more than half of the members."""


class MissedMinimum(Enum):
    """What a minimum does that is not met by a product whose mean reaches the band of its star."""

    CAP = "cap"
    """The product is ranked below the star."""
    NOT_REACHED = "not-reached"
    """The product is declared *không đạt*, not reached, and has no star."""


@frozen
class CouncilRules:
    """What a province's council regulation lays down and the decision leaves open; the defaults are the usual ones.

    >>> CouncilRules(max_spread=5).quorum
    Fraction(3, 4)
    """

    minimum_by: Agreement = Agreement.MAJORITY
    """When a star minimum holds."""
    finding_by: Agreement = Agreement.MAJORITY
    """When a finding, or a stop that the choices show, holds."""
    missed_minimum: MissedMinimum = MissedMinimum.CAP
    """What a minimum that is not met does."""
    max_spread: int = field(default=10, validator=ge(0))
    """How far, in points, members' totals may lie apart; more asks for a second scoring, exactly as much does not."""
    quorum: Fraction = field(default=Fraction(3, 4), validator=ge(Fraction(0)))
    """Which share of the council's members has to score, the chair among them."""


@frozen
class CouncilRecord:
    """A product's sheets, the council that they come from, and its rules.

    References:
        Decision 26/2026/QĐ-TTg, Article 3 (the average total) and Article 7 (the council).
    """

    sheets: tuple[ScoreSheet, ...] = field(converter=_sheets)
    """One sheet for each member who scored."""
    rules: CouncilRules = CouncilRules()
    members: tuple[str, ...] = field(default=(), converter=_names)
    """The names of all members, whether they scored or not; empty where they are not known."""
    chair: str | None = None
    """The name of the chair."""

    @property
    def product_code(self) -> ProductCode | None:
        """The product's code, as the first sheet tells it that has one: one member may know it and another not."""
        return next((sheet.product_code for sheet in self.sheets if sheet.product_code is not None), None)


@frozen
class Disagreement:
    """A criterion in which members gave different points."""

    criterion: str
    least: int
    most: int

    @property
    def spread(self) -> int:
        """The distance between the least and the most points."""
        return self.most - self.least


@frozen
class CouncilScore(Verdict):
    """The result of a council. `ocop.score_council` makes it; the order of the sheets changes nothing but the record.

    >>> import ocop
    >>> sheet = ocop.load("docs/examples/tea.json")
    >>> sheets = [ocop.ScoreSheet(sheet.criteria_set, sheet.choices, evaluator=name) for name in ("An", "Bình")]
    >>> result = ocop.score_council([sheets[0], sheets[1].with_choices({"6.2.3": "c"})])
    >>> result.mean, result.spread, result.star
    (Fraction(80, 1), 2, <Star.FOUR: 4>)
    """

    record: CouncilRecord = field(repr=False)
    criteria_set: CriteriaSet
    scores: tuple[Score, ...] = field(repr=False)
    """The score of each sheet, in the order of the record."""
    outcome: Outcome
    mean: Fraction
    """The mean of the members' totals, exactly."""
    star_by_points: Rank
    """The star whose band holds the mean, before any minimum is looked at."""
    star: Rank | None
    """The star; None unless the product is ranked."""
    unmet_minimums: tuple[UnmetMinimum, ...] = field(repr=False)
    """Every star minimum that does not hold by the council's rules, in the printed order."""
    causes: tuple[str, ...] = ()
    """Why it is not ranked: the causes that the council found, by slug."""

    @property
    def part_means(self) -> FrozenDict[str, Fraction]:
        """The mean of the members' points in each part, by its code."""
        return FrozenDict(
            {part.code: sum(map(self.mean_of, walk(part.items)), Fraction(0)) for part in self.criteria_set.parts}
        )

    def mean_of(self, criterion: Criterion) -> Fraction:
        """Return the mean of the members' points in a criterion."""
        return _mean(criterion, self.scores)

    def votes(self, criterion: Criterion, options: tuple[Option, ...]) -> int:
        """Return how many members chose one of `options` or a better one."""
        return _votes(criterion, options, self.scores)

    @property
    def is_practice(self) -> bool:
        """Whether it comes from practice sheets, so that it evaluates no product."""
        return any(score.is_practice for score in self.scores)

    @property
    def spread(self) -> int:
        """The distance between the lowest and the highest total, in points."""
        totals = [score.total for score in self.scores]
        return max(totals) - min(totals)

    @property
    def second_scoring_due(self) -> bool:
        """Whether the totals lie further apart than the rules allow, so that members discuss and score again."""
        return self.spread > self.record.rules.max_spread

    @property
    def quorum_met(self) -> bool | None:
        """Whether enough members scored, the chair among them; None where the members are not known."""
        record = self.record
        if not record.members:
            return None
        present = {sheet.evaluator for sheet in record.sheets}
        enough = Fraction(len(present), len(record.members)) >= record.rules.quorum
        return enough and (record.chair is None or record.chair in present)

    @property
    def final(self) -> bool:
        """Whether the result can stand: no second scoring is due, and the quorum is not known to be missed."""
        return not self.second_scoring_due and self.quorum_met is not False

    @cached_property
    def disagreements(self) -> tuple[Disagreement, ...]:
        """The criteria in which members differ, those with the widest spread first, then in the printed order."""
        found: list[Disagreement] = []
        for criterion in self.criteria_set.criteria:
            points = [score.points_of(criterion) for score in self.scores]
            if min(points) < max(points):
                found.append(Disagreement(criterion.code, min(points), max(points)))
        return tuple(sorted(found, key=lambda each: -each.spread))

    @property
    def points_to_next_band(self) -> Fraction | None:
        """How far the mean is from the next band by points; None in the highest."""
        floors = [band.floor for band in self.criteria_set.edition.bands if band.floor > self.mean]
        return floors[0] - self.mean if floors else None

    @cached_property
    def steps(self) -> "Step":
        """The whole reckoning as a typed tree, each step with its source; built when first asked for."""
        from ocop.scoring.council_steps import steps_of

        return steps_of(self)

    def explain(self, lang: Language = "vi") -> str:
        """Return the reckoning in plain sentences, in Vietnamese or English.

        Raises:
            ValueError: for another language.
        """
        from ocop.scoring.council_steps import explain

        return explain(self, lang)

    def to_json(self) -> dict[str, Any]:
        """Return the result as JSON-like values, exact means as text: ``"239/3"``."""
        from ocop.canonical import plain

        return {
            "criteria_set": {"id": self.criteria_set.id, "digest": self.criteria_set.digest},
            "record": plain(self.record),
            "outcome": self.outcome.value,
            "mean": str(self.mean),
            "part_means": {code: str(mean) for code, mean in self.part_means.items()},
            "star_by_points": int(self.star_by_points),
            "star": None if self.star is None else int(self.star),
            "unmet_minimums": [plain(unmet) for unmet in self.unmet_minimums],
            "causes": list(self.causes),
            "spread": self.spread,
            "second_scoring_due": self.second_scoring_due,
            "quorum_met": self.quorum_met,
            **({} if self.criteria_set.complete else {"set_complete": False}),
        }

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of the result's canonical JSON: the same on every machine."""
        from ocop.canonical import digest

        return digest(self.to_json())


def score_council(
    sheets: Iterable[ScoreSheet] | CouncilRecord,
    rules: CouncilRules | None = None,
    *,
    members: Iterable[str] = (),
    chair: str | None = None,
    criteria_set: CriteriaSet | None = None,
    allow_incomplete: bool = False,
    allow_practice: bool = False,
    catalog: Catalog = PACKAGED,
) -> CouncilScore:
    """Return the result of a council: the mean of the members' totals, banded exactly, and capped by minimums.

    Args:
        sheets: the members' sheets, all of one product; or a record, which brings its own rules, members and chair.
        rules: the council's rules; by default the usual ones.
        members: the names of the whole council, so that the quorum can be told; without them it is unknown.
        chair: the name of the chair.
        criteria_set: the set, where it is in no catalog.
        allow_incomplete: whether a set that is declared incomplete will do, for reference only.
        allow_practice: whether practice sheets are taken.
        catalog: where the sheets' set is looked up.

    Raises:
        SheetError: for no sheets, a sheet that does not fit its set, sheets of different sets or products, practice
            sheets that are not allowed, an evaluator with two sheets or without a name, one who is no member, or a
            chair who is none; its report holds every problem.
        ConversionError: for a record with rules, members or a chair beside it; ``attrs.evolve`` puts them into it.

    References:
        Decision 26/2026/QĐ-TTg, Article 3. The rest are rules that provinces write themselves.

    >>> import ocop
    >>> ocop.score_council([ocop.load("docs/examples/tea.json")]).mean
    Fraction(81, 1)
    """
    if not isinstance(sheets, CouncilRecord):
        record = CouncilRecord(sheets, rules or CouncilRules(), members, chair)
    elif rules is not None or members != () or chair is not None:
        raise ConversionError("a record brings its own rules, members and chair; put others into it with attrs.evolve")
    else:
        record = sheets
    problems = [*_problems(record), *([] if allow_practice else _practice(record))]
    scores: list[Score] = []
    for index, sheet in enumerate(record.sheets):
        try:
            scores.append(score(sheet, criteria_set, allow_incomplete=allow_incomplete, catalog=catalog))
        except SheetError as error:
            problems += [each.below(pointer("sheets", index)) for each in error.report.problems]
    if problems:
        raise SheetError(Report(problems))
    return _decided(record, tuple(scores))


def _practice(record: CouncilRecord) -> Iterator[Problem]:
    for index, sheet in enumerate(record.sheets):
        if sheet.purpose is Purpose.PRACTICE:
            yield Problem.of("council-practice", pointer("sheets", index, "purpose"), got=sheet.purpose.value)


def _problems(record: CouncilRecord) -> Iterator[Problem]:
    if not record.sheets:
        yield Problem.of("council-empty", "/sheets")
    seen: set[str] = set()
    first = record.sheets[0] if record.sheets else None
    code = record.product_code
    for index, sheet in enumerate(record.sheets):
        at = pointer("sheets", index)
        for name in ("criteria_set", "product"):
            expected, got = getattr(first, name), getattr(sheet, name)
            if got != expected:
                yield Problem.of(f"council-{name.replace('_', '-')}", f"{at}/{name}", expected=expected, got=got)
        if sheet.product_code is not None and sheet.product_code != code:
            yield Problem.of("council-product", f"{at}/product_code", expected=str(code), got=str(sheet.product_code))
        who = sheet.evaluator
        if not who and len(record.sheets) > 1:
            yield Problem.of("council-evaluator-missing", f"{at}/evaluator")
        elif who in seen:
            yield Problem.of("council-evaluator-twice", f"{at}/evaluator", got=shortened(who))
        elif record.members and who not in record.members:
            yield Problem.of("council-evaluator-unknown", f"{at}/evaluator", got=shortened(who))
        seen.add(who)
    for index, name in enumerate(record.members):
        if name in record.members[:index]:
            yield Problem.of("council-member-twice", pointer("members", index), got=shortened(name))
    if record.members and record.chair is not None and record.chair not in record.members:
        yield Problem.of("council-chair-unknown", "/chair", got=shortened(record.chair))


def _decided(record: CouncilRecord, scores: tuple[Score, ...]) -> CouncilScore:
    rules, the_set = record.rules, scores[0].criteria_set
    mean = Fraction(sum(each.total for each in scores), len(scores))
    unmet = tuple(
        UnmetMinimum(criterion.code, options[0].letter, star)
        for criterion in the_set.criteria
        for star, options in criterion.minimums.items()
        if not _holds(criterion, options, scores, rules.minimum_by)
    )
    bands = the_set.edition.bands
    reached = [band.star for band in bands if band.floor <= mean]
    blocked = [each.star for each in unmet if each.star <= reached[-1]]
    found = [rule for rule in the_set.rules if rule.ends_evaluation and _found(rule, scores, rules.finding_by)]
    outcome = outcome_of(found)
    star: Rank | None = max((star for star in reached if not blocked or star < min(blocked)), default=reached[0])
    if outcome is Outcome.RANKED and blocked and rules.missed_minimum is MissedMinimum.NOT_REACHED:
        outcome = Outcome.NOT_REACHED
    causes = tuple(dict.fromkeys(rule.cause for rule in found if rule.cause))
    if outcome is not Outcome.RANKED:
        star = None
    return CouncilScore(record, the_set, scores, outcome, mean, reached[-1], star, unmet, causes)


def _holds(criterion: Criterion, options: tuple[Option, ...], scores: tuple[Score, ...], by: Agreement) -> bool:
    """Return whether the council meets a minimum that stands on `options`, one for each case."""
    if by is Agreement.MEAN_POINTS:
        return _mean(criterion, scores) >= min(option.points for option in options)
    return _agreed(_votes(criterion, options, scores), len(scores), by)


def _mean(criterion: Criterion, scores: tuple[Score, ...]) -> Fraction:
    return Fraction(sum(each.points_of(criterion) for each in scores), len(scores))


def _votes(criterion: Criterion, options: tuple[Option, ...], scores: tuple[Score, ...]) -> int:
    choices = [each.sheet.choices[criterion.code] for each in scores]
    return sum(any(criterion.reaches(choice, option) for option in options) for choice in choices)


def _found(rule: Rule, scores: tuple[Score, ...], by: Agreement) -> bool:
    """Return whether the council finds the cause of a rule, or its choices show it."""
    return _agreed(sum(rule.cause in each.causes for each in scores), len(scores), by)


def _agreed(votes: int, members: int, by: Agreement) -> bool:
    return votes == members if by is Agreement.ALL else 2 * votes > members
