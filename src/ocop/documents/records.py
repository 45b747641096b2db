"""The documents of single records, and of the register that holds many of them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any, Final

import cattrs

from ocop.canonical import plain
from ocop.convert import structured, wrong
from ocop.criteria.catalog import Catalog
from ocop.documents.kinds import Document, new_converter
from ocop.documents.record_checks import (
    DOSSIER_KIND,
    dossier_problems,
    idea_problems,
    product_problems,
)
from ocop.documents.registry import Registry, check_registry
from ocop.errors import Problem
from ocop.model.cycle import ProductIdea
from ocop.model.products import Product
from ocop.model.subjects import Subject, check_subject
from ocop.procedure.certificate import Certificate
from ocop.procedure.certificate_checks import check_certificate
from ocop.procedure.dossier import Dossier
from ocop.programme.check_portfolio import check_portfolio
from ocop.programme.portfolio import Portfolio
from ocop.programme.programmes import Programme, check_programme

CLASSES: Final[Mapping[str, type[Any]]] = {
    "subject": Subject,
    "product": Product,
    "idea": ProductIdea,
    "dossier": Dossier,
    "certificate": Certificate,
    "registry": Registry,
    "portfolio": Portfolio,
    "programme": Programme,
}
"""By kind of document the class of what it holds."""


@cache
def converter() -> cattrs.Converter:
    """Return the strict converter with the hooks that records need."""
    made = new_converter()
    of_class = made.get_structure_hook(Dossier)

    def dossier(value: Any, cls: Any) -> Any:
        if isinstance(value, Mapping):
            if "kind" in value:
                raise wrong(f"the key {DOSSIER_KIND}", "kind")
            value = {"kind" if key == DOSSIER_KIND else key: item for key, item in value.items()}
        return of_class(value, cls)

    made.register_structure_hook(Dossier, dossier)
    return made


def read(kind: str, data: Document) -> Any:
    """Return the record, or the register, that the content of a document of `kind` describes.

    Raises:
        ConversionError: where it does not have the form of its kind.
    """
    return structured(converter(), data, CLASSES[kind])


def written(record: Any) -> dict[str, Any]:
    """Return the content of a record's, or a register's, document.

    >>> from ocop.procedure.kinds import DossierKind
    >>> written(Dossier("d1", DossierKind.FIRST, "tea", "htx", "qd26-2026/tea"))["dossier_kind"]
    'first'
    """
    data = plain(record)
    if isinstance(record, Dossier):
        return _renamed(data)
    if "dossiers" in data:
        data["dossiers"] = [_renamed(each) for each in data["dossiers"]]
    return data


def _renamed(dossier: dict[str, Any]) -> dict[str, Any]:
    return {DOSSIER_KIND if key == "kind" else key: value for key, value in dossier.items()}


def problems(kind: str, record: Any, catalog: Catalog) -> Iterator[Problem]:
    """Yield every problem of the content of a record, or of a register."""
    yield from _CHECKS[kind](record, catalog)


_CHECKS: Final[Mapping[str, Callable[[Any, Catalog], Iterable[Problem]]]] = {
    "subject": lambda record, _: check_subject(record).problems,
    "product": product_problems,
    "idea": idea_problems,
    "dossier": dossier_problems,
    "certificate": lambda record, catalog: check_certificate(record, catalog=catalog).problems,
    "registry": lambda record, catalog: check_registry(record, catalog=catalog).problems,
    "portfolio": lambda record, _: check_portfolio(record).problems,
    "programme": lambda record, _: check_programme(record).problems,
}
