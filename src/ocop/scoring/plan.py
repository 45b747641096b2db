"""A plan to reach a star: the changes, what stands in the way, and the plans to every higher star."""

from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any, Final

from attrs import field, frozen

from ocop.canonical import NOT_IN_JSON, plain
from ocop.criteria.model import Choice, Criterion
from ocop.display import Shown
from ocop.model.stars import Rank
from ocop.scoring.result import Score
from ocop.scoring.sheet import ScoreSheet
from ocop.text import Language, checked_language, lines_text

Effort = Mapping[str, int] | Callable[[Criterion, Any, Any], int] | None
"""What a change costs, in any unit: None is 1 for each option step; a mapping gives the effort of one step by a
criterion's code (1 where it is not named); a function gets the criterion, the old choice and the new one."""


class Reason(Enum):
    """Why a criterion changes; of several, the first of these."""

    MINIMUM = "minimum"
    """A minimum of the target star, or of a lower one, is not met without it."""
    RULE = "rule"
    """A printed rule asks for points here: a stop at 0 points, or another criterion that depends on this one."""
    POINTS = "points"
    """It is the cheapest way to the points that the band needs."""


@frozen
class Change:
    """One criterion to improve."""

    criterion: str
    """The criterion's code."""
    old: Choice
    """The letter chosen today; None where no option is met; where ticks add up, all that are ticked."""
    new: Choice
    """The letter to reach; where ticks add up, all that are then ticked."""
    points: int
    """How many points it brings; 0 where only a minimum is won."""
    effort: int
    reason: Reason


@frozen
class FoundCause:
    """A finding takes every star away, whatever the choices."""

    cause: str
    """The finding, by slug."""


@frozen
class BlockedMinimum:
    """A star minimum that cannot be met while a criterion stays as it is."""

    criterion: str
    """The code of the criterion with the minimum."""
    option: str
    """The letter of the option that would be enough."""
    star: Rank
    by: str
    """The code of the criterion in the way: the same one, or one that it depends on."""


@frozen
class BlockedRule:
    """A stop at 0 points that cannot be lifted while a criterion stays as it is."""

    criterion: str
    """The code of the criterion that must have points."""
    cause: str
    """The stop's cause, by slug."""
    by: str
    """The code of the criterion in the way: the same one, or one that it depends on."""


@frozen
class TooFewPoints:
    """Every criterion at its best does not reach the star's band."""

    best: int
    """The highest total that can be had, in points."""
    floor: int
    """The total that the star needs."""


Obstacle = FoundCause | BlockedMinimum | BlockedRule | TooFewPoints
_KINDS: Final[dict[type[Obstacle], str]] = {
    FoundCause: "finding",
    BlockedMinimum: "minimum",
    BlockedRule: "rule",
    TooFewPoints: "points",
}
"""What JSON calls the obstacles."""


@frozen
class UpgradePlan(Shown):
    """The least total effort that brings a sheet to a star, or why nothing does; `ocop.plan_upgrade` makes it."""

    reachable: bool
    effort: int
    """The sum over the changes; 0 where the star is not reachable."""
    changes: tuple[Change, ...]
    """In the printed order."""
    sheet: ScoreSheet = field(repr=False)
    """The sheet after the changes; the sheet as it is where the star is not reachable."""
    before: Score = field(repr=False)
    """The score of the sheet as it is."""
    after: Score | None = field(repr=False)
    """The score after the changes; None where the star is not reachable."""
    to: Rank
    """The star asked for; `after` may even reach a higher one."""
    why_not: tuple[Obstacle, ...] = ()
    """What stands in the way: findings; else minimums and rules; else too few points. Empty where it is reachable."""
    locked: tuple[str, ...] = ()
    """The codes of the criteria that were kept as they are, in the printed order."""
    rates: Effort = field(default=None, repr=False, eq=False, metadata=NOT_IN_JSON)
    """By what efforts were reckoned."""

    def ladder(self) -> "tuple[UpgradePlan, ...]":
        """Return the plan to every star of the edition above today's, by the same efforts and with the same locks.

        >>> import ocop
        >>> plan = ocop.plan_upgrade(ocop.load("docs/examples/tea-capped.json"))
        >>> [(int(step.to), step.effort) for step in plan.ladder()]
        [(4, 2), (5, 8)]
        """
        from ocop.scoring.planner import plan_upgrade

        before, today = self.before, self.before.star or 0
        return tuple(
            plan_upgrade(
                before.sheet,
                band.star,
                effort=self.rates,
                locked=self.locked,
                criteria_set=before.criteria_set,
                allow_incomplete=True,
            )
            for band in before.criteria_set.edition.bands
            if band.star > today
        )

    def explain(self, lang: Language = "vi") -> str:
        """Return the plan in plain sentences, in Vietnamese or English.

        Raises:
            ValueError: for another language.
        """
        from ocop.scoring.plan_text import lines_of

        return lines_text(lines_of(self, checked_language(lang)))

    def to_json(self) -> dict[str, Any]:
        """Return the plan as JSON-like values, with both scores.

        >>> import ocop
        >>> plan = ocop.plan_upgrade(ocop.load("docs/examples/tea-capped.json"))
        >>> plan.to_json()["changes"][0]
        {'criterion': '3.4', 'old': 'a', 'new': 'b', 'points': 1, 'effort': 1, 'reason': 'minimum'}
        """
        return {
            "to": int(self.to),
            "reachable": self.reachable,
            "effort": self.effort,
            "changes": [plain(each) for each in self.changes],
            "why_not": [{"kind": _KINDS[type(each)], **plain(each)} for each in self.why_not],
            "locked": list(self.locked),
            "before": self.before.to_json(),
            "after": None if self.after is None else self.after.to_json(),
        }
