"""Millions of sheets at once, on numpy: the answers of `ocop.score` and of councils, as arrays (extra ``batch``).

A sheet is a column of codes, one for each criterion: 0 where no option is met, else the place of the option (1 for
``"a"``), -1 where nothing is filled in. Because options stand in order, nothing is looked up. An option's points are
its place, corrected by a comparison ``code >= place`` at each place where the points do not go up by one; whether a
minimum is met is such a comparison too. All of it is done on bytes, criterion by criterion, in blocks that stay in the
processor's cache.
"""

from importlib.util import find_spec

from ocop.criteria.catalog import PACKAGED, Catalog
from ocop.criteria.model import CriteriaSet
from ocop.errors import ConversionError, MissingExtraError

if find_spec("numpy") is None:
    raise MissingExtraError("batch")

from ocop.batch.encoding import MISSING
from ocop.batch.kernel import BatchScores, CompiledSet, CouncilScores

__all__ = ["MISSING", "BatchScores", "CompiledSet", "CouncilScores", "compile"]


# The name is the public one, read as `ocop.batch.compile`; nothing here needs the builtin.
def compile(  # noqa: A001
    criteria_set: CriteriaSet | str, *, allow_incomplete: bool = False, catalog: Catalog = PACKAGED
) -> "CompiledSet":
    """Return the batch scorer of a set.

    Args:
        criteria_set: the set, or its id.
        allow_incomplete: whether a set that is declared incomplete will do, for reference only.
        catalog: where an id is looked up.

    Raises:
        UnknownIdError: where there is no such set.
        ConversionError: for a set whose totals may exceed 255 points, with more than 126 options in a criterion, or
            with ticks that add up; for an incomplete set.

    >>> import ocop
    >>> compiled = ocop.batch.compile("qd26-2026/tea")
    >>> result = compiled.score(compiled.encode([ocop.load("docs/examples/tea-capped.json")]))
    >>> result.total.tolist(), result.star_by_points.tolist(), result.star.tolist()
    ([77], [4], [3])
    """
    found = catalog.criteria_set(criteria_set) if isinstance(criteria_set, str) else criteria_set
    if not found.complete and not allow_incomplete:
        raise ConversionError(f"{found.id} is not complete; to score by it for reference, pass allow_incomplete=True")
    return CompiledSet(found)
