"""The packaged sets, as the tests walk them: those that are scored without more ado, and those declared incomplete."""

from collections import Counter
from typing import Final

from ocop.criteria.catalog import PACKAGED
from ocop.criteria.model import CriteriaSet

COMPLETE: Final[tuple[CriteriaSet, ...]] = tuple(each for each in PACKAGED.sets() if each.complete)
COMPLETE_IDS: Final = tuple(each.id for each in COMPLETE)
INCOMPLETE: Final[tuple[CriteriaSet, ...]] = tuple(each for each in PACKAGED.sets() if not each.complete)
INCOMPLETE_IDS: Final = tuple(each.id for each in INCOMPLETE)
NEWEST: Final = PACKAGED.editions()[-1].id


def turns(set_id: str, count: int) -> int:
    """Return how often to try a set: `count` times in the edition in force, a fifth of it in each older one.

    The engine is the same for all; the older sets add what only they print.
    """
    return count if set_id.startswith(f"{NEWEST}/") else max(count // 5, 1)


def best(criteria_set: CriteriaSet) -> list[int]:
    """Return what the best options add up to, part by part."""
    totals = Counter[str]()
    for criterion in criteria_set.criteria:
        totals[criteria_set.part_of(criterion.code).code] += max(option.points for option in criterion.options)
    return [totals[code] for code in "ABC"]
