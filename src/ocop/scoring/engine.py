"""The engine: from a sheet to its score, in integers alone."""

from collections.abc import Iterable
from typing import Final

from ocop.criteria.catalog import PACKAGED, Catalog
from ocop.criteria.model import CriteriaSet, Effect, Rule
from ocop.errors import Problem, Report, SheetError, UnknownIdError
from ocop.scoring.checks import check
from ocop.scoring.result import Outcome, Score
from ocop.scoring.sheet import ScoreSheet

_OUTCOMES: Final = {
    Effect.DISQUALIFIED: Outcome.DISQUALIFIED,
    Effect.NOT_EVALUATED: Outcome.NOT_ELIGIBLE,
    Effect.REQUIRED: Outcome.NOT_ELIGIBLE,
    Effect.EVALUATION_STOPS: Outcome.STOPPED,
}
"""What a finding leads to; of several, the first in this order holds (the decision is silent on their order)."""


def score(
    sheet: ScoreSheet,
    criteria_set: CriteriaSet | None = None,
    *,
    allow_incomplete: bool = False,
    catalog: Catalog = PACKAGED,
) -> Score:
    """Return the score of `sheet`: total, star by points, star, and all that explains them.

    The star is the highest whose band is reached and whose minimums, and those of every lower star, are met.

    Args:
        sheet: the sheet. Every criterion of its set must be filled in.
        criteria_set: the set, where it is in no catalog; its id must be the sheet's.
        allow_incomplete: whether a set that is declared incomplete will do, for reference only; the score says so.
        catalog: where the sheet's set is looked up.

    Raises:
        SheetError: for a sheet that does not fit its set; its report holds every problem.

    References:
        Decision 26/2026/QĐ-TTg, Article 3 and Annex II.

    >>> import ocop
    >>> tea = ocop.criteria_set("qd26-2026/tea")
    >>> best = ocop.ScoreSheet(tea.id, {c.code: c.options[-1].letter for c in tea.criteria})
    >>> ocop.score(best).star
    <Star.FIVE: 5>
    """
    if criteria_set is None:
        criteria_set = set_of(sheet, catalog)
    elif sheet.criteria_set != criteria_set.id:
        problem = Problem.of("set-unknown", "/criteria_set", expected=criteria_set.id, got=sheet.criteria_set)
        raise SheetError(Report([problem]))
    if not criteria_set.complete and not allow_incomplete:
        raise SheetError(Report([Problem.of("set-incomplete", "/criteria_set", got=criteria_set.id)]))
    table = criteria_set.table
    choices = sheet.choices
    try:
        worths = [worth[choices[code]] for code, worth in table.rows]
    except (KeyError, TypeError):
        raise _refused(sheet, criteria_set) from None
    if len(choices) != len(worths):
        raise _refused(sheet, criteria_set)
    mask = table.mask
    for place, other in table.needs:
        if worths[place] & mask and not worths[other] & mask:
            raise _refused(sheet, criteria_set)
    tally = sum(worths)
    total = tally & mask
    cap = None
    for star, shift in table.shifts:
        if tally >> shift & mask:
            cap = star
            break
    by_points = reached = table.bands[0][1]
    for floor, banded in table.bands:
        if total < floor:
            break
        by_points = banded
        if cap is None or banded < cap:
            reached = banded
    if sheet.findings or tally >> table.stopping:
        acting = [rule for rule, places in table.stops if not all([worths[place] & mask for place in places])]
        outcome, causes = _outcome(sheet, criteria_set, acting)
        return Score(sheet, criteria_set, outcome, total, by_points, None, causes)
    return Score(sheet, criteria_set, Outcome.RANKED, total, by_points, reached)


def set_of(sheet: ScoreSheet, catalog: Catalog) -> CriteriaSet:
    """Return the set of a sheet.

    Raises:
        SheetError: where the catalog has no such set.
    """
    try:
        return catalog.criteria_set(sheet.criteria_set)
    except UnknownIdError as error:
        problem = Problem.of("set-unknown", "/criteria_set", got=sheet.criteria_set, hint=error.hint)
        raise SheetError(Report([problem])) from None


def _refused(sheet: ScoreSheet, criteria_set: CriteriaSet) -> SheetError:
    return SheetError(Report(check(sheet.choices, sheet.findings, criteria_set), subject=sheet.product or None))


def _outcome(sheet: ScoreSheet, criteria_set: CriteriaSet, acting: list[Rule]) -> tuple[Outcome, tuple[str, ...]]:
    """Return the outcome that the findings and the stops now `acting` lead to, and the causes of all of them."""
    if any(True for _ in check(sheet.choices, sheet.findings, criteria_set)):
        raise _refused(sheet, criteria_set)
    found = [rule for rule in criteria_set.rules if rule.is_finding and rule.cause in sheet.findings] + acting
    return outcome_of(found), tuple(dict.fromkeys(rule.cause for rule in found if rule.cause))


def outcome_of(found: Iterable[Rule]) -> Outcome:
    """Return what the rules whose causes were found lead to: of several outcomes the gravest, of none a rank."""
    effects = {rule.effect for rule in found}
    return next((outcome for effect, outcome in _OUTCOMES.items() if effect in effects), Outcome.RANKED)
