"""What is wrong with one record by itself: a subject, product, idea, dossier or certificate."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Final

from attrs import evolve

from ocop.criteria.catalog import PACKAGED, Catalog
from ocop.errors import Problem, UnknownIdError, nearest
from ocop.model.cycle import ProductIdea, check_idea
from ocop.model.products import Product, check_product
from ocop.model.stars import Level
from ocop.model.subjects import Subject
from ocop.procedure.check_dossier import check_dossier
from ocop.procedure.dossier import Dossier
from ocop.procedure.eligibility import check_eligibility

DOSSIER_KIND: Final = "dossier_kind"
"""The key of a dossier's own kind: a document's ``kind`` says that it is a dossier."""


@lru_cache(maxsize=32)
def _set_ids(catalog: Catalog) -> frozenset[str]:
    return frozenset(catalog.set_ids())


def set_problems(set_id: str | None, catalog: Catalog = PACKAGED, *, hint: bool = True) -> Iterator[Problem]:
    """Yield a problem at ``/criteria_set`` where `set_id` is no set's id; None is not known, which is no problem."""
    if set_id is not None and set_id not in _set_ids(catalog):
        meant = nearest(set_id, catalog.set_ids()) if hint else None
        yield Problem.of("set-unknown", "/criteria_set", got=set_id, hint=meant)


def product_problems(product: Product, catalog: Catalog = PACKAGED) -> Iterator[Problem]:
    """Yield every problem of a product by itself, and of its criteria set's name."""
    yield from check_product(product).problems
    yield from set_problems(product.criteria_set, catalog)


def idea_problems(idea: ProductIdea, catalog: Catalog = PACKAGED) -> Iterator[Problem]:
    """Yield every problem of an idea by itself, and of its criteria set's name."""
    yield from check_idea(idea).problems
    yield from set_problems(idea.criteria_set, catalog)


def eligibility_problems(subject: Subject, set_id: str, catalog: Catalog = PACKAGED) -> tuple[Problem, ...]:
    """Return what speaks against a subject's entering a criteria set; nothing where the edition does not say."""
    try:
        return check_eligibility(subject, set_id, catalog=catalog).problems
    except UnknownIdError:
        return ()


def day_of(dossier: Dossier) -> date | None:
    """Return the day for which a dossier was put together: of the commune's proposal, else of its handing in.

    >>> from ocop.procedure.kinds import DossierKind
    >>> dossier = Dossier("d1", DossierKind.FIRST, "tea", "htx", "qd26-2026/tea", handed_in=date(2026, 9, 1))
    >>> str(day_of(dossier))
    '2026-09-01'
    """
    report = dossier.commune_report
    days = [day for day in (dossier.handed_in, report and report.proposed) if day]
    return max(days, default=None)


def dossier_problems(dossier: Dossier, catalog: Catalog = PACKAGED, on: date | None = None) -> Iterator[Problem]:
    """Yield every problem of a dossier on its own day, or on `on` where it has none; without both, a note.

    The parts of the commune are asked for once it has proposed the product to the province.
    """
    day = day_of(dossier) or on
    if day is None:
        yield from set_problems(dossier.criteria_set, catalog)
        yield Problem.of("dossier-not-checked", "/handed_in", note=True)
        return
    report = dossier.commune_report
    level = Level.COMMUNE if report is None or report.proposed is None else Level.PROVINCE
    for problem in check_dossier(dossier, day, handed_to=level, catalog=catalog).problems:
        yield evolve(problem, pointer=f"/{DOSSIER_KIND}") if problem.pointer == "/kind" else problem
