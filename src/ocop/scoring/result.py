"""What scoring gives: the score, and the typed tree of steps that explains it."""

from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING, Any

from attrs import frozen

from ocop.criteria.model import CriteriaSet, Criterion, walk
from ocop.display import Shown
from ocop.model.stars import Level, Rank
from ocop.scoring.sheet import Purpose, ScoreSheet
from ocop.text import FrozenDict, Language

if TYPE_CHECKING:
    from ocop.scoring.steps import Step


class Outcome(Enum):
    """What became of the evaluation.

    References:
        Decision 26/2026/QĐ-TTg, Annex II: the notes that reject a dossier, or end an evaluation.

    >>> import ocop
    >>> ocop.score(ocop.load("docs/examples/bottled-water-stopped.json")).outcome
    <Outcome.STOPPED: 'stopped'>
    """

    RANKED = "ranked"
    """The product has a star."""
    NOT_ELIGIBLE = "not-eligible"
    """A requirement is not met, or products of this kind are not evaluated."""
    DISQUALIFIED = "disqualified"
    """The dossier is rejected."""
    STOPPED = "stopped"
    """The evaluation stopped at a criterion."""
    NOT_REACHED = "not-reached"
    """A council whose rules say so found a minimum of the star by points not met; a single sheet never leads here."""


@frozen
class UnmetMinimum:
    """A star minimum that the sheet does not reach."""

    criterion: str
    """The criterion's code."""
    option: str
    """The letter of the option that would be enough; a better one would be as well."""
    star: Rank
    """The lowest star that needs it; every higher star needs it too."""


class Verdict(Shown):
    """What the score of a sheet and the result of a council have in common."""

    __slots__ = ()

    criteria_set: CriteriaSet
    star: Rank | None

    @property
    def recognised_by(self) -> Level | None:
        """Who recognises a product of this star; None where nobody does."""
        return None if self.star is None else self.criteria_set.edition.band(self.star).recognised_by

    @property
    def potential_five_stars(self) -> bool:
        """Whether the star is one that the province scores and only the ministry decides."""
        return self.recognised_by is Level.MINISTRY


@frozen
class Score(Verdict):
    """The result of one sheet. `ocop.score` makes it; the same sheet and set always give the same.

    References:
        Decision 26/2026/QĐ-TTg, Articles 3 and 4.

    >>> import ocop
    >>> tea = ocop.criteria_set("qd26-2026/tea")
    >>> sheet = ocop.ScoreSheet(tea.id, {c.code: c.options[-1].letter for c in tea.criteria})
    >>> score = ocop.score(sheet.with_choices({"3.4": "a"}))
    >>> score.total, score.star_by_points, score.star
    (99, <Star.FIVE: 5>, <Star.THREE: 3>)
    >>> score.unmet_minimums
    (UnmetMinimum(criterion='3.4', option='b', star=<Star.FOUR: 4>),)
    """

    sheet: ScoreSheet
    criteria_set: CriteriaSet
    outcome: Outcome
    total: int
    """The points of the whole sheet; also of a product that is not ranked, for the record."""
    star_by_points: Rank
    """The star whose band holds the total, before any minimum is looked at."""
    star: Rank | None
    """The star; None unless the product is ranked."""
    causes: tuple[str, ...] = ()
    """Why it is not ranked: the causes found or derived, by slug."""

    @property
    def is_practice(self) -> bool:
        """Whether it comes from a practice sheet, so that it evaluates no product."""
        return self.sheet.purpose is Purpose.PRACTICE

    @cached_property
    def part_totals(self) -> FrozenDict[str, int]:
        """The points of each part, by its code."""
        return FrozenDict({part.code: sum(map(self.points_of, walk(part.items))) for part in self.criteria_set.parts})

    def points_of(self, criterion: Criterion) -> int:
        """Return the points of the option chosen in a criterion of the set."""
        return criterion.points_of(self.sheet.choices[criterion.code])

    @cached_property
    def unmet_minimums(self) -> tuple[UnmetMinimum, ...]:
        """Every star minimum that the sheet does not reach, whatever its total, in the printed order."""
        return tuple(
            UnmetMinimum(criterion.code, option.letter, star)
            for criterion in self.criteria_set.criteria
            for star, option in criterion.unmet(self.sheet.choices[criterion.code]).items()
        )

    @property
    def points_to_next_band(self) -> int | None:
        """How many points are missing to the next band by points; None in the highest."""
        floors = [band.floor for band in self.criteria_set.edition.bands if band.floor > self.total]
        return floors[0] - self.total if floors else None

    @cached_property
    def steps(self) -> "Step":
        """The whole reckoning as a typed tree, each step with its source; built when first asked for."""
        from ocop.scoring.steps import steps_of

        return steps_of(self)

    def explain(self, lang: Language = "vi") -> str:
        """Return the reckoning in plain sentences, in Vietnamese or English.

        Raises:
            ValueError: for another language.
        """
        from ocop.scoring.explain import explain

        return explain(self, lang)

    def to_json(self) -> dict[str, Any]:
        """Return the score as a JSON-like document, without its kind: the sheet, the results, both digests."""
        from ocop.canonical import digest, plain

        sheet = plain(self.sheet)
        return {
            "criteria_set": {"id": self.criteria_set.id, "digest": self.criteria_set.digest},
            "sheet": sheet,
            "sheet_digest": digest(sheet),
            "outcome": self.outcome.value,
            "total": self.total,
            "part_totals": dict(self.part_totals),
            "star_by_points": int(self.star_by_points),
            "star": None if self.star is None else int(self.star),
            "unmet_minimums": [plain(unmet) for unmet in self.unmet_minimums],
            "causes": list(self.causes),
            "recognised_by": None if self.recognised_by is None else self.recognised_by.value,
            **({} if self.criteria_set.complete else {"set_complete": False}),
        }

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of the score's canonical JSON: the same on every machine."""
        from ocop.canonical import digest

        return digest(self.to_json())
